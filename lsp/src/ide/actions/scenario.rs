//! A scenario for a playbook: what its calls give in a dry run is given, and what came of it is expected.
//! Only one that passes is offered.

use quell_compiler::{
    check::Checked,
    diagnostic::Level,
    hir::{ExprKind, ItemKind, LocalKind, Playbook, Step},
    names::{Builtin, Def, ItemId},
    simulate::{
        Options, Run, Verdict, simulate,
        trace::{End, EventKind, TraceNodeKind},
        unused,
        value::{Value, literal},
        verify,
    },
    source::Span,
};

use super::{Action, ActionKind, Place, fill::Fill, trial::imagined};
use crate::ide::Edit;

/// So often lines that don't hold are taken away before it is given up.
const ROUNDS: usize = 6;

/// A scenario for the playbook whose name is at the cursor.
pub fn action(place: &Place<'_>) -> Option<Action> {
    let module = place.checked.module(place.span.file)?;
    let items = module.hir.items.iter().enumerate();
    let (index, item) = items.into_iter().find(|(_, item)| place.touches(item.name.span))?;
    let ItemKind::Playbook(playbook) = &item.kind else { return None };
    let of_file = place.checked.diagnostics.iter().filter(|it| it.span().file == place.span.file);
    if of_file.into_iter().any(|it| it.level == Level::Error) {
        return None;
    }
    let id = ItemId::new(place.span.file, index);
    let inputs = inputs(place, playbook);
    let options = Options {
        inputs: inputs.iter().map(|(name, _, raw)| (name.clone(), raw.clone())).collect(),
        ..Options::default()
    };
    let run = simulate(&place.snapshot.workspace, &place.checked, id, &options);
    if !run.problems.is_empty() {
        return None;
    }
    // Behind the playbook and the scenarios that it has.
    let behind = |it: &usize| module.names.scenarios.get(&(*it as u32)) == Some(&id);
    let last = (0..module.hir.items.len()).filter(behind).map(|it| module.hir.items[it].span.end);
    let at = last.chain([item.span.end]).max()?;
    let draft =
        Draft { place, at, title: title(place, &item.name.text), playbook: item.name.text.to_string() };
    let mut lines: Vec<String> =
        inputs.into_iter().map(|(name, value, _)| format!("given {name} = {value}")).collect();
    lines.extend(givens(place, id, playbook, &run));
    // What people are given changes what comes of it, so what is expected is read off a run with that.
    let mut expected = vec!["expect completed".to_owned()];
    let mut read_off = false;
    for _ in 0..ROUNDS {
        let tried = draft.tried(&lines, &expected)?;
        if !tried.bad.is_empty() && (read_off || tried.bad.iter().any(|bad| *bad < lines.len())) {
            let keep = |from: usize| {
                let bad = &tried.bad;
                move |(number, line): (usize, &String)| {
                    (!bad.contains(&(number + from))).then(|| line.clone())
                }
            };
            let given = lines.len();
            let kept: Vec<String> = lines.iter().enumerate().filter_map(keep(0)).collect();
            expected = expected.iter().enumerate().filter_map(keep(given)).collect();
            lines = kept;
            continue;
        }
        if !read_off {
            expected = expects(place, id, tried.run.as_ref()?);
            read_off = true;
            continue;
        }
        if !tried.passed || expected.is_empty() {
            return None;
        }
        let edit = draft.edit(&lines, &expected);
        return Some(Action::change("Generate a scenario from a dry run", ActionKind::Rewrite, vec![edit]));
    }
    None
}

struct Draft<'p> {
    place: &'p Place<'p>,
    at: u32,
    title: String,
    playbook: String,
}

/// What came of a draft.
struct Tried {
    passed: bool,
    run: Option<Run>,
    /// The numbers of the lines that don't hold.
    bad: Vec<usize>,
}

impl Draft<'_> {
    fn edit(&self, lines: &[String], expected: &[String]) -> Edit {
        let body: String = lines.iter().chain(expected).map(|line| format!("  {line}\n")).collect();
        let replacement = format!("\n\nscenario \"{}\" for {} {{\n{body}}}", self.title, self.playbook);
        Edit { span: Span { start: self.at, end: self.at, ..self.place.span }, replacement }
    }

    fn tried(&self, lines: &[String], expected: &[String]) -> Option<Tried> {
        let file = self.place.span.file;
        let edit = self.edit(lines, expected);
        // The first line stands behind a blank line and the head.
        let head = self.at as usize + edit.replacement.find("{\n")? + 2;
        let starts: Vec<usize> = lines
            .iter()
            .chain(expected)
            .scan(head, |at, line| {
                let start = *at;
                *at += line.len() + 3;
                Some(start)
            })
            .collect();
        let line_of = |span: Span| starts.iter().rposition(|start| *start <= span.start as usize);
        let end = head + edit.replacement.len();
        let after = imagined(self.place.snapshot, &[edit])?;
        let checked = after.passing_all(&[file]);
        let errors = checked.diagnostics.iter().filter(|it| {
            it.level == Level::Error && it.span().file == file && (it.span().start as usize) < end
        });
        let mut bad: Vec<usize> = errors.filter_map(|it| line_of(it.span())).collect();
        if !bad.is_empty() {
            return Some(Tried { passed: false, run: None, bad });
        }
        let scenario = self.scenario(&checked)?;
        let verified = verify(&after.workspace, &checked, scenario)?;
        bad.extend(verified.unmet.iter().filter_map(|it| line_of(it.span)));
        bad.extend(unused(&verified.run).iter().filter_map(|it| line_of(it.span())));
        let passed = verified.verdict() == Verdict::Passed && bad.is_empty();
        Some(Tried { passed, run: Some(verified.run), bad })
    }

    fn scenario(&self, checked: &Checked) -> Option<ItemId> {
        let items = &checked.module(self.place.span.file)?.hir.items;
        let own = |item: &quell_compiler::hir::Item| {
            matches!(item.kind, ItemKind::Scenario(_))
                && *item.name.text == *self.title
                && item.span.start >= self.at
        };
        Some(ItemId::new(self.place.span.file, items.iter().position(own)?))
    }
}

fn title(place: &Place<'_>, playbook: &str) -> String {
    let text = place.text();
    let names = ["as in a dry run".to_owned(), format!("{} as in a dry run", playbook.replace('_', " "))];
    let numbered = (2..).map(|number| format!("as in a dry run {number}"));
    // There is always a number that isn't taken.
    names.into_iter().chain(numbered).find(|it| !text.contains(&format!("\"{it}\""))).unwrap_or_default()
}

/// The inputs that have no default: name, value, and the value as on the command line.
fn inputs(place: &Place<'_>, playbook: &Playbook) -> Vec<(String, String, String)> {
    let Some(module) = place.checked.module(place.span.file) else { return Vec::new() };
    let needed = playbook.inputs.iter().filter(|input| input.default.is_none());
    needed
        .filter_map(|input| {
            let fill = Fill::new(place, input.name.span.start);
            let value = fill.plain(module.types.of_local(input.local), 3)?;
            let raw = value.trim_matches('"').to_owned();
            Some((input.name.text.to_string(), value, raw))
        })
        .collect()
}

fn steps_of<'p>(place: &'p Place<'_>, id: ItemId) -> Vec<&'p Step> {
    let Some(module) = place.checked.module(id.file) else { return Vec::new() };
    module.hir.steps.iter().map(|(_, step)| step).filter(|step| step.item == id.index).collect()
}

/// What the calls give, who answers and who approves.
fn givens(place: &Place<'_>, id: ItemId, _: &Playbook, run: &Run) -> Vec<String> {
    let Some(module) = place.checked.module(id.file) else { return Vec::new() };
    let mut lines = Vec::new();
    for step in steps_of(place, id) {
        let name = &step.name.text;
        if let Some(clause) = &step.clauses.approve {
            let groups: Vec<&str> =
                clause.value.groups.iter().map(|group| place.said(module.hir.exprs[*group].span)).collect();
            lines.push(format!("given approval of {name} by {} after 1m", groups.join(", ")));
        }
        let ExprKind::Call { callee, arguments } = &module.hir.exprs[step.call].kind else { continue };
        let value = run.values.locals.get(&step.local).filter(|value| is_plain(value));
        match module.def(*callee) {
            Some(Def::Builtin(Builtin::Ask | Builtin::AskMany)) => {
                let people = arguments.first().map(|it| place.said(module.hir.exprs[it.value].span));
                if let (Some(people), Some(value)) = (people, run.values.locals.get(&step.local)) {
                    lines.push(format!("given {people} answer {name} with {} after 1m", literal(value)));
                }
            }
            Some(Def::Builtin(_)) => {}
            _ => lines.extend(value.map(|value| format!("given {name} returns {}", literal(value)))),
        }
    }
    lines
}

/// Whether a value can be written without naming a type.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Percent(_) | Value::Duration(_) => true,
        Value::Size(_) | Value::Text(_) | Value::Variant(_) => true,
        Value::List(elements) => elements.iter().all(is_plain),
        _ => false,
    }
}

/// What came of a run.
fn expects(place: &Place<'_>, id: ItemId, run: &Run) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(severity) = &run.values.severity {
        lines.push(format!("expect severity == {}", literal(severity)));
    }
    let Some(module) = place.checked.module(id.file) else { return lines };
    let causes =
        module.hir.locals.iter().filter(|(_, it)| it.item == id.index && it.kind == LocalKind::Cause);
    for (_, cause) in causes {
        for word in ["suspected", "ruled_out", "open"] {
            // Two of the three are taken away again.
            lines.push(format!("expect {}.{word}", cause.name.text));
        }
    }
    let ends = run.trace.events.iter().filter_map(|event| match (&event.kind, event.node) {
        (EventKind::Ended(end), Some(node)) => Some((run.trace.node(node), end)),
        _ => None,
    });
    for (node, end) in ends {
        if node.kind != TraceNodeKind::Step || node.inside.is_some() {
            continue;
        }
        lines.push(match end {
            End::Ok(_) => format!("expect {} ran", node.name),
            other => format!("expect {} {}", node.name, other.word()),
        });
    }
    let outcome = run.ending.as_ref().map(|ending| match ending.outcome {
        quell_compiler::hir::RunOutcome::Resolved => "resolved",
        quell_compiler::hir::RunOutcome::Failed => "failed",
        quell_compiler::hir::RunOutcome::Completed => "completed",
    });
    lines.extend(outcome.map(|word| format!("expect {word}")));
    lines
}
