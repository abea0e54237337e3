//! What a pane beside the text shows: the step graph of a playbook or task, and a dry run.

use quell_compiler::{
    check::Checked,
    diagnostic::Level,
    emit,
    hir::{self, ItemKind},
    names::ItemId,
    report,
    simulate::{
        Options,
        account::Account,
        simulate,
        trace::wire::{self, Document as TraceDocument},
    },
    source::FileId,
};

use super::Snapshot;

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The file.
    pub file: FileId,
    /// The name of the playbook; without one it is the one around `offset`, or else the first.
    pub playbook: Option<String>,
    /// Where the cursor is.
    pub offset: Option<u32>,
}

/// A page to look at, and what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview<D> {
    /// For the pane.
    pub title: String,
    /// A whole page that loads nothing.
    pub html: String,
    /// The same as published data.
    pub data: D,
}

/// With what a playbook is run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The title of one of its scenarios.
    pub scenario: Option<String>,
    /// Values for inputs and the event, as on the command line.
    pub inputs: Vec<(String, String)>,
}

/// The step graph of a playbook or task; none if there is none, or if its steps wait for each other.
pub fn step_graph(snapshot: &Snapshot, subject: &Subject) -> Option<Preview<emit::Document>> {
    let checked = snapshot.checked(subject.file);
    let item = find(snapshot, subject, |kind| matches!(kind, ItemKind::Playbook(_) | ItemKind::Task(_)))?;
    let html = report::graph_page(&snapshot.workspace, &checked, item)?;
    let data = emit::document(&snapshot.workspace, &checked.meaning(), &checked.graphs, item)?;
    Some(Preview { title: checked.item(item)?.name.text.to_string(), html, data })
}

/// A dry run of a playbook; none if there is no such playbook or scenario, or if something is wrong with
/// what it is made of. The error says why the run can't begin.
pub fn dry_run(
    snapshot: &Snapshot,
    subject: &Subject,
    given: Given,
) -> Result<Option<Preview<TraceDocument>>, String> {
    let checked = snapshot.checked(subject.file);
    let mut options = Options { inputs: given.inputs, ..Options::default() };
    let playbook = match &given.scenario {
        None => find(snapshot, subject, |kind| matches!(kind, ItemKind::Playbook(_))),
        Some(title) => find_scenario(&checked, subject, title).map(|(playbook, scenario)| {
            options.scenario = Some(scenario);
            playbook
        }),
    };
    let is_wrong = checked.diagnostics.iter().any(|it| it.level == Level::Error);
    let Some(playbook) = playbook.filter(|_| !is_wrong) else { return Ok(None) };
    let run = simulate(&snapshot.workspace, &checked, playbook, &options);
    if let Some(problem) = run.problems.first() {
        let help = problem.help().map(|help| format!("\n{help}")).unwrap_or_default();
        return Err(format!("{problem}{help}"));
    }
    let account = Account::new(&snapshot.workspace, &checked, &run.trace);
    let name = checked.item(playbook).map(|item| item.name.text.to_string()).unwrap_or_default();
    let title = match &run.trace.header.scenario {
        Some(scenario) => format!("{name}: {scenario}"),
        None => name,
    };
    Ok(Some(Preview { title, html: report::page(&account), data: wire::document(&account) }))
}

/// The item that is meant; a scenario means its playbook.
fn find(snapshot: &Snapshot, subject: &Subject, wanted: impl Fn(&ItemKind) -> bool) -> Option<ItemId> {
    let checked = snapshot.checked(subject.file);
    let module = checked.module(subject.file)?;
    let own = module.hir.items.iter().enumerate();
    let mut fitting = own.clone().filter(|(_, item)| wanted(&item.kind));
    if let Some(name) = &subject.playbook {
        let named = fitting.find(|(_, item)| *item.name.text == **name);
        let elsewhere = || {
            let mut tried = module.names.scenarios.values();
            tried.find(|item| checked.item(**item).is_some_and(|item| *item.name.text == **name)).copied()
        };
        return named.map(|(index, _)| ItemId::new(subject.file, index)).or_else(elsewhere);
    }
    let around = subject.offset.and_then(|offset| {
        let (index, item) = own.rev().find(|(_, item)| item.span.touches(offset))?;
        let id = ItemId::new(subject.file, index);
        match &item.kind {
            kind if wanted(kind) => Some(id),
            ItemKind::Scenario(_) => module.names.scenarios.get(&id.index).copied(),
            _ => None,
        }
    });
    let first = || {
        let is_playbook = |item: &hir::Item| matches!(item.kind, ItemKind::Playbook(_));
        let playbook = fitting.clone().find(|(_, item)| is_playbook(item));
        let (index, _) = playbook.or_else(|| fitting.next())?;
        Some(ItemId::new(subject.file, index))
    };
    around.or_else(first)
}

/// A scenario of the file by its title, with the playbook that it is for, wherever that stands.
fn find_scenario(checked: &Checked, subject: &Subject, title: &str) -> Option<(ItemId, ItemId)> {
    let name = |item: ItemId| checked.item(item).map(|item| &*item.name.text);
    let scenarios = checked.module(subject.file)?.names.scenarios.iter();
    let all = scenarios.map(|(index, playbook)| (*playbook, ItemId { file: subject.file, index: *index }));
    let mut fitting = all.filter(|(playbook, scenario)| {
        let wanted = subject.playbook.as_deref();
        name(*scenario) == Some(title) && wanted.is_none_or(|wanted| name(*playbook) == Some(wanted))
    });
    fitting.next()
}
