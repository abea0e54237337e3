//! What scenarios have tested of playbooks and tasks, and what they haven't.
//!
//! [`plan()`] finds everything with several outcomes: steps, both outcomes of each condition, causes,
//! failure paths, the outcomes of approvals. [`Coverage::add`] counts which of them a run had. What a task
//! does counts for the task, whichever playbook calls it.

mod choices;
pub mod lcov;
mod plan;
mod tally;
pub mod wire;
mod words;

pub use plan::plan;
pub use words::missing;

use std::{collections::HashMap, sync::Arc};

use crate::{names::ItemId, source::Span};

/// What has been tried of some playbooks and tasks.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// In the order of files and text.
    pub bodies: Vec<Body>,
    /// Where the points are.
    index: HashMap<(Spot, Span), (usize, usize)>,
}

/// What has been tried of a playbook or task.
#[derive(Debug, Clone)]
pub struct Body {
    /// Which.
    pub item: ItemId,
    /// What it is.
    pub kind: BodyKind,
    /// Its name.
    pub name: Arc<str>,
    /// Where the name stands.
    pub span: Span,
    /// How often it was run.
    pub runs: u64,
    /// All that can go one way or another, in the order of the text.
    pub points: Vec<Point>,
}

/// What has points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BodyKind {
    Playbook,
    Task,
}

impl BodyKind {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            BodyKind::Playbook => "playbook",
            BodyKind::Task => "task",
        }
    }
}

/// Something that can go one way or another.
#[derive(Debug, Clone)]
pub struct Point {
    /// What kind of thing.
    pub kind: PointKind,
    /// Where it stands.
    pub span: Span,
    /// The name of a step or cause, the text of a condition.
    pub about: Arc<str>,
    /// The ways, with how often each was gone.
    pub outcomes: Vec<(Outcome, u64)>,
    /// What it is in the graph.
    spot: Spot,
}

/// Kinds of points: the columns of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// A step, which runs.
    Step,
    /// A condition: of `when`, `if`, a cause's line, an approval; what chooses severity.
    Condition,
    /// A cause, which is suspected or ruled out.
    Cause,
    /// What is done when a step has failed, or to undo it.
    Failure,
    /// An approval.
    Approval,
}

impl PointKind {
    /// All, in the order of the report.
    pub const ALL: [PointKind; 5] =
        [PointKind::Step, PointKind::Condition, PointKind::Cause, PointKind::Failure, PointKind::Approval];

    /// What several are called.
    pub fn plural(self) -> &'static str {
        match self {
            PointKind::Step => "steps",
            PointKind::Condition => "conditions",
            PointKind::Cause => "causes",
            PointKind::Failure => "failures",
            PointKind::Approval => "approvals",
        }
    }
}

/// A way in which something can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A step's call was made.
    Ran,
    /// A condition held.
    True,
    /// A condition didn't hold.
    False,
    /// A choice of severity was taken.
    Taken,
    /// A cause was suspected.
    Suspected,
    /// A cause was ruled out.
    RuledOut,
    /// A step failed, and what it says for that case was done.
    Handled,
    /// A step was undone.
    Undone,
    /// Enough people approved.
    Approved,
    /// Somebody refused, or there were too few people to ask.
    Refused,
    /// Not enough people answered in time.
    Late,
}

/// What a point is in the graph: several may have one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Spot {
    Step,
    Guard,
    Line,
    Choice,
    Cause,
    Handling,
    Undo,
    Gate,
    GateWhen,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Outcomes that were tried.
    pub tried: usize,
    /// Outcomes that there are.
    pub all: usize,
}

impl Share {
    /// In percent, rounded down, so that 100 means all; 100 where there is nothing to try.
    pub fn percent(self) -> u32 {
        match self.all {
            0 => 100,
            all => (self.tried * 100 / all) as u32,
        }
    }

    fn of<'p>(points: impl Iterator<Item = &'p Point>) -> Share {
        let mut share = Share::default();
        for (_, count) in points.flat_map(|point| &point.outcomes) {
            share.all += 1;
            share.tried += usize::from(*count > 0);
        }
        share
    }
}

impl Body {
    /// What was tried of one kind.
    pub fn share_of(&self, kind: PointKind) -> Share {
        Share::of(self.points.iter().filter(|point| point.kind == kind))
    }

    /// What was tried of it.
    pub fn share(&self) -> Share {
        Share::of(self.points.iter())
    }
}

impl Coverage {
    /// What was tried of all.
    pub fn share(&self) -> Share {
        Share::of(self.bodies.iter().flat_map(|body| &body.points))
    }

    /// What was tried of one kind.
    pub fn share_of(&self, kind: PointKind) -> Share {
        Share::of(self.bodies.iter().flat_map(|body| &body.points).filter(|point| point.kind == kind))
    }

    /// Counts that a point went one way.
    fn count(&mut self, spot: Spot, span: Span, outcome: Outcome) {
        let Some((body, point)) = self.index.get(&(spot, span)) else { return };
        let outcomes = &mut self.bodies[*body].points[*point].outcomes;
        if let Some((_, count)) = outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            *count += 1;
        }
    }
}
