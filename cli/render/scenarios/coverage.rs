//! What scenarios have tried, for people: a table, and what is missing.

use std::io::{self, Write};

use quell_compiler::{
    coverage::{Body, BodyKind, Coverage, PointKind, Share, missing},
    simulate::timeline::{Tone, wrapped},
    world::World,
};

use super::Place;
use crate::render::style::{QUIET, RESET, STRONG, Style, tone};

const WIDTH: usize = 80;
/// The widest column of names.
const NAMES: usize = 24;

/// Writes the table, and what hasn't been tried.
pub fn table(world: &dyn World, coverage: &Coverage, output: &mut dyn Write) -> io::Result<()> {
    let name = |body: &Body| match body.kind {
        BodyKind::Playbook => body.name.to_string(),
        BodyKind::Task => format!("{} (task)", body.name),
    };
    let names: Vec<String> = coverage.bodies.iter().map(name).collect();
    let widths = names.iter().map(|name| name.chars().count()).chain(["coverage".len()]);
    let width = widths.max().unwrap_or(0).min(NAMES);
    let head = PointKind::ALL.map(|kind| format!("  {:>1$}", kind.plural(), column(kind))).concat();
    writeln!(output, "\n{STRONG}{:<width$}{head}   all{RESET}", "coverage")?;
    for (body, name) in coverage.bodies.iter().zip(&names) {
        let shares = PointKind::ALL.map(|kind| (kind, body.share_of(kind)));
        row(name, width, &shares, body.share(), output)?;
    }
    if coverage.bodies.len() > 1 {
        let shares = PointKind::ALL.map(|kind| (kind, coverage.share_of(kind)));
        row("together", width, &shares, coverage.share(), output)?;
    }
    untried(world, coverage, output)
}

/// The width of a kind's column: its name, or a number of hundreds.
fn column(kind: PointKind) -> usize {
    kind.plural().len().max("100/100".len())
}

fn row(
    name: &str,
    width: usize,
    shares: &[(PointKind, Share)],
    all: Share,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = wrapped(name, width);
    let last = rows.pop().unwrap_or_default();
    for row in rows {
        writeln!(output, "{row}")?;
    }
    write!(output, "{last:<width$}")?;
    for (kind, share) in shares {
        let style = if share.tried < share.all { Style::new() } else { QUIET };
        let text = if share.all == 0 { "-".to_owned() } else { format!("{}/{}", share.tried, share.all) };
        write!(output, "  {style}{text:>0$}{style:#}", column(*kind))?;
    }
    let style = if all.tried < all.all { Style::new() } else { tone(Tone::Success) };
    writeln!(output, "  {style}{:>3}%{style:#}", all.percent())
}

/// Writes what hasn't been tried, by file and line.
fn untried(world: &dyn World, coverage: &Coverage, output: &mut dyn Write) -> io::Result<()> {
    let missing: Vec<(Place, String)> =
        missing(coverage).into_iter().map(|(span, what)| (Place::of(world, span), what)).collect();
    for of_file in missing.chunk_by(|(one, _), (next, _)| one.file == next.file) {
        let Some((first, _)) = of_file.first() else { continue };
        writeln!(output, "\n{STRONG}not tried in {}{RESET}", first.file)?;
        for (place, what) in of_file {
            for (index, row) in wrapped(what, WIDTH - 8).into_iter().enumerate() {
                let line = if index == 0 { place.line.to_string() } else { String::new() };
                writeln!(output, "{QUIET}{line:>6}{RESET}  {row}")?;
            }
        }
    }
    Ok(())
}

/// Writes that less was tried than is asked for.
pub fn too_little(share: Share, minimum: u32, output: &mut dyn Write) -> io::Result<()> {
    let failed = tone(Tone::Failure);
    let percent = share.percent();
    writeln!(output, "\n{failed}Coverage is {percent}%; the minimum is {minimum}%.{RESET}")
}
