//! Tries an action out before it is offered: what would break something isn't.

use std::collections::BTreeMap;

use quell_compiler::{check::Checked, diagnostic::Level, source::FileId};

use super::Place;
use crate::ide::{Edit, Snapshot};

/// The errors of some files, by what they say, each with how often it is said.
type Errors = BTreeMap<(&'static str, String), usize>;

fn errors(checked: &Checked, files: &[FileId]) -> Errors {
    let mut all = Errors::new();
    let errors = checked.diagnostics.iter().filter(|it| it.level == Level::Error);
    for error in errors.filter(|it| files.contains(&it.span().file)) {
        *all.entry((error.code, error.message.clone())).or_default() += 1;
    }
    all
}

/// A text after edits that don't overlap.
pub fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.span);
    let (mut after, mut at) = (String::new(), 0);
    for edit in edits {
        after.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        after.push_str(&edit.replacement);
        at = at.max(edit.span.end as usize);
    }
    after.push_str(text.get(at..).unwrap_or_default());
    after
}

/// The files as edits would leave them.
pub fn imagined(snapshot: &Snapshot, edits: &[Edit]) -> Snapshot {
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    let mut workspace = snapshot.workspace.clone();
    for (file, edits) in by_file {
        let text = edited(&snapshot.source(file).text, &edits);
        workspace = workspace.with_text(file, text);
    }
    snapshot.imagine(workspace)
}

/// Whether no file has an error after the edits that it didn't have before.
pub fn keeps_sound(place: &Place<'_>, edits: &[Edit]) -> bool {
    let mut files: Vec<FileId> = edits.iter().map(|edit| edit.span.file).collect();
    files.push(place.span.file);
    files.sort();
    files.dedup();
    if files.iter().any(|file| place.snapshot.workspace.is_std(*file)) {
        return false;
    }
    let after = imagined(place.snapshot, edits);
    files.iter().all(|file| {
        let before = match *file == place.span.file {
            true => errors(&place.checked, &[*file]),
            false => errors(&place.snapshot.passing(*file), &[*file]),
        };
        let after = errors(&after.passing_all(&[*file]), &[*file]);
        after.iter().all(|(error, count)| before.get(error).is_some_and(|known| known >= count))
    })
}
