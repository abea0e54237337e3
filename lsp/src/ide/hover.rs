//! What the name at the cursor is: its signature, its effect, its docs; of a step how long it takes and
//! why it waits.

use quell_compiler::{
    check::Checked,
    findings,
    graph::{self, DurationSpan, Measure, Nanoseconds, Schedules},
    hir::{ItemKind, LocalId, LocalKind, StepId},
    lint,
    names::{Builtin, ItemId},
    source::{FileId, Span},
    types::{CauseMember, RunMember, SignatureKind, Type},
    world::World,
};

use super::{
    Cursor, Snapshot,
    completion::Scope,
    navigation,
    occurrences::{self, Meaning},
};

/// What is known of a name, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The name.
    pub span: Span,
    /// What is known.
    pub markdown: String,
}

/// What is known of the name at the cursor.
pub fn hover(snapshot: &Snapshot, cursor: Cursor) -> Option<Hover> {
    let checked = snapshot.checked(cursor.file);
    let name = occurrences::at(&checked, cursor)?;
    let markdown = describe(snapshot, &checked, cursor, name.meaning)?;
    Some(Hover { span: name.span, markdown })
}

/// The page of a finding or of a lint rule.
pub fn page(code: &str) -> Option<String> {
    let rule = || lint::find(code).map(|rule| format!("{}\n\n{}", rule.page(), rule.facts()));
    findings::find(code).map(findings::Finding::page).or_else(rule)
}

fn describe(snapshot: &Snapshot, checked: &Checked, cursor: Cursor, meaning: Meaning) -> Option<String> {
    let show = |ty| checked.interfaces.show(ty);
    Some(match meaning {
        Meaning::Item(id) => of_item(snapshot, checked, cursor, id)?,
        Meaning::Variant(variant) => match &checked.item(variant.item)?.kind {
            ItemKind::Enum(item) => {
                let it = item.variants.get(variant.index as usize)?;
                let head = format!("{}.{}", checked.item(variant.item)?.name.text, it.name.text);
                page_of(&head, &it.docs, &[])
            }
            _ => return None,
        },
        Meaning::Module(file) => {
            let docs = checked.module(file).map(|it| it.hir.docs.clone()).unwrap_or_default();
            page_of(&format!("use {}", snapshot.workspace.module_path(file)), &docs, &[])
        }
        Meaning::Local(file, local) => of_local(checked, file, local)?,
        Meaning::Parameter(item, number) => {
            let parameter = checked.signature(item)?.kind.callable()?.parameters.get(number as usize)?;
            let docs = match &checked.item(item)?.kind {
                ItemKind::Record(it) => it.fields.get(number as usize).map(|it| it.docs.clone()),
                ItemKind::Function(it) => it.parameters.get(number as usize).map(|it| it.docs.clone()),
                ItemKind::Task(it) => it.parameters.get(number as usize).map(|it| it.docs.clone()),
                ItemKind::Action(it) => it.parameters.get(number as usize).map(|it| it.docs.clone()),
                ItemKind::Trigger(it) => it.parameters.get(number as usize).map(|it| it.docs.clone()),
                _ => None,
            };
            let owner = &checked.item(item)?.name.text;
            let kind =
                if matches!(checked.item(item)?.kind, ItemKind::Record(_)) { "field" } else { "parameter" };
            page_of(
                &format!("{}: {}", parameter.name, show(&parameter.ty)),
                &docs.unwrap_or_default(),
                &[format!("{kind} of `{owner}`")],
            )
        }
        Meaning::Builtin(builtin) => page_of(builtin.word(), of_builtin(builtin), &[]),
        Meaning::BuiltinType(ty) => page_of(ty.word(), "", &[]),
        Meaning::Severity => page_of(
            "severity: Severity",
            "How bad the incident is, as set by `severity = ...` in enrich. It always has a value: if it can't be determined within 2 minutes, it is the highest value that its expression can have.",
            &[],
        ),
        Meaning::Milestone(milestone) => page_of(milestone.word(), milestone.meaning(), &[]),
        Meaning::Run(member) => page_of(&format!("run.{}", member.word()), of_run(member), &[]),
        Meaning::Cause(member) => page_of(&format!("{}: Bool", member.word()), of_cause(member), &[]),
        Meaning::Method(method) => {
            let names: Vec<&str> = method.parameters.iter().map(|it| it.name).collect();
            let head = format!("{}.{}({})", method.receiver.word(), method.name, names.join(", "));
            page_of(&head, &method.sentence(), &[])
        }
    })
}

fn page_of(code: &str, docs: &str, lines: &[String]) -> String {
    let mut text = format!("```quell\n{code}\n```");
    for paragraph in [docs.trim().to_owned(), lines.join("  \n")] {
        if !paragraph.is_empty() {
            text.push_str("\n\n");
            text.push_str(&paragraph);
        }
    }
    text
}

fn of_item(snapshot: &Snapshot, checked: &Checked, cursor: Cursor, id: ItemId) -> Option<String> {
    let item = checked.item(id)?;
    let signature = checked.signature(id)?;
    let name = &item.name.text;
    let show = |ty: &Type| checked.interfaces.show(ty);
    let effect = Scope::new(snapshot, checked, cursor).effect(id);
    let effect = effect.map(|it| format!(" {}", it.word())).unwrap_or_default();
    let head = match &signature.kind {
        SignatureKind::Let(ty) => format!("let {name}: {}", show(ty)),
        SignatureKind::Alias(ty) => format!("type {name} = {}", show(ty)),
        SignatureKind::Enum(it) => format!("enum {name} {{ {} }}", it.variants.join(", ")),
        SignatureKind::Record(it) => {
            let field =
                |it: &quell_compiler::types::ParameterSignature| format!("  {}: {}\n", it.name, show(&it.ty));
            format!("record {name} {{\n{}}}", it.parameters.iter().map(field).collect::<String>())
        }
        SignatureKind::Playbook => format!("playbook {name}"),
        SignatureKind::Scenario => return None,
        kind => {
            let callable = kind.callable()?;
            let word = item.kind.word();
            let word = if word == "function" { "fn" } else { word };
            let shown = checked.interfaces.show_signature(name, &callable.parameters, &callable.result);
            format!("{word} {shown}{effect}")
        }
    };
    let mut lines = Vec::new();
    if let ItemKind::Action(action) = &item.kind {
        let contract = &action.contract;
        let said = [
            contract.idempotent.map(|_| "idempotent: running it twice does no harm"),
            contract.undo.as_ref().map(|_| "has an undo"),
            contract.irreversible.map(|_| "irreversible"),
            contract.deprecated.map(|_| "**deprecated**"),
            (action.bindings.is_empty() && action.narrows.is_none()).then_some("carried out by a person"),
        ];
        lines.extend(said.into_iter().flatten().map(str::to_owned));
        let roles: Vec<String> = contract.provides.iter().map(|it| format!("`{}`", it.text)).collect();
        if !roles.is_empty() {
            lines.push(format!("provides {}", roles.join(", ")));
        }
    }
    if let Some(graph) = checked.graphs.get(id) {
        let mut schedules = Schedules::new(&checked.graphs);
        let durations = graph::durations(&mut schedules, &checked.graphs, id);
        lines.extend(duration_lines(durations.worst, durations.expected));
        lines.push(match graph.steps().count() {
            1 => "1 step".to_owned(),
            count => format!("{count} steps"),
        });
    }
    Some(page_of(&head, &item.docs, &lines))
}

fn duration_lines(worst: DurationSpan, expected: DurationSpan) -> Option<String> {
    let over = worst.over.map(duration)?;
    let usual = expected.over.map(|it| format!("; usually done after {}", duration(it))).unwrap_or_default();
    let resolved = worst.resolved.map(|it| format!("resolved after {}, ", duration(it))).unwrap_or_default();
    Some(format!("worst case: {resolved}done after {over}{usual}"))
}

/// A duration as people write it.
pub fn duration(time: Nanoseconds) -> String {
    let nanoseconds = i128::from(time);
    let units = [
        ("d", 86_400_000_000_000),
        ("h", 3_600_000_000_000),
        ("m", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ];
    let (mut rest, mut text, mut said) = (nanoseconds, String::new(), 0);
    for (unit, length) in units {
        let count = rest / length;
        if count > 0 && said < 2 {
            text.push_str(&format!("{}{count}{unit}", if said > 0 { " " } else { "" }));
            rest -= count * length;
            said += 1;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

fn of_local(checked: &Checked, file: FileId, local: LocalId) -> Option<String> {
    let module = checked.module(file)?;
    let it = &module.hir.locals[local];
    let ty = checked.interfaces.show(module.types.of_local(local));
    let (word, docs, lines) = match it.kind {
        LocalKind::Step(step) => ("step ", module.hir.steps[step].docs.clone(), of_step(checked, file, step)),
        LocalKind::Input => ("input ", String::new(), Vec::new()),
        LocalKind::Let => ("let ", String::new(), Vec::new()),
        LocalKind::Cause => ("cause ", String::new(), Vec::new()),
        _ => ("", String::new(), Vec::new()),
    };
    let head = match it.kind {
        LocalKind::Cause => format!("cause {}", it.name.text),
        _ => format!("{word}{}: {ty}", it.name.text),
    };
    Some(page_of(&head, &docs, &lines))
}

/// What a step may do, how long it takes, and what it waits for.
fn of_step(checked: &Checked, file: FileId, step: StepId) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(module) = checked.module(file) else { return lines };
    if let Some(effect) = module.effects.steps.get(step) {
        lines.push(format!("*{}*", effect.word()));
    }
    let id = ItemId { file, index: module.hir.steps[step].item };
    let Some(graph) = checked.graphs.get(id) else { return lines };
    let Some(node) = graph.node_of_step(step) else { return lines };
    let mut schedules = Schedules::new(&checked.graphs);
    let mut end = |measure| schedules.get(id, measure).and_then(|it| it.node(node).end).map(duration);
    if let Some(worst) = end(Measure::Worst) {
        let usual = end(Measure::Expected).map(|it| format!("; usually after {it}")).unwrap_or_default();
        lines.push(format!("worst case: done {worst} after the start{usual}"));
    }
    let meaning = checked.meaning();
    let Some(of_module) = meaning.module(file) else { return lines };
    let mut waits = graph::waits(of_module, graph, node);
    waits.truncate(8);
    lines.extend(waits.into_iter().map(|what| format!("waits for {what}")));
    lines
}

fn of_builtin(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Run => "The current run.",
        Builtin::Ask => {
            "Asks people a question and returns the first answer. Without an answer, steps that need it are skipped."
        }
        Builtin::AskMany => "Asks people to choose some of the options.",
        Builtin::Manual => "A change that a person carries out.",
        Builtin::Table => "Formats records as a text table.",
        Builtin::Need => "The value. If it is `none`, the step fails with the reason given.",
        Builtin::Secret => "A secret, by name. It can only be passed to a parameter of type `Secret`.",
        Builtin::Time => "A point in time.",
    }
}

fn of_run(member: RunMember) -> &'static str {
    match member {
        RunMember::Id => "The unique ID of the run.",
        RunMember::Url => "The address of the page that shows the run.",
        RunMember::Status => "A text that lists what is done, what is running, and who has yet to respond.",
        RunMember::Elapsed => "The time since the run started.",
        RunMember::Now => "The time when the step runs.",
        RunMember::Starter => {
            "The person who started the run, or the owner's on-call person if no person did."
        }
        RunMember::Suspects => "The causes that are suspected when the step runs.",
        RunMember::RuledOut => "The causes that are ruled out when the step runs.",
        RunMember::OpenCauses => "The causes that are still open when the step runs.",
    }
}

fn of_cause(member: CauseMember) -> &'static str {
    match member {
        CauseMember::Suspected => "The evidence supports it.",
        CauseMember::RuledOut => "The evidence rules it out.",
        CauseMember::Open => "The evidence is inconclusive or unavailable.",
    }
}

/// The type of the name at the cursor, as it would be written.
pub fn type_at(snapshot: &Snapshot, cursor: Cursor) -> Option<String> {
    let checked = snapshot.checked(cursor.file);
    let name = occurrences::at(&checked, cursor)?;
    Some(checked.interfaces.show(&navigation::type_of(&checked, name.meaning)?))
}
