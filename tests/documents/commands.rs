//! Commands on pages: in blocks, and in the text.

use std::ffi::OsString;

use crate::blocks::{self, Block};

/// The words of the commands of a line, as a shell splits it.
fn split(line: &str) -> Vec<Vec<String>> {
    let (mut commands, mut words) = (Vec::new(), Vec::new());
    let mut word: Option<String> = None;
    let mut letters = line.chars().peekable();
    let mut quote = None;
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), letter) => word.get_or_insert_default().push(letter),
            (None, '\\') => word.get_or_insert_default().extend(letters.next()),
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            // A file that another command reads or writes.
            (None, '<' | '>') if letters.peek() == Some(&'(') => {
                letters.by_ref().take_while(|it| *it != ')').for_each(drop);
                word = Some("pipe".to_owned());
            }
            (None, '#') if word.is_none() => break,
            (None, '|' | '&' | ';' | '(' | ')' | '<' | '>') => {
                words.extend(word.take());
                if !words.is_empty() {
                    commands.push(std::mem::take(&mut words));
                }
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (None, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    commands.push(words);
    commands
}

/// The arguments of `quell` in a command, however it is started.
fn arguments(command: &[String]) -> Option<Vec<String>> {
    const STARTS: [&[&str]; 4] =
        [&["quell"], &["cargo", "run", "--"], &["npx", "@quell-lang/quell"], &["uvx", "quell"]];
    let start = STARTS.iter().find(|start| {
        command.len() >= start.len() && command.iter().zip(start.iter()).all(|(word, start)| word == start)
    })?;
    Some(command[start.len()..].to_vec())
}

fn parsed(arguments: &[String]) -> Result<(), String> {
    let words = std::iter::once("quell".to_owned()).chain(arguments.iter().cloned());
    quell_cli::read_arguments(words.map(OsString::from))
}

/// Each line of a block that starts `quell` has arguments that it takes. In a transcript these are the lines
/// after `$`.
pub fn are_known(block: &Block) -> Result<(), String> {
    let lines = block.text.lines();
    let lines: Vec<_> = match &*block.language {
        "console" => lines.filter_map(|line| line.strip_prefix("$ ")).collect(),
        _ => lines.collect(),
    };
    for line in lines {
        for arguments in split(line).iter().filter_map(|command| arguments(command)) {
            parsed(&arguments).map_err(|error| format!("{line}\n{error}"))?;
        }
    }
    Ok(())
}

/// A command in the text may lack values, and stands for many: `quell check PATH...`. What it names has to
/// be there.
#[test]
fn commands_in_the_text_are_known() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (page, text) in blocks::pages() {
        let (_, words) = blocks::of_page(&page, &text);
        // A test of the command runs each row of this page's tables, wrong options included.
        if page == "docs/exit-codes.md" {
            continue;
        }
        for command in words.split('`').skip(1).step_by(2).filter(|code| code.starts_with("quell ")) {
            count += 1;
            let command = command.replace("...", "").replace("[:", ":").replace(['[', ']', '\n'], " ");
            let fill = |word: &String| match word.split('|').next().unwrap_or_default() {
                "COMMAND" => "check".to_owned(),
                "SHELL" => "bash".to_owned(),
                word if word.len() == 1 || word == "PERCENT" => "1".to_owned(),
                word => word.to_owned(),
            };
            let words = split(&command.replace('|', "\\|")).swap_remove(0);
            let words: Vec<_> = words.iter().skip(1).map(fill).collect();
            let error = parsed(&words).err().unwrap_or_default();
            if ["unexpected argument", "unrecognized subcommand", "invalid value"]
                .iter()
                .any(|it| error.contains(it))
            {
                wrong.push(format!("{page}: {command}\n{error}"));
            }
        }
    }
    println!("{count} commands in the text");
    assert!(count > 100, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_are_split_as_a_shell_does() {
    let words = |line| split(line).into_iter().map(|words| words.join("/")).collect::<Vec<_>>();
    assert_eq!(words("sed 's/a b/c/' x; quell check x  # why"), ["sed/s/a b/c//x", "quell/check/x"]);
    assert_eq!(words("(cd e && quell fmt -) > f"), ["cd/e", "quell/fmt/-", "f"]);
    assert_eq!(words("quell dry-run d --html >(ssh w 'cat > f')"), ["quell/dry-run/d/--html/pipe"]);
}
