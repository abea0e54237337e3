//! Many runs of one playbook: what they share is made once.
//!
//! [`prepare`] reads the inputs, evaluates the scenario and compiles what can't change from run to run.
//! A [`Runner`] runs the playbook with one seed after the other in buffers that it keeps; there is one
//! for each thread, and the order of the seeds means nothing.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    DEFAULT_START, Options, Problem, ProblemKind, Run,
    bounds::Bounds,
    engine::{Engine, Level, Program, Recorder, Setup, Used, Values},
    evaluate::{Bindings, Evaluator},
    input, module_name, scenario,
    scenario::script::{Others, Script},
    trace::{End, Ending, Event, Header, Trace, TraceNode},
    value::Value,
};
use crate::{
    check::Checked,
    graph::{Nanoseconds, NodeId},
    names::{ItemId, Milestone},
    source::FileId,
    world::World,
};

/// A playbook that is ready to run.
#[derive(Debug)]
pub struct Prepared<'a> {
    checked: &'a Checked,
    playbook: ItemId,
    modules: BTreeMap<FileId, Arc<str>>,
    program: Program<'a>,
    parameters: Bindings,
    script: Script,
    bounds: Bounds,
    header: Header,
    problems: Vec<Problem>,
}

/// Makes a playbook ready to run. What keeps it from running are the [`Prepared::problems`].
///
/// Of the options, the seed and the level are those of [`Prepared::run`].
pub fn prepare<'a>(
    world: &dyn World,
    checked: &'a Checked,
    playbook: ItemId,
    options: &Options,
) -> Prepared<'a> {
    let evaluator = Evaluator::bounded(checked, options.bounds);
    let mut problems = Vec::new();
    let mut script = Script { start: DEFAULT_START, chance: options.chance, ..Script::default() };
    if let Some(scenario) = options.scenario {
        match super::scenario_of(checked, scenario) {
            Some(declared) => {
                scenario::compile(world, &evaluator, scenario, declared, &mut script, &mut problems);
                script.others = Others::Silent;
            }
            None => problems.push(Problem::new(None, ProblemKind::NoScenario)),
        }
    }
    let decisions = &options.decisions;
    script.severity = options.severity.clone();
    if decisions.instead {
        script.answers.clear();
        script.approvals.clear();
    }
    script.answers.extend(decisions.answers.iter().cloned());
    script.outcomes.extend(decisions.outcomes.iter().cloned());
    script.approvals.extend(decisions.approvals.iter().cloned());
    script.others = decisions.others.unwrap_or(script.others);
    let broken = checked.graphs.get(playbook).is_none_or(|graph| graph.topological().is_none());
    if broken {
        let span = checked.item(playbook).map(|item| item.name.span);
        problems.push(Problem::new(span, ProblemKind::Broken));
    }
    let start = input::parameters(&evaluator, playbook, &script, options, &mut problems);
    let header = super::header(world, checked, playbook, options, &script, &start);
    let parameters = start.values;
    let modules = checked.modules.keys().map(|file| (*file, module_name(world, *file))).collect();
    let program = Program::compile(&evaluator, playbook);
    let bounds = options.bounds;
    Prepared { checked, playbook, modules, program, parameters, script, bounds, header, problems }
}

impl Prepared<'_> {
    /// What keeps the playbook from running; empty if it can.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Runs the playbook with one seed after the other; there is none if there are problems.
    ///
    /// For thousands of runs the level is [`Level::Nothing`]: how they end is known all the same.
    pub fn runner(&self, level: Level) -> Option<Runner<'_>> {
        let setup = Setup {
            checked: self.checked,
            modules: &self.modules,
            playbook: self.playbook,
            program: &self.program,
            parameters: &self.parameters,
            script: &self.script,
            bounds: self.bounds,
        };
        self.problems.is_empty().then(|| Runner { engine: Engine::new(setup, Recorder::new(level)) })
    }

    /// One run, with all that is left of it.
    pub fn run(self, seed: u64, level: Level) -> Run {
        let header = Header { seed, ..self.header.clone() };
        let Some(mut runner) = self.runner(level) else { return self.not_run(header, None) };
        let ending = match runner.engine.run(seed) {
            Ok(ending) => ending,
            // Of what it came to by then nothing is kept: it says nothing about the playbook.
            Err(problem) => {
                drop(runner);
                return self.not_run(header, Some(problem));
            }
        };
        let finished = runner.engine.finished();
        let Recorder { nodes, events, .. } = finished.recorder;
        Run {
            trace: Trace { header, nodes, events },
            ending: Some(ending),
            problems: self.problems,
            values: finished.values,
            used: finished.used,
            script: self.script,
        }
    }

    fn not_run(self, header: Header, why: Option<Problem>) -> Run {
        let trace = Trace { header, nodes: Vec::new(), events: Vec::new() };
        let Prepared { mut problems, script, .. } = self;
        problems.extend(why);
        let (values, used) = (Values::default(), Used::default());
        Run { trace, ending: None, problems, values, used, script }
    }
}

/// Runs a playbook with one seed after the other, in buffers that it keeps.
#[derive(Debug)]
pub struct Runner<'p> {
    engine: Engine<'p>,
}

impl<'p> Runner<'p> {
    /// Runs the playbook. A run that takes more than it may comes to nothing that could be counted.
    pub fn run(&mut self, seed: u64) -> Result<Outcome<'_, 'p>, Problem> {
        let ending = self.engine.run(seed)?;
        Ok(Outcome { ending, engine: &self.engine })
    }
}

/// What a run came to; the next run of the same runner takes its place.
#[derive(Debug)]
pub struct Outcome<'r, 'p> {
    /// How it ended, and when.
    pub ending: Ending,
    engine: &'r Engine<'p>,
}

/// What became of a step of the playbook.
#[derive(Debug, Clone, Copy)]
pub struct StepOutcome<'r> {
    /// The step, in the playbook's graph.
    pub node: NodeId,
    /// When it began, since the start of the run; none if it never did.
    pub started: Option<Nanoseconds>,
    /// When it ended, was skipped or blocked.
    pub ended: Option<Nanoseconds>,
    /// How; without a trace what conditions looked at isn't kept.
    pub end: Option<&'r End>,
}

impl<'r, 'p> Outcome<'r, 'p> {
    /// The steps of the playbook, in source order.
    pub fn steps(&self) -> impl Iterator<Item = StepOutcome<'r>> + use<'r, 'p> {
        self.engine.step_outcomes()
    }

    /// When a milestone was reached, since the start of the run.
    pub fn milestone(&self, milestone: Milestone) -> Option<Nanoseconds> {
        self.engine.milestone(milestone)
    }

    /// Severity, as far as it was known.
    pub fn severity(&self) -> Option<&'r Value> {
        self.engine.severity()
    }

    /// What happened; nothing at [`Level::Nothing`].
    pub fn events(&self) -> &'r [Event] {
        self.engine.recorded().0
    }

    /// The places that the events name.
    pub fn nodes(&self) -> &'r [TraceNode] {
        self.engine.recorded().1
    }
}
