//! Applies repairs to texts.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Safety},
    source::FileId,
    world::World,
};

/// What repairs make of the files.
#[derive(Debug, Clone, Default)]
pub struct Fixed {
    /// The new texts of the files that change.
    pub texts: BTreeMap<FileId, String>,
    /// How many repairs were made. Those that overlap another wait for the next round.
    pub count: usize,
}

/// Makes the first repair of each finding that is at most as unsafe as `limit`, in the order of the
/// findings; one that would touch what another changed, or a file that isn't `writable`, is left out.
pub fn apply(
    world: &dyn World,
    findings: &[Diagnostic],
    limit: Safety,
    writable: &dyn Fn(FileId) -> bool,
) -> Fixed {
    let mut edits: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) =
            finding.fixes.iter().find(|fix| fix.safety <= limit && fix.safety != Safety::Suggestion)
        else {
            continue;
        };
        if !fix.edits.iter().all(|edit| writable(edit.span.file)) || clashes(fix, &edits) {
            continue;
        }
        for edit in &fix.edits {
            edits.entry(edit.span.file).or_default().push(edit);
        }
        count += 1;
    }
    let texts = edits.into_iter().map(|(file, mut edits)| {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        (file, rewrite(&world.source(file).text, &edits))
    });
    Fixed { texts: texts.collect(), count }
}

fn clashes(fix: &Fix, made: &BTreeMap<FileId, Vec<&Edit>>) -> bool {
    let touches =
        |edit: &Edit, other: &Edit| edit.span.start <= other.span.end && other.span.start <= edit.span.end;
    fix.edits.iter().any(|edit| {
        made.get(&edit.span.file).is_some_and(|others| others.iter().any(|other| touches(edit, other)))
    })
}

fn rewrite(text: &str, edits: &[&Edit]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        after.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        after.push_str(&edit.replacement);
        at = at.max(edit.span.end as usize);
    }
    after.push_str(text.get(at..).unwrap_or_default());
    after
}
