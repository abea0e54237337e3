//! Completion.
//!
//! The place is determined from the text before the cursor (`scan`), so that it works in half-written text;
//! the choices come from the check.

mod alerted;
mod keywords;
mod members;
mod scan;
mod scope;
mod values;

pub use scan::{Open, Scan, scan};
pub use scope::{Local, Scope};

use quell_compiler::{
    hir::Effect,
    source::{Span, part},
};

use super::{Cursor, Edit, Snapshot};

/// Something to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown and matched.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// Its type or signature.
    pub detail: Option<String>,
    /// What it is for.
    pub docs: Option<String>,
    /// What is typed: with `${1:name}` for holes if it is a snippet.
    pub insert: String,
    /// Whether `insert` has holes.
    pub form: Form,
    /// What is typed besides: a `use` line.
    pub edits: Vec<Edit>,
    /// The smaller, the likelier.
    pub rank: u8,
    /// The same among those of one rank; where it is equal too, the letters decide.
    pub order: u32,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// Whether a text has holes to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It has none.
    Plain,
    /// It has some.
    Snippet,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Keyword,
    Snippet,
    Module,
    Action,
    Task,
    Function,
    Method,
    Field,
    Parameter,
    Local,
    Step,
    Cause,
    Constant,
    Variant,
    Type,
    Milestone,
    Playbook,
    Trigger,
}

/// All that may be typed at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// What a chosen one replaces: the word around the cursor.
    pub replace: Span,
    /// The likeliest first.
    pub items: Vec<Completion>,
}

impl Completion {
    /// A word.
    pub fn new(label: impl Into<String>, kind: Kind) -> Self {
        let label = label.into();
        Self {
            insert: label.clone(),
            label,
            kind,
            detail: None,
            docs: None,
            form: Form::Plain,
            edits: Vec::new(),
            rank: 50,
            order: 0,
            deprecated: false,
        }
    }

    /// With a type or signature.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into()).filter(|detail| !detail.is_empty());
        self
    }

    /// With a text about it.
    pub fn docs(mut self, docs: impl Into<String>) -> Self {
        self.docs = Some(docs.into()).filter(|docs| !docs.is_empty());
        self
    }

    /// Typing a text with holes.
    pub fn snippet(mut self, insert: impl Into<String>) -> Self {
        self.insert = insert.into();
        self.form = Form::Snippet;
        self
    }

    /// Said from outside its module.
    pub fn within(mut self, module: &str) -> Self {
        self.label = format!("{module}.{}", self.label);
        self.insert = format!("{module}.{}", self.insert);
        self
    }

    /// As likely as `rank`; 50 is usual, less is likelier.
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// In this order among those that are as likely.
    pub fn order(mut self, order: u32) -> Self {
        self.order = order;
        self
    }
}

/// What may be typed at the cursor.
pub fn completions(snapshot: &Snapshot, cursor: Cursor) -> Completions {
    let text = snapshot.source(cursor.file).text.clone();
    let at = cursor.offset as usize;
    let scan = scan(part(&text, 0, at));
    let behind = text[at..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_');
    let end = cursor.offset + behind.map(|letter| letter.len_utf8() as u32).sum::<u32>();
    let replace = Span::new(cursor.file, cursor.offset - scan.word.len() as u32, end);
    if scan.quiet
        && let checked = snapshot.checked_at(cursor)
        && let Some(found) = Scope::new(snapshot, &checked, cursor).in_text(&scan, &text)
    {
        return found;
    }
    if scan.quiet || scan.word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Completions { replace, items: Vec::new() };
    }
    let checked = snapshot.checked_at(cursor);
    let scope = Scope::new(snapshot, &checked, cursor);
    let mut items = at_place(&scope, &scan);
    let word = scan.word.to_lowercase();
    items.retain(|item| fits(&item.label.to_lowercase(), &word));
    if let Some(own) = own_step(&scan) {
        let names_it = |item: &Completion| item.label.split([' ', '.']).next() == Some(own);
        items.retain(|item| !matches!(item.kind, Kind::Step | Kind::Local) || !names_it(item));
    }
    items.sort_by_cached_key(|item| {
        (distance(&item.label.to_lowercase(), &word), item.rank, item.order, item.label.clone())
    });
    items.dedup_by(|a, b| a.label == b.label && a.kind == b.kind);
    Completions { replace, items }
}

/// The step that the cursor's line belongs to, where it can't name itself: only what undoes it knows it.
fn own_step(scan: &Scan) -> Option<&str> {
    let step = scan.step.as_deref()?;
    let first = scan.statement().split_whitespace().next().unwrap_or_default();
    (!matches!(first, "undo" | "on" | "resolved" | "severity" | "let" | "suspect" | "rule")).then_some(step)
}

/// How far a label that fits is from the word: it begins with it, a part of it does, it holds it, or it
/// only has its letters.
fn distance(label: &str, word: &str) -> u8 {
    if label.starts_with(word) {
        return 0;
    }
    if label.split(['.', '_']).any(|part| part.starts_with(word)) {
        return 1;
    }
    if label.contains(word) { 2 } else { 3 }
}

/// Whether the letters of a word stand in a label, in their order.
fn fits(label: &str, word: &str) -> bool {
    let mut letters = label.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

fn at_place(scope: &Scope<'_>, scan: &Scan) -> Vec<Completion> {
    let line = scan.line.trim_start();
    let first = line.split_whitespace().next().unwrap_or_default();
    if first == "use" {
        return scope.imports(line);
    }
    if let Some(receiver) = scan.receiver() {
        return named_so(scope.members(receiver, head_effect(scan)), scan);
    }
    if line.trim_end().ends_with(':') && is_declaration(scan) || line.trim_end().ends_with("->") {
        return scope.types();
    }
    if line.trim_end().ends_with(" as") {
        return scope.types();
    }
    match scan.open.last().map(|open| open.bracket) {
        Some('(') => {
            let head = scan.open.last().map_or("", |open| &open.head);
            return match head.starts_with("use ") {
                true => scope.imports(&format!("{head} (")),
                false => scope.arguments(scan),
            };
        }
        Some('[' | '$') => return scope.values(None),
        _ => {}
    }
    let block = scan.heads().next().unwrap_or_default();
    if is_match(block) {
        let wanted = scope.severity().filter(|_| block.starts_with("severity"));
        return if line.contains("=>") { scope.values(wanted) } else { scope.patterns(block, scan) };
    }
    if scan.at_start() {
        let mut items = keywords::at_line_start(scan);
        if block.starts_with("scenario") {
            items.extend(keywords::scenario());
        }
        return items;
    }
    in_line(scope, scan, first)
}

fn in_line(scope: &Scope<'_>, scan: &Scan, first: &str) -> Vec<Completion> {
    let line = scan.line.trim_end();
    let last = line.split_whitespace().next_back().unwrap_or_default();
    match first {
        "step" if line.ends_with('=') => named_so(scope.calls(head_effect(scan)), scan),
        "undo" if last == first => {
            let mut items = scope.calls(Some(Effect::Destroys));
            items.extend(scope.opposites(scan));
            items
        }
        "run" if last == first => scope.calls(Some(Effect::Destroys)),
        "step" | "cause" | "playbook" | "task" | "record" | "enum" if last == first => Vec::new(),
        "after" | "resolved" if last == "after" || line.ends_with(',') => scope.after(scan),
        "on" if last == "on" && scan.heads().next().is_some_and(|it| it.starts_with("playbook")) => {
            scope.triggers()
        }
        "on" if line.starts_with("on failure") && last == "failure" => keywords::on_failure(),
        "on" if last == "run" => scope.calls(Some(Effect::Notifies)),
        "on" if last == "on" => keywords::words(&[("failure", "what happens if the step fails")]),
        "rule" if last == "rule" => keywords::words(&[("out when", "the cause is ruled out if this holds")]),
        "suspect" if last == "suspect" => {
            keywords::words(&[("when", "the cause is suspected if this holds")])
        }
        "owner" if last == "owner" => scope.owners(),
        "resolve" if last == "resolve" => keywords::words(&[("within", "the time limit for resolution")]),
        "resolved" if last == "resolved" => keywords::words(&[("after", "the steps that verify it")]),
        "approve" if last == "of" || line.ends_with(',') => scope.people(),
        "approve" => keywords::approve(last),
        "retry" | "repeat" | "each" if keywords::within_clause(first, last).is_some() => {
            keywords::within_clause(first, last).unwrap_or_default()
        }
        "severity" if line.ends_with('=') || matches!(last, "then" | "else") => {
            let mut items = scope.values(scope.severity());
            items.retain(|it| it.label != "severity");
            items
        }
        "scenario" if last == "for" => scope.playbooks(),
        "given" | "expect" => {
            let mut items = scope.of_scenario();
            if last == "given" {
                // What a cause comes to is expected, not given.
                let of_cause = |label: &str| label.ends_with(".suspected") || label.ends_with(".ruled_out");
                items.retain(|it| it.kind != Kind::Cause && !of_cause(&it.label));
            }
            items.extend(keywords::in_scenario(first, last));
            items
        }
        "input" | "fn" | "let" if !line.contains('=') => Vec::new(),
        _ => {
            let mut items = scope.values(scope.expected(scan));
            // What stands on one side of a comparison is nothing to compare it with.
            let before = line.split_whitespace().rev().nth(1).unwrap_or_default();
            let compares = ["==", "!=", "<", "<=", ">", ">="].contains(&last);
            items.retain(|it| !compares || it.label != before);
            items
        }
    }
}

/// `step pods = ` most likely wants something that is called `pods`.
fn named_so(mut items: Vec<Completion>, scan: &Scan) -> Vec<Completion> {
    if scan.line.starts_with("step ")
        && let Some(said) = scan.step.as_deref()
    {
        for item in items.iter_mut().filter(|it| it.label.rsplit('.').next() == Some(said)) {
            item.rank = 1;
        }
    }
    items
}

/// The most that a call may do at the head of a step or clause; none elsewhere: there all is pure.
fn head_effect(scan: &Scan) -> Option<Effect> {
    let line = scan.line.trim_start();
    let head = line.split_whitespace().next().unwrap_or_default();
    let innermost = scan.open.last().map_or('{', |open| open.bracket);
    if innermost != '{' {
        return None;
    }
    match head {
        "undo" => return Some(Effect::Destroys),
        "on" if line.contains(" run ") => return Some(Effect::Notifies),
        "step" if line.matches('=').count() == 1 => {}
        _ => return None,
    }
    for head in scan.heads() {
        match head.split_whitespace().next().unwrap_or_default() {
            "enrich" => return Some(Effect::Reads),
            "triage" => return Some(Effect::Asks),
            "communicate" => return Some(Effect::Notifies),
            "remediate" | "task" => return Some(Effect::Destroys),
            _ => {}
        }
    }
    Some(Effect::Destroys)
}

fn is_match(head: &str) -> bool {
    head.split_whitespace().any(|word| word == "match")
}

fn is_declaration(scan: &Scan) -> bool {
    let line = scan.line.trim_start();
    let first = line.split_whitespace().next().unwrap_or_default();
    let head =
        |bracket: char| scan.open.last().filter(|open| open.bracket == bracket).map(|open| &*open.head);
    matches!(first, "input" | "let" | "step") && !line.contains('=')
        || head('{').is_some_and(|head| head.contains("record "))
        || head('(').is_some_and(|head| {
            let head = head.trim_start_matches("private ").split_whitespace().next().unwrap_or_default();
            matches!(head, "task" | "action" | "fn" | "trigger")
        })
}
