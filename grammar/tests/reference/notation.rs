//! pest's expressions as a reader wants them.

use std::collections::BTreeMap;

use pest_meta::ast::{Expr, Rule};

/// Rules that the reference doesn't show, since they are blanks, look-ahead or recovery.
const NOTHING: &[&str] = &[
    "SOI",
    "EOI",
    "s",
    "h",
    "nl",
    "gap",
    "eos",
    "comment",
    "byte_order_mark",
    "head_rest",
    "clause_end",
    "line_hole",
    "line_rest",
    "line_string",
    "line_closers",
    "open_part",
    "open_text",
    "sync",
    "clauses",
];
/// Rules that are shown as what they stand for.
const INLINE: &[&str] = &[
    "named",
    "close",
    "close_paren",
    "close_bracket",
    "visibility",
    "hole_expr",
    "field_dot",
    "event",
    "expr_list",
    "lambda_body",
    "lambda_params",
    "prefix",
    "operator",
    "operator_gap",
    "number_like",
    "string_part",
    "block_part",
    "type_ann",
    "next",
    "section_kind",
    "good_clause",
    "plain_tail",
];
/// The same thing under a shorter name.
const NAMES: &[(&str, &str)] = &[
    ("ASCII_DIGIT", "digit"),
    ("ASCII_ALPHA", "letter"),
    ("ASCII_ALPHANUMERIC", "letter | digit"),
    ("ASCII_HEX_DIGIT", "hex_digit"),
    ("ANY", "any character"),
    ("idc", "letter | digit | '_'"),
];
const WIDTH: usize = 100;

pub struct Notation<'g> {
    rules: &'g BTreeMap<String, Rule>,
}

/// An expression without what readers don't need.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    /// Reads nothing that counts.
    Nothing,
    /// Only for broken text.
    Never,
    /// A literal, a name, or words.
    Leaf(String),
    Sequence(Vec<Shown>),
    Choice(Vec<Shown>),
    /// With `?`, `*` or `+`.
    Counted(Box<Shown>, char),
}

impl<'g> Notation<'g> {
    pub fn new(rules: &'g BTreeMap<String, Rule>) -> Self {
        Self { rules }
    }

    /// A rule as lines of the reference; `None` if it isn't shown.
    pub fn rule(&self, name: &str) -> Option<String> {
        let rule = self.rules.get(name)?;
        let hidden = NOTHING.contains(&name)
            || INLINE.contains(&name)
            || name.starts_with("k_")
            || name.starts_with("bad_")
            || matches!(name, "idc" | "digits")
            || self.literal(name).is_some();
        let shown = self.simplify(&rule.expr);
        if hidden || matches!(shown, Shown::Nothing | Shown::Never) {
            return None;
        }
        match name {
            "name" => Some("name = word but reserved".to_owned()),
            _ => Some(wrap(name, &text(&shown, 0))),
        }
    }

    /// The text of a rule that is a single sign.
    fn literal(&self, name: &str) -> Option<String> {
        let text = match &self.rules.get(name)?.expr {
            Expr::Str(text) => text,
            Expr::Seq(first, rest) if matches!(**rest, Expr::NegPred(_)) => match &**first {
                Expr::Str(text) => text,
                _ => return None,
            },
            _ => return None,
        };
        Some(quoted(text))
    }

    fn simplify(&self, expr: &Expr) -> Shown {
        match expr {
            Expr::Str(text) | Expr::Insens(text) => {
                if text.trim_matches([' ', '\t']).is_empty() {
                    Shown::Nothing
                } else {
                    Shown::Leaf(quoted(text))
                }
            }
            Expr::Range(from, to) => Shown::Leaf(format!("{} to {}", quoted(from), quoted(to))),
            Expr::Ident(name) => self.name(name),
            Expr::Seq(first, rest) => self.sequence(first, rest),
            Expr::Choice(first, rest) => choice(self.simplify(first), self.simplify(rest)),
            Expr::Opt(inner) | Expr::RepMax(inner, _) => counted(self.simplify(inner), '?'),
            Expr::Rep(inner) => counted(self.simplify(inner), '*'),
            Expr::RepOnce(inner) | Expr::RepMin(inner, _) | Expr::RepMinMax(inner, _, _) => {
                counted(self.simplify(inner), '+')
            }
            _ => Shown::Nothing,
        }
    }

    fn name(&self, name: &str) -> Shown {
        if name == "clauses" {
            return Shown::Counted(Box::new(Shown::Leaf("clause".to_owned())), '*');
        }
        if NOTHING.contains(&name) {
            return Shown::Nothing;
        }
        if ["missing_", "bad_", "stray_"].iter().any(|start| name.starts_with(start)) {
            return Shown::Never;
        }
        if let Some((_, ours)) = NAMES.iter().find(|(theirs, _)| *theirs == name) {
            return Shown::Leaf((*ours).to_owned());
        }
        if let Some(literal) = self.literal(name) {
            return Shown::Leaf(literal);
        }
        match self.rules.get(name) {
            Some(rule) if INLINE.contains(&name) || name == "digits" => self.simplify(&rule.expr),
            _ => Shown::Leaf(name.to_owned()),
        }
    }

    fn sequence(&self, first: &Expr, rest: &Expr) -> Shown {
        // `!x ~ ANY` is how pest says "anything but".
        if let (Expr::NegPred(not), Expr::Ident(any)) = (first, rest)
            && any == "ANY"
        {
            let not = self.simplify(not);
            return Shown::Leaf(format!("any character but {}", text(&not, 2)));
        }
        let mut parts = Vec::new();
        for part in [self.simplify(first), self.simplify(rest)] {
            match part {
                Shown::Nothing => {}
                Shown::Never => return Shown::Never,
                Shown::Sequence(inner) => parts.extend(inner),
                part => parts.push(part),
            }
        }
        match parts.len() {
            0 => Shown::Nothing,
            1 => parts.remove(0),
            _ => Shown::Sequence(parts),
        }
    }
}

fn choice(first: Shown, rest: Shown) -> Shown {
    match (first, rest) {
        (Shown::Never, other) | (other, Shown::Never) => other,
        (Shown::Nothing, Shown::Nothing) => Shown::Nothing,
        (Shown::Nothing, other) | (other, Shown::Nothing) => counted(other, '?'),
        (first, rest) => {
            let mut all = Vec::new();
            for part in [first, rest] {
                match part {
                    Shown::Choice(inner) => all.extend(inner),
                    part => all.push(part),
                }
            }
            let mut unique: Vec<Shown> = Vec::new();
            all.into_iter().for_each(|part| {
                if !unique.contains(&part) {
                    unique.push(part);
                }
            });
            if unique.len() == 1 { unique.remove(0) } else { Shown::Choice(unique) }
        }
    }
}

fn counted(inner: Shown, mark: char) -> Shown {
    match inner {
        Shown::Nothing | Shown::Never => Shown::Nothing,
        Shown::Counted(inner, '?') if mark == '?' => Shown::Counted(inner, '?'),
        inner => Shown::Counted(Box::new(inner), mark),
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
    format!("'{text}'")
}

/// The text of an expression; `level` 0 stands alone, 1 in a choice, 2 in a sequence, 3 before a mark.
fn text(shown: &Shown, level: usize) -> String {
    let (own, text) = match shown {
        Shown::Nothing | Shown::Never => (3, String::new()),
        Shown::Leaf(leaf) => {
            (if leaf.contains(" | ") || leaf.contains(" but ") { 1 } else { 3 }, leaf.clone())
        }
        Shown::Choice(parts) => (0, parts.iter().map(|part| text(part, 1)).collect::<Vec<_>>().join(" | ")),
        Shown::Sequence(parts) => (1, parts.iter().map(|part| text(part, 2)).collect::<Vec<_>>().join(" ")),
        Shown::Counted(inner, mark) => (3, format!("{}{mark}", text(inner, 3))),
    };
    if own < level { format!("({text})") } else { text }
}

/// Breaks a long rule where its brackets are fewest.
fn wrap(name: &str, body: &str) -> String {
    let mut rest = words(body);
    let mut lines: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let start = if lines.is_empty() { format!("{name} =") } else { "   ".to_owned() };
        let mut width = start.len();
        let fits = rest.iter().take_while(|(word, _)| {
            width += 1 + word.len();
            width <= WIDTH
        });
        let fits = fits.count().max(1);
        // The last gap in the line with the fewest brackets around it, if the line is too long.
        let gaps = rest[..fits].iter().enumerate().map(|(index, (_, depth))| (*depth, fits - index));
        let taken =
            if fits == rest.len() { fits } else { gaps.min().map_or(fits, |(_, back)| fits - back + 1) };
        let line: Vec<_> = rest.drain(..taken).map(|(word, _)| word).collect();
        lines.push(format!("{start} {}", line.join(" ")));
    }
    lines.join("\n")
}

/// The words of a rule, each with how many brackets are open behind it.
fn words(body: &str) -> Vec<(String, usize)> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut quoted, mut depth) = (false, 0_usize);
    for character in body.chars() {
        quoted ^= character == '\'';
        match character {
            ' ' if !quoted => {
                words.push((std::mem::take(&mut word), depth));
                continue;
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        word.push(character);
    }
    words.push((word, depth));
    words
}
