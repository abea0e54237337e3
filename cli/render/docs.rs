//! Pages of documentation on a terminal.

use std::io::{self, Write};

use quell_compiler::docs::{Block, LineRole, text};

use super::style::{FRAME, QUIET, RESET, STRONG};

/// Writes a page.
pub fn write(blocks: &[Block], output: &mut dyn Write) -> io::Result<()> {
    for line in text(blocks) {
        let style = match line.role {
            LineRole::Text => {
                writeln!(output, "{}", line.text)?;
                continue;
            }
            LineRole::Heading => STRONG,
            LineRole::Code => FRAME,
            LineRole::Quiet => QUIET,
        };
        writeln!(output, "{style}{}{RESET}", line.text)?;
    }
    Ok(())
}
