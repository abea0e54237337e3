//! The parameters of the call around the cursor.

use quell_compiler::hir::ItemKind;

use super::{
    Cursor, Snapshot,
    completion::{Scope, scan},
};

/// What is called at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// As it would be declared: `post(channel: Channel, text: Text) -> Message`.
    pub label: String,
    /// Its docs.
    pub docs: String,
    /// The parameters: ranges of bytes of the label.
    pub parameters: Vec<(u32, u32)>,
    /// The one that the cursor is at.
    pub active: Option<u32>,
}

/// The call around the cursor, if it is known what is called.
pub fn signature(snapshot: &Snapshot, cursor: Cursor) -> Option<Signature> {
    let text = snapshot.source(cursor.file).text.clone();
    let scan = scan(text.get(..cursor.offset as usize)?);
    let open = scan.open.iter().rev().find(|open| open.bracket == '(')?;
    let checked = snapshot.checked(cursor.file);
    let scope = Scope::new(snapshot, &checked, cursor);
    let id = scope.called_item(&open.head)?;
    let item = checked.item(id)?;
    let callable = checked.signature(id)?.kind.callable()?;
    let mut label = format!("{}(", item.name.text);
    let mut parameters = Vec::new();
    for (number, parameter) in callable.parameters.iter().enumerate() {
        if number > 0 {
            label.push_str(", ");
        }
        let start = label.len() as u32;
        let optional = if parameter.default.is_some() { " = ..." } else { "" };
        label.push_str(&format!("{}: {}{optional}", parameter.name, checked.interfaces.show(&parameter.ty)));
        parameters.push((start, label.len() as u32));
    }
    label.push_str(&format!(") -> {}", checked.interfaces.show(&callable.result)));
    if let Some(effect) = scope.effect(id).filter(|_| !matches!(item.kind, ItemKind::Function(_))) {
        label.push_str(&format!(" {}", effect.word()));
    }
    let active = active(&open.inside, |name| callable.parameters.iter().position(|it| &*it.name == name));
    Some(Signature { label, docs: item.docs.clone(), parameters, active })
}

/// The number of the parameter behind the last comma, or the one that is named there.
fn active(inside: &str, named: impl Fn(&str) -> Option<usize>) -> Option<u32> {
    let (mut depth, mut text, mut number, mut start) = (0, false, 0, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '"' => text = !text,
            '(' | '[' | '{' if !text => depth += 1,
            ')' | ']' | '}' if !text => depth -= 1,
            ',' if depth == 0 && !text => {
                number += 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    let current = inside[start..].trim_start();
    match current.split_once(':') {
        Some((name, _)) if !name.contains(['(', '"', ' ']) => named(name).map(|number| number as u32),
        _ => Some(number),
    }
}
