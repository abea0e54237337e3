//! The page of a finding, in Markdown: readable as it is, with colours where there are some.

use std::io::{self, Write};

use super::style::{FRAME, QUIET, RESET, STRONG};

/// Writes a page under its code.
pub fn write(code: &str, page: &str, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{STRONG}{code}{RESET}\n")?;
    let mut in_block = false;
    for line in page.lines() {
        let fence = line.starts_with("```");
        in_block ^= fence;
        if fence {
            continue;
        } else if in_block {
            let colour = if line.trim_start().starts_with("//") { QUIET } else { FRAME };
            writeln!(output, "    {colour}{line}{RESET}")?;
        } else if let Some(heading) = line.strip_prefix("## ") {
            writeln!(output, "{STRONG}{heading}{RESET}")?;
        } else {
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}
