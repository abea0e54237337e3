//! From a name to where it gets its meaning, to its type, and to all places that use it.

use quell_compiler::{
    check::Checked,
    hir::ItemKind,
    source::{FileId, Span},
    types::Type,
    world::World,
};

use super::{
    Cursor, Snapshot, Target,
    occurrences::{self, Meaning, Occurrence, Role},
};

/// Where the name at the cursor gets its meaning, with the name's own place.
pub fn definition(snapshot: &Snapshot, cursor: Cursor) -> Option<(Span, Target)> {
    let checked = snapshot.checked(cursor.file);
    let name = occurrences::at(&checked, cursor)?;
    Some((name.span, target(&checked, name.meaning)?))
}

/// Where the type of the name at the cursor is declared, with the name's own place.
pub fn type_definition(snapshot: &Snapshot, cursor: Cursor) -> Option<(Span, Target)> {
    let checked = snapshot.checked(cursor.file);
    let name = occurrences::at(&checked, cursor)?;
    let item = item_of(&type_of(&checked, name.meaning)?)?;
    Some((name.span, target(&checked, Meaning::Item(item))?))
}

/// The type of what a name means.
pub fn type_of(checked: &Checked, meaning: Meaning) -> Option<Type> {
    match meaning {
        Meaning::Local(file, local) => Some(checked.module(file)?.types.of_local(local).clone()),
        Meaning::Parameter(item, number) => {
            let callable = checked.signature(item)?.kind.callable()?;
            Some(callable.parameters.get(number as usize)?.ty.clone())
        }
        Meaning::Variant(variant) => Some(Type::Enum(variant.item)),
        Meaning::Severity => checked.interfaces.well_known.severity.map(Type::Enum),
        Meaning::Item(item) => {
            use quell_compiler::types::SignatureKind;
            match &checked.signature(item)?.kind {
                SignatureKind::Let(ty) | SignatureKind::Alias(ty) => Some(ty.clone()),
                kind => Some(kind.callable()?.result.clone()),
            }
        }
        _ => None,
    }
}

fn item_of(ty: &Type) -> Option<quell_compiler::names::ItemId> {
    match ty {
        Type::Record(item) | Type::Enum(item) => Some(*item),
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => item_of(inner),
        _ => None,
    }
}

/// Where what a name means is declared.
pub fn target(checked: &Checked, meaning: Meaning) -> Option<Target> {
    let same = |span| Target { full: span, focus: span };
    match meaning {
        Meaning::Item(item) => {
            let item = checked.item(item)?;
            Some(Target { full: item.span, focus: item.name.span })
        }
        Meaning::Variant(variant) => match &checked.item(variant.item)?.kind {
            ItemKind::Enum(item) => Some(same(item.variants.get(variant.index as usize)?.name.span)),
            _ => None,
        },
        Meaning::Module(file) => Some(same(Span::new(file, 0, 0))),
        Meaning::Local(file, local) => Some(same(checked.module(file)?.hir.locals[local].name.span)),
        Meaning::Parameter(item, number) => {
            let callable = checked.signature(item)?.kind.callable()?;
            Some(same(callable.parameters.get(number as usize)?.span))
        }
        Meaning::Severity => {
            let item = checked.interfaces.well_known.severity?;
            target(checked, Meaning::Item(item))
        }
        _ => None,
    }
}

/// All places of the name at the cursor in its own file.
pub fn highlights(snapshot: &Snapshot, cursor: Cursor) -> Vec<Occurrence> {
    let checked = snapshot.checked(cursor.file);
    let Some(name) = occurrences::at(&checked, cursor) else { return Vec::new() };
    let mut all = occurrences::occurrences(&checked, cursor.file);
    all.retain(|it| it.meaning == name.meaning);
    all
}

/// All places of the name at the cursor, in all files.
pub fn references(snapshot: &Snapshot, cursor: Cursor) -> Vec<Occurrence> {
    let Some(name) = occurrences::at(&snapshot.checked(cursor.file), cursor) else { return Vec::new() };
    references_of(snapshot, cursor.file, name.meaning)
}

/// All places that say something, in all files; `near` is a file that does.
pub fn references_of(snapshot: &Snapshot, near: FileId, meaning: Meaning) -> Vec<Occurrence> {
    let inside = match meaning {
        // What a body binds is only known to others through scenarios.
        Meaning::Local(file, local) => {
            let checked = snapshot.checked(near);
            let kind = checked.module(file).map(|module| module.hir.locals[local].kind);
            use quell_compiler::hir::LocalKind;
            matches!(kind, Some(LocalKind::Lambda | LocalKind::Pattern | LocalKind::Each(_)))
        }
        _ => false,
    };
    if inside {
        let mut all = occurrences::occurrences(&snapshot.checked(near), near);
        all.retain(|it| it.meaning == meaning);
        return all;
    }
    let checked = snapshot.everything();
    let word = word_of(snapshot, &checked, meaning);
    let mut all = Vec::new();
    for file in checked.modules.keys().copied() {
        // Looking for the word first is far cheaper than the meaning of all names.
        let said = word.as_ref().is_none_or(|word| snapshot.source(file).text.contains(&**word));
        if said {
            let found = occurrences::occurrences(&checked, file).into_iter();
            all.extend(found.filter(|it| it.meaning == meaning));
        }
    }
    all
}

fn word_of(snapshot: &Snapshot, checked: &Checked, meaning: Meaning) -> Option<String> {
    if let Meaning::Module(file) = meaning {
        return snapshot.workspace.module_path(file).rsplit('.').next().map(str::to_owned);
    }
    let focus = target(checked, meaning)?.focus;
    let text = &snapshot.source(focus.file).text;
    text.get(focus.start as usize..focus.end as usize).map(str::to_owned)
}

/// Whether a place declares the name.
pub fn declares(occurrence: &Occurrence) -> bool {
    occurrence.role == Role::Declares
}
