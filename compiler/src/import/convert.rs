//! One playbook, from what its file says to the text of Quell.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    book::{Book, Plan},
    container::Containers,
    express::{Lower, Scope},
    known::{Effect, Kind},
    model::{Playbook, Template},
    names::snake,
    origins::Origins,
    plan::{Planned, container_effect, plan},
    template::{Go, Part},
    write::{Default, Header, Writing, inputs, playbook_name, write},
};
use crate::{
    diagnostic::Diagnostic,
    findings::import::{
        import_assumed, import_duplicate_id, import_left_out, import_undeclared_parameter,
        import_unknown_reference, import_unreadable, import_unused_parameter, import_unused_step,
    },
    format,
    source::Span,
    syntax,
};

/// A playbook in Quell.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its name, which is also that of its file.
    pub name: String,
    /// The text, formatted.
    pub text: String,
    /// Where in the YAML its parts come from.
    pub origins: Origins,
    /// What is wrong with the original, and what couldn't be said.
    pub diagnostics: Vec<Diagnostic>,
    /// How many steps became actions of the library.
    pub known: usize,
    /// How many became containers.
    pub contained: usize,
}

/// Converts a playbook. The result parses: a template whose conversion doesn't is left as text, with a
/// finding at its place, and what doesn't parse even so is only findings.
pub fn convert(mut playbook: Playbook, fallback: &str) -> Result<Imported, Vec<Diagnostic>> {
    let mut left = Vec::new();
    loop {
        let (text, mut imported) = attempt(&playbook, fallback);
        let parsed = syntax::parse(&text);
        if parsed.is_good() {
            imported.text = format::format(&parsed).text;
            imported.diagnostics.append(&mut left);
            merge(&mut imported.diagnostics);
            return Ok(imported);
        }
        let problems = parsed.diagnostics(playbook.place.file);
        let from = |problem: &Diagnostic| imported.origins.of(&text, problem.span().range());
        let guilty: BTreeSet<Span> = problems.iter().map(from).collect();
        if !leave_as_text(&mut playbook, &mut left, |span| guilty.iter().any(|place| place.meets(span)))
            && !leave_as_text(&mut playbook, &mut left, |_| true)
        {
            let mut findings = imported.diagnostics;
            findings.push(import_unreadable::no_result(playbook.place));
            return Err(findings);
        }
    }
}

/// Leaves templates at these places as text. Whether there were any.
fn leave_as_text(
    playbook: &mut Playbook,
    findings: &mut Vec<Diagnostic>,
    guilty: impl Fn(Span) -> bool,
) -> bool {
    let before = findings.len();
    for template in playbook.templates_mut().filter(|template| template.is_live() && guilty(template.span)) {
        template.leave_as_text();
        findings.push(import_unreadable::no_expression(template.span));
    }
    findings.len() > before
}

/// The text as it is put together, and what goes with it.
fn attempt(playbook: &Playbook, fallback: &str) -> (String, Imported) {
    let book = Book::new(playbook);
    let response = !playbook.scenarios.is_empty();
    let mut findings = mistakes(&book);
    let given: BTreeMap<String, Template> = playbook
        .scenarios
        .iter()
        .flat_map(|scenario| {
            scenario.parameters.iter().map(|(name, value)| (name.text.clone(), value.clone()))
        })
        .collect();
    let code = |template: &Template, kind: Kind| default_code(&book, template, kind);
    let (mut headers, values) =
        inputs(&book, &code, &|template| template.literal().is_some(), &given, response);
    let mut containers = Containers::new(book.names.clone());
    let mut planned = plan(&book, &values, &mut containers);
    findings.append(&mut planned.findings);
    findings.extend(left_out(&planned));
    findings.extend(unused(&book, &planned, &mut headers));
    let triggers = triggers(&book, &mut findings);
    let event = all_code(&planned).iter().any(|code| has_word(code, "event"))
        || headers.iter().any(|header| matches!(&header.default, Default::Let(_)))
        || values.values().any(|value| has_word(&value.code, "event"));
    let event_input = !response && event && !book.event.is_empty();
    if event_input {
        let first = playbook.place;
        findings.push(import_assumed::at(
            first,
            "the file doesn't define what starts this playbook, so the event is now an input",
            "import its trigger too, or add `on`",
        ));
    }
    let name = playbook_name(playbook, fallback);
    let name = if book.steps.contains(&name) || headers.iter().any(|header| header.name == name) {
        format!("{name}_playbook")
    } else {
        name
    };
    let text = write(&Writing {
        book: &book,
        planned: &planned,
        containers: &containers,
        headers: &headers,
        name: &name,
        triggers: &triggers,
        event_input,
    });
    let origins = Origins::new(&book, &planned, &containers, &headers, &name);
    let imported = Imported {
        name,
        text: String::new(),
        origins,
        diagnostics: findings,
        known: planned.known,
        contained: planned.contained,
    };
    (text, imported)
}

/// Names that stand twice, and steps that nobody looks at.
fn mistakes(book: &Book<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let steps = &book.playbook.steps;
    for (at, step) in steps.iter().enumerate() {
        let Some(id) = &step.id else { continue };
        let first =
            steps[..at].iter().find_map(|other| other.id.as_ref().filter(|other| other.text == id.text));
        if let Some(first) = first {
            findings.push(import_duplicate_id::at(id.span, first.span, "step", &id.text, &book.steps[at]));
        }
    }
    let parameters = &book.playbook.parameters;
    for (at, parameter) in parameters.iter().enumerate() {
        let name = &parameter.name;
        if let Some(first) = parameters[..at].iter().find(|other| other.name.text == name.text) {
            let renamed = snake(&name.text);
            findings.push(import_duplicate_id::at(
                name.span,
                first.name.span,
                "parameter",
                &name.text,
                &renamed,
            ));
        }
    }
    for (at, step) in steps.iter().enumerate() {
        let reads = match book.plans[at] {
            Plan::Known(known) => known.effect == Effect::Reads,
            Plan::Container => container_effect(step) == (Effect::Reads, true),
            Plan::Look(_) => true,
            Plan::Ask | Plan::Message | Plan::Pure(_) => false,
        };
        let waits = step.image.text.contains("wait") || step.image.text.contains("sleep");
        if reads && !waits && !book.used.contains_key(&at) {
            let (span, name) =
                step.id.as_ref().map_or((step.image.span, &step.image.text), |id| (id.span, &id.text));
            findings.push(import_unused_step::at(span, name));
        }
    }
    findings
}

/// A parameter's default as an expression of its type.
fn default_code(book: &Book<'_>, template: &Template, kind: Kind) -> String {
    let none = BTreeMap::new();
    let mut lower = Lower {
        book,
        at: 0,
        guards: Vec::new(),
        written: &[],
        inputs: &none,
        it: None,
        task: None,
        dots: Vec::new(),
        findings: Vec::new(),
        values: Vec::new(),
        span: template.span,
        scope: Scope::Within,
        in_guard: false,
    };
    let starter =
        matches!(template.value(), Some(Go::Path(path)) if path.members().eq(["metadata", "userEmail"]));
    let text = lower.text(template);
    match kind {
        Kind::Person if starter => "run.starter".to_owned(),
        Kind::Person => format!("find_person({text})"),
        Kind::Channel => format!("slack_channel({text})"),
        Kind::Service => format!("find_service({text})"),
        _ => text,
    }
}

fn left_out(planned: &Planned) -> Vec<Diagnostic> {
    planned
        .left_out
        .iter()
        .filter_map(|((key, why), places)| {
            let (first, others) = places.split_first()?;
            let finding = import_left_out::at(*first, &format!("`{key}`"), why);
            Some(others.iter().take(9).fold(finding, |finding, place| finding.label(*place, "here too")))
        })
        .collect()
}

fn all_code(planned: &Planned) -> Vec<&str> {
    let tasks = planned.tasks.iter().flat_map(|task| &task.items);
    planned
        .items
        .iter()
        .chain(tasks)
        .flat_map(|item| {
            [item.call.as_str()]
                .into_iter()
                .chain(item.guards.iter().map(String::as_str))
                .chain(item.clauses.iter().map(String::as_str))
        })
        .collect()
}

/// Parameters that nothing uses, there or here. The headers of those are taken away.
fn unused(book: &Book<'_>, planned: &Planned, headers: &mut Vec<Header>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut code: Vec<String> = all_code(planned).into_iter().map(str::to_owned).collect();
    code.extend(headers.iter().filter_map(|header| match &header.default {
        Default::Let(value) => Some(value.clone()),
        _ => None,
    }));
    let integrations: BTreeSet<&str> = book
        .playbook
        .steps
        .iter()
        .filter_map(|step| match step.integration.as_ref()?.value()? {
            Go::Path(path) => match path.steps.as_slice() {
                [Part::Member(first), Part::Member(name)] if first == "params" => Some(name.as_str()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    headers.retain(|header| code.iter().any(|code| has_word(code, &header.name)));
    for parameter in &book.playbook.parameters {
        let name = &parameter.name;
        let used = book.inputs.get(&name.text).is_some_and(|input| input.used);
        let written = headers.iter().any(|header| header.original == name.text);
        if !used && !integrations.contains(name.text.as_str()) {
            findings.push(import_unused_parameter::at(name.span, &name.text));
        } else if integrations.contains(name.text.as_str()) && !written {
            let what = format!(
                "the integration `{}` was replaced with secrets of the actions that use it",
                name.text
            );
            findings.push(import_assumed::at(
                name.span,
                &what,
                "provide the secrets that the actions use, such as `SLACK_BOT_TOKEN`",
            ));
        }
        // Where one is used but not needed any more, what used it was reported as left out.
    }
    findings
}

/// The triggers: their names, comments and words.
fn triggers(book: &Book<'_>, findings: &mut Vec<Diagnostic>) -> Vec<(String, Vec<String>, String)> {
    let mut names = book.names.clone();
    let mut all = Vec::new();
    for (at, scenario) in book.playbook.scenarios.iter().enumerate() {
        let name = names.give(&scenario.name.text);
        let source = if scenario.integration.is_empty() {
            String::new()
        } else {
            format!(", from {}", scenario.integration)
        };
        let words = match &scenario.condition {
            Some(condition) => {
                findings.push(import_assumed::at(
                    condition.span,
                    "Quell triggers have no conditions",
                    "filter the events before they start the playbook",
                ));
                format!("{}{source}, when {}.", scenario.name.text, condition.text.trim())
            }
            None => format!("{}{source}.", scenario.name.text),
        };
        if at == 0 {
            findings.push(import_assumed::at(
                scenario.name.span,
                "the file sets no severity and no owner: they are `major` and a placeholder team",
                "set the owner, and what the severity depends on",
            ));
        }
        all.push((name, scenario.comments.clone(), words));
    }
    all
}

fn has_word(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(word) && !code[at + name.len()..].starts_with(word))
}

/// Findings that mean one mistake, at however many places it shows.
const MERGED: &[&str] = &[
    import_unreadable::CODE,
    import_left_out::CODE,
    import_undeclared_parameter::CODE,
    import_unknown_reference::CODE,
];

/// One finding for one mistake: what is said of several places becomes one finding with several.
fn merge(findings: &mut Vec<Diagnostic>) {
    findings.sort_by_key(Diagnostic::span);
    let mut merged: Vec<Diagnostic> = Vec::new();
    for finding in findings.drain(..) {
        let same = merged.iter_mut().find(|other| {
            MERGED.contains(&finding.code)
                && other.code == finding.code
                && other.message == finding.message
                && other.notes == finding.notes
        });
        match same {
            Some(other) if other.span() == finding.span() => {}
            Some(other) if other.labels.len() < 10 => {
                let label = finding.span();
                other.labels.push(crate::diagnostic::Label { span: label, message: "here too".to_owned() });
            }
            Some(_) => {}
            None => merged.push(finding),
        }
    }
    *findings = merged;
}
