//! A large project for measurements: the examples, 1,000 further playbooks, and a file of 1,000 lines.

/// A playbook with its scenario, as a team writes them.
const PLAYBOOK: &str = include_str!("../../../examples/regional_failover.quell");

/// What the playbooks share.
const SHARED: [(&str, &str); 5] = [
    ("catalog.quell", include_str!("../../../examples/catalog.quell")),
    ("ops/credentials.quell", include_str!("../../../examples/ops/credentials.quell")),
    ("ops/providers.quell", include_str!("../../../examples/ops/providers.quell")),
    ("ops/databases.quell", include_str!("../../../examples/ops/databases.quell")),
    ("ops/incidents.quell", include_str!("../../../examples/ops/incidents.quell")),
];

/// The name of the long file.
pub const LONG: &str = "long.quell";

/// The files of a project with `playbooks` playbooks and a file of `lines` lines, by their paths.
pub fn files(playbooks: usize, lines: usize) -> Vec<(String, String)> {
    let shared = SHARED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let mut files: Vec<(String, String)> = shared.collect();
    for number in 0..playbooks {
        files.push((format!("playbooks/failover_{number}.quell"), renamed(PLAYBOOK, number)));
    }
    files.push((LONG.to_owned(), long(lines)));
    files
}

/// A file of at least `lines` lines: the playbook again and again under other names.
pub fn long(lines: usize) -> String {
    let (uses, body) = PLAYBOOK.split_at(PLAYBOOK.find("\n///").map_or(0, |at| at + 1));
    let mut text = uses.to_owned();
    let mut number = 0;
    while text.lines().count() < lines {
        text.push_str(&renamed(body, number));
        text.push('\n');
        number += 1;
    }
    text
}

fn renamed(text: &str, number: usize) -> String {
    text.replace("regional_failover", &format!("regional_failover_{number}"))
        .replace("scenario \"", &format!("scenario \"{number}: "))
        .replace("OrdersDatabaseDown", &format!("OrdersDatabaseDown{number}"))
}
