//! How each line of Quell is written, for help where nothing more exact is known.

/// The words that start a line, and its syntax.
const FORMS: &[(&str, &str)] = &[
    ("use", "use MODULE` or `use MODULE (NAME, OTHER)"),
    ("record", "record NAME { field: TYPE, other: TYPE }"),
    ("enum", "enum NAME { first, second }"),
    ("ordered", "ordered enum NAME { lowest, highest }"),
    ("type", "type NAME = TYPE"),
    ("fn", "fn NAME(x: TYPE) -> TYPE = VALUE"),
    ("trigger", "trigger NAME() -> TYPE"),
    ("action", "action NAME(x: TYPE) -> TYPE reads { ... }"),
    ("task", "task NAME(x: TYPE) { ... }"),
    ("playbook", "playbook NAME { ... }"),
    ("scenario", "scenario \"TITLE\" for PLAYBOOK { ... }"),
    ("on failure", "on failure continue`, `on failure use VALUE` or `on failure run CALL"),
    ("on", "on TRIGGER as NAME"),
    ("input", "input NAME: TYPE"),
    ("owner", "owner TEAM"),
    ("resolve", "resolve within 1h"),
    ("enrich", "enrich { ... }` or `enrich none \"why\""),
    ("triage", "triage { ... }` or `triage none \"why\""),
    ("communicate", "communicate { ... }` or `communicate none \"why\""),
    ("remediate", "remediate { ... }` or `remediate none \"why\""),
    ("step", "step NAME = ACTION(...)"),
    ("let", "let NAME = VALUE"),
    ("cause", "cause NAME \"description\" { ... }"),
    ("severity", "severity = critical"),
    ("suspect", "suspect when CONDITION"),
    ("rule", "rule out when CONDITION"),
    ("resolved", "resolved after STEP"),
    ("return", "return VALUE"),
    ("if", "if CONDITION { ... } else { ... }"),
    ("when", "when CONDITION"),
    ("after", "after STEP` or `after STEP + 5m"),
    ("each", "each x in xs`, or `each x in xs, 5 at a time, at most 100"),
    ("repeat", "repeat every 10s until CONDITION, at most 10m"),
    ("every", "every 10m"),
    ("approve", "approve by 1 of PEOPLE within 10m"),
    ("timeout", "timeout 5m"),
    ("retry", "retry 3 times`, `retry 3 times every 10s` or `retry 3 times backoff 1s to 30s"),
    ("undo", "undo CALL` or `undo CALL always"),
    ("irreversible", "irreversible \"why\""),
    ("idempotent", "idempotent"),
    ("deprecated", "deprecated \"what to use instead\""),
    ("touches", "touches PARAMETER"),
    ("provides", "provides ROLE"),
    ("http", "http GET \"https://...\" { return body }"),
    ("command", "command [\"PROGRAM\", \"ARGUMENT\"] { return output }"),
    ("container", "container \"IMAGE\" { return output }"),
    ("simulate", "simulate { return VALUE }"),
    ("auth", "auth bearer TOKEN`, `auth basic USER, PASSWORD` or `auth header \"NAME\", VALUE"),
    ("headers", "headers { \"NAME\": \"VALUE\" }"),
    ("query", "query { NAME: \"VALUE\" }"),
    ("json", "json { NAME: VALUE }"),
    ("form", "form { NAME: \"VALUE\" }"),
    ("body", "body VALUE"),
    ("stdin", "stdin VALUE"),
    ("env", "env { NAME: \"VALUE\" }"),
    ("args", "args [\"ARGUMENT\"]"),
    ("output", "output json` or `output text"),
    ("takes", "takes 2s`, `takes 2s to 10s` or `takes p50 2s p95 10s"),
    ("fails", "fails 1%` or `fails 1% with \"why\""),
    ("given", "given STEP returns VALUE`, `given STEP fails \"why\"` or `given INPUT = VALUE"),
    ("expect", "expect STEP ran`, `expect STEP == VALUE` or `expect resolved within 30m"),
];

/// The help on the syntax of a line that starts with `first` and `second`.
pub fn syntax(first: &str, second: &str) -> Option<String> {
    let both = format!("{first} {second}");
    let find = |words: &str| FORMS.iter().find(|(known, _)| *known == words).map(|(_, form)| *form);
    find(&both).or_else(|| find(first)).map(|form| format!("the syntax is `{form}`"))
}

/// Help for a line of a kind ("item", "statement or clause") that starts with none of its words.
pub fn place(what: &str) -> Option<&'static str> {
    Some(match what {
        "item" => {
            "start the line with a keyword: `playbook NAME { ... }`, `let NAME: TYPE = VALUE`, `use MODULE`"
        }
        "header or part" => {
            "write a header such as `owner TEAM` or `input NAME: TYPE`, or a part such as `remediate { ... }`"
        }
        "statement or clause" => {
            "write a step as `step NAME = ACTION(...)`; a clause of the step above starts with a keyword, such as `when CONDITION` or `timeout 5m`"
        }
        "statement" => "write a step as `step NAME = ACTION(...)`, or a value as `let NAME = VALUE`",
        "line of a scenario" => {
            "write `given STEP returns VALUE` for what happens, and `expect STEP ran` for what has to follow"
        }
        "line of an action" => {
            "write a clause such as `timeout 30s`, or what the action calls: `http GET \"https://...\" { return body }`"
        }
        "line of a binding" => {
            "write a line such as `headers { \"NAME\": \"VALUE\" }`, `expect status == 200` or `return body`"
        }
        "line of `simulate`" => "write `return VALUE`, `takes 2s` or `fails 1%`",
        _ => return None,
    })
}
