//! What must be edited when files or folders get other names or places: a module is called like its file,
//! so the `use` lines that name it follow.

use std::path::{Component, Path, PathBuf};

use quell_compiler::{
    check::Read,
    hir,
    source::{FileId, Span},
    syntax::SyntaxKind,
    world::World,
};

use super::{
    Edit, Snapshot,
    occurrences::{self, Meaning},
    rename::is_name,
};
use crate::workspace::Place;

/// A file or folder that gets another name or place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where it is.
    pub from: PathBuf,
    /// Where it will be.
    pub to: PathBuf,
}

/// The edits that keep all modules working when files move. They are of texts where they are now.
pub fn moves(snapshot: &Snapshot, moves: &[Move]) -> Vec<Edit> {
    let workspace = &snapshot.workspace;
    let moved: Vec<(FileId, String)> =
        workspace.own().filter_map(|file| Some((file, new_name(snapshot, file, moves)?))).collect();
    if moved.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for user in workspace.own() {
        let Some(read) = snapshot.read(user) else { continue };
        for line in &read.hir.uses {
            let used = workspace.resolve(user, &line.path.text);
            if let Some((file, name)) = moved.iter().find(|(file, _)| Some(*file) == used) {
                follow(snapshot, user, &read, line, *file, name, &mut edits);
            }
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    edits
}

/// What a module is called afterwards, if it is called otherwise and can be imported.
fn new_name(snapshot: &Snapshot, file: FileId, moves: &[Move]) -> Option<String> {
    let workspace = &snapshot.workspace;
    let Place::Disk(path) = workspace.place_of(file) else { return None };
    // If a folder moves and a file in it as well, the file's own move counts.
    let moves = moves.iter().filter(|it| path.starts_with(&it.from));
    let it = moves.max_by_key(|it| it.from.components().count())?;
    let to = match path.strip_prefix(&it.from) {
        Ok(rest) if rest.as_os_str().is_empty() => it.to.clone(),
        Ok(rest) => it.to.join(rest),
        Err(_) => return None,
    };
    let sources = workspace.sources_of(file);
    let source =
        sources.iter().filter(|source| to.starts_with(source)).max_by_key(|it| it.components().count())?;
    let name = module_name(to.strip_prefix(source).ok()?)?;
    (name != workspace.module_path(file)).then_some(name)
}

/// `ops/databases.quell` is `ops.databases`; none if that can't be written in a `use`.
fn module_name(file: &Path) -> Option<String> {
    if file.extension().is_none_or(|ending| ending != "quell") {
        return None;
    }
    let file = file.with_extension("");
    let part = |part: Component<'_>| match part {
        Component::Normal(part) => part.to_str().filter(|part| is_name(part)).map(str::to_owned),
        _ => None,
    };
    let parts: Option<Vec<String>> = file.components().map(part).collect();
    Some(parts?.join("."))
}

fn follow(
    snapshot: &Snapshot,
    user: FileId,
    read: &Read,
    line: &hir::Use,
    file: FileId,
    name: &str,
    edits: &mut Vec<Edit>,
) {
    let old = snapshot.workspace.module_path(file);
    // What a project that is depended on is called stands before the name.
    let Some(before) = line.path.text.strip_suffix(old) else { return };
    let mut path = format!("{before}{name}");
    let (was, is) = (last(&line.path.text), last(name));
    if line.names.is_none() && line.alias.is_none() && was != is {
        match qualifiers(snapshot, user, read, file, was, is) {
            Some(places) => {
                let edit = |span| Edit { span, replacement: is.to_owned() };
                edits.extend(places.into_iter().map(edit));
            }
            // Its old name goes on to mean it.
            None => path.push_str(&format!(" as {was}")),
        }
    }
    edits.push(Edit { span: line.path.span, replacement: path });
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The places where the last word of a module's path stands for it in another module; none if it can't
/// be told which these are, or if the new word means something there already.
fn qualifiers(
    snapshot: &Snapshot,
    user: FileId,
    read: &Read,
    file: FileId,
    was: &str,
    is: &str,
) -> Option<Vec<Span>> {
    let hir = &read.hir;
    let declares = |word: &str| {
        hir.locals.iter().any(|(_, local)| &*local.name.text == word)
            || hir.items.iter().any(|item| &*item.name.text == word)
    };
    if !hir.broken.is_empty() || declares(was) {
        return None;
    }
    let root = read.parse.syntax();
    let mut places = Vec::new();
    let (mut before, mut name): (Option<SyntaxKind>, Option<Span>) = (None, None);
    for token in root.descendants_with_tokens().filter_map(|it| it.into_token()) {
        let kind = token.kind();
        if matches!(kind, SyntaxKind::Whitespace | SyntaxKind::Comment) {
            continue;
        }
        if token.text() == is {
            return None;
        }
        // `databases.` that nothing stands before with a dot.
        if kind == SyntaxKind::Dot {
            places.extend(name);
        }
        let after_dot = matches!(before, Some(SyntaxKind::Dot | SyntaxKind::QuestionDot));
        let range = token.text_range();
        let span = Span::new(user, range.start().into(), range.end().into());
        name = (token.text() == was && !after_dot).then_some(span);
        before = Some(kind);
    }
    // `given databases down` and the like.
    let checked = snapshot.checked(user);
    let said = occurrences::occurrences(&checked, user).into_iter();
    places.extend(said.filter(|it| it.meaning == Meaning::Module(file)).map(|it| it.span));
    let in_use =
        |span: &Span| hir.uses.iter().any(|line| line.span.start <= span.start && span.end <= line.span.end);
    places.retain(|span| !in_use(span));
    places.sort();
    places.dedup();
    Some(places)
}
