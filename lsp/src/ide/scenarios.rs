//! How the scenarios of a file go.

use quell_compiler::{
    diagnostic::Level,
    names::ItemId,
    simulate::{Verdict, verify},
    source::FileId,
};

use super::{Cancelled, Snapshot};

/// How a scenario went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioResult {
    /// Its title.
    pub title: String,
    /// In a word.
    pub verdict: Verdict,
    /// What was expected and didn't happen, or why it couldn't be run.
    pub reasons: Vec<String>,
    /// How much is expected.
    pub expected: usize,
}

/// Runs the scenarios of a file, in its order; `go_on` says before each whether anybody still wants to
/// know. None of them is run while something is wrong with what they are made of.
pub fn run_scenarios(
    snapshot: &Snapshot,
    file: FileId,
    go_on: impl Fn() -> bool,
) -> Result<Vec<ScenarioResult>, Cancelled> {
    let checked = snapshot.checked(file);
    let Some(module) = checked.module(file) else { return Ok(Vec::new()) };
    if checked.diagnostics.iter().any(|it| it.level == Level::Error) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for index in module.names.scenarios.keys().copied() {
        if !go_on() {
            return Err(Cancelled);
        }
        let id = ItemId { file, index };
        let (Some(item), Some(verified)) = (checked.item(id), verify(&snapshot.workspace, &checked, id))
        else {
            continue;
        };
        let expected = match &item.kind {
            quell_compiler::hir::ItemKind::Scenario(scenario) => scenario.expects.len(),
            _ => 0,
        };
        let problems = verified.run.problems.iter().map(ToString::to_string);
        let unmet = verified.unmet.iter().map(|it| format!("{}: {}", it.expected, it.actual));
        all.push(ScenarioResult {
            title: item.name.text.to_string(),
            verdict: verified.verdict(),
            reasons: problems.chain(unmet).collect(),
            expected,
        });
    }
    Ok(all)
}
