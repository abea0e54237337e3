//! Words that start a line in other languages.

use super::{Advice, COMMAND, Row, WAIT, find, places};

const TELL: &str = "Quell records what a run does by itself; to tell people, add a step such as `step told = slack.post(CHANNEL, \"...\")`";
const EACH: &str =
    "there are no loops; to repeat a step for the elements of a list, add the clause `each x in xs` below it";
const POLL: &str = "there are no loops; to poll until a condition holds, add `repeat every 10s until ..., at most 10m` below the step";
const FAILURE: &str = "there is no `try`; below the step that may fail, add `on failure continue`, `on failure use VALUE` or `on failure run CALL`";
const FUNCTION: &str = "write `fn NAME(x: TYPE) -> TYPE = ...` for a function, or `task NAME(x: TYPE) { ... }` for steps, at the top level of the file";
const IMPORT: &str = "write `use MODULE`, or `use MODULE (NAME)` for single items";
const RECORD: &str = "write `record NAME { field: TYPE }`";
const BRACES: &str = "blocks go between `{` and `}`: `if CONDITION { ... } else { ... }`";
const ENDS: &str = "a run ends by itself when its steps are done; to skip steps, use `when CONDITION` or `if CONDITION { ... }`";
const MATCH: &str = "to choose a value, write `match x { a => ..., else => ... }`; to choose steps, write `if CONDITION { ... } else { ... }`";
const PUBLIC: &str = "items are public unless they are marked `private`";
const DOCS: &str = "write the description above, in a line that starts with `///`";

/// Words for statements, at any place.
const STATEMENTS: &[Row] = &[
    (&["sleep", "wait", "delay", "pause", "usleep", "sleep_for"], WAIT),
    (
        &[
            "print", "println", "printf", "echo", "puts", "console", "log", "logger", "logging", "info",
            "debug", "warn",
        ],
        TELL,
    ),
    (&["for", "foreach", "loop", "forEach"], EACH),
    (&["while", "do"], POLL),
    (&["try", "catch", "except", "rescue", "finally", "ensure", "defer"], FAILURE),
    (&["elif", "elsif", "elseif", "elseIf", "else_if"], "write `else if`"),
    (&["else", "then", "fi", "end", "endif", "begin", "esac"], BRACES),
    (&["unless"], "write `if not CONDITION { ... }`, or the clause `when not CONDITION` below a step"),
    (&["switch", "case", "select"], MATCH),
    (&["break"], "there are no loops to leave; a poll ends when the condition after `until` holds"),
    (&["continue", "next"], "there are no loops to continue; to skip a step, use `when CONDITION`"),
    (&["pass", "noop"], "remove the line: an empty block needs no statement"),
    (&["exit", "quit", "abort", "stop", "die", "halt"], ENDS),
    (
        &["throw", "raise", "fail", "panic"],
        "a step fails when the action that it calls fails; to stop without a value, use `need(x, \"why\")`",
    ),
    (
        &["parallel", "concurrent", "concurrently", "spawn", "go", "thread", "async", "await"],
        "steps run in parallel unless one uses the value of another or waits with `after`; write the step alone",
    ),
    (
        &[
            "shell",
            "sh",
            "bash",
            "cmd",
            "exec",
            "execute",
            "script",
            "sudo",
            "kubectl",
            "ssh",
            "curl",
            "wget",
            "aws",
            "gcloud",
            "az",
            "docker",
            "systemctl",
            "service",
            "helm",
            "terraform",
            "psql",
            "mysql",
        ],
        COMMAND,
    ),
    (&["call", "invoke", "perform"], "write `step NAME = ACTION(...)`"),
    (&["def", "function", "func", "fun", "sub", "proc", "procedure", "method", "define"], FUNCTION),
    (&["import", "include", "require", "load", "source"], IMPORT),
    (&["from"], "write `use MODULE (NAME)`"),
    (&["class", "struct", "interface", "dataclass", "object", "schema", "model"], RECORD),
    (&["typedef", "newtype", "alias"], "write `type NAME = TYPE`"),
    (&["name", "description", "title", "desc", "summary"], DOCS),
    (&["runbook", "workflow", "pipeline", "job"], "write `playbook NAME { ... }`"),
    (
        &["steps", "tasks", "jobs", "stages", "stage"],
        "the steps of a playbook go in its parts: `enrich`, `triage`, `communicate`, `remediate`",
    ),
    (
        &["trigger_on", "triggers", "event", "when_alert"],
        "write `on TRIGGER`, such as `on alertmanager.alert(\"NAME\")`",
    ),
    (
        &["param", "params", "parameters", "inputs", "variables", "vars", "arguments"],
        "write `input NAME: TYPE`",
    ),
    (&["notify", "alert", "page"], "to notify people, add a step to the part `communicate`"),
    (
        &["verify", "validate"],
        "to verify the recovery, add a step to the part `remediate` and name it in `resolved after`",
    ),
    (&["diagnose", "investigate"], "read-only steps go in the parts `enrich` and `triage`"),
    (&["mitigate", "fix", "resolve_with"], "changes go in the part `remediate`"),
    (&["pub", "public", "export", "global"], PUBLIC),
    (
        &["goto", "jump"],
        "the order follows from values and `after`: write the clause `after STEP` below a step",
    ),
    (&["del", "delete", "unset", "free"], "names needn't be removed; remove the line"),
    (
        &["with", "using", "block", "group", "section", "sequence", "scope", "transaction"],
        "steps are grouped with `if CONDITION { ... }`, or put into a `task NAME() { ... }` at the top level of the file",
    ),
    (&["match"], MATCH),
    (&["otherwise"], "write `else`"),
    (
        &["rollback", "compensate", "revert", "cleanup", "teardown"],
        "below the step that makes the change, write `undo CALL`",
    ),
    (
        &["ask", "prompt", "read", "input_prompt", "question", "choose"],
        "to ask a person, write `step NAME: Bool = ask(PEOPLE, \"...\", within: 10m)`",
    ),
    (
        &["manual", "human", "checklist", "todo", "TODO", "FIXME", "XXX"],
        "for work by a person, write `step NAME = manual(PEOPLE, \"...\", within: 30m)`; for a comment, `// ...`",
    ),
    (
        &["tell", "post", "send", "message", "announce", "slack", "email", "sms", "escalate", "inform"],
        "to tell people, add a step to the part `communicate`: `step told = slack.post(CHANNEL, \"...\")`",
    ),
    (
        &["done", "complete", "completed", "success", "finish", "finished", "succeed", "ok"],
        "a run ends by itself; name the step that verifies the recovery: `resolved after STEP`",
    ),
    (
        &["error", "err", "except_"],
        "a step fails when the action that it calls fails; to stop without a value, use `need(x, \"why\")`",
    ),
    (
        &["hypothesis", "root_cause", "reason", "symptom"],
        "write `cause NAME \"description\" { suspect when CONDITION }` in the part `triage`",
    ),
    (
        &["true", "false", "none", "null"],
        "a value alone does nothing: write `let NAME = VALUE`, or remove the line",
    ),
    (
        &["optional", "critical", "required", "important", "the", "a", "an", "then_step"],
        "start the line with `step`: `step NAME = ACTION(...)`",
    ),
    (
        &["module", "package", "namespace", "lib", "crate"],
        "the module's name is the path of its file; remove the line",
    ),
    (
        &["version", "apiVersion", "kind", "metadata", "schema_version", "author", "license"],
        "the project is described in `quell.toml`; remove the line",
    ),
    (
        &["resource", "provider", "terraform", "data", "variable", "locals", "output", "backend"],
        "write `let NAME: TYPE = VALUE` for a value, `input NAME: TYPE` in a playbook for what it is started with, or `action NAME() -> TYPE reads { ... }` for a call",
    ),
    (
        &["team", "person", "people", "channel", "user", "group_of", "contact"],
        "write `let NAME: Team = Team(name: \"...\", lead: PERSON, on_call: [PERSON])`; people and channels likewise",
    ),
    (&["incident", "response", "procedure", "recipe", "automation"], "write `playbook NAME { ... }`"),
    (
        &["extends", "inherits", "mixin", "implements"],
        "nothing is inherited; share steps with a `task`, and call it as a step",
    ),
    (&["lambda"], FUNCTION),
    (&["using", "uses"], IMPORT),
    (
        &["priority", "sev", "urgency"],
        "write `severity = critical` (or `major`, `minor`, `info`) in enrich or triage",
    ),
];

/// Words for a new name, which `let` replaces.
const LET: &[&str] =
    &["var", "const", "set", "val", "local", "declare", "my", "dim", "final", "static", "auto", "define"];

/// Words for clauses of a step.
const CLAUSES: &[Row] = &[
    (
        &["retries", "attempts", "max_retries", "max_attempts", "retry_count"],
        "write `retry 3 times every 10s`",
    ),
    (
        &["interval", "backoff", "retry_delay", "retry_interval"],
        "write `retry 3 times backoff 1s to 30s`, or `repeat every 10s until ..., at most 10m`",
    ),
    (&["deadline", "time_limit", "timeout_seconds", "max_duration"], "write `timeout 5m`"),
    (
        &["depends_on", "dependsOn", "depends", "needs", "requires", "run_after", "following"],
        "write `after STEP`",
    ),
    (&["condition", "only_if", "if_", "only", "where", "provided"], "write `when CONDITION`"),
    (&["unless", "not_if", "except_if"], "write `when not CONDITION`"),
    (
        &[
            "on_failure",
            "on_error",
            "onError",
            "onFailure",
            "rescue",
            "catch",
            "ignore_errors",
            "continue_on_error",
            "allow_failure",
            "failed_when",
        ],
        "write `on failure continue`, `on failure use VALUE` or `on failure run CALL`",
    ),
    (
        &["rollback", "revert", "compensate", "undo_with", "cleanup", "finally", "ensure"],
        "write `undo CALL`, or `undo CALL always` if it must also happen after a success",
    ),
    (
        &["approval", "approvers", "approved_by", "require", "manual_approval", "confirm", "authorize"],
        "write `approve by 1 of PEOPLE within 10m`",
    ),
    (&["for", "foreach", "loop", "with_items", "for_each"], "write `each x in xs`"),
    (&["until", "while", "poll", "wait_until"], "write `repeat every 10s until CONDITION, at most 10m`"),
    (&["schedule", "cron", "recur"], "write `every 10m`"),
    (&["idempotent"], "`idempotent` belongs in the action that the step calls"),
    (&["within", "max", "limit", "expires", "at_most", "time"], "write `timeout 5m`"),
    (&["at", "until_time", "start"], "to limit a step, write `timeout 5m`; to wait, write `after STEP + 5m`"),
    (&["skip", "skips"], "write the opposite condition: `when CONDITION`"),
    (
        &["otherwise", "else", "default", "fallback"],
        "write `on failure use VALUE`, or a second step with `when not CONDITION`",
    ),
    (&["before"], "write `after STEP` below the other step"),
    (&["waits", "awaits", "wait_for"], "write `after STEP`"),
    (&["concurrency", "max_parallel", "batch", "batch_size"], "write `each x in xs, 5 at a time`"),
    (&["forall", "map", "loop_over", "iterate"], "write `each x in xs`"),
    (&["retires", "retrys", "retried"], "write `retry 3 times every 10s`"),
    (
        &["ask", "manual", "sign", "signoff", "sign_off", "approved"],
        "write `approve by 1 of PEOPLE within 10m`",
    ),
    (&["roll", "no", "restore"], "write `undo CALL`, or `irreversible \"why\"`"),
    (&["not", "non_reversible", "permanent"], "write `irreversible \"why\"`"),
    (&["ignore", "allow", "tolerate"], "write `on failure continue`"),
    (
        &["critical", "required", "optional", "important", "labels", "tags", "assigned", "by"],
        "there is no such clause; to ask for an approval, write `approve by 1 of PEOPLE within 10m`",
    ),
    (&["save", "as"], "the value of a step has the name of the step: `step NAME = ACTION(...)`"),
    (
        &["reads", "changes", "destroys", "notifies", "asks"],
        "the effect is declared by the action that the step calls: `action NAME() -> TYPE reads { ... }`",
    ),
    (
        &["run", "action", "uses", "call", "command"],
        "the call comes right after the name: `step NAME = ACTION(...)`",
    ),
    (&["with", "args", "params", "env"], "arguments go in the call: `step NAME = ACTION(NAME: VALUE)`"),
    (
        &["register", "output", "save_as"],
        "the value of a step has the name of the step: `step NAME = ACTION(...)`",
    ),
];

/// Words that the keyword alone replaces.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("item", "import", "use"),
    ("item", "include", "use"),
    ("item", "runbook", "playbook"),
    ("item", "workflow", "playbook"),
    ("item", "class", "record"),
    ("item", "struct", "record"),
    ("item", "test", "scenario"),
    ("statement", "elif", "else if"),
    ("statement", "elsif", "else if"),
    ("statement", "elseif", "else if"),
    ("statement", "elseIf", "else if"),
    ("line of a scenario", "mock", "given"),
    ("line of a scenario", "assert", "expect"),
    ("line of a scenario", "should", "expect"),
];

/// Advice on a line that starts with a foreign word where a `what` ("item", "statement or clause") is allowed;
/// `opens_block` tells whether the line starts a block, and so is no clause.
pub fn line(word: &str, what: &str, opens_block: bool) -> Option<Advice> {
    let instead = INSTEAD
        .iter()
        .find(|(place, theirs, _)| *theirs == word && what.starts_with(place))
        .map(|(.., ours)| *ours)
        .or_else(|| LET.contains(&word).then_some("let"));
    let of_clause = || (what.ends_with("clause") && !opens_block).then(|| find(CLAUSES, word)).flatten();
    let of_item = || match (what, word) {
        ("item", "test" | "spec" | "it" | "describe") => {
            Some("write `scenario \"TITLE\" for PLAYBOOK { ... }`")
        }
        ("statement" | "statement or clause", "assert") => Some(
            "to verify something, add a step and name it in `resolved after`; in a scenario, write `expect ...`",
        ),
        _ => None,
    };
    let of_let = || LET.contains(&word).then_some("write `let NAME = VALUE`");
    let help = of_clause()
        .or_else(|| places::find(what, word))
        .or_else(of_item)
        .or_else(of_let)
        .or_else(|| find(STATEMENTS, word))?;
    Some(Advice { help, instead })
}

/// Whether the word only continues something foreign that started on an earlier line: `except`, `fi`.
pub fn continues_foreign(word: &str) -> bool {
    matches!(
        word,
        "catch"
            | "except"
            | "rescue"
            | "finally"
            | "ensure"
            | "elif"
            | "else"
            | "then"
            | "fi"
            | "done"
            | "end"
            | "endif"
            | "esac"
            | "do"
            | "case"
            | "default"
    )
}

/// How a line is written whose keyword has a `:` or `=` behind it, as in YAML; `rest` is what follows.
pub fn keyword_with_sign(word: &str, sign: &str, rest: &str) -> Option<String> {
    let rest = rest.trim();
    let plain = |default: &str| match rest.is_empty() || rest.starts_with(['[', '{', '|', '>', '-']) {
        true => format!("write `{word} {default}` without `{sign}`"),
        false => format!("write `{word} {rest}` without `{sign}`"),
    };
    Some(match word {
        "severity" if sign == "=" => return None,
        "severity" if rest.is_empty() => "write `severity = critical`".to_owned(),
        "severity" => format!("write `severity = {rest}`"),
        "retry" if rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty() => {
            format!("write `retry {rest} times` without `{sign}`")
        }
        "retry" => format!("write `retry 3 times` without `{sign}`"),
        "approve" => format!("write `approve by 1 of PEOPLE within 10m` without `{sign}`"),
        "repeat" => format!("write `repeat every 10s until CONDITION, at most 10m` without `{sign}`"),
        "irreversible" => format!("write `irreversible \"why\"` without `{sign}`"),
        "each" => format!("write `each x in xs` without `{sign}`"),
        "input" => format!("write `input NAME: TYPE` instead of `input{sign}`"),
        "on" => plain("TRIGGER"),
        "owner" => plain("TEAM"),
        "when" => plain("CONDITION"),
        "after" => plain("STEP"),
        "timeout" | "every" => plain("5m"),
        "undo" => plain("CALL"),
        "resolved" => format!("write `resolved after STEP` instead of `resolved{sign}`"),
        "enrich" | "triage" | "communicate" | "remediate" => {
            format!("write `{word} {{`, and `}}` after the last step")
        }
        "step" | "cause" | "playbook" | "scenario" | "task" | "action" | "record" | "enum" => {
            format!("write `{word} NAME` without `{sign}`")
        }
        "if" => "write `if CONDITION { ... }`".to_owned(),
        "return" => plain("VALUE"),
        "given" | "expect" => plain("..."),
        "auth" => plain("bearer TOKEN"),
        "headers" | "query" | "form" | "env" => match rest.starts_with('{') {
            true => format!("write `{word} {rest}` without `{sign}`"),
            false => format!("write `{word} {{ NAME: \"VALUE\" }}` without `{sign}`"),
        },
        "json" | "body" | "stdin" | "args" | "command" | "container" => match rest.is_empty() {
            true => format!("write `{word} VALUE` without `{sign}`"),
            false => format!("write `{word} {rest}` without `{sign}`"),
        },
        "http" => plain("GET \"https://...\""),
        "output" => plain("json"),
        "takes" => plain("2s"),
        "fails" => plain("1%"),
        "touches" => plain("PARAMETER"),
        "provides" => plain("ROLE"),
        "deprecated" => plain("\"what to use instead\""),
        "suspect" => format!("write `suspect when CONDITION` without `{sign}`"),
        "resolve" => format!("write `resolve within 1h` without `{sign}`"),
        "simulate" => format!("write `simulate {{ return VALUE }}` without `{sign}`"),
        "private" => format!("write `private` without `{sign}`, in front of the item"),
        "idempotent" => format!("write `idempotent` alone, without `{sign}`"),
        _ => return None,
    })
}

/// How to write a line that gives a value to a name: `x: 5`, `x := 5`, `Text x = 5`, `x += 1`.
pub fn assigned(name: &str, rest: &str) -> String {
    match rest.trim() {
        "" => format!("write `let {name} = VALUE`"),
        value => format!("write `let {name} = {value}`"),
    }
}
