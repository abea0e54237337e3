//! The check of a module while somebody types in it.
//!
//! Nothing in a module depends on the body of a playbook but the scenarios that try it, and nothing at
//! all on a scenario's. So, as long as the rest of the module is as it was when all of it was checked,
//! a playbook or scenario without findings, whose text is as it was, still has none: it is left out, and
//! what an edit costs is the cost of the playbook in which it is made.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    mem,
    sync::Arc,
};

use super::{
    Checked, Memo,
    memo::key,
    modules::Loader,
    read::{self, Read},
    run::{Plan, check_again, run},
};
use crate::{
    diagnostic::Diagnostic,
    hir::{self, ItemKind, Module},
    source::{FileId, Span},
    syntax::{
        self, Parse,
        ast::{self, Item},
    },
    world::World,
};

/// What is known of a module that is being edited.
#[derive(Debug, Clone)]
pub struct Edited {
    /// What is known of the module and of all that it uses. What was left out of the module has its name
    /// and no body.
    pub checked: Arc<Checked>,
    /// The playbooks and scenarios that were left out, in their order.
    pub left_out: Vec<Span>,
}

impl Edited {
    /// Nothing is left out.
    pub fn whole(checked: Arc<Checked>) -> Self {
        Self { checked, left_out: Vec::new() }
    }

    /// Whether the item around a place, or else the last one before it, was checked.
    pub fn covers(&self, file: FileId, offset: u32) -> bool {
        let items = self.checked.module(file).map(|module| &module.hir.items);
        let item = items.and_then(|items| items.iter().rfind(|item| item.span.start <= offset));
        item.is_none_or(|item| !self.left_out.contains(&item.span))
    }
}

/// What the edits of a module are held against: what all of it once was.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// What was parsed last.
    pub latest: (Arc<str>, Parse),
    parse: Parse,
    /// What the rest of the module is recognised by.
    frame: u64,
    /// What all else is recognised by.
    key: u64,
    items: Vec<BaseItem>,
}

/// If more items than these aren't what they were, the module is checked as a whole once more.
const MANY: usize = 3;

/// A playbook or scenario, or something that is never left out.
#[derive(Debug, Clone, Copy)]
struct BaseItem {
    /// The number of the playbook in this module that it tries.
    tries: Option<usize>,
    /// Whether it had no findings.
    clean: bool,
}

/// Checks a module and all that it uses, as [`check_again`] does, but leaves out what an edit since the
/// last time can't have touched. The findings are the same.
pub fn check_edited(world: &dyn World, file: FileId, memo: &mut Memo) -> Edited {
    if let Some(edited) = again(world, file, memo) {
        return edited;
    }
    // What was parsed to see whether it can be done with less is good for more.
    memo.current(file, &world.source(file).text);
    let checked = check_again(world, &[file], memo);
    let base = base(world, file, &checked, memo);
    memo.bases.extend(base.map(|base| (file, base)));
    Edited::whole(Arc::new(checked))
}

fn base(world: &dyn World, file: FileId, checked: &Checked, memo: &mut Memo) -> Option<Base> {
    let loader = Loader::new(world, mem::take(&mut memo.texts), None);
    let read = loader.read(file);
    let frame = frame(&read.text, &read.hir);
    let plan = Plan::new(&loader, &[file]);
    let key = key(&loader, &plan, file, frame);
    memo.texts = loader.into_texts();
    let module = checked.module(file)?;
    let items = module.hir.items.iter().enumerate().map(|(index, item)| {
        let within =
            |finding: &&Diagnostic| finding.span().file == file && overlaps(item.span, finding.span());
        let tries = module.names.scenarios.get(&(index as u32)).filter(|playbook| playbook.file == file);
        BaseItem {
            tries: tries.map(|playbook| playbook.index as usize),
            clean: !checked.diagnostics.iter().any(|finding| within(&finding)),
        }
    });
    let items = items.collect();
    Some(Base {
        latest: (read.text.clone(), read.parse.clone()),
        parse: read.parse.clone(),
        frame,
        key,
        items,
    })
}

fn overlaps(item: Span, finding: Span) -> bool {
    finding.start <= item.end && item.start <= finding.end
}

fn again(world: &dyn World, file: FileId, memo: &mut Memo) -> Option<Edited> {
    let base = memo.bases.get_mut(&file)?;
    let text = &world.source(file).text;
    if base.latest.0 != *text {
        base.latest = (text.clone(), syntax::parse_again(text, &base.latest.1));
    }
    let parse = base.latest.1.clone();
    let wanted = wanted(base, &parse)?;
    let lowered = hir::lower_some(file, &parse, |index| wanted.contains(&index));
    let (frame, key_before) = (frame(text, &lowered.0), base.key);
    if frame != base.frame {
        return None;
    }
    let left_out: Vec<Span> = lowered
        .0
        .items
        .iter()
        .enumerate()
        .filter(|(index, item)| !wanted.contains(index) && has_own_body(&item.kind))
        .map(|(_, item)| item.span)
        .collect();
    let read = Arc::new(Read::new(text, parse, lowered, read::hash((text, &left_out))));
    let loader = Loader::new(world, mem::take(&mut memo.texts), Some((file, read)));
    let plan = Plan::new(&loader, &[file]);
    let same = key(&loader, &plan, file, frame) == key_before;
    let checked = same.then(|| run(&loader, plan, memo));
    memo.texts = loader.into_texts();
    let mut checked = checked?;
    checked.diagnostics.retain(|finding| {
        let span = finding.span();
        span.file != file || !left_out.iter().any(|item| overlaps(*item, span))
    });
    Some(Edited { checked: Arc::new(checked), left_out })
}

/// The items to check: those that were edited or had findings, and what depends on them. None if items
/// came or went, or if too many are others by now.
fn wanted(base: &Base, parse: &Parse) -> Option<BTreeSet<usize>> {
    let kept = parse.kept_items(&base.parse).filter(|kept| kept.len() == base.items.len())?;
    let changed: Vec<usize> = (0..kept.len()).filter(|index| !kept[*index]).collect();
    if changed.len() > MANY {
        return None;
    }
    let mut wanted: BTreeSet<usize> = changed.iter().copied().collect();
    for (index, item) in base.items.iter().enumerate() {
        if !item.clean || item.tries.is_some_and(|playbook| !kept[playbook]) {
            wanted.insert(index);
        }
    }
    // A scenario speaks of its playbook's names.
    let items: Vec<Item> = parse.file().items().filter(|item| !matches!(item, Item::Use(_))).collect();
    let tried: Vec<String> = wanted.iter().filter_map(|index| tried(items.get(*index)?)).collect();
    if !tried.is_empty() {
        for (index, item) in items.iter().enumerate() {
            if item.name().is_some_and(|name| tried.iter().any(|tried| tried == name.text())) {
                wanted.insert(index);
            }
        }
    }
    Some(wanted)
}

/// The name of the playbook that a scenario tries.
fn tried(item: &Item) -> Option<String> {
    let Item::Scenario(scenario) = item else { return None };
    let path: Option<ast::Path> = scenario.playbook();
    path?.segments().last().map(|name| name.text().to_owned())
}

fn has_own_body(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Playbook(_) | ItemKind::Scenario(_))
}

/// What a module is recognised by without the bodies of its playbooks and scenarios, and without places.
fn frame(text: &str, module: &Module) -> u64 {
    let mut hasher = DefaultHasher::new();
    let of = |span: Span| text.get(span.start as usize..span.end as usize);
    module.uses.iter().for_each(|line| of(line.span).hash(&mut hasher));
    for item in &module.items {
        mem::discriminant(&item.kind).hash(&mut hasher);
        match &item.kind {
            ItemKind::Playbook(_) => (&item.name.text, item.private.is_some()).hash(&mut hasher),
            ItemKind::Scenario(scenario) => {
                let playbook = scenario.playbook.iter().map(|part| &part.text);
                (&item.name.text, playbook.collect::<Vec<_>>()).hash(&mut hasher);
            }
            _ => of(item.span).hash(&mut hasher),
        }
    }
    // Names that broken text seems to declare are no mistakes anywhere.
    let mut lost: Vec<_> = module.lost.iter().map(|name| &name.text).collect();
    lost.sort();
    lost.hash(&mut hasher);
    hasher.finish()
}
