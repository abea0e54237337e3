//! Names of values, functions, types and methods in other languages.

use super::{Advice, COMMAND, Row, WAIT, find};

/// Names of values that have another name in Quell.
const VALUES: &[(&[&str], &str)] = &[
    (
        &[
            "null",
            "nil",
            "None",
            "undefined",
            "NULL",
            "Null",
            "Nil",
            "NONE",
            "Nothing",
            "nothing",
            "void",
            "nullptr",
            "empty",
        ],
        "none",
    ),
    (&["True", "TRUE", "yes", "Yes", "YES"], "true"),
    (&["False", "FALSE", "no", "No", "NO"], "false"),
];

const DURATION: &str = "write a duration as digits and a unit: `5s`, `5m`, `5h`, `5d`";

/// Words that can only be meant as other languages have them.
const WORDS: &[Row] = &[
    (&["lambda", "function", "func", "fun", "def", "fn"], "write a lambda as `x => ...`"),
    (
        &["await", "async", "new", "call", "run_step"],
        "write the call alone, without this word: `step NAME = ACTION(...)`",
    ),
    (&["sleep", "wait", "delay", "pause"], WAIT),
    (
        &["print", "println", "printf", "echo", "console", "puts", "logger"],
        "Quell records what a run does by itself; to tell people, call an action such as `slack.post(CHANNEL, \"...\")`",
    ),
    (
        &["typeof", "isinstance", "instanceof"],
        "the type of a value is known before the run, so it can't be tested",
    ),
    (&["this", "self"], "use the name of the input or step itself"),
];

const ENDS: &str = "a run ends `resolved`, `failed` or `completed`: write `expect resolved`; for a step, `expect STEP ran` or `expect STEP failed`. In a playbook, handle a failure with `on failure ...` below the step";

/// Functions and objects of other languages, unless a module offers one of that name.
const FUNCTIONS: &[Row] = &[
    (
        &[
            "success",
            "succeeded",
            "complete",
            "completes",
            "done",
            "failure",
            "fails",
            "resolve",
            "resolves",
            "unresolved",
            "always",
            "cancelled",
            "passes",
            "passed",
            "ok",
        ],
        ENDS,
    ),
    (
        &["re", "regex", "regexp", "match", "matches", "preg_match", "RegExp"],
        "there are no regular expressions; use `.contains(...)`, `.starts_with(...)` or `.ends_with(...)`",
    ),
    (
        &[
            "exists",
            "defined",
            "isset",
            "isNull",
            "is_null",
            "is_none",
            "isNone",
            "isEmpty",
            "is_empty",
            "empty",
            "Some",
            "Just",
            "Ok",
            "isdefined",
            "has",
        ],
        "to check whether a value is set, write `x != none`",
    ),
    (
        &[
            "rate",
            "avg",
            "irate",
            "increase",
            "histogram_quantile",
            "sum_over_time",
            "avg_over_time",
            "topk",
            "absent",
        ],
        "PromQL goes into a text, in the call of an action: `prometheus.ratio(\"...\")`",
    ),
    (
        &[
            "inputs",
            "params",
            "vars",
            "args",
            "arguments",
            "parameters",
            "variables",
            "var",
            "local",
            "steps",
            "needs",
        ],
        "write the name of the input, `let` or step alone: `NAME`",
    ),
    (
        &["labels", "annotations", "event", "alerts", "incident", "trigger"],
        "name the event in the playbook's header, `on TRIGGER as alert`, and write `alert.labels[\"NAME\"]`",
    ),
    (
        &[
            "upper",
            "lower",
            "trim",
            "strip",
            "split",
            "join",
            "replace",
            "contains",
            "concat_ws",
            "substring",
        ],
        "write it as a method of the value: `x.upper()`, `x.split(\",\")`, `xs.join(\", \")`",
    ),
    (
        &[
            "minutes",
            "minute",
            "seconds",
            "second",
            "hours",
            "hour",
            "days",
            "day",
            "weeks",
            "timedelta",
            "Duration",
        ],
        DURATION,
    ),
    (
        &["one", "two", "three", "four", "five", "ten", "zero", "once", "twice"],
        "write the number in digits: `3`",
    ),
    (
        &["forever", "infinity", "infinite", "unlimited", "Infinity", "inf", "never"],
        "every wait needs a limit: write a duration such as `1h`",
    ),
    (
        &["kubectl", "helm", "aws", "gcloud", "terraform", "docker", "ssh", "psql", "cmd", "run_command"],
        COMMAND,
    ),
    (
        &["parallel", "concurrent", "gather", "Promise", "all_of"],
        "steps run in parallel unless one uses the value of another: write a step for each call",
    ),
    (
        &["random", "rand", "randint", "uuid"],
        "a run has to be repeatable, so there are no random values; pass the value as an `input`",
    ),
    (
        &["response", "resp", "res", "result"],
        "write `body` and `status` for the answer to a request, and the name of a step for its value",
    ),
    (
        &["JSON", "json", "yaml", "YAML"],
        "a document is read with `body.field as TYPE`, or with `use std.json`",
    ),
    (&["std"], "write `use std.MODULE` at the top of the file, and `MODULE.NAME` here"),
    (&["len", "length", "size", "count", "sizeof"], "use a method: `xs.length()`"),
    (
        &["str", "string", "String", "format", "sprintf", "fmt", "concat"],
        "put values into a text with `\"${...}\"`",
    ),
    (&["int", "Int", "parseInt", "integer", "Integer"], "use a method: `x.to_int()`"),
    (&["float", "Float", "parseFloat", "Number", "double"], "use a method: `x.to_float()`"),
    (&["bool", "boolean", "Bool", "Boolean"], "compare the value, such as `x != none` or `x > 0`"),
    (&["range", "seq"], "write the elements out: `[1, 2, 3]`"),
    (
        &[
            "sorted",
            "sort",
            "min",
            "max",
            "sum",
            "any",
            "all",
            "map",
            "filter",
            "abs",
            "round",
            "reversed",
            "enumerate",
            "zip",
        ],
        "use a method of the value, such as `xs.sort()`, `xs.max()` or `xs.filter(x => ...)`",
    ),
    (&["list", "List", "array", "Array", "set", "Set", "tuple"], "write a list as `[a, b]`"),
    (
        &["dict", "Map", "object", "Object", "hash", "Hash"],
        "write a map as `{ key: value }`, and a record as `NAME(field: value)`",
    ),
    (&["now", "today", "Date", "datetime", "timestamp", "utcnow"], "use `run.now` for the current time"),
    (
        &["env", "ENV", "environ", "getenv", "process", "os"],
        "the environment isn't available: write `secret(\"NAME\")` for a secret, and declare an `input` for other values",
    ),
    (&["require", "include", "load"], "write `use MODULE` at the top of the file"),
    (
        &["input", "prompt", "confirm", "raw_input"],
        "to ask a person, write `step NAME: Bool = ask(PEOPLE, \"...\", within: 10m)`",
    ),
    (&["exec", "system", "subprocess", "shell", "bash", "sh", "popen"], COMMAND),
    (
        &["fetch", "requests", "axios", "urllib", "curl"],
        "requests are sent by actions: `action NAME() -> Json reads { http GET \"https://...\" { return body } }`",
    ),
];

/// Advice on an unknown name; `certain` is for words that no module of Quell could mean.
pub fn value(name: &str, certain: bool) -> Option<Advice> {
    if !certain {
        return find(FUNCTIONS, name).map(|help| Advice { help, instead: None });
    }
    if let Some((_, ours)) = VALUES.iter().find(|(theirs, _)| theirs.contains(&name)) {
        let help = match *ours {
            "none" => "write `none`",
            "true" => "write `true`",
            _ => "write `false`",
        };
        return Some(Advice { help, instead: Some(ours) });
    }
    let duration = name.strip_prefix('P').map(|rest| rest.strip_prefix('T').unwrap_or(rest));
    if duration.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit())) {
        return Some(Advice { help: DURATION, instead: None });
    }
    find(WORDS, name).map(|help| Advice { help, instead: None })
}

const TYPES: &[(&[&str], &str)] = &[
    (&["string", "str", "String", "Str", "char", "varchar"], "Text"),
    (
        &[
            "integer", "Integer", "int", "i32", "i64", "u32", "u64", "long", "short", "number", "Number",
            "uint",
        ],
        "Int",
    ),
    (&["boolean", "Boolean", "bool"], "Bool"),
    (&["double", "Double", "float", "f32", "f64", "decimal", "Decimal"], "Float"),
    (&["datetime", "DateTime", "Datetime", "timestamp", "Timestamp", "date", "Date", "Instant"], "Time"),
    (&["timedelta", "TimeDelta", "interval", "Interval", "duration"], "Duration"),
    (&["bytes", "Bytes"], "Size"),
    (&["percentage", "Percentage", "percent"], "Percent"),
    (&["array", "Array", "list", "vec", "Vec", "set", "Set", "slice", "tuple"], "List"),
    (&["dict", "Dict", "object", "Object", "hash", "Hash", "map", "HashMap", "dictionary"], "Map"),
    (&["any", "Any", "json", "JSON", "dynamic", "unknown"], "Json"),
    (&["user", "User"], "Person"),
];

/// The type that a foreign name of a type means.
pub fn type_name(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(theirs, _)| theirs.contains(&name)).map(|(_, ours)| *ours)
}

/// Methods of other languages, and ours.
const MEMBERS: &[(&[&str], &str)] = &[
    (
        &["includes", "include", "has", "member", "index_of", "indexOf", "find_index", "in", "contains_text"],
        "contains",
    ),
    (&["size", "len", "count", "Length", "Count", "__len__"], "length"),
    (&["empty", "isEmpty", "blank", "is_blank", "isBlank"], "is_empty"),
    (&["some", "exists", "anyMatch", "any_match"], "any"),
    (&["every", "allMatch", "all_match"], "all"),
    (&["select", "where", "grep"], "filter"),
    (&["collect", "each", "transform"], "map"),
    (&["detect", "search"], "find"),
    (&["uniq", "unique", "dedup", "toSet", "set"], "distinct"),
    (&["head"], "first"),
    (&["skip", "slice", "tail"], "drop"),
    (&["limit", "top", "substring", "substr", "truncate", "left"], "take"),
    (&["toUpperCase", "uppercase", "upcase", "to_upper", "toUpper"], "upper"),
    (&["toLowerCase", "lowercase", "downcase", "to_lower", "toLower"], "lower"),
    (&["strip", "trimmed", "chomp"], "trim"),
    (&["startswith", "hasPrefix", "has_prefix", "start_with"], "starts_with"),
    (&["endswith", "hasSuffix", "has_suffix", "end_with"], "ends_with"),
    (&["toString", "to_s", "str", "string", "to_string", "text"], "to_text"),
    (&["toInt", "to_i", "parseInt", "int"], "to_int"),
    (&["toFloat", "to_f", "parseFloat", "float"], "to_float"),
    (&["replaceAll", "gsub", "sub", "replace_all"], "replace"),
    (&["joinToString", "implode"], "join"),
    (&["max_value", "maximum"], "max"),
    (&["min_value", "minimum"], "min"),
    (&["fetch", "getOrDefault"], "get"),
];

/// The method that a foreign name of one means, among the `names` of a type.
pub fn member<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (_, ours) = MEMBERS.iter().find(|(theirs, _)| theirs.contains(&name))?;
    names.into_iter().find(|known| known == ours)
}

const RESULT: &str = "the name of a step is its value itself: write the name alone, without a field";
const OUTCOME: &str = "a step that failed or was skipped has no value: write `STEP != none`; a scenario writes `expect STEP ran` or `expect STEP failed`";

/// Members that values have in other languages, where Quell has none of that kind.
const NO_MEMBERS: &[Row] = &[
    (&["result", "output", "outputs", "stdout", "value", "data", "content", "response", "body"], RESULT),
    (
        &[
            "failed",
            "succeeded",
            "success",
            "ok",
            "status",
            "state",
            "outcome",
            "exit_code",
            "code",
            "rc",
            "ran",
            "error",
        ],
        OUTCOME,
    ),
    (
        &[
            "is_some",
            "is_none",
            "isSome",
            "isNone",
            "isNull",
            "is_null",
            "isEmpty",
            "is_empty",
            "isPresent",
            "present",
            "nil",
        ],
        "to check whether a value is set, write `x != none`",
    ),
    (
        &["unwrap", "expect", "get", "orElse", "or_else", "unwrap_or", "orElseThrow"],
        "for a default, write `x ?? DEFAULT`; to require the value, `need(x, \"why\")`",
    ),
    (&["format", "concat", "sprintf", "interpolate"], "put values into a text with `\"${...}\"`"),
    (
        &["match", "matches", "test", "regex", "search"],
        "there are no regular expressions; use `.contains(...)`, `.starts_with(...)` or `.ends_with(...)`",
    ),
    (
        &["copy", "with", "update", "clone", "replace", "set", "append", "push", "add"],
        "values can't be changed: build a new one, such as `NAME(field: VALUE)` or `xs + [y]`",
    ),
    (&["toBe", "toEqual", "should", "to_equal", "toBeTruthy"], "write `expect STEP == VALUE`"),
    (
        &["forEach", "each", "for_each"],
        "add the clause `each x in xs` below a step, or write `xs.map(x => ...)`",
    ),
];

/// Advice on a member that no value of Quell has.
pub fn missing_member(name: &str) -> Option<&'static str> {
    find(NO_MEMBERS, name)
}

/// Arguments that are clauses of the step.
pub fn parameter(name: &str) -> Option<&'static str> {
    Some(match name {
        "timeout" => "the timeout is a clause of the step: write `timeout 5m` on a line below the call",
        "retry" | "retries" | "attempts" | "max_retries" => {
            "retries are a clause of the step: write `retry 3 times` on a line below the call"
        }
        "when" | "condition" | "only_if" => {
            "the condition is a clause of the step: write `when CONDITION` on a line below the call"
        }
        "after" | "depends_on" | "needs" => {
            "the order is a clause of the step: write `after STEP` on a line below the call"
        }
        "every" | "interval" => "to repeat a step, write `every 10m` on a line below the call",
        "approve" | "approval" | "approvers" => {
            "the approval is a clause of the step: write `approve by 1 of PEOPLE within 10m` on a line below the call"
        }
        "undo" | "rollback" => "the undo is a clause of the step: write `undo CALL` on a line below the call",
        "on_failure" | "on_error" | "ignore_errors" => {
            "write `on failure continue` or `on failure use VALUE` on a line below the call"
        }
        _ => return None,
    })
}
