//! Calls of the library: questions, messages, and what the table knows.

use super::{
    access::Value,
    book::{Book, Plan},
    express::{Lower, is_many},
    functions::secret_name,
    known::{Argument, Effect, Further, Kind, Known, Wanted},
    model::{Step, Template},
    names::quoted,
    plan::{Planned, container_effect},
    template::{Go, walk},
};
use crate::findings::import::{import_left_out, import_silence, import_unbounded_question};

/// A call with what belongs to its step.
#[derive(Debug, Default)]
pub struct Call {
    /// The call.
    pub call: String,
    /// The type of its step, where that has to be said.
    pub annotation: String,
    /// Clauses of its step.
    pub clauses: Vec<String>,
}

const ASK: &[&str] = &[
    "RECIPIENTS",
    "QUESTION",
    "HEADER_MESSAGE",
    "RESPONSES",
    "TIMEOUT",
    "DEFAULT_RESPONSE",
    "SELECTOR_TYPE",
    "MESSAGE_TYPE",
];
const MESSAGE: &[&str] =
    &["RECIPIENTS", "MESSAGE_TEXT", "TEXT", "MESSAGE", "INITIAL_COMMENT", "TITLE", "CONTENT", "IMAGE_LINK"];

/// A question.
pub fn question(lower: &mut Lower<'_, '_>, at: usize, planned: &mut Planned) -> Call {
    let book = lower.book;
    let step = &book.playbook.steps[at];
    leave_out(step, ASK, "a question in Quell has a text, options and a time limit", planned);
    let people = step.setting("RECIPIENTS").map_or_else(|| "run.starter".to_owned(), |to| people(lower, to));
    let header = step.setting("HEADER_MESSAGE").map(|header| lower.text(header));
    let words = step.setting("QUESTION").map(|question| lower.text(question));
    let words = joined(&[header, words], "\\n");
    let within = match step.setting("TIMEOUT") {
        None => {
            planned.findings.push(import_unbounded_question::at(step.image.span));
            "30m".to_owned()
        }
        Some(timeout) => timeout.literal().and_then(duration).unwrap_or_else(|| {
            planned.findings.push(import_left_out::at(
                timeout.span,
                "`TIMEOUT`",
                "a time limit is a constant in Quell; it is now 30 minutes",
            ));
            "30m".to_owned()
        }),
    };
    let many = is_many(step);
    let options = step.setting("RESPONSES").map(|responses| options(lower, responses));
    let mut call = Call::default();
    let default = step.setting("DEFAULT_RESPONSE").filter(|answer| !answer.text.trim().is_empty());
    if let Some(answer) = default {
        match changed_by(book, at, &answer.text) {
            Silent::Changes(change) => {
                let there = book.playbook.steps[change].span;
                planned.findings.push(import_silence::changes(answer.span, answer.text.trim(), there));
            }
            Silent::Skips => {}
            Silent::Tells => {
                let text = lower.text(answer);
                call.clauses
                    .push(format!("on failure use {}", if many { format!("[{text}]") } else { text }));
            }
        }
    }
    let verb = if many { "ask_many" } else { "ask" };
    call.call = match options {
        Some(options) => format!("{verb}({people}, {words}, options: {options}, within: {within})"),
        None => {
            call.annotation = if many { "List<Text>".to_owned() } else { "Text".to_owned() };
            format!("{verb}({people}, {words}, within: {within})")
        }
    };
    call
}

fn options(lower: &mut Lower<'_, '_>, responses: &Template) -> String {
    if let Some(literal) = responses.literal() {
        let each: Vec<String> = literal.split(',').map(|option| quoted(option.trim())).collect();
        return format!("[{}]", each.join(", "));
    }
    let value = lower.value(responses);
    match value.kind {
        Kind::Texts => value.code,
        Kind::List(shape) => format!("{}.map(e => e.{})", value.grouped(), shape.title),
        Kind::Json => format!("{} as List<Text>", value.grouped()),
        Kind::Jsons => format!("({}).map(e => \"${{e}}\")", value.code),
        _ => {
            let text = lower.as_text(value);
            format!("{text}.split(\",\")")
        }
    }
}

/// What the default answer leads to.
enum Silent {
    /// This change.
    Changes(usize),
    /// Changes wait for another answer: to skip them is what the default means.
    Skips,
    /// No change.
    Tells,
}

fn changed_by(book: &Book<'_>, question: usize, answer: &str) -> Silent {
    let mut reached = vec![false; book.steps.len()];
    reached[question] = true;
    let mut waits = false;
    for at in question + 1..book.steps.len() {
        reached[at] = book.names_steps[at].iter().any(|named| reached.get(*named) == Some(&true));
        let changes = match book.plans[at] {
            Plan::Known(known) => known.effect >= Effect::Notifies,
            Plan::Look(_) | Plan::Pure(_) => false,
            Plan::Container => container_effect(&book.playbook.steps[at]).0 >= Effect::Notifies,
            Plan::Ask | Plan::Message => false,
        };
        if !reached[at] || !changes {
            continue;
        }
        match wants(book, at, question) {
            Some(wanted) if wanted.trim().eq_ignore_ascii_case(answer.trim()) => return Silent::Changes(at),
            Some(_) => waits = true,
            None => return Silent::Changes(at),
        }
    }
    if waits { Silent::Skips } else { Silent::Tells }
}

/// The answer that a step's conditions ask for.
fn wants(book: &Book<'_>, at: usize, question: usize) -> Option<String> {
    let mut wanted = None;
    for guard in &book.playbook.steps[at].guards {
        walk(&guard.nodes, &mut |go| {
            let Go::Call(name, arguments) = go else { return };
            let [Go::Path(path), Go::Text(text)] = arguments.as_slice() else { return };
            let named = book.meaning(path, at);
            if matches!(name.as_str(), "eq" | "ieq")
                && matches!(named, super::book::Meaning::Step(step, _) if step == question)
            {
                wanted = Some(text.clone());
            }
        });
    }
    wanted
}

/// A message.
pub fn message(lower: &mut Lower<'_, '_>, step: &Step, planned: &mut Planned) -> Call {
    leave_out(step, MESSAGE, "messages are plain text in Quell", planned);
    let part = |lower: &mut Lower<'_, '_>, keys: &[&str]| {
        keys.iter().find_map(|key| step.setting(key)).map(|template| lower.text(template))
    };
    let text = part(lower, &["MESSAGE_TEXT", "TEXT", "MESSAGE"]);
    let comment = part(lower, &["INITIAL_COMMENT"]);
    let title = part(lower, &["TITLE"]);
    let content = part(lower, &["CONTENT"]);
    let image = part(lower, &["IMAGE_LINK"]);
    let link = step.setting("SP_REDIRECT_URL").map(|_| "\"${run.url}\"".to_owned());
    let to = step.setting("RECIPIENTS").map(|to| (recipients(lower, to), to));
    let snippet = content.is_some();
    match to {
        Some((Value { code, kind: Kind::Person, .. }, _)) => {
            let call = if snippet { "slack.snippet" } else { "slack.direct" };
            let text = joined(&[text, comment, title, content, image, link], "\\n");
            Call { call: format!("{call}({code}, {text})"), ..Call::default() }
        }
        Some((value, _)) => {
            let content = content.map(|content| format!("\"```\\n{}\\n```\"", embedded(&content)));
            let text = joined(&[text, comment, title, content, image, link], "\\n");
            let each = (value.kind == Kind::Texts).then(|| format!("each to in {}", value.code));
            let channel = if each.is_some() { "slack_channel(to)".to_owned() } else { value.code };
            Call {
                call: format!("slack.post({channel}, {text})"),
                clauses: each.into_iter().collect(),
                ..Call::default()
            }
        }
        None => Call::default(),
    }
}

/// Whom a message goes to: a person, a channel, or several names of channels.
fn recipients(lower: &mut Lower<'_, '_>, to: &Template) -> Value {
    if let Some(literal) = to.literal()
        && literal.contains(',')
    {
        let each: Vec<String> = literal.split(',').map(|name| quoted(name.trim())).collect();
        return Value::tight(format!("[{}]", each.join(", ")), Kind::Texts);
    }
    if is_starter(to) {
        return Value::tight("run.starter", Kind::Person);
    }
    let value = lower.value(to);
    match value.kind {
        Kind::Person | Kind::Channel => value,
        _ => Value::tight(channel(lower, value), Kind::Channel),
    }
}

fn is_starter(to: &Template) -> bool {
    matches!(to.value(), Some(Go::Path(path)) if path.members().eq(["metadata", "userEmail"]))
}

fn people(lower: &mut Lower<'_, '_>, to: &Template) -> String {
    if is_starter(to) {
        return "run.starter".to_owned();
    }
    let value = lower.value(to);
    person(lower, value)
}

fn person(lower: &mut Lower<'_, '_>, value: Value) -> String {
    match value.kind {
        Kind::Person => value.code,
        _ => format!("find_person({})", lower.as_text(value)),
    }
}

fn channel(lower: &mut Lower<'_, '_>, value: Value) -> String {
    match value.kind {
        Kind::Channel => value.code,
        Kind::Record(shape) if shape.name == "slack.Channel" && !value.optional => value.code,
        _ => format!("slack_channel({})", lower.as_text(value)),
    }
}

/// A call that the table knows.
pub fn known(lower: &mut Lower<'_, '_>, known: &Known, step: &Step, planned: &mut Planned) -> String {
    for (key, why) in known.left_out {
        if let Some(setting) = step.setting(key) {
            planned.left(key, why, setting.span);
        }
    }
    if step.setting("SP_REDIRECT_URL").is_some() && known.effect == Effect::Notifies {
        let span = step.setting("SP_REDIRECT_URL").map_or(step.span, |url| url.span);
        planned.left("SP_REDIRECT_URL", "this action shows no link", span);
    }
    let arguments: Vec<String> =
        known.arguments.iter().filter_map(|wanted| argument(lower, wanted, step)).collect();
    format!("{}({})", known.call, arguments.join(", "))
}

/// A further call, if its setting is there.
pub fn further(lower: &mut Lower<'_, '_>, further: &Further, step: &Step, subject: &str) -> Option<String> {
    let argument = argument(lower, &further.argument, step)?;
    Some(format!("{}({}: {subject}, {argument})", further.call, further.subject))
}

fn argument(lower: &mut Lower<'_, '_>, argument: &Argument, step: &Step) -> Option<String> {
    let code = match argument.wanted {
        Wanted::Constant(code) => code.to_owned(),
        Wanted::Record(name, fields) => {
            if !argument.is_said(step) {
                return None;
            }
            record(lower, name, fields, step)
        }
        wanted => {
            let setting = argument.from.iter().find_map(|key| step.setting(key))?;
            value(lower, wanted, setting, argument, step)
        }
    };
    Some(format!("{}: {code}", argument.parameter))
}

/// A record of the library, made from settings.
pub fn record(lower: &mut Lower<'_, '_>, name: &str, fields: &[Argument], step: &Step) -> String {
    let fields: Vec<String> = fields.iter().filter_map(|field| argument(lower, field, step)).collect();
    format!("{name}({})", fields.join(", "))
}

/// A setting as what a parameter wants.
fn value(
    lower: &mut Lower<'_, '_>,
    wanted: Wanted,
    setting: &Template,
    argument: &Argument,
    step: &Step,
) -> String {
    match wanted {
        Wanted::Text | Wanted::Constant(_) | Wanted::Record(..) => lower.text(setting),
        Wanted::Int => number(lower, setting),
        Wanted::Seconds => match whole(setting) {
            Some(seconds) => format!("{seconds}s"),
            None => format!("{} * 1s", number(lower, setting)),
        },
        Wanted::Shell => format!("[\"sh\", \"-c\", {}]", lower.text(setting)),
        Wanted::Address { scheme, port } => {
            let mut part = |key: &str| step.setting(key).map(|template| embedded(&lower.text(template)));
            let scheme = part(scheme).unwrap_or_else(|| "http".to_owned());
            let port = part(port).map_or_else(String::new, |port| format!(":{port}"));
            format!("\"{scheme}://{}{port}\"", embedded(&lower.text(setting)))
        }
        Wanted::Person => people(lower, setting),
        Wanted::People if is_starter(setting) => "[run.starter]".to_owned(),
        Wanted::People => {
            let value = lower.value(setting);
            match value.kind {
                Kind::Person => format!("[{}]", value.code),
                _ => format!("{}.split(\",\").map(e => find_person(e.trim()))", lower.as_text(value)),
            }
        }
        Wanted::Channel => {
            let value = lower.value(setting);
            channel(lower, value)
        }
        Wanted::Service => {
            let value = lower.value(setting);
            match value.kind {
                Kind::Service => value.code,
                _ => format!("find_service({})", lower.as_text(value)),
            }
        }
        Wanted::Secret => {
            let value = lower.value(setting);
            match value.kind {
                Kind::Secret => value.code,
                _ => format!("secret({})", quoted(&secret_name(argument.from[0]))),
            }
        }
    }
}

/// A whole number that is written down.
fn whole(setting: &Template) -> Option<u32> {
    setting.literal()?.trim().parse().ok()
}

fn number(lower: &mut Lower<'_, '_>, setting: &Template) -> String {
    if let Some(number) = whole(setting) {
        return number.to_string();
    }
    let value = lower.value(setting);
    match value.kind {
        Kind::Int if !value.optional => value.code,
        _ => format!("{}.to_int()", lower.as_text(value)),
    }
}

fn leave_out(step: &Step, known: &[&str], why: &str, planned: &mut Planned) {
    for (key, value) in &step.env {
        if !known.contains(&key.text.as_str()) && !super::known::OWN_SETTINGS.contains(&key.text.as_str()) {
            planned.left(&key.text, why, value.span);
        }
    }
}

/// Texts as one, with something between them.
fn joined(parts: &[Option<String>], between: &str) -> String {
    let each: Vec<String> =
        parts.iter().flatten().map(|code| embedded(code)).filter(|text| !text.is_empty()).collect();
    format!("\"{}\"", each.join(between))
}

/// An expression as it stands within quotes.
fn embedded(code: &str) -> String {
    match code.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) if is_one_literal(code) => inside.to_owned(),
        _ => format!("${{{code}}}"),
    }
}

/// Whether the quotes at both ends are those of one text.
fn is_one_literal(code: &str) -> bool {
    let (mut braces, mut quotes, mut escaped) = (0_u32, 0_u32, false);
    let mut last = ' ';
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if braces == 0 => {
                quotes += 1;
                if quotes == 2 {
                    return at + 1 == code.len();
                }
            }
            '{' if last == '$' || braces > 0 => braces += 1,
            '}' if braces > 0 => braces -= 1,
            _ => {}
        }
        last = c;
    }
    false
}

/// A duration as Quell writes it; a bare number means seconds.
pub fn duration(text: &str) -> Option<String> {
    let text = text.trim();
    if text.parse::<u32>().is_ok() {
        return (!text.trim_start_matches('0').is_empty()).then(|| format!("{text}s"));
    }
    let mut rest = text;
    let mut any = false;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
        rest = &rest[digits..];
        let unit = ["ms", "s", "m", "h", "d"].iter().find(|unit| rest.starts_with(**unit))?;
        rest = &rest[unit.len()..];
        any = true;
    }
    any.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(duration("5m").as_deref(), Some("5m"));
        assert_eq!(duration(" 1h30m").as_deref(), Some("1h30m"));
        assert_eq!(duration("300").as_deref(), Some("300s"));
        for bad in ["", "m", "5", "5 m", "-5m", "five"].iter().filter(|text| **text != "5") {
            assert_eq!(duration(bad), None, "{bad}");
        }
    }

    #[test]
    fn one_literal_is_told_from_two() {
        assert!(is_one_literal("\"a ${b(\"c\")} d\""));
        assert!(!is_one_literal("\"a\".join(\"b\")"));
        assert!(!is_one_literal("\"a\" + \"b\""));
        assert!(is_one_literal("\"a \\\" b\""));
    }
}
