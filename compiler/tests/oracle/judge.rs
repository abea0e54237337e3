//! Compares the engine with the oracle.

use std::collections::BTreeMap;

use quell_compiler::{
    check::{Checked, Memo, check_again},
    diagnostic::Level,
    graph::{Schedules, durations},
    simulate::{Chance, Options, Run, scenarios_of, simulate},
    source::{FileId, SourceFile},
    world::MemoryWorld,
};

use crate::events::Event;
use crate::model::Program;
use crate::world::{Given, World};
use crate::{interpret::interpret, observe::observe, print};

/// Where programs are checked and run: one world for all of them, so that what they share is checked once.
pub struct Bench {
    world: MemoryWorld,
    memo: Memo,
    file: FileId,
}

/// What came of a program.
pub enum Verdict {
    /// The check refuses it, with these codes.
    Refused(Vec<String>),
    Equal,
    Different(String),
}

impl Bench {
    pub fn new() -> Bench {
        let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
        world.add("base", SourceFile::new("base.quell", print::prelude()));
        let file = world.add("lab", SourceFile::new("lab.quell", ""));
        Bench { world, memo: Memo::default(), file }
    }

    fn check(&mut self, text: &str) -> Result<Checked, Vec<String>> {
        self.world.add("lab", SourceFile::new("lab.quell", text));
        let checked = check_again(&self.world, &[self.file], &mut self.memo);
        let errors = checked.diagnostics.iter().filter(|found| found.level == Level::Error);
        let codes: Vec<String> = errors.map(|found| format!("{}: {}", found.code, found.message)).collect();
        if codes.is_empty() { Ok(checked) } else { Err(codes) }
    }

    fn run(&self, checked: &Checked, options: Options) -> Option<Run> {
        let (playbook, _) = checked.playbooks().next()?;
        Some(simulate(&self.world, checked, playbook, &options))
    }

    /// Checks, runs and compares a program, and compares its runs with its worst case.
    pub fn judge(&mut self, program: &Program) -> Verdict {
        self.judge_in(program, &mut Given::new(&program.givens))
    }

    /// The same with what the oracle's world answers.
    pub fn judge_in(&mut self, program: &Program, world: &mut dyn World) -> Verdict {
        let checked = match self.check(&print::text(program)) {
            Ok(checked) => checked,
            Err(codes) => return Verdict::Refused(codes),
        };
        let Some((playbook, _)) = checked.playbooks().next() else { return Verdict::Refused(Vec::new()) };
        let scenario = scenarios_of(&checked, playbook).first().copied();
        let Some(run) = self.run(&checked, Options { scenario, ..Options::default() }) else {
            return Verdict::Refused(Vec::new());
        };
        let engine = match observe(&run) {
            Ok(events) => events,
            Err(why) => return Verdict::Different(format!("the engine: {why}")),
        };
        let oracle = interpret(program, world);
        if let Some(difference) = difference(&engine, &oracle) {
            return Verdict::Different(difference);
        }
        match self.beyond_the_worst_case(&checked, &run) {
            Some(why) => Verdict::Different(why),
            None => Verdict::Equal,
        }
    }

    /// Rule 29: no run takes longer than was computed, whatever happens in it.
    fn beyond_the_worst_case(&self, checked: &Checked, given: &Run) -> Option<String> {
        let playbook = given.trace.header.playbook;
        let worst = durations(&mut Schedules::new(&checked.graphs), &checked.graphs, playbook).worst.over;
        let Some(worst) = worst else { return Some("it has no worst case".to_owned()) };
        let over = |run: &Run| run.ending.as_ref().map_or(0, |ending| ending.over);
        let mut longest = over(given);
        for seed in 0..2 {
            let run = self.run(checked, Options { seed, chance: Chance::Drawn, ..Options::default() })?;
            longest = longest.max(over(&run));
        }
        let told = |time: i64| time / 1_000_000_000;
        (longest > worst).then(|| format!("takes {}s, and {}s at most", told(longest), told(worst)))
    }
}

/// What one side tells and the other doesn't. The order within an instant is free; that of undos, which are
/// done one by one and take time, is seen from their times.
fn difference(engine: &[Event], oracle: &[Event]) -> Option<String> {
    let mut counts: BTreeMap<&Event, i32> = BTreeMap::new();
    engine.iter().for_each(|event| *counts.entry(event).or_default() += 1);
    oracle.iter().for_each(|event| *counts.entry(event).or_default() -= 1);
    let mut out = String::new();
    for (event, count) in counts.into_iter().filter(|(_, count)| *count != 0) {
        let who = if count > 0 { "engine" } else { "oracle" };
        out.push_str(&format!("  {who}: {event}\n"));
    }
    (!out.is_empty()).then_some(out)
}
