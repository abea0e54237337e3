//! Scenarios and runs.

use std::sync::atomic::{AtomicU64, Ordering};

use quell_compiler::{
    check::Checked,
    diagnostic::Level,
    emit,
    names::ItemId,
    report,
    simulate::{self, Chance, Options, Run, account::Account, scenarios_of, simulate, trace::wire, verify},
};

use crate::laboratory::{Laboratory, text_of};

/// How many runs were made in this process: a mutant with an error makes none.
static MADE: AtomicU64 = AtomicU64::new(0);

/// How many runs were made in this process.
pub fn made() -> u64 {
    MADE.load(Ordering::Relaxed)
}

pub fn runs(bytes: &[u8]) {
    Laboratory::with(&text_of(bytes), |laboratory| {
        let checked = laboratory.check();
        if checked.diagnostics.iter().any(|found| found.level == Level::Error) {
            return;
        }
        let own = |item: &ItemId| item.file == laboratory.file;
        let playbooks: Vec<ItemId> = checked.playbooks().map(|(item, _)| item).filter(own).collect();
        for playbook in playbooks {
            drawings(laboratory, &checked, playbook);
            for chance in [Chance::Median, Chance::Drawn] {
                let options = Options { seed: 7, chance, ..Options::default() };
                let run = simulate(&laboratory.world, &checked, playbook, &options);
                let again = simulate(&laboratory.world, &checked, playbook, &options);
                assert_eq!(
                    format!("{:?}", run.trace),
                    format!("{:?}", again.trace),
                    "the same seed gave two traces"
                );
                views(laboratory, &checked, playbook, &run);
            }
            for scenario in scenarios_of(&checked, playbook) {
                if let Some(verified) = verify(&laboratory.world, &checked, scenario) {
                    simulate::unused(&verified.run);
                    views(laboratory, &checked, playbook, &verified.run);
                }
            }
        }
    });
}

/// The step graph, in each form.
fn drawings(laboratory: &Laboratory, checked: &Checked, playbook: ItemId) {
    let Some(document) = emit::document(&laboratory.world, &checked.meaning(), &checked.graphs, playbook)
    else {
        return;
    };
    let made = [emit::text(&document), emit::dot(&document), emit::mermaid(&document), emit::json(&document)];
    assert!(made.iter().all(|text| !text.is_empty()), "a drawing is empty");
}

/// A run, in each form in which people and programs see it.
fn views(laboratory: &Laboratory, checked: &Checked, playbook: ItemId, run: &Run) {
    if !run.problems.is_empty() {
        return;
    }
    MADE.fetch_add(1, Ordering::Relaxed);
    let account = Account::new(&laboratory.world, checked, &run.trace);
    let timeline = simulate::timeline::timeline(&laboratory.world, &run.trace);
    simulate::timeline::plain(&timeline);
    report::plan_rows(&report::plan(&account));
    let severities = report::severities(checked, playbook);
    let severity = severities.into_iter().next();
    for node in &run.trace.nodes {
        let _ = report::explain(&account, &node.name);
    }
    report::page(&account);
    let document = wire::document(&account);
    let written = wire::json(&document);
    match wire::read(&written) {
        Ok(read) => {
            report::postmortem(&read);
            assert_eq!(wire::json(&read), written, "a trace that is read and written again is another");
        }
        Err(why) => panic!("a trace can't be read again: {why:?}"),
    }
    report::contacts_rows(&report::contacts(&[(severity, account)]));
}
