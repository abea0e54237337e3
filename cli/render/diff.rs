//! What a change of a file would be: a unified diff, as other tools read it.

use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::style;

/// Writes the diff of the file `name`; nothing where the texts are equal.
pub fn write(name: &str, before: &str, after: &str, output: &mut dyn Write) -> io::Result<()> {
    let (strong, frame, reset) = (style::STRONG, style::FRAME, style::RESET);
    let diff = TextDiff::from_lines(before, after);
    let mut first = true;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if std::mem::take(&mut first) {
            writeln!(output, "{strong}--- {name}{reset}\n{strong}+++ {name}{reset}")?;
        }
        writeln!(output, "{frame}{}{reset}", hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, line) = (change.tag(), change.value().trim_end_matches('\n'));
            match sign {
                ChangeTag::Equal => writeln!(output, " {line}")?,
                ChangeTag::Delete => writeln!(output, "{}-{line}{reset}", style::REMOVED)?,
                ChangeTag::Insert => writeln!(output, "{}+{line}{reset}", style::ADDED)?,
            }
            if change.missing_newline() {
                writeln!(output, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(before: &str, after: &str) -> String {
        let mut output = Vec::new();
        write("a.quell", before, after, &mut output).unwrap();
        style::plain(&output)
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(diff("a\n", "a\n"), "");
    }

    #[test]
    fn a_missing_line_end_is_told() {
        let expected =
            "--- a.quell\n+++ a.quell\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n";
        assert_eq!(diff("a\nb", "a\nb\n"), expected);
    }
}
