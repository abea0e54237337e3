//! Coverage as an lcov tracefile (the form that geninfo(1) describes), for editors and for continuous
//! integration. Playbooks and tasks are its functions, steps and conditions its lines, and what can go
//! several ways its branches.

use std::{collections::BTreeMap, fmt::Write};

use super::{Body, Coverage, Point, PointKind};
use crate::{source::FileId, world::World};

/// The tracefile.
pub fn lcov(world: &dyn World, coverage: &Coverage) -> String {
    let mut out = String::new();
    for bodies in coverage.bodies.chunk_by(|one, next| one.item.file == next.item.file) {
        if let Some(first) = bodies.first() {
            // A text takes all that is written into it.
            let _ = record(world, first.item.file, bodies, &mut out);
        }
    }
    out
}

fn record(world: &dyn World, file: FileId, bodies: &[Body], out: &mut String) -> std::fmt::Result {
    let source = world.source(file);
    let line = |offset: u32| source.line_column(offset).0;
    // The form has no way to say a line end.
    writeln!(out, "TN:\nSF:{}", source.path().replace(['\n', '\r'], " "))?;
    for body in bodies {
        writeln!(out, "FN:{},{}", line(body.span.start), body.name)?;
    }
    for body in bodies {
        writeln!(out, "FNDA:{},{}", body.runs, body.name)?;
    }
    writeln!(out, "FNF:{}\nFNH:{}", bodies.len(), bodies.iter().filter(|body| body.runs > 0).count())?;

    let mut lines: BTreeMap<u32, u64> = BTreeMap::new();
    let mut blocks: BTreeMap<u32, u32> = BTreeMap::new();
    let mut branches = Vec::new();
    for body in bodies {
        for point in &body.points {
            let line = line(point.span.start);
            let times: u64 = point.outcomes.iter().map(|(_, count)| count).sum();
            let hits = lines.entry(line).or_default();
            *hits = times.max(*hits);
            if point.kind != PointKind::Step {
                let block = blocks.entry(line).or_default();
                branches.extend(
                    of_point(body, point).enumerate().map(|(branch, taken)| (line, *block, branch, taken)),
                );
                *block += 1;
            }
        }
    }
    branches.sort_by_key(|(line, block, branch, _)| (*line, *block, *branch));
    for (line, block, branch, taken) in &branches {
        match taken {
            Some(taken) => writeln!(out, "BRDA:{line},{block},{branch},{taken}")?,
            None => writeln!(out, "BRDA:{line},{block},{branch},-")?,
        }
    }
    let hit = branches.iter().filter(|(.., taken)| taken.is_some_and(|taken| taken > 0)).count();
    writeln!(out, "BRF:{}\nBRH:{hit}", branches.len())?;
    for (line, hits) in &lines {
        writeln!(out, "DA:{line},{hits}")?;
    }
    writeln!(out, "LF:{}\nLH:{}", lines.len(), lines.values().filter(|hits| **hits > 0).count())?;
    writeln!(out, "end_of_record")
}

/// How often each way was gone; none of what was never come to.
fn of_point<'p>(body: &Body, point: &'p Point) -> impl Iterator<Item = Option<u64>> + use<'p> {
    let times: u64 = point.outcomes.iter().map(|(_, count)| count).sum();
    let reached = match point.outcomes.len() {
        1 => body.runs > 0,
        _ => times > 0,
    };
    point.outcomes.iter().map(move |(_, count)| reached.then_some(*count))
}
