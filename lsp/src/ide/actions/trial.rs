//! Tries an action out before it is offered: what would damage a text or break something isn't. The
//! comparison is the one that `--fix` makes.

use std::collections::BTreeMap;

use quell_compiler::{
    check::Checked,
    diagnostic::{Diagnostic, Level, Safety, edited},
    findings::files::not_utf8,
    repair::{Surfacing, check_edits, worse},
    source::FileId,
};

use super::Place;
use crate::ide::{Edit, Snapshot};

fn by_file(edits: &[Edit]) -> BTreeMap<FileId, Vec<&Edit>> {
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    by_file
}

/// The texts of files after edits, each compared with the text before; none where one would be damaged.
fn texts(snapshot: &Snapshot, edits: &[Edit], safety: Safety) -> Option<BTreeMap<FileId, String>> {
    let after = by_file(edits).into_iter().map(|(file, edits)| {
        let is_read = snapshot.workspace.file_findings(file).iter().all(|it| it.code != not_utf8::CODE);
        let whole = is_read && !snapshot.workspace.is_std(file);
        let text = check_edits(&snapshot.source(file).text, &edits, safety).ok().filter(|_| whole)?;
        Some((file, text))
    });
    after.collect()
}

/// Whether edits can be made and leave the rest of their texts as it is.
pub fn keeps_texts(place: &Place<'_>, edits: &[Edit], safety: Safety) -> bool {
    texts(place.snapshot, edits, safety).is_some()
}

/// The files as edits would leave them; none where these can't be made.
pub fn imagined(snapshot: &Snapshot, edits: &[Edit]) -> Option<Snapshot> {
    let after = by_file(edits)
        .into_iter()
        .map(|(file, edits)| Some((file, edited(&snapshot.source(file).text, edits).ok()?)));
    Some(with_texts(snapshot, after.collect::<Option<_>>()?))
}

fn with_texts(snapshot: &Snapshot, texts: BTreeMap<FileId, String>) -> Snapshot {
    let workspace = texts
        .into_iter()
        .fold(snapshot.workspace.clone(), |workspace, (file, text)| workspace.with_text(file, text));
    snapshot.imagine(workspace)
}

fn errors(checked: &Checked, file: FileId) -> impl Iterator<Item = Diagnostic> + '_ {
    let errors = checked.diagnostics.iter().filter(move |it| it.level == Level::Error);
    errors.filter(move |it| it.span().file == file).cloned()
}

/// Whether edits leave the rest of their texts as it is, and bring no error that wasn't there before, but
/// for those that may come to light.
pub fn keeps_sound(place: &Place<'_>, edits: &[Edit], safety: Safety, surfacing: Surfacing) -> bool {
    let Some(texts) = texts(place.snapshot, edits, safety) else { return false };
    let mut files: Vec<FileId> = texts.keys().copied().collect();
    files.push(place.span.file);
    files.sort();
    files.dedup();
    let imagined = with_texts(place.snapshot, texts);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for file in files {
        match file == place.span.file {
            true => before.extend(errors(&place.checked, file)),
            false => before.extend(errors(&place.snapshot.passing(file), file)),
        }
        after.extend(errors(&imagined.passing_all(&[file]), file));
    }
    worse(&before, &after, surfacing).is_none()
}
