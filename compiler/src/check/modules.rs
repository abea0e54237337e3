//! The modules of a world, read when they are needed and once each.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    memo::Texts,
    read::{self, Read},
};
use crate::{
    hir::Module,
    names::{self, Bodies, Exports, ModuleDef, Modules, Names, Prelude},
    source::FileId,
    types::{Foreign, Types, WellKnown},
    world::World,
};

/// The module whose names every other sees.
pub const PRELUDE: &str = "std.prelude";

/// The modules of a world.
pub(super) struct Loader<'w> {
    world: &'w dyn World,
    /// What was read in this check and is known to be current.
    read: RefCell<BTreeMap<FileId, Arc<Read>>>,
    uses: RefCell<BTreeMap<FileId, Arc<[FileId]>>>,
    /// What was read before.
    before: Texts,
    /// What stands in for what is read of a module, in this check only.
    instead: Option<(FileId, Arc<Read>)>,
    prelude: Arc<Prelude>,
    /// The modules that the prelude is made of: they don't see it.
    below_prelude: BTreeSet<FileId>,
    prelude_file: Option<FileId>,
}

impl<'w> Loader<'w> {
    pub fn new(world: &'w dyn World, before: Texts, instead: Option<(FileId, Arc<Read>)>) -> Self {
        let mut loader = Self {
            world,
            instead,
            read: RefCell::default(),
            uses: RefCell::default(),
            before,
            prelude: Arc::default(),
            below_prelude: BTreeSet::new(),
            prelude_file: None,
        };
        let from = world.files().first().copied();
        loader.prelude_file = from.and_then(|from| world.resolve(from, PRELUDE));
        if let Some(file) = loader.prelude_file {
            loader.below_prelude = loader.reach([file]).into_iter().collect();
            // What they use is known now, and was found without the prelude.
            loader.uses = RefCell::default();
            let Read { hir, exports, .. } = &*loader.read(file);
            let view = View { loader: &loader, file, cycle: Vec::new() };
            loader.prelude = Arc::new(names::prelude(hir, exports, &view));
        }
        loader
    }

    /// A module's own text, read.
    pub fn read(&self, file: FileId) -> Arc<Read> {
        if let Some((_, read)) = self.instead.as_ref().filter(|(of, _)| *of == file) {
            return read.clone();
        }
        if let Some(read) = self.read.borrow().get(&file) {
            return read.clone();
        }
        let text = &self.world.source(file).text;
        let read = match self.before.read.get(&file) {
            Some(before) if Arc::ptr_eq(&before.text, text) || before.text == *text => before.clone(),
            before => Arc::new(read::read(file, text, before.map(|before| &**before))),
        };
        self.read.borrow_mut().insert(file, read.clone());
        read
    }

    /// Whether something else stands in for what a module's text says.
    pub fn stands_in(&self, file: FileId) -> bool {
        self.instead.as_ref().is_some_and(|(of, _)| *of == file)
    }

    /// What was read, with what was known before.
    pub fn into_texts(self) -> Texts {
        let mut all = self.before;
        all.read.extend(self.read.into_inner());
        all
    }

    /// The names that a module offers, if they are known without reading it.
    fn offered(&self, file: FileId) -> Option<&Arc<Exports>> {
        if self.stands_in(file) || self.read.borrow().contains_key(&file) {
            return None;
        }
        let (text, exports) = self.before.offered.get(&file)?;
        let now = &self.world.source(file).text;
        (Arc::ptr_eq(text, now) || text == now).then_some(exports)
    }

    /// The modules that a module uses, in the order of its lines, the prelude's last.
    pub fn uses(&self, file: FileId) -> Arc<[FileId]> {
        if let Some(uses) = self.uses.borrow().get(&file) {
            return uses.clone();
        }
        let read = self.read(file);
        let written = read.hir.uses.iter().filter_map(|line| self.world.resolve(file, &line.path.text));
        let mut uses: Vec<FileId> = Vec::new();
        let mut seen = BTreeSet::from([file]);
        let prelude = self.prelude_file.filter(|_| !self.below_prelude.contains(&file));
        for used in written.chain(prelude) {
            if seen.insert(used) {
                uses.push(used);
            }
        }
        let uses: Arc<[FileId]> = uses.into();
        self.uses.borrow_mut().insert(file, uses.clone());
        uses
    }

    /// These modules and all that they use.
    pub fn reach(&self, roots: impl IntoIterator<Item = FileId>) -> BTreeSet<FileId> {
        let mut found = BTreeSet::new();
        let mut work: Vec<FileId> = roots.into_iter().collect();
        while let Some(file) = work.pop() {
            if found.insert(file) {
                work.extend(self.uses(file).iter());
            }
        }
        found
    }

    /// What other rooms see of a module's surroundings.
    pub fn view(&self, file: FileId, cycle: Vec<FileId>) -> View<'_, 'w> {
        View { loader: self, file, cycle }
    }

    /// The types that the language itself speaks of.
    pub fn well_known(&self) -> WellKnown {
        let find = |name: &str| match self.prelude.names.get(name) {
            Some(ModuleDef::Item(item)) => Some(*item),
            _ => None,
        };
        WellKnown { person: find("Person"), team: find("Team"), severity: find("Severity") }
    }
}

/// The modules as one of them sees them.
pub(super) struct View<'l, 'w> {
    loader: &'l Loader<'w>,
    file: FileId,
    cycle: Vec<FileId>,
}

impl Modules for View<'_, '_> {
    fn resolve(&self, path: &str) -> Option<FileId> {
        self.loader.world.resolve(self.file, path)
    }

    fn exports(&self, file: FileId) -> Option<Arc<Exports>> {
        let offered = self.loader.offered(file).cloned();
        Some(offered.unwrap_or_else(|| self.loader.read(file).exports.clone()))
    }

    fn may_offer(&self, file: FileId, name: &str) -> bool {
        let read = self.loader.read.borrow().contains_key(&file) || self.loader.offered(file).is_some();
        read || self.loader.world.source(file).text.contains(name)
    }

    fn path(&self, file: FileId) -> String {
        self.loader.world.module_path(file).to_owned()
    }

    fn prelude(&self) -> Arc<Prelude> {
        if self.loader.below_prelude.contains(&self.file) {
            return Arc::default();
        }
        self.loader.prelude.clone()
    }

    fn importable(&self) -> Vec<(String, FileId)> {
        self.loader.world.importable(self.file)
    }

    fn cycle(&self) -> Vec<FileId> {
        self.cycle.clone()
    }
}

/// What is known of modules while a check goes on.
#[derive(Default)]
pub(super) struct Known {
    pub hir: BTreeMap<FileId, Arc<Module>>,
    pub names: BTreeMap<FileId, Arc<Names>>,
    pub types: BTreeMap<FileId, Arc<Types>>,
}

impl Bodies for Known {
    fn hir(&self, file: FileId) -> Option<Arc<Module>> {
        self.hir.get(&file).cloned()
    }

    fn names(&self, file: FileId) -> Option<Arc<Names>> {
        self.names.get(&file).cloned()
    }
}

impl Foreign for Known {
    fn hir(&self, file: FileId) -> Option<Arc<Module>> {
        self.hir.get(&file).cloned()
    }

    fn types(&self, file: FileId) -> Option<Arc<Types>> {
        self.types.get(&file).cloned()
    }
}

/// Modules in the order in which they use each other, and their circles.
pub(super) struct Order {
    /// Each behind those that it uses, but for circles.
    pub files: Vec<FileId>,
    /// Modules that use each other in a circle, and single ones: each behind those that it uses.
    pub components: Vec<Vec<FileId>>,
    /// The circles: each as the shortest way round from its first module.
    pub cycles: Vec<Vec<FileId>>,
}

/// Orders modules by their uses. With a stack of its own: a chain of uses may be long.
pub(super) fn order(files: &BTreeSet<FileId>, uses: impl Fn(FileId) -> Arc<[FileId]>) -> Order {
    let edges: BTreeMap<FileId, Vec<FileId>> = files
        .iter()
        .map(|file| (*file, uses(*file).iter().copied().filter(|used| files.contains(used)).collect()))
        .collect();
    let mut index: BTreeMap<FileId, (usize, usize)> = BTreeMap::new();
    let mut on_stack: BTreeSet<FileId> = BTreeSet::new();
    let (mut stack, mut order, mut cycles) = (Vec::new(), Vec::new(), Vec::new());
    let mut components = Vec::new();
    for root in files {
        if index.contains_key(root) {
            continue;
        }
        let mut work = vec![(*root, 0)];
        while let Some((file, edge)) = work.pop() {
            if edge == 0 {
                let next = index.len();
                index.insert(file, (next, next));
                stack.push(file);
                on_stack.insert(file);
            }
            if let Some(used) = edges[&file].get(edge) {
                work.push((file, edge + 1));
                match index.get(used) {
                    None => work.push((*used, 0)),
                    Some((number, _)) if on_stack.contains(used) => {
                        let number = *number;
                        lower(&mut index, file, number);
                    }
                    Some(_) => {}
                }
                continue;
            }
            let (number, low) = index[&file];
            if number == low {
                let start = stack.iter().rposition(|member| *member == file).unwrap_or(0);
                let component: Vec<FileId> = stack.drain(start..).collect();
                component.iter().for_each(|member| {
                    on_stack.remove(member);
                });
                if component.len() > 1 {
                    cycles.push(circle(&component.iter().copied().collect(), &edges));
                }
                components.push(component);
            }
            order.push(file);
            if let Some((parent, _)) = work.last() {
                lower(&mut index, *parent, low);
            }
        }
    }
    Order { files: order, components, cycles }
}

fn lower(index: &mut BTreeMap<FileId, (usize, usize)>, file: FileId, to: usize) {
    if let Some((_, low)) = index.get_mut(&file) {
        *low = (*low).min(to);
    }
}

/// The shortest way round from the first module of a component.
fn circle(component: &BTreeSet<FileId>, edges: &BTreeMap<FileId, Vec<FileId>>) -> Vec<FileId> {
    let Some(first) = component.first().copied() else { return Vec::new() };
    let mut from: BTreeMap<FileId, FileId> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(file) = queue.pop_front() {
        for used in &edges[&file] {
            if *used == first {
                let mut path = vec![file];
                let mut at = file;
                while at != first {
                    at = from[&at];
                    path.push(at);
                }
                path.reverse();
                return path;
            }
            if component.contains(used) && !from.contains_key(used) {
                from.insert(*used, file);
                queue.push_back(*used);
            }
        }
    }
    vec![first]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(edges: &[&[u32]]) -> Order {
        let files = (0..edges.len() as u32).map(FileId).collect();
        order(&files, |file| edges[file.0 as usize].iter().copied().map(FileId).collect())
    }

    fn numbers(files: &[FileId]) -> Vec<u32> {
        files.iter().map(|file| file.0).collect()
    }

    #[test]
    fn what_is_used_comes_first() {
        let order = of(&[&[1, 2], &[2], &[]]);
        assert_eq!(numbers(&order.files), [2, 1, 0]);
        assert!(order.cycles.is_empty());
    }

    #[test]
    fn circles_are_found_with_their_way() {
        let order = of(&[&[1], &[2, 3], &[0], &[3], &[]]);
        assert_eq!(order.cycles.iter().map(|cycle| numbers(cycle)).collect::<Vec<_>>(), [[0, 1, 2]]);
        assert_eq!(order.files.len(), 5);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let count = 100_000;
        let files = (0..count).map(FileId).collect();
        let order = order(&files, |file| [FileId((file.0 + 1) % count)].into());
        assert_eq!(order.files.len(), count as usize);
        assert_eq!(order.cycles.len(), 1);
    }
}
