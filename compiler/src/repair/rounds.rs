//! Fixes made round after round until none is left.
//!
//! A round makes all fixes of the earliest stage that has some and that don't touch each other; all findings
//! are computed anew, and the round is undone if the result is worse than before or a finding is still
//! there: then the fixes that may be to blame are tried apart from the others, and those that are stay
//! undone. Each round leaves fewer errors, fewer findings with a fix, or a shorter text than the one before,
//! in this order, or the next finding of the same kind stands further behind, as in `a = b = c`; if not, its
//! findings get no fix again, and only [`IDLE`] rounds may be like that. So
//! there is an end, and at the end every fix that is left was tried on that very text and refused: repairing
//! the result changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Harm, Surfacing, applicable, check_edits, fits_in, worse};
use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Level, Safety, sort},
    findings::{self, repair::unsound_fix},
    format::format,
    source::{FileId, Span},
    syntax::parse,
};

/// So many rounds may leave no less to do than there was.
const IDLE: usize = 64;

/// So many rounds may do no more than to find the same further behind.
const ONWARD: usize = 4096;

/// The files whose findings are repaired.
pub trait Files {
    /// The text of a file.
    fn text(&self, file: FileId) -> Arc<str>;

    /// Whether the file may be changed.
    fn is_writable(&self, file: FileId) -> bool;

    /// Puts another text in the place of a file's.
    fn replace(&mut self, file: FileId, text: Arc<str>);

    /// All findings of the files as they are now, those about files as files too.
    fn findings(&mut self) -> Vec<Diagnostic>;
}

/// What came of it. The texts are in the files.
#[derive(Debug, Default)]
pub struct Repaired {
    /// How many fixes were made.
    pub count: usize,
    /// The texts of the files that changed, as they were.
    pub before: BTreeMap<FileId, Arc<str>>,
    /// All findings of the files as they are now. Those whose fix was refused say why.
    pub findings: Vec<Diagnostic>,
    /// The files in which a fix was at fault: they are as they were. These findings are among `findings`.
    pub faults: Vec<Diagnostic>,
}

/// What tells a finding from others, wherever it moves to.
type Key = (FileId, &'static str, String);

fn key(finding: &Diagnostic) -> Key {
    (finding.span().file, finding.code, finding.message.clone())
}

/// Makes the fixes that are at most as unsafe as `limit`, until none is left. A file that was laid out by
/// the formatter is laid out again.
pub fn repair(files: &mut dyn Files, limit: Safety) -> Repaired {
    let findings = files.findings();
    let mut run = Run {
        files,
        limit,
        findings,
        before: BTreeMap::new(),
        made: Vec::new(),
        refused: BTreeMap::new(),
        retired: BTreeSet::new(),
        faulty: BTreeMap::new(),
        idle: 0,
        onward: 0,
        seen: BTreeSet::new(),
    };
    loop {
        while run.round() {}
        if !run.lay_out() {
            break;
        }
    }
    run.finish()
}

struct Run<'f> {
    files: &'f mut dyn Files,
    limit: Safety,
    /// Of the files as they are now.
    findings: Vec<Diagnostic>,
    before: BTreeMap<FileId, Arc<str>>,
    /// By fix that was made, the files that it changed.
    made: Vec<BTreeSet<FileId>>,
    /// By finding whose fix was refused: where it is, why, and whether on these very texts.
    refused: BTreeMap<(Key, u32), (Harm, bool)>,
    /// Findings that get no fix again.
    retired: BTreeSet<Key>,
    /// By file in which a fix was at fault: the code of its finding, and what it would have done.
    faulty: BTreeMap<FileId, (&'static str, String)>,
    idle: usize,
    onward: usize,
    /// The texts that there were, after rounds that left no less to do.
    seen: BTreeSet<Vec<(FileId, Arc<str>)>>,
}

impl Run<'_> {
    /// The fix that a finding gets now.
    fn fix<'d>(&self, finding: &'d Diagnostic) -> Option<&'d Fix> {
        let writable = |file| self.files.is_writable(file) && !self.faulty.contains_key(&file);
        applicable(finding, self.limit, &writable).filter(|_| !self.retired.contains(&key(finding)))
    }

    /// Makes some fixes; whether there may be more to do.
    fn round(&mut self) -> bool {
        let place = |finding: &Diagnostic| (key(finding), finding.span().start);
        let mut open: Vec<Diagnostic> =
            self.findings.iter().filter(|finding| self.fix(finding).is_some()).cloned().collect();
        let untried = |found: &&Diagnostic| !self.refused.contains_key(&place(found));
        if open.iter().any(|finding| untried(&finding)) {
            open.retain(|finding| untried(&finding));
        } else {
            // What was refused may be right for the texts as they are now.
            open.retain(|finding| !self.refused[&place(finding)].1);
        }
        let Some(stage) = open.iter().map(stage).min() else { return false };
        let mut batch: Vec<Diagnostic> = Vec::new();
        let mut edits: Vec<Edit> = Vec::new();
        for finding in open.into_iter().filter(|finding| self::stage(finding) == stage) {
            let Some(fix) = self.fix(&finding) else { continue };
            if fits_in(fix, &edits.iter().collect::<Vec<_>>()) {
                edits.extend(fix.edits.iter().cloned());
                batch.push(finding);
            }
        }
        self.settle(batch);
        true
    }

    /// Makes the fixes of `batch` that can be made together; whether the texts are others now.
    fn settle(&mut self, batch: Vec<Diagnostic>) -> bool {
        if batch.is_empty() {
            return false;
        }
        let Err((harm, blamed)) = self.attempt(&batch) else { return true };
        if let [only] = batch.as_slice() {
            return self.refuse(only, harm);
        }
        let (blamed, rest): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|finding| blamed.contains(&(key(finding), finding.span().start)));
        if rest.is_empty() {
            // One of them is: the first half is tried, then the others.
            let mut first = blamed;
            let second = first.split_off(first.len() / 2);
            return self.settle(first) || self.settle(second);
        }
        if harm == Harm::Uncured {
            let changed = blamed.iter().any(|finding| self.refuse(finding, harm.clone()));
            return changed || self.settle(rest);
        }
        self.settle(rest) || self.settle(blamed)
    }

    /// Makes these fixes, unless that does harm: then it says which, and which of them may be to blame.
    fn attempt(&mut self, batch: &[Diagnostic]) -> Result<(), (Harm, Vec<(Key, u32)>)> {
        let fixes: Vec<(&Diagnostic, &Fix)> =
            batch.iter().filter_map(|finding| Some((finding, self.fix(finding)?))).collect();
        let mut edits: BTreeMap<FileId, (Vec<&Edit>, Safety)> = BTreeMap::new();
        for (_, fix) in &fixes {
            for edit in &fix.edits {
                let entry = edits.entry(edit.span.file).or_insert((Vec::new(), Safety::Safe));
                entry.0.push(edit);
                entry.1 = entry.1.max(fix.safety);
            }
        }
        let those_in = |file: FileId| -> Vec<(Key, u32)> {
            let touches = |fix: &Fix| fix.edits.iter().any(|edit| edit.span.file == file);
            let those = fixes.iter().filter(|(_, fix)| touches(fix));
            those.map(|(finding, _)| (key(finding), finding.span().start)).collect()
        };
        let mut texts: BTreeMap<FileId, Arc<str>> = BTreeMap::new();
        for (file, (edits, safety)) in &edits {
            let text = self.files.text(*file);
            match check_edits(&text, edits, *safety) {
                Ok(after) => drop(texts.insert(*file, after.into())),
                Err(harm) => return Err((harm, those_in(*file))),
            }
        }
        let moved = |file: FileId, at: u32| match edits.get(&file) {
            Some((edits, _)) => moved(at, edits),
            None => at,
        };
        let old: BTreeMap<FileId, Arc<str>> =
            texts.iter().map(|(file, text)| (*file, self.swap(*file, text.clone()))).collect();
        let after = self.files.findings();
        let there: BTreeSet<(Key, u32)> =
            after.iter().map(|finding| (key(finding), finding.span().start)).collect();
        let uncured: Vec<(Key, u32)> = fixes
            .iter()
            .map(|(finding, _)| (key(finding), finding.span().start))
            .filter(|(key, start)| there.contains(&(key.clone(), moved(key.0, *start))))
            .collect();
        let failed = if !uncured.is_empty() {
            Some((Harm::Uncured, uncured))
        } else {
            let of_syntax = findings::stage(batch[0].code) == findings::stage("unexpected-text");
            let surfacing = if of_syntax { Surfacing::AsMany(batch[0].code) } else { Surfacing::None };
            worse(&self.findings, &after, surfacing).map(|harm| {
                let place = after.iter().find(|error| {
                    matches!(&harm, Harm::Error { code, message } if error.code == *code && error.message == *message)
                });
                let near = place.map(|error| those_in(error.span().file)).unwrap_or_default();
                let all = || fixes.iter().map(|(finding, _)| (key(finding), finding.span().start)).collect();
                (harm, if near.is_empty() { all() } else { near })
            })
        };
        if let Some(failed) = failed {
            old.into_iter().for_each(|(file, text)| self.files.replace(file, text));
            return Err(failed);
        }
        let made: Vec<BTreeSet<FileId>> =
            fixes.iter().map(|(_, fix)| fix.edits.iter().map(|edit| edit.span.file).collect()).collect();
        let keys: Vec<Key> = fixes.iter().map(|(finding, _)| key(finding)).collect();
        self.accept(old, after, made, keys);
        Ok(())
    }

    fn swap(&mut self, file: FileId, text: Arc<str>) -> Arc<str> {
        let before = self.files.text(file);
        self.files.replace(file, text);
        before
    }

    fn accept(
        &mut self,
        old: BTreeMap<FileId, Arc<str>>,
        after: Vec<Diagnostic>,
        made: Vec<BTreeSet<FileId>>,
        keys: Vec<Key>,
    ) {
        let length = |text: &str| text.len() as i64;
        let grown: i64 = old.iter().map(|(file, text)| length(&self.files.text(*file)) - length(text)).sum();
        let left = |run: &Self, findings: &[Diagnostic]| {
            let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
            (errors, findings.iter().filter(|finding| run.fix(finding).is_some()).count())
        };
        let (was, is) = (left(self, &self.findings), left(self, &after));
        let behind = |run: &Self, findings: &[Diagnostic], old: &BTreeMap<FileId, Arc<str>>| -> u64 {
            let spans = findings.iter().filter(|finding| run.fix(finding).is_some()).map(Diagnostic::span);
            let length = |file| old.get(&file).map_or_else(|| run.files.text(file).len(), |text| text.len());
            spans.map(|span| (length(span.file) as u64).saturating_sub(u64::from(span.start))).sum()
        };
        let onward = is == was && behind(self, &after, &BTreeMap::new()) < behind(self, &self.findings, &old);
        for (file, text) in old {
            self.before.entry(file).or_insert(text);
        }
        self.findings = after;
        let touched: BTreeSet<FileId> = made.iter().flatten().copied().collect();
        self.made.extend(made);
        self.refused.values_mut().for_each(|(_, current)| *current = false);
        if is < was || is == was && grown < 0 {
            return;
        }
        if onward && self.onward < ONWARD {
            self.onward += 1;
            return;
        }
        let Some((_, code, _)) = keys.first().cloned() else { return };
        self.retired.extend(keys);
        self.idle += 1;
        let texts = self.before.keys().map(|file| (*file, self.files.text(*file))).collect();
        if self.idle > IDLE || !self.seen.insert(texts) {
            let never = (code, "it would be applied again and again".to_owned());
            self.take_back(touched, never);
        }
    }

    /// Leaves the fix of a finding undone; whether the texts are others now.
    fn refuse(&mut self, finding: &Diagnostic, harm: Harm) -> bool {
        let Some(fix) = self.fix(finding) else { return false };
        if fix.safety == Safety::Safe && harm.is_fault() {
            let files = fix.edits.iter().map(|edit| edit.span.file).collect();
            self.take_back(files, (finding.code, harm.to_string()));
            return true;
        }
        self.refused.insert((key(finding), finding.span().start), (harm, true));
        false
    }

    /// Puts files back as they were, and those that were fixed together with them. They get no fix again.
    fn take_back(&mut self, mut files: BTreeSet<FileId>, reason: (&'static str, String)) {
        loop {
            let mixed = |made: &&BTreeSet<FileId>| !made.is_disjoint(&files);
            let more: Vec<FileId> = self.made.iter().filter(mixed).flatten().copied().collect();
            let known = files.len();
            files.extend(more);
            if files.len() == known {
                break;
            }
        }
        for file in files {
            self.faulty.entry(file).or_insert_with(|| reason.clone());
        }
        for file in self.faulty.keys() {
            if let Some(text) = self.before.remove(file) {
                self.files.replace(*file, text);
            }
        }
        let faulty = &self.faulty;
        self.made.retain(|files| !files.iter().any(|file| faulty.contains_key(file)));
        self.findings = self.files.findings();
        self.refused.values_mut().for_each(|(_, current)| *current = false);
    }

    /// Lays out again the files that were laid out; whether any changed.
    fn lay_out(&mut self) -> bool {
        let mut old = BTreeMap::new();
        for (file, before) in self.before.clone() {
            let now = self.files.text(file);
            let laid_out = format(&parse(&before));
            if laid_out.text != *before || !laid_out.skipped.is_empty() || laid_out.bug.is_some() {
                continue;
            }
            let after = format(&parse(&now)).text;
            if *after != *now {
                old.insert(file, self.swap(file, after.into()));
            }
        }
        if old.is_empty() {
            return false;
        }
        let after = self.files.findings();
        if worse(&self.findings, &after, Surfacing::None).is_some() {
            old.into_iter().for_each(|(file, text)| self.files.replace(file, text));
            return false;
        }
        self.findings = after;
        self.refused.values_mut().for_each(|(_, current)| *current = false);
        true
    }

    fn finish(self) -> Repaired {
        let mut findings = self.findings;
        for finding in &mut findings {
            if let Some((harm, _)) = self.refused.get(&(key(finding), finding.span().start)) {
                finding.notes.push(format!("`--fix` left this unchanged: {harm}"));
            }
        }
        let fault = |(file, (code, harm)): (FileId, (&'static str, String))| {
            unsound_fix::at(Span::new(file, 0, 0), code, &harm)
        };
        let faults: Vec<Diagnostic> = self.faulty.into_iter().map(fault).collect();
        findings.extend(faults.iter().cloned());
        sort(&mut findings);
        let files = self.files;
        let mut before = self.before;
        before.retain(|file, text| *files.text(*file) != **text);
        let count = if before.is_empty() { 0 } else { self.made.len() };
        Repaired { count, before, findings, faults }
    }
}

/// Where a finding comes from: what an earlier stage says is repaired first, since it hides the rest.
fn stage(finding: &Diagnostic) -> usize {
    findings::stage(finding.code).unwrap_or(usize::MAX)
}

/// Where a place is after edits; within one, it is where that starts.
fn moved(at: u32, edits: &[&Edit]) -> u32 {
    let mut moved = i64::from(at);
    for edit in edits {
        if edit.span.end <= at && edit.span.start < at {
            moved += edit.replacement.len() as i64 - i64::from(edit.span.end - edit.span.start);
        } else if edit.span.start < at {
            moved -= i64::from(at - edit.span.start);
        }
    }
    moved.max(0) as u32
}
