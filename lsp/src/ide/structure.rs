//! What the shape of a text offers: folding, ever larger selections, layout.

use quell_compiler::{
    format,
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode},
};

use super::{Cursor, Edit, Snapshot};

/// What can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// From where to where.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FoldKind {
    Code,
    Comment,
    Imports,
}

/// All that can be folded away in a file: what goes over several lines between brackets, comments, imports.
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let root = snapshot.parse(file).syntax();
    let source = snapshot.source(file);
    let line = |offset: u32| source.lines().line(offset);
    let mut found: Vec<Fold> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    let mut comment: Option<(u32, u32)> = None;
    let mut imports: Option<(u32, u32)> = None;
    let close = |comment: &mut Option<(u32, u32)>, found: &mut Vec<Fold>, kind| {
        if let Some((start, end)) = comment.take()
            && line(start) < line(end)
        {
            found.push(Fold { span: Span::new(file, start, end), kind });
        }
    };
    for element in root.descendants_with_tokens() {
        if let Some(node) = element.as_node() {
            if node.kind() == SyntaxKind::UseItem {
                let (start, end) = range(node);
                imports = Some((imports.map_or(start, |(first, _)| first), end));
            }
            continue;
        }
        let Some(token) = element.as_token() else { continue };
        let (start, end) = (u32::from(token.text_range().start()), u32::from(token.text_range().end()));
        match token.kind() {
            SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc => {
                comment = Some((comment.map_or(start, |(first, _)| first), end));
                continue;
            }
            SyntaxKind::Whitespace => {
                if token.text().matches('\n').count() > 1 {
                    close(&mut comment, &mut found, FoldKind::Comment);
                }
                continue;
            }
            SyntaxKind::LeftBrace | SyntaxKind::LeftParen | SyntaxKind::LeftBracket => open.push(start),
            SyntaxKind::RightBrace | SyntaxKind::RightParen | SyntaxKind::RightBracket => {
                if let Some(opener) = open.pop()
                    && line(opener) < line(start)
                {
                    found.push(Fold { span: Span::new(file, opener, end), kind: FoldKind::Code });
                }
            }
            _ => {}
        }
        close(&mut comment, &mut found, FoldKind::Comment);
    }
    close(&mut comment, &mut found, FoldKind::Comment);
    close(&mut imports, &mut found, FoldKind::Imports);
    found.sort_by_key(|fold| fold.span);
    found
}

fn range(node: &SyntaxNode) -> (u32, u32) {
    (node.text_range().start().into(), node.text_range().end().into())
}

/// The ranges around the cursor, from inside out: each holds the one before it.
pub fn selections(snapshot: &Snapshot, cursor: Cursor) -> Vec<Span> {
    let parse = snapshot.parse(cursor.file);
    let Some(token) = parse.tokens_at(cursor.offset).right_biased() else { return Vec::new() };
    let spans =
        std::iter::once(token.text_range()).chain(token.parent_ancestors().map(|node| node.text_range()));
    let mut all: Vec<Span> =
        spans.map(|it| Span::new(cursor.file, it.start().into(), it.end().into())).collect();
    all.dedup();
    all
}

/// The edits that give a file its layout.
pub fn format(snapshot: &Snapshot, file: FileId) -> Vec<Edit> {
    let text = &snapshot.source(file).text;
    let after = format::format(&snapshot.parse(file)).text;
    difference(file, text, &after)
}

/// The edits that lay out what a range touches.
pub fn format_range(snapshot: &Snapshot, span: Span) -> Vec<Edit> {
    let replacements = format::format_range(&snapshot.parse(span.file), span.start..span.end);
    let edit = |it: format::Replacement| Edit {
        span: Span::new(span.file, it.range.start, it.range.end),
        replacement: it.text,
    };
    replacements.into_iter().map(edit).collect()
}

/// The edits that lay out what a typed `}` or line end closed.
pub fn format_typed(snapshot: &Snapshot, cursor: Cursor) -> Vec<Edit> {
    let source = snapshot.source(cursor.file);
    let typed = source.text.get(..cursor.offset as usize).and_then(|text| text.chars().next_back());
    match typed {
        Some('}') => {
            let parse = snapshot.parse(cursor.file);
            let token = parse.tokens_at(cursor.offset).left_biased();
            let block = token.and_then(|token| token.parent());
            let (start, end) = block.map_or((cursor.offset, cursor.offset), |block| range(&block));
            format_range(snapshot, Span::new(cursor.file, start, end))
        }
        Some('\n') | Some(' ') => {
            let line = source.lines().line(cursor.offset);
            let start = source.lines().start(line.saturating_sub(1));
            let end = source.lines().start(line).saturating_sub(1).max(start);
            let edits = format_range(snapshot, Span::new(cursor.file, start, end));
            // What is being typed stays: only lines above it change.
            edits.into_iter().filter(|edit| edit.span.end <= source.lines().start(line)).collect()
        }
        _ => Vec::new(),
    }
}

/// The lines in which two texts differ, as one edit.
fn difference(file: FileId, before: &str, after: &str) -> Vec<Edit> {
    if before == after {
        return Vec::new();
    }
    let lines = |text: &str| text.split_inclusive('\n').map(str::len).collect::<Vec<_>>();
    let (old, new) = (lines(before), lines(after));
    let (mut start, mut first) = (0, 0);
    while first < old.len()
        && first < new.len()
        && old[first] == new[first]
        && before[start..start + old[first]] == after[start..start + new[first]]
    {
        start += old[first];
        first += 1;
    }
    let (mut old_end, mut new_end) = (before.len(), after.len());
    let (mut last_old, mut last_new) = (old.len(), new.len());
    while last_old > first && last_new > first {
        let (a, b) = (old[last_old - 1], new[last_new - 1]);
        if before[old_end - a..old_end] != after[new_end - b..new_end] {
            break;
        }
        old_end -= a;
        new_end -= b;
        last_old -= 1;
        last_new -= 1;
    }
    vec![Edit {
        span: Span::new(file, start as u32, old_end as u32),
        replacement: after[start..new_end].to_owned(),
    }]
}
