//! The interpreter of the written rules (docs/language/semantics.md): slow, plain, and without a line
//! of the engine. Numbers in comments are those of the rules.
//!
//! It is asked for a program and for what the world answers, and tells what happens. It knows nothing of
//! the dry run: whatever runs playbooks can be held against it.

mod body;
mod cancel;
mod each;
mod every;
mod frame;
mod gate;
mod names;
mod settle;
mod start;
mod undo;
mod work;

use crate::events::{Event, What, Work};
use crate::model::{Id, Person, Program, Seconds};
use crate::world::World;
use frame::Frame;

/// So many instants no program of the generator has: more is an endless loop.
const INSTANTS: u32 = 100_000;

/// A run while it goes on.
pub struct Run<'p> {
    pub program: &'p Program,
    pub world: &'p mut dyn World,
    /// The person who started the run, and so doesn't approve it (rule 9).
    pub starter: Option<Person>,
    /// Nothing starts now: what is at work is cut off in this instant (rule 10).
    pub frozen: bool,
    /// How many calls of tasks have begun.
    pub calls: u64,
    /// Since it began.
    pub now: Seconds,
    pub events: Vec<Event>,
}

impl Run<'_> {
    fn tell(&mut self, path: &[Id], work: Work, what: What) {
        self.events.push(Event { at: self.now, path: path.to_vec(), work, what });
    }
}

/// All that happens in a run of the program in this world.
pub fn interpret<'p>(program: &'p Program, world: &'p mut dyn World) -> Vec<Event> {
    let starter = world.starter();
    let mut run = Run { program, world, starter, frozen: false, calls: 0, now: 0, events: Vec::new() };
    let mut playbook = Frame::of_playbook(program);
    for _ in 0..INSTANTS {
        instant(&mut playbook, &mut run);
        if playbook.over {
            return run.events;
        }
        let next = playbook.next(run.now).expect("what is busy goes on at some time");
        assert!(next > run.now, "time stands still at {next}: {program:#?}");
        run.now = next;
    }
    panic!("a run without end: {program:#?}");
}

/// Rule 25: first what ends and is due; then what follows from it; then the tasks and the run end that have
/// nothing left; and again until nothing changes. What is cut off in this instant comes last.
fn instant<'p>(playbook: &mut Frame<'p>, run: &mut Run<'p>) {
    playbook.advance(run);
    loop {
        follow(playbook, run);
        let changed = playbook.finish_tasks(run)
            || playbook.finish_run(run)
            || playbook.advance(run)
            || playbook.deadlines(run);
        if !changed || playbook.over {
            return;
        }
    }
}

/// Severity, causes, milestones and `let`s; then conditions and starts, one by one in the order of the
/// source, with what follows from each before the next.
fn follow<'p>(playbook: &mut Frame<'p>, run: &mut Run<'p>) {
    loop {
        while playbook.settle(run) {}
        if !playbook.start_one(run) {
            return;
        }
    }
}
