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

/// Functions and objects of other languages, unless a module offers one of that name.
const FUNCTIONS: &[Row] = &[
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
