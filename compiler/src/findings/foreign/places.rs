//! Words that start a line in other languages, for lines that only one place has.

use super::Row;

/// Words for headers and parts of a playbook.
const MEMBERS: &[Row] = &[
    (&["team", "owned", "owners", "maintainer", "service_owner"], "write `owner TEAM`"),
    (
        &["triggered", "start", "starts", "schedule", "cron", "listen"],
        "write `on TRIGGER`, such as `on alertmanager.alert(\"NAME\")`",
    ),
    (&["deadline", "sla", "slo", "target", "resolves", "mttr", "within"], "write `resolve within 1h`"),
    (&["enrichment", "gather", "collect", "context"], "write `enrich { ... }`"),
    (&["diagnosis", "diagnostics", "analysis", "analyze", "detect"], "write `triage { ... }`"),
    (
        &["comms", "communication", "communications", "notifications", "announce", "inform"],
        "write `communicate { ... }`",
    ),
    (
        &["cleanup", "recover", "recovery", "remediation", "repair", "rollback", "actions"],
        "write `remediate { ... }`",
    ),
    (
        &["labels", "tags", "annotations", "concurrency", "version", "metadata", "category", "timeout"],
        "a playbook has the headers `on`, `input`, `owner` and `resolve within`; write other remarks above it as `/// ...`",
    ),
    (&["commander", "escalate", "escalation", "roles"], "people get their roles in steps of `communicate`"),
    (&["run", "call", "do", "execute"], "write steps in a part: `remediate { step NAME = ACTION(...) }`"),
];

/// Words for lines of an action.
const ACTIONS: &[Row] = &[
    (
        &[
            "GET", "POST", "PUT", "PATCH", "DELETE", "get", "post", "put", "fetch", "url", "request", "curl",
            "https",
        ],
        "write `http GET \"https://...\" { return body }`",
    ),
    (
        &["run", "exec", "shell", "script", "cmd", "bash", "sh", "execute"],
        "write `command [\"PROGRAM\", \"ARGUMENT\"] { return output }`",
    ),
    (&["image", "docker", "pod"], "write `container \"IMAGE\" { return output }`"),
    (&["mock", "stub", "fake", "dry_run"], "write `simulate { return VALUE }`"),
    (
        &["reads", "changes", "destroys", "notifies", "asks", "effect", "effects"],
        "write the effect in the first line: `action NAME(x: TYPE) -> TYPE reads { ... }`",
    ),
    (
        &["secret", "secrets", "token", "params", "parameters", "inputs", "args"],
        "write it as a parameter: `action NAME(token: Secret = secret(\"NAME\")) -> TYPE reads { ... }`",
    ),
];

/// Words for lines of a binding.
const BINDINGS: &[Row] = &[
    (&["data", "payload", "content"], "write `json { NAME: VALUE }`, or `body VALUE` for a text"),
    (&["params", "parameters", "qs", "querystring"], "write `query { NAME: \"VALUE\" }`"),
    (&["token", "bearer", "authorization", "credentials", "Authorization"], "write `auth bearer TOKEN`"),
    (&["cookie", "Content", "Accept", "header", "content_type"], "write `headers { \"NAME\": \"VALUE\" }`"),
    (&["result", "yield", "returns", "response"], "write `return VALUE`"),
    (&["assert", "check", "require", "ensure", "verify_status", "status"], "write `expect status == 200`"),
    (&["parse", "format", "decode", "type"], "write `output json` or `output text`"),
    (&["url", "method", "uri"], "write them in the line above: `http GET \"https://...\" { ... }`"),
    (&["insecure", "verify", "tls", "ssl", "redirects"], "requests are always verified; remove the line"),
];

/// Words for lines of `simulate`.
const SIMULATIONS: &[Row] = &[
    (&["yield", "result", "returns", "value", "output"], "write `return VALUE`"),
    (
        &["took", "take", "duration", "latency", "sleep", "delay", "wait"],
        "write `takes 2s` or `takes p50 2s p95 10s`",
    ),
    (
        &["fail", "error", "errors", "throws", "failure", "failure_rate", "failed"],
        "write `fails 1%` or `fails 1% with \"why\"`",
    ),
    (&["random", "rand", "if"], "write a choice in the value: `return if CONDITION then A else B`"),
];

/// Words for lines of a cause.
const CAUSES: &[Row] = &[
    (
        &["suspects", "suspected", "likely", "confirm", "confirmed", "evidence", "probability", "believe"],
        "write `suspect when CONDITION`",
    ),
    (
        &["ruled", "rule_out", "ruleout", "exclude", "excluded", "unlikely", "dismiss"],
        "write `rule out when CONDITION`",
    ),
];

/// Words for lines of a scenario.
const SCENARIO: &[Row] = &[
    (
        &["mock", "stub", "when", "assume", "arrange", "setup", "set", "fake"],
        "write `given STEP returns VALUE`, `given STEP fails \"why\"` or `given INPUT = VALUE`",
    ),
    (&["assert", "then", "should", "verify", "check", "ensure", "require", "test"], "write `expect ...`"),
    (&["and", "but"], "start the line with `given` or `expect`"),
    (
        &["run", "start", "execute", "play", "it", "describe"],
        "a scenario runs its playbook by itself; write `expect ...` for the result",
    ),
    (
        &["wait", "sleep", "advance", "at", "within", "tick", "after"],
        "the clock runs by itself; for a time limit, write `expect STEP ran within 5m`",
    ),
];

/// The help on a line of a `what` ("item", "line of an action") that starts with `word`.
pub(super) fn find(what: &str, word: &str) -> Option<&'static str> {
    let rows = match what {
        "line of a scenario" => SCENARIO,
        "header or part" => MEMBERS,
        "line of an action" => ACTIONS,
        "line of a binding" => BINDINGS,
        "line of `simulate`" => SIMULATIONS,
        "statement" => CAUSES,
        _ => return None,
    };
    super::find(rows, word)
}
