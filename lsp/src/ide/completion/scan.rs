//! What stands around the cursor, read from the text before it alone: so it is known also where the
//! text doesn't parse, as it does while somebody types.

/// What stands around the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The open brackets around the cursor, from outside in.
    pub open: Vec<Open>,
    /// The part of a word before the cursor.
    pub word: String,
    /// What stands on the statement's line before the word.
    pub line: String,
    /// The lines of the innermost block before this one, without what they nest.
    pub above: Vec<String>,
    /// Whether the cursor is in a comment or in the characters of a text.
    pub quiet: bool,
    /// Whether the line stands further in than the step above it: where clauses go.
    pub in_step: bool,
    /// The name of the step that the line begins or stands in.
    pub step: Option<String>,
    /// What the step above calls: `kubernetes.scale`.
    pub call: Option<String>,
}

/// An open bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// `{`, `(`, `[`, or `$` for an interpolation.
    pub bracket: char,
    /// What stands before it on its statement: `playbook a`, `step x = slack.post`.
    pub head: String,
    /// For brackets around arguments: those that were written, from the bracket to the cursor.
    pub inside: String,
}

struct Frame {
    bracket: char,
    head: String,
    inside: String,
    line: String,
    above: Vec<String>,
}

/// Reads `text`, which ends at the cursor.
pub fn scan(text: &str) -> Scan {
    // An item ends what is open before it, so in its brackets nothing of what lies above it counts.
    let within = scan_all(&text[item_start(text)..]);
    if within.open.is_empty() { scan_all(text) } else { within }
}

/// Where the last item begins; the beginning, where that could be a line of a text.
fn item_start(text: &str) -> usize {
    let heads = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    let start = heads.into_iter().find(|at| starts_item(&text[*at..])).unwrap_or(0);
    let block_is_open = text[..start].matches("\"\"\"").count() % 2 == 1;
    if block_is_open { 0 } else { start }
}

fn scan_all(text: &str) -> Scan {
    let mut frames = vec![Frame::new(' ', String::new())];
    let mut letters = text.char_indices().peekable();
    let mut quiet = false;
    // For each text that is open around an interpolation: whether it is a block.
    let mut texts: Vec<bool> = Vec::new();
    let mut in_text: Option<bool> = None;
    while let Some((at, letter)) = letters.next() {
        let rest = &text[at..];
        if let Some(block) = in_text {
            push(&mut frames, letter);
            if letter == '\\' && !block {
                letters.next();
            } else if block && rest.starts_with("\"\"\"") {
                letters.next();
                letters.next();
                in_text = None;
            } else if !block && (letter == '"' || letter == '\n') {
                in_text = None;
            } else if rest.starts_with("${") {
                letters.next();
                texts.push(block);
                in_text = None;
                let head = frames.last().map(|frame| frame.line.clone()).unwrap_or_default();
                frames.push(Frame::new('$', head));
            }
            continue;
        }
        match letter {
            '/' if rest.starts_with("//") => {
                let end = rest.find('\n');
                quiet = end.is_none();
                for _ in 1..end.unwrap_or(rest.len()) {
                    letters.next();
                    if letters.peek().is_some_and(|(next, _)| text[at..*next].contains('\n')) {
                        break;
                    }
                }
                // The line end itself is read next.
                while letters.peek().is_some_and(|(_, next)| *next != '\n') {
                    letters.next();
                }
            }
            '"' => {
                let block = rest.starts_with("\"\"\"");
                if block {
                    letters.next();
                    letters.next();
                }
                push(&mut frames, '"');
                in_text = Some(block);
            }
            '{' | '(' | '[' => {
                let head = frames.last().map(|frame| frame.line.clone()).unwrap_or_default();
                push(&mut frames, letter);
                frames.push(Frame::new(letter, head));
            }
            '}' | ')' | ']' => {
                // A bracket that nobody opened closes nothing.
                let opener = match letter {
                    '}' => ['{', '$'],
                    ')' => ['(', '('],
                    _ => ['[', '['],
                };
                if let Some(found) = frames.iter().rposition(|frame| opener.contains(&frame.bracket))
                    && found > 0
                {
                    let was = frames[found].bracket;
                    frames.truncate(found);
                    if was == '$' {
                        in_text = texts.pop();
                    }
                    push(&mut frames, letter);
                }
            }
            '\n' => {
                if let Some(frame) = frames.last_mut() {
                    frame.inside.push('\n');
                    // Each arm of a `match` is a line of its own, comma or not.
                    let arms = frame.head.split_whitespace().any(|word| word == "match");
                    let goes_on = frame.line.trim_end().ends_with([',', '+', '=', '|']) && !arms
                        || matches!(frame.bracket, '(' | '[' | '$');
                    if !goes_on && !frame.line.trim().is_empty() {
                        let line = std::mem::take(&mut frame.line);
                        frame.above.push(line.trim().to_owned());
                    } else if !goes_on {
                        frame.line.clear();
                    }
                }
                // An item at the beginning of a line ends what is still open.
                if starts_item(&text[at + 1..]) {
                    frames.truncate(1);
                    if let Some(frame) = frames.last_mut() {
                        frame.line.clear();
                    }
                }
            }
            _ => push(&mut frames, letter),
        }
    }
    let quiet = quiet || in_text.is_some();
    let start = text
        .rfind(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = text[start..].to_owned();
    let last = frames.last();
    let line = last.map(|frame| frame.line.clone()).unwrap_or_default();
    let line = line.strip_suffix(&*word).unwrap_or(&line).trim_start().to_owned();
    let above = last.map(|frame| frame.above.clone()).unwrap_or_default();
    let open = frames.drain(1..).map(|frame| Open {
        bracket: frame.bracket,
        head: frame.head.trim().to_owned(),
        inside: frame.inside,
    });
    let mut lines = text.rsplit('\n');
    let indent = |line: &str| line.len() - line.trim_start().len();
    let here = lines.next().unwrap_or_default();
    let above_here = lines.find(|line| line.trim_start().starts_with("step "));
    let in_step = above_here.is_some_and(|step| indent(here) > indent(step));
    let step = step_name(here).or_else(|| above_here.filter(|_| in_step).and_then(step_name));
    let call = above_here.and_then(|step| Some(step.split_once('=')?.1.split('(').next()?.trim().to_owned()));
    Scan { open: open.collect(), word, line, above, quiet, in_step, step: step.map(str::to_owned), call }
}

impl Frame {
    fn new(bracket: char, head: String) -> Self {
        Self { bracket, head, inside: String::new(), line: String::new(), above: Vec::new() }
    }
}

/// The name in a line that begins a step.
fn step_name(line: &str) -> Option<&str> {
    let name = line.trim_start().strip_prefix("step ")?.split([' ', ':', '=']).next()?;
    Some(name).filter(|name| !name.is_empty())
}

fn push(frames: &mut [Frame], letter: char) {
    if let Some(frame) = frames.last_mut() {
        frame.line.push(letter);
        frame.inside.push(letter);
    }
}

fn starts_item(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|letter| letter.is_ascii_alphabetic()).collect();
    let heads =
        ["playbook", "scenario", "task", "action", "fn", "record", "enum", "trigger", "use", "private"];
    heads.contains(&&*word) && rest[word.len()..].starts_with(' ')
}

impl Scan {
    /// The innermost block around the cursor, with its head.
    pub fn block(&self) -> Option<&Open> {
        self.open.iter().rev().find(|open| open.bracket == '{')
    }

    /// The statement that the cursor stands in, as far as its innermost line goes: without what stands in
    /// brackets.
    pub fn statement(&self) -> &str {
        let block = self.open.iter().rposition(|open| open.bracket == '{').map_or(0, |at| at + 1);
        self.open.get(block).map_or(&*self.line, |open| &*open.head)
    }

    /// The heads of the blocks around the cursor, from inside out.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().filter(|open| open.bracket == '{').map(|open| &*open.head)
    }

    /// Whether nothing but a word stands on the line.
    pub fn at_start(&self) -> bool {
        self.line.trim().is_empty()
    }

    /// What stands before the dot before the word: `repo.owner` for `repo.owner.na`.
    pub fn receiver(&self) -> Option<&str> {
        let line = self.line.strip_suffix('.').or_else(|| self.line.strip_suffix("?."))?;
        let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
        let start = line
            .rfind(|letter| !part(letter))
            .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
        Some(&line[start..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_lines() {
        let found = scan("playbook a {\n  triage {\n    step x = b.c(1)\n      when y\n    st");
        assert_eq!(found.heads().collect::<Vec<_>>(), ["triage", "playbook a"]);
        assert_eq!(found.above, ["step x = b.c()", "when y"]);
        assert_eq!((&*found.word, found.at_start()), ("st", true));
        assert_eq!(found.step.as_deref(), None);
    }

    #[test]
    fn steps_and_their_clauses() {
        let found = scan("  triage {\n    step x = b.c(1)\n      when (y and ");
        assert_eq!((found.step.as_deref(), found.statement()), (Some("x"), "when"));
        let found = scan("  triage {\n    step x: Int = b.c(");
        assert_eq!((found.step.as_deref(), found.statement()), (Some("x"), "step x: Int = b.c"));
    }

    #[test]
    fn texts_hide_and_interpolations_show() {
        assert!(scan("let a = \"x { (").quiet);
        let found = scan("let a = \"x ${b.");
        assert_eq!((found.quiet, found.receiver()), (false, Some("b")));
        let found = scan("let a = \"x ${b} { \"\nlet c = d.e.f");
        assert_eq!((found.receiver(), &*found.word, found.open.len()), (Some("d.e"), "f", 0));
        assert!(scan("// abc").quiet);
        assert!(!scan("// abc {\n").quiet);
        assert!(scan("// abc {\n").open.is_empty());
    }

    #[test]
    fn only_the_item_is_read() {
        let above = "playbook a {\n  enrich {\n    step x = f(\n\n";
        for item in
            ["scenario \"s\" for a {\n  given x", "task t() {\n  step y = g(\n    1,\n    b", "use st"]
        {
            let text = format!("{above}{item}");
            let read = |it: Scan| (it.open, it.word, it.line, it.above, it.quiet);
            assert_eq!(read(scan(&text)), read(scan_all(&text)), "{text}");
        }
        // What looks like an item in a text is none.
        let text = "let a = \"\"\"\nplaybook b {\n  on";
        assert_eq!((scan(text), scan(text).quiet), (scan_all(text), true));
    }

    #[test]
    fn an_item_ends_what_is_open() {
        let found = scan("playbook a {\n  enrich {\n    step x = f(\n\nplaybook b {\n  ");
        assert_eq!(found.heads().collect::<Vec<_>>(), ["playbook b"]);
    }

    #[test]
    fn arms_are_lines() {
        let found = scan("let a = match b {\n  c => 1,\n  ");
        assert_eq!((found.at_start(), found.above), (true, vec!["c => 1,".to_owned()]));
    }

    #[test]
    fn arguments() {
        let found = scan("    step a = slack.post(room, text: \"x\", ");
        let call = found.open.last().map(|open| (open.bracket, &*open.head, &*open.inside));
        assert_eq!(call, Some(('(', "step a = slack.post", "room, text: \"x\", ")));
    }
}
