//! A run as an incident log, with colours.

use std::io::{self, Write};

use quell_compiler::{
    simulate::{
        Unmet,
        timeline::{Role, Row, Timeline, Tone, log, rows as laid_out},
    },
    visible::visible_line,
    world::World,
};

use super::{
    counted,
    style::{self, Style, tone},
};

const WIDTH: usize = 80;

/// Writes the whole log.
pub fn timeline(timeline: &Timeline, output: &mut dyn Write) -> io::Result<()> {
    rows(&laid_out(timeline, WIDTH), output)
}

/// Writes rows that are laid out.
pub fn rows(rows: &[Row], output: &mut dyn Write) -> io::Result<()> {
    rows.iter().try_for_each(|line| row(line, output))
}

/// Writes what was expected and didn't happen, each with the lines that explain it.
pub fn expectations(
    world: &dyn World,
    timeline: &Timeline,
    unmet: &[Unmet],
    output: &mut dyn Write,
) -> io::Result<()> {
    let (failed, reset) = (tone(Tone::Failure), style::RESET);
    if unmet.is_empty() {
        return writeln!(output, "{}All expectations hold.{reset}", tone(Tone::Success));
    }
    let count = counted(unmet.len(), "expectation");
    let verb = if unmet.len() == 1 { "doesn't" } else { "don't" };
    writeln!(output, "\n{failed}{count} {verb} hold:{reset}")?;
    unmet.iter().try_for_each(|one| self::unmet(world, timeline, one, output))
}

/// Writes one expectation that doesn't hold, with the lines that explain it.
pub fn unmet(
    world: &dyn World,
    timeline: &Timeline,
    unmet: &Unmet,
    output: &mut dyn Write,
) -> io::Result<()> {
    let (strong, quiet, reset) = (style::STRONG, style::QUIET, style::RESET);
    let source = world.source(unmet.span.file);
    let (line, _) = source.line_column(unmet.span.start);
    writeln!(
        output,
        "\n  {strong}{}{reset} {quiet}({}:{line}){reset}",
        visible_line(&unmet.expected),
        source.name
    )?;
    writeln!(output, "  but {}", visible_line(&unmet.actual))?;
    let rows = log(timeline, |line| unmet.events.contains(&line.event), WIDTH);
    rows.iter().try_for_each(|line| row(line, output))
}

fn row(row: &Row, output: &mut dyn Write) -> io::Result<()> {
    let last = row.len().saturating_sub(1);
    for (index, piece) in row.iter().enumerate() {
        let text = visible_line(if index == last { piece.text.trim_end() } else { &piece.text });
        let style = of(piece.role);
        if text.trim().is_empty() || style == Style::new() {
            write!(output, "{text}")?;
        } else {
            write!(output, "{style}{text}{}", style::RESET)?;
        }
    }
    writeln!(output)
}

fn of(role: Role) -> Style {
    match role {
        Role::Time | Role::Part | Role::Quiet => style::QUIET,
        Role::Name | Role::Heading => style::STRONG,
        Role::Text(text) => tone(text),
    }
}
