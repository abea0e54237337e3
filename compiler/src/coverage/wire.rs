//! The published form of coverage: `docs/formats/coverage.md` describes it.
//!
//! Types of their own, so that the analysis can change and this can't by accident.

use serde::Serialize;

use super::{Coverage, PointKind, Share};
use crate::{source::Span, world::World};

/// Goes up when a reader of the form before would misread this one.
pub const SCHEMA: &str = "quell.dev/coverage/1";

/// What has been tried of some playbooks and tasks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct Document {
    pub schema: &'static str,
    #[serde(flatten)]
    pub share: ShareWire,
    pub kinds: Vec<KindWire>,
    pub bodies: Vec<BodyWire>,
}

/// So many of so many.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct ShareWire {
    pub percent: u32,
    pub tried: usize,
    pub all: usize,
}

/// What was tried of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct KindWire {
    pub kind: &'static str,
    #[serde(flatten)]
    pub share: ShareWire,
}

/// A playbook or task.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct BodyWire {
    pub kind: &'static str,
    pub module: String,
    pub name: String,
    pub runs: u64,
    #[serde(flatten)]
    pub share: ShareWire,
    pub place: PlaceWire,
    pub points: Vec<PointWire>,
}

/// Something that can go one way or another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct PointWire {
    pub kind: &'static str,
    pub about: String,
    pub place: PlaceWire,
    pub outcomes: Vec<OutcomeWire>,
}

/// A way in which it can go.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct OutcomeWire {
    pub outcome: &'static str,
    pub count: u64,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/coverage.md describes the fields")]
pub struct PlaceWire {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// The document.
pub fn document(world: &dyn World, coverage: &Coverage) -> Document {
    let bodies = coverage.bodies.iter().map(|body| BodyWire {
        kind: body.kind.word(),
        module: world.module_path(body.item.file).to_owned(),
        name: body.name.to_string(),
        runs: body.runs,
        share: share(body.share()),
        place: place(world, body.span),
        points: body
            .points
            .iter()
            .map(|point| PointWire {
                kind: word(point.kind),
                about: point.about.to_string(),
                place: place(world, point.span),
                outcomes: point
                    .outcomes
                    .iter()
                    .map(|(outcome, count)| OutcomeWire { outcome: outcome.word(), count: *count })
                    .collect(),
            })
            .collect(),
    });
    let kinds =
        PointKind::ALL.map(|kind| KindWire { kind: word(kind), share: share(coverage.share_of(kind)) });
    Document {
        schema: SCHEMA,
        share: share(coverage.share()),
        kinds: kinds.to_vec(),
        bodies: bodies.collect(),
    }
}

fn word(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Step => "step",
        PointKind::Condition => "condition",
        PointKind::Cause => "cause",
        PointKind::Failure => "failure",
        PointKind::Approval => "approval",
    }
}

fn share(share: Share) -> ShareWire {
    ShareWire { percent: share.percent(), tried: share.tried, all: share.all }
}

fn place(world: &dyn World, span: Span) -> PlaceWire {
    let source = world.source(span.file);
    let (line, column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end);
    PlaceWire { file: source.path().to_owned(), line, column, end_line, end_column }
}
