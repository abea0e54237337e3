//! A new name for what the cursor is on, everywhere.

use quell_compiler::{hir::LocalKind, source::Span, syntax::SyntaxKind};

use super::{
    Cursor, Edit, Snapshot,
    navigation::{references_of, target},
    occurrences::{self, Meaning, Occurrence},
};

/// The name at the cursor, if it can have another one; the error says why not.
pub fn prepare(snapshot: &Snapshot, cursor: Cursor) -> Result<Span, String> {
    renamable(snapshot, cursor).map(|name| name.span)
}

fn renamable(snapshot: &Snapshot, cursor: Cursor) -> Result<Occurrence, String> {
    let checked = snapshot.checked(cursor.file);
    let Some(name) = occurrences::at(&checked, cursor) else {
        return Err("there is no name to rename here".to_owned());
    };
    if let Meaning::Module(_) = name.meaning {
        return Err("a module is named after its file: rename the file instead".to_owned());
    }
    let Some(target) = target(&checked, name.meaning).filter(|_| name.meaning != Meaning::Severity) else {
        return Err("this name is built into the language and can't be renamed".to_owned());
    };
    if snapshot.workspace.is_std(target.focus.file) {
        return Err("names of the standard library can't be renamed".to_owned());
    }
    Ok(name)
}

/// The edits that give what the cursor is on another name; the error says why that can't be.
pub fn rename(snapshot: &Snapshot, cursor: Cursor, to: &str) -> Result<Vec<Edit>, String> {
    let name = renamable(snapshot, cursor)?;
    if !is_name(to) {
        return Err(format!("`{to}` isn't a valid name: use letters, digits and `_`, and no keyword"));
    }
    if let Meaning::Local(file, local) = name.meaning {
        let checked = snapshot.checked(cursor.file);
        if let Some(module) = checked.module(file) {
            let it = &module.hir.locals[local];
            let taken = module.hir.locals.iter().any(|(other, known)| {
                other != local
                    && known.item == it.item
                    && &*known.name.text == to
                    && !matches!(known.kind, LocalKind::Lambda | LocalKind::Pattern | LocalKind::Each(_))
            });
            if taken {
                return Err(format!("`{to}` is already declared"));
            }
        }
    }
    let places = references_of(snapshot, cursor.file, name.meaning);
    Ok(places.into_iter().map(|place| edit(snapshot, place.span, to)).collect())
}

fn edit(snapshot: &Snapshot, span: Span, to: &str) -> Edit {
    let said = snapshot.source(span.file).part(span);
    // A path keeps all but its last part.
    let start = said.rfind('.').map_or(span.start, |at| span.start + at as u32 + 1);
    Edit { span: Span { start, ..span }, replacement: to.to_owned() }
}

/// Whether a word can be a name.
pub(super) fn is_name(word: &str) -> bool {
    let parse = quell_compiler::syntax::parse(&format!("let {word}: Int = 1\n"));
    let mut tokens = parse.syntax().descendants_with_tokens().filter_map(|it| it.into_token());
    parse.is_good() && tokens.any(|token| token.kind() == SyntaxKind::Name && token.text() == word)
}
