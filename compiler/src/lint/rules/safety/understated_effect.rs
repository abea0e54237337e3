//! Action whose declared effect is weaker than what it does.
//!
//! ## Why
//!
//! Parts, approvals and undo rely on the effect that an action declares. A `DELETE` or an `rm` that is
//! declared as `reads` runs in enrich, in parallel with other steps, and without approval.
//!
//! ## Bad
//!
//! ```quell
//! action forget(key: Text) reads {
//! //                       ^^^^^
//!   http DELETE "https://cache.example.com/keys" {
//!     query { key: key }
//!   }
//! }
//! ```
//!
//! ## Bad
//!
//! ```quell
//! action peek(pod: Text) -> Text reads {
//! //                             ^^^^^
//!   command ["kubectl", "delete", "pod", "--", pod] {
//!     return output
//!   }
//! }
//! ```
//!
//! ## Bad
//!
//! ```quell
//! action wipe(host: Text) -> Text destroys {
//!   irreversible "gone"
//! }
//!
//! action peek(host: Text) -> Text reads = wipe(host)
//! //                              ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! action forget(key: Text) changes {
//!   irreversible "it is read again from the database"
//!   http DELETE "https://cache.example.com/keys" {
//!     query { key: key }
//!   }
//! }
//!
//! action execute(host: Text, arguments: List<Text>) -> Text destroys {
//!   irreversible "nothing is known of what the command does"
//! }
//!
//! action disks(host: Text) -> Text reads = execute(host, ["df", "-h"])
//! ```

use crate::{
    hir::{Action, BindingEntry, BindingKind, Effect, ExprId, ExprKind, Literal, TextPart, descendants},
    lint::{Group, Pass, Profile, Rule, rule::finding},
    types::{Callee, Type},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("understated-effect", Group::Safety, include_str!("understated_effect.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for item in &pass.hir().items {
        let crate::hir::ItemKind::Action(action) = &item.kind else { continue };
        let Some((effect, span)) = action.effect else { continue };
        if effect >= Effect::Changes && action.narrows.is_none() {
            continue;
        }
        let Some(what) = of_bindings(pass, action, effect).or_else(|| of_narrowing(pass, action, effect))
        else {
            continue;
        };
        pass.report(
            finding(span, format!("`{}` is declared as `{}`, but {what}", item.name.text, effect.word()))
                .note("the declared effect decides where an action may run and who approves it")
                .help("declare `changes`, or `destroys` if data can be lost"),
        );
    }
}

fn of_bindings(pass: &Pass<'_>, action: &Action, effect: Effect) -> Option<String> {
    action.bindings.iter().find_map(|binding| {
        let (arguments, data): (Option<ExprId>, Vec<ExprId>) = match &binding.kind {
            BindingKind::Http { method, .. } => {
                // Records of an incident are changed by people who write in them.
                let changes =
                    matches!(&*method.text, "DELETE" | "PUT" | "PATCH") && effect < Effect::Notifies;
                return changes.then(|| format!("sends {}", method.text));
            }
            BindingKind::Command { arguments } => (Some(*arguments), Vec::new()),
            BindingKind::Container { .. } => (None, Vec::new()),
        };
        let input = binding.entries.iter().filter_map(|entry| match entry {
            BindingEntry::Data { kind, value } if matches!(&*kind.text, "args" | "stdin") => Some(*value),
            _ => None,
        });
        arguments.into_iter().chain(data).chain(input).find_map(|expr| destructive(pass, expr))
    })
}

fn of_narrowing(pass: &Pass<'_>, action: &Action, effect: Effect) -> Option<String> {
    let call = action.narrows?;
    if effect < Effect::Changes
        && let Some(what) = destructive(pass, call)
    {
        return Some(what);
    }
    let Callee::Action(item) = pass.module.types.calls.get(call)?.callee else { return None };
    let narrowed = pass.facts.action(item)?;
    let (of, _) = narrowed.effect?;
    if of < Effect::Changes || of <= effect {
        return None;
    }
    let module = pass.facts.meaning.module(item.file)?;
    // What does anything that it is told is there to be narrowed; a request by its method.
    let general = narrowed.parameters.iter().any(|parameter| {
        let ty = module.types.of_local(parameter.local);
        matches!(ty, Type::List(element) if matches!(**element, Type::Text)) || *ty == Type::Json
    });
    let method = narrowed.bindings.iter().find_map(|binding| match &binding.kind {
        BindingKind::Http { method, .. } => Some(&*method.text),
        _ => None,
    });
    let name = &pass.facts.meaning.item(item)?.name.text;
    match method {
        Some("GET" | "HEAD" | "POST") if general => None,
        Some(method @ ("DELETE" | "PUT" | "PATCH")) if effect < Effect::Changes => {
            Some(format!("`{name}` sends {method}"))
        }
        _ if general => None,
        _ => Some(format!("`{name}` {}", of.word())),
    }
}

/// What a command does, if its words show that it changes something.
fn destructive(pass: &Pass<'_>, expr: ExprId) -> Option<String> {
    let exprs = &pass.hir().exprs;
    descendants(exprs, expr).find_map(|part| match &exprs[part].kind {
        ExprKind::List(elements) => {
            let words: Vec<&str> = elements
                .iter()
                .filter_map(|element| match &exprs[*element].kind {
                    ExprKind::Literal(Literal::Text(text)) => Some(text.as_str()),
                    ExprKind::Text(parts) => match parts.first() {
                        Some(TextPart::Literal(text)) => Some(text.as_str()),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            command(&words)
        }
        ExprKind::Literal(Literal::Text(text)) => statement(text),
        ExprKind::Text(parts) => match parts.first() {
            Some(TextPart::Literal(text)) => statement(text),
            _ => None,
        },
        _ => None,
    })
}

/// Programs that only change things.
const PROGRAMS: [&str; 20] = [
    "rm", "rmdir", "unlink", "shred", "dd", "mkfs", "kill", "pkill", "killall", "reboot", "shutdown",
    "poweroff", "halt", "truncate", "dropdb", "userdel", "wipefs", "fdisk", "iptables", "chmod",
];

/// What changes something, for programs that do many things.
const VERBS: [(&str, &[&str]); 12] = [
    (
        "kubectl oc",
        &[
            "apply",
            "create",
            "delete",
            "scale",
            "patch",
            "replace",
            "edit",
            "drain",
            "cordon",
            "uncordon",
            "taint",
            "label",
            "annotate",
            "restart",
            "undo",
            "set",
            "autoscale",
            "expose",
        ],
    ),
    ("helm", &["install", "upgrade", "uninstall", "rollback", "delete"]),
    ("docker podman nerdctl", &["rm", "kill", "stop", "restart", "prune", "rmi", "update"]),
    ("systemctl service", &["start", "stop", "restart", "reload", "disable", "enable", "mask", "kill"]),
    ("terraform tofu", &["apply", "destroy", "import", "taint"]),
    ("redis-cli valkey-cli", &["del", "flushall", "flushdb", "set", "unlink", "expire", "shutdown"]),
    ("etcdctl consul vault", &["del", "delete", "put", "write", "seal", "revoke"]),
    ("git", &["push", "reset", "clean"]),
    ("rabbitmqctl", &["purge_queue", "delete_queue", "stop_app", "reset", "close_connection"]),
    ("gcloud az", &["delete", "stop", "start", "reset", "update", "create", "restart", "deallocate"]),
    ("argocd flux", &["sync", "rollback", "delete", "suspend", "resume"]),
    ("zfs lvremove vgremove", &["destroy", "rollback"]),
];

/// What Amazon's command is called.
const AWS: &str = "aws aws2";
/// How what changes something begins with it.
const OF_AWS: [&str; 22] = [
    "terminate-",
    "delete-",
    "stop-",
    "start-",
    "reboot-",
    "modify-",
    "update-",
    "put-",
    "create-",
    "detach-",
    "deregister-",
    "purge-",
    "promote-",
    "failover-",
    "set-",
    "run-",
    "revoke-",
    "release-",
    "disable-",
    "change-",
    "reset-",
    "remove-",
];

fn command(words: &[&str]) -> Option<String> {
    for (index, word) in words.iter().enumerate() {
        let program = word.rsplit('/').next().unwrap_or(word);
        let first = index == 0 || matches!(words[index - 1], "--" | "exec" | "-n") || wraps(words[0]);
        if first && PROGRAMS.contains(&program) {
            return Some(format!("runs `{program}`"));
        }
        let rest = &words[index + 1..];
        if !first {
            continue;
        }
        if AWS.split(' ').any(|name| name == program)
            && let Some(verb) = rest.iter().find(|verb| OF_AWS.iter().any(|begin| verb.starts_with(begin)))
        {
            return Some(format!("runs `aws ... {verb}`"));
        }
        let verbs = VERBS.iter().find(|(programs, _)| programs.split(' ').any(|one| one == program));
        if let Some((_, verbs)) = verbs {
            // What stands behind `--` belongs to another program.
            let own = rest.iter().take_while(|word| **word != "--");
            let mut own = own.filter(|word| !word.starts_with('-'));
            if let Some(verb) = own.find(|verb| verbs.iter().any(|known| verb.eq_ignore_ascii_case(known))) {
                return Some(format!("runs `{program} ... {verb}`"));
            }
        }
    }
    words.iter().find_map(|word| statement(word))
}

/// Whether a program only runs another one.
fn wraps(program: &str) -> bool {
    "sudo doas env nohup timeout nice ssh docker kubectl".split(' ').any(|one| one == program)
}

/// What SQL creates, alters and drops.
fn is_object(word: &str) -> bool {
    "table database schema index user role view system".split(' ').any(|one| one == word)
}

/// A statement of SQL or a line for a shell that changes something.
fn statement(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches([';', '"', '\'']).to_ascii_lowercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["drop" | "alter", object, ..] if is_object(object) => Some(format!("runs `{} {object}`", words[0])),
        ["delete", "from", ..] | ["truncate", _, ..] | ["insert", "into", ..] => {
            Some(format!("runs `{} {}`", words[0], words[1]))
        }
        ["update", _, "set", ..] => Some("runs `update`".to_owned()),
        _ if words.len() > 1 => {
            let begins = std::iter::once(0).chain(
                words
                    .iter()
                    .enumerate()
                    .filter(|(_, word)| {
                        matches!(**word, "&&" | "||" | "|" | "sudo" | "xargs" | "then" | "do")
                    })
                    .map(|(index, _)| index + 1),
            );
            begins.filter_map(|index| words.get(index..)).find_map(|rest| {
                let program = rest.first()?;
                // A word of a sentence is no program; one with an option or a path is.
                let like = rest.get(1).is_some_and(|next| next.starts_with(['-', '/', '$']));
                (PROGRAMS.contains(program) && like).then(|| format!("runs `{program}`"))
            })
        }
        _ => None,
    }
}
