//! The table of who is told or asked what.

use super::{Contact, Contacts, Means, Possible, When};
use crate::{
    report::rows::{WIDTH, heading, piece, plain, quiet, shortened},
    simulate::timeline::{Role, Row, Tone, letter, wrapped},
};

/// Columns of the table: who, through what, what; then one for each severity.
const WHO: usize = 17;
const BY: usize = 10;
const WHEN: usize = 9;
/// What is said of a row stands below it.
const INDENT: usize = 6;

/// The table in rows of at most 80 characters.
pub fn contacts_rows(contacts: &Contacts) -> Vec<Row> {
    let mut rows = vec![heading(&*contacts.playbook)];
    if contacts.contacts.is_empty() && contacts.possible.is_empty() {
        rows.push(vec![plain("The playbook contacts no one.")]);
        return rows;
    }
    match contacts.contacts.is_empty() {
        true => rows.push(vec![plain("No one is contacted in the sample runs.")]),
        false => rows.extend(reached(contacts)),
    }
    let others: Vec<&Possible> = contacts.others().collect();
    if !others.is_empty() {
        rows.extend([Row::new(), heading("Not in the sample runs, but possible")]);
        for (index, other) in others.iter().enumerate() {
            let tone = tone(!matches!(other.means, Means::Page | Means::Message));
            let by = other.by.as_deref().unwrap_or("-");
            rows.push(vec![
                piece(format!("{}  ", letter(other.part)), Role::Part),
                piece(format!("{:<WHO$} ", shortened(&other.who, WHO)), Role::Name),
                plain(format!("{:<BY$} ", shortened(by, BY))),
                piece(shortened(&matter(other), WIDTH - 5 - WHO - BY), Role::Text(tone)),
            ]);
            let same = |next: &&Possible| {
                (&next.step, next.means, &next.condition) == (&other.step, other.means, &other.condition)
            };
            if !others.get(index + 1).is_some_and(same) {
                rows.extend(how(other));
            }
        }
    }
    if !contacts.is_all {
        rows.push(vec![quiet("   There are too many to list all of them.")]);
    }
    rows
}

fn tone(is_question: bool) -> Tone {
    if is_question { Tone::People } else { Tone::Tell }
}

/// Who is contacted in the runs, and when.
fn reached(contacts: &Contacts) -> Vec<Row> {
    let columns = contacts.severities.len().max(1);
    let what = WIDTH.saturating_sub(3 + WHO + 1 + BY + 1 + columns * WHEN).max(12);
    let mut head = format!("   {:<WHO$} {:<BY$} {:<what$}", "who", "through", "what");
    for severity in &contacts.severities {
        let word = if severity.is_empty() { "when" } else { severity };
        head.push_str(&format!("{:>WHEN$}", shortened(word, WHEN - 1)));
    }
    let mut rows = vec![vec![quiet(head)]];
    for (index, contact) in contacts.contacts.iter().enumerate() {
        let by = contact.by.as_deref().unwrap_or("no channel");
        let mut row = vec![
            piece(format!("{}  ", letter(contact.part)), Role::Part),
            piece(format!("{:<WHO$} ", shortened(&contact.who, WHO)), Role::Name),
            plain(format!("{:<BY$} ", shortened(by, BY))),
            piece(
                format!("{:<what$}", shortened(&contact.matter(), what - 1)),
                Role::Text(tone(contact.is_question)),
            ),
        ];
        for when in &contact.when {
            row.push(match when {
                Some(when @ When::At(..)) => plain(format!("{:>WHEN$}", when.shown())),
                Some(when) => quiet(format!("{:>WHEN$}", when.shown())),
                None => quiet(format!("{:>WHEN$}", "-")),
            });
        }
        rows.push(row);
        let same = |next: &Contact| {
            (&next.step, next.is_question, next.is_approval)
                == (&contact.step, contact.is_question, contact.is_approval)
        };
        if !contacts.contacts.get(index + 1).is_some_and(same)
            && let Some(origin) = contacts.origin(contact).filter(|origin| !origin.condition.is_empty())
        {
            rows.extend(how(origin));
        }
    }
    let all = || contacts.contacts.iter().flat_map(|contact| contact.when.iter().flatten());
    let mut legend = Vec::new();
    if all().any(|when| matches!(when, When::Unless(_))) {
        legend.push("(m:ss) unless it is resolved before");
    }
    if all().any(|when| *when == When::OnFailure) {
        legend.push("(failed) only if it fails");
    }
    if !legend.is_empty() {
        rows.extend([Row::new(), vec![quiet(format!("   {}", legend.join("; ")))]]);
    }
    rows
}

/// How somebody is contacted, and under which condition.
fn how(possible: &Possible) -> Vec<Row> {
    let text = match possible.condition.as_str() {
        "" => possible.means.word().to_owned(),
        condition => format!("{}, if {condition}", possible.means.word()),
    };
    let lines = wrapped(&text, WIDTH - INDENT);
    lines.into_iter().map(|line| vec![quiet(format!("{}{line}", " ".repeat(INDENT)))]).collect()
}

fn matter(possible: &Possible) -> String {
    match possible.means {
        Means::Approval => format!("approve {}", possible.step),
        Means::Question => format!("answer {}", possible.step),
        Means::Work => format!("do {}", possible.step),
        Means::Page | Means::Message if possible.step.is_empty() => "the run failed".to_owned(),
        Means::Page | Means::Message => possible.step.to_string(),
    }
}
