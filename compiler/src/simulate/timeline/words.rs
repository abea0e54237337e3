//! Values, calls and endings in few words.

use std::sync::Arc;

use crate::{
    graph::GuardOrigin,
    simulate::{
        evaluate::Read,
        trace::{CallShown, End, GateOutcome, PersonShown, Reached, Skip},
        value::{Value, duration_for_people, literal},
    },
    source::Span,
    world::World,
};

/// So long a text may be within a line.
const TEXT: usize = 72;

/// What something is, in few words: a record with its plain fields.
pub fn whole(value: &Value) -> String {
    match value {
        Value::Record(record) => {
            let fields = record.shape.fields.iter().zip(&record.fields);
            let shown: Vec<String> = fields
                .filter(|(_, value)| is_plain(value))
                .map(|(name, value)| format!("{name}: {}", brief(value)))
                .collect();
            cut(&format!("{}({})", record.shape.name, shown.join(", ")))
        }
        other => brief(other),
    }
}

/// Which value it is, in few words: a record by its name.
pub fn brief(value: &Value) -> String {
    match value {
        Value::Duration(value) => duration_for_people(*value),
        Value::Text(text) => format!("\"{}\"", shortened(text)),
        Value::Record(record) => {
            let known = ["name", "title", "summary", "number", "id"];
            match known.iter().find_map(|name| value.field(name)) {
                Some(Value::Text(text)) if !text.is_empty() => shortened(text),
                Some(number @ Value::Int(_)) => format!("{} {}", record.shape.name, literal(number)),
                _ => match record.fields.iter().find_map(Value::as_text) {
                    Some(text) if !text.is_empty() && record.fields.len() > 1 => shortened(text),
                    _ => whole(value),
                },
            }
        }
        Value::List(elements) => {
            let all: Vec<String> = elements.iter().map(brief).collect();
            let written = format!("[{}]", all.join(", "));
            if written.chars().count() <= TEXT {
                written
            } else {
                format!("{} of them: {}", elements.len(), cut(&written))
            }
        }
        Value::Map(entries) => {
            let all: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key}: {}", brief(value))).collect();
            cut(&format!("{{ {} }}", all.join(", ")))
        }
        Value::Json(_) => cut(&literal(value)),
        Value::Secret(name) => format!("secret {name}"),
        other => literal(other),
    }
}

/// Whether it is short and not empty.
fn is_plain(value: &Value) -> bool {
    let empty = matches!(value, Value::Text(text) if text.is_empty()) || *value == Value::Duration(0);
    !empty
        && !matches!(value, Value::None | Value::Record(_) | Value::List(_) | Value::Map(_) | Value::Json(_))
}

/// On one line, and not too long. Runs of blanks stay, and a line break is shown as in a program: both
/// may mean something in code and data.
fn shortened(text: &str) -> String {
    cut(&text.trim().replace("\r\n", "\n").replace('\n', "\\n").replace('\t', "\\t"))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// `kubernetes.rollback(checkout, revision: 41)`: what the call says, without secrets.
pub fn call_in_words(call: &CallShown) -> String {
    let said = call
        .arguments
        .iter()
        .enumerate()
        .filter(|(_, argument)| argument.said && !matches!(argument.value, Value::Secret(_)));
    let shown: Vec<String> = said
        .map(|(index, argument)| match index {
            0 => brief(&argument.value),
            _ => format!("{}: {}", argument.name, brief(&argument.value)),
        })
        .collect();
    format!("{}({})", call.callee, shown.join(", "))
}

/// The channel or record that a call goes to, and the module that carries it there.
pub fn receiver(call: &CallShown) -> (String, Option<Arc<str>>) {
    let by: Option<Arc<str>> = call.callee.rsplit_once('.').map(|(module, _)| module.into());
    let record = call.arguments.iter().find(|argument| matches!(argument.value, Value::Record(_)));
    let first = call.arguments.first().and_then(|argument| argument.value.as_text());
    let who = match (record, first) {
        (Some(argument), _) => brief(&argument.value),
        // The name of what is made: a channel.
        (None, Some(name)) if !name.contains(char::is_whitespace) => name.to_string(),
        _ => by.as_deref().unwrap_or("its record").to_owned(),
    };
    (who, by)
}

/// `Ana, Bo and Chidi`.
pub fn people_in_words<'p>(people: impl IntoIterator<Item = &'p PersonShown>) -> String {
    let names: Vec<&str> = people.into_iter().map(|person| &*person.name).collect();
    match names.as_slice() {
        [] => "no one".to_owned(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// `Ana Lopes (slack)`.
pub(super) fn reached_in_words(reached: &[Reached]) -> String {
    let names: Vec<String> = reached
        .iter()
        .map(|reached| match &reached.by {
            Some(by) => format!("{} ({by})", reached.person.name),
            None => format!("{} (unreachable)", reached.person.name),
        })
        .collect();
    match names.as_slice() {
        [] => "no one".to_owned(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// How a step ended.
pub fn end_in_words(end: &End) -> String {
    match end {
        End::Ok(Value::Unit) => "done".to_owned(),
        End::Ok(value) => format!("ok: {}", whole(value)),
        End::Skipped(skip) => format!("skipped: {}", skip_in_words(None, skip)),
        End::Handled(failure) => format!("failed, ignored: {}", failure.text),
        End::Failed(failure) => format!("failed: {}", failure.text),
        End::Blocked { by } => format!("blocked: {by} failed"),
        End::Cancelled { by } => format!("cancelled: {by}"),
    }
}

/// Why a step was skipped. With a world the condition is shown as written.
pub fn skip_in_words(world: Option<&dyn World>, skip: &Skip) -> String {
    match skip {
        Skip::Guard { span, origin, wanted, reads } => {
            let word = match origin {
                GuardOrigin::Group => "if",
                GuardOrigin::When => "when",
            };
            let condition = world.map(|world| condition_in_words(world, *span));
            let not = if *wanted { "" } else { "not " };
            match (condition, reads.as_slice()) {
                (None, _) => reads_in_words(reads),
                (Some(condition), []) => format!("`{word} {not}{condition}` is false"),
                // A name that is true or false says it all.
                (Some(condition), [read]) if *read.name == *condition => reads_in_words(reads),
                (Some(condition), _) => format!("{} (`{word} {not}{condition}`)", reads_in_words(reads)),
            }
        }
        Skip::NotApproved(outcome) => gate_in_words(outcome),
        Skip::Unanswered => "not answered in time".to_owned(),
        Skip::NeedsAnswer(step) => format!("{step} wasn't answered"),
        Skip::Resolved => "the run was resolved first".to_owned(),
        Skip::Never(milestone) => format!("{milestone} never happened"),
    }
}

/// The condition as written, on one line.
fn condition_in_words(world: &dyn World, span: Span) -> String {
    cut(&crate::simulate::account::on_one_line(world.source(span.file).part(span)))
}

/// `severity is major, lag is 45s`.
pub(super) fn reads_in_words(reads: &[Read]) -> String {
    reads.iter().map(read_in_words).collect::<Vec<_>>().join(", ")
}

/// `lag is 45s`; records with the fields that the condition reads: `hosts is [web_1 (ok: false)]`.
pub fn read_in_words(read: &Read) -> String {
    match &read.value {
        Some(value) => format!("{} is {}", read.name, brief_by(value, &read.fields)),
        None => format!("{} isn't available", read.name),
    }
}

/// Which value it is, with these fields of each record in it: what a condition reads decides, and the
/// name alone wouldn't show it.
pub fn brief_by(value: &Value, fields: &[Arc<str>]) -> String {
    match value {
        Value::Record(record) => {
            let name = brief(value);
            let all = record.shape.fields.iter().zip(&record.fields);
            let shown: Vec<String> = all
                .filter(|(field, _)| fields.contains(field))
                .map(|(field, value)| (field, brief(value)))
                // The field that it is named by is shown already.
                .filter(|(_, value)| value.trim_matches('"') != name)
                .map(|(field, value)| format!("{field}: {value}"))
                .collect();
            match shown.as_slice() {
                [] => name,
                // A record without a name of its own is shown with its fields.
                _ if name.starts_with(&format!("{}(", record.shape.name)) => {
                    format!("{}({})", record.shape.name, shown.join(", "))
                }
                _ => format!("{name} ({})", shown.join(", ")),
            }
        }
        Value::List(elements) if !fields.is_empty() => {
            let all: Vec<String> = elements.iter().map(|element| brief_by(element, fields)).collect();
            let written = format!("[{}]", all.join(", "));
            if written.chars().count() <= 2 * TEXT {
                return written;
            }
            // Whole elements only: half of a record shows nothing.
            let mut length = 0;
            let fitting = all.iter().take_while(|one| {
                length += one.chars().count() + 2;
                length <= 2 * TEXT
            });
            let kept = fitting.count().max(1);
            let more = all.len().saturating_sub(kept);
            if more == 0 { written } else { format!("[{}, and {more} more]", all[..kept].join(", ")) }
        }
        other => brief(other),
    }
}

fn approvals(count: u32) -> String {
    if count == 1 { "1 approval is".to_owned() } else { format!("{count} approvals are") }
}

/// How a gate closed.
pub(super) fn gate_in_words(outcome: &GateOutcome) -> String {
    match outcome {
        GateOutcome::Approved => "approved".to_owned(),
        GateOutcome::NotNeeded => "no approval needed".to_owned(),
        GateOutcome::Refused(person) => format!("{} refused", person.name),
        GateOutcome::TooFew { people, need } => {
            format!("{} needed, but only {people} can be asked", approvals(*need))
        }
        GateOutcome::Late => "not approved in time".to_owned(),
        GateOutcome::Withdrawn => "approval no longer needed".to_owned(),
    }
}
