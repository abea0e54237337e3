//! A dry run as an incident log in colours.

use std::io::{self, Write};

use quell_compiler::{
    simulate::{
        Unmet,
        timeline::{Timeline, rows},
    },
    world::World,
};

use super::style::{ADDED, REMOVED, RESET, STRONG, tone};

/// Writes the log.
pub fn timeline(timeline: &Timeline, output: &mut dyn Write) -> io::Result<()> {
    for (number, row) in rows(timeline).iter().enumerate() {
        let style = match row.tone {
            Some(of) => tone(of),
            None if number == 0 => STRONG,
            None => Default::default(),
        };
        writeln!(output, "{style}{}{RESET}", row.text)?;
    }
    Ok(())
}

/// Writes which expectations of the scenario were not met.
pub fn expectations(world: &dyn World, unmet: &[Unmet], output: &mut dyn Write) -> io::Result<()> {
    if unmet.is_empty() {
        return writeln!(output, "{ADDED}All is as the scenario expects.{RESET}");
    }
    for expectation in unmet {
        let source = world.source(expectation.span.file);
        let (line, _) = source.line_column(expectation.span.start);
        writeln!(output, "{REMOVED}expected {}{RESET}", expectation.expected)?;
        writeln!(output, "  but {} ({}:{line})", expectation.actual, source.name)?;
    }
    Ok(())
}
