//! What can be told of an image from its name, its arguments and the line that it is given.

use super::known::Effect;

/// The outputs that images are known to have, for templates that name only these.
pub const OUTPUTS: &[(&str, &[&str])] = &[
    ("slack/message/interactive", &["slack_response", "selected_responses"]),
    ("slack/send_interactive_message", &["slack_response", "selected_responses"]),
    ("slack/channel/create", &["channel_name", "channel_id"]),
    ("slack/message/dynamic", &[]),
    ("slack/message/snippet", &[]),
    ("zoom/meeting/create", &["join_url"]),
    ("parsers/tabulate", &["tabulate_output"]),
    ("utils/tabulate", &["tabulate_output"]),
    ("kubectl/get-pods", &["items", "filtered"]),
    ("kubectl/logs", &["output", "logs"]),
    ("psql/query/long-running-sessions", &["data"]),
    ("stackpulse/incident/update", &[]),
];

/// An image without registry, repository and tag: `kubectl/get-pods`.
pub fn short(image: &str) -> &str {
    let name = image.split('@').next().unwrap_or(image);
    let slash = name.rfind('/').map_or(0, |at| at + 1);
    let name = name[slash..].find(':').map_or(name, |at| &name[..slash + at]);
    for prefix in ["/stackpulse/public/", "/stackpulse/steps/"] {
        if let Some(at) = name.find(prefix) {
            return &name[at + prefix.len()..];
        }
    }
    name
}

/// What an image most likely does, read from the words of its name. Unknown ones change something: that
/// is the side to err on.
pub fn guess(image: &str, arguments: &[&str]) -> (Effect, bool) {
    const LOOKS: &[&str] = &[
        "get",
        "list",
        "describe",
        "info",
        "top",
        "overview",
        "stats",
        "usage",
        "health",
        "query",
        "logs",
        "log",
        "search",
        "read",
        "show",
        "fetch",
        "status",
        "tabulate",
        "parsers",
        "parser",
        "transformer",
        "echo",
        "wait",
        "sleep",
        "slowlog",
        "slow",
        "bigkeys",
        "tasks",
        "sessions",
        "replace",
        "python",
        "inline",
        "check",
        "count",
        "find",
        "diff",
        "version",
        "explain",
        "filter",
        "lookup",
        "events",
        "metrics",
        "ping",
        "dump",
        "heapdump",
        "client",
    ];
    const TELLS: &[&str] = &[
        "message",
        "notify",
        "notification",
        "send",
        "comment",
        "slack",
        "email",
        "mail",
        "incident",
        "page",
        "ticket",
        "issue",
        "post",
        "sms",
        "teams",
        "discord",
        "zoom",
        "jira",
        "pagerduty",
        "opsgenie",
    ];
    const CHANGES: &[&str] = &[
        "delete",
        "terminate",
        "apply",
        "create",
        "update",
        "set",
        "put",
        "restart",
        "reboot",
        "stop",
        "start",
        "kill",
        "scale",
        "deploy",
        "rollback",
        "rollout",
        "exec",
        "command",
        "cmd",
        "run",
        "drain",
        "purge",
        "commit",
        "merge",
        "resume",
        "suspend",
        "add",
        "remove",
        "modify",
        "patch",
        "lock",
        "unlock",
        "invoke",
        "write",
        "upload",
        "flush",
    ];
    let any = |words: &[&str], known: &[&str]| {
        words.iter().any(|word| known.contains(&word.to_lowercase().as_str()))
    };
    let verdict = |words: &[&str]| match () {
        () if any(words, TELLS) => Some(Effect::Notifies),
        () if any(words, CHANGES) => Some(Effect::Changes),
        () if any(words, LOOKS) => Some(Effect::Reads),
        () => None,
    };
    let plain = arguments.iter().take(2).filter(|word| !word.starts_with('-'));
    let verbs: Vec<&str> = plain.flat_map(|word| word.split('-')).collect();
    let words: Vec<&str> = image.split(['/', '-', '_', '.']).collect();
    let known = verdict(&verbs).or_else(|| verdict(&words));
    (known.unwrap_or(Effect::Changes), known.is_some())
}

/// Whether a line of a shell only looks at a machine: all its commands are among those that do.
pub fn only_looks(line: &str) -> bool {
    const LOOKS: &[&str] = &[
        "df",
        "ps",
        "vmstat",
        "du",
        "cat",
        "ls",
        "free",
        "uptime",
        "iostat",
        "netstat",
        "ss",
        "lsof",
        "journalctl",
        "dmesg",
        "grep",
        "sort",
        "head",
        "tail",
        "wc",
        "cut",
        "awk",
        "uname",
        "hostname",
        "who",
        "w",
        "last",
        "stat",
        "id",
        "mpstat",
        "sar",
        "pidstat",
        "nproc",
        "lscpu",
        "lsblk",
        "findmnt",
        "getent",
    ];
    if line.contains(['>', '`', '\n']) || line.contains("$(") {
        return false;
    }
    line.split(['|', ';', '&']).filter(|part| !part.trim().is_empty()).all(|part| {
        let mut words = part.split_whitespace().skip_while(|word| *word == "sudo");
        words.next().is_some_and(|word| {
            LOOKS.contains(&word.trim_start_matches("/usr/bin/").trim_start_matches("/bin/"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_without_registry_and_tag() {
        assert_eq!(short("us-docker.pkg.dev/stackpulse/public/kubectl/logs:SP-1"), "kubectl/logs");
        assert_eq!(short("gcr.io/stackpulse/steps/slack/send"), "slack/send");
        assert_eq!(short("localhost:5000/x"), "localhost:5000/x");
        assert_eq!(short("amazon/aws-cli@sha256:00"), "amazon/aws-cli");
    }

    #[test]
    fn what_isnt_known_changes_something() {
        assert_eq!(
            guess("amazon/aws-cli", &["autoscaling", "describe-auto-scaling-groups"]).0,
            Effect::Reads
        );
        assert_eq!(guess("amazon/aws-cli", &["autoscaling", "suspend-processes"]).0, Effect::Changes);
        assert_eq!(guess("psql/query/terminate", &[]).0, Effect::Changes);
        assert_eq!(guess("acme/frobnicate", &[]), (Effect::Changes, false));
        assert_eq!(guess("acme/notify", &[]).0, Effect::Notifies);
        assert_eq!(guess("kubectl/cmd", &["get", "jobs"]).0, Effect::Reads);
        assert_eq!(guess("kubectl/cmd", &["rollout", "restart"]).0, Effect::Changes);
    }

    #[test]
    fn a_line_that_only_looks_is_told_from_others() {
        assert!(only_looks("ps -eo pid,cmd --sort=-%mem | head -11"));
        assert!(only_looks("sudo du -ahx /var | sort -rh"));
        for line in
            ["rm -rf /", "df; reboot", "cat x > y", "cat `rm x`", "cat $(rm x)", "df && rm x", "df\nrm x"]
        {
            assert!(!only_looks(line), "{line}");
        }
    }
}
