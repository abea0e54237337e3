//! What the conditions and values of a playbook can be, for all of its runs at once.
//!
//! Expressions become formulas and values over atoms: what `let`s, functions, tasks, steps, causes and
//! severity stand for is followed, and what comes from outside is an atom, the same one wherever the same
//! is read. [`solve`] tells whether formulas can hold together.
//!
//! A playbook is seen in one of three worlds. For four eyes (T6) severity is the highest there is, and the
//! values of steps are atoms. For silence (T7) steps are followed too, twice: in one world whoever is asked
//! may stay silent, in the other everybody answers. Atoms are shared, so that what differs between the two
//! hangs on silence.

mod body;
mod expression;
mod formula;
mod frame;
mod method;
mod operator;
mod pattern;
mod people;
mod solve;
mod step;
mod told;
mod value;
mod waits;

pub(super) use formula::Formula;
pub(super) use people::Crowd;
pub(super) use step::{Source, SourceKind};
pub(super) use value::{Store, Term, ValueId};

use std::{collections::HashMap, rc::Rc};

use super::{Context, ModuleContext};
use crate::{
    hir::{ExprId, ItemKind, LocalId},
    names::ItemId,
    source::FileId,
    types::Type,
};
use frame::{Frame, PathId, Paths};

/// How a playbook is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum World {
    /// Severity is the highest there is; steps give anything.
    Critical,
    /// Whoever is asked may stay silent.
    Silent,
    /// Everybody who is asked answers.
    Answered,
}

/// A task or playbook in one of the worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FrameId(usize);

/// What an expression can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Eval {
    pub value: ValueId,
    /// When something that it reads has no value.
    pub missing: Formula,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Env<'a> {
    pub module: ModuleContext<'a>,
    /// The run of the playbook or task around it; none in functions and values of modules.
    pub frame: Option<FrameId>,
    pub world: World,
    /// Whether what is read at the moment hangs on how long people take.
    pub hangs: bool,
}

/// Expressions in expressions, through functions: beyond this they aren't followed.
const DEPTH: u32 = 120;
/// What is made of more combinations of cases than these isn't taken apart.
const COMBINATIONS: usize = 32;
/// A playbook that needs more nodes than these isn't followed any further.
const NODES: usize = 400_000;

/// Follows expressions, steps and tasks.
pub(super) struct Machine<'c, 'a> {
    pub context: &'c Context<'a>,
    pub store: Store,
    /// Parameters, names in lambdas and patterns, from outside in.
    names: Vec<(FileId, LocalId, Eval)>,
    depth: u32,
    /// How many lambdas are around what is looked at.
    lambdas: u32,
    paths: Paths,
    frames: Vec<Frame<'a>>,
    by_path: HashMap<(PathId, World), FrameId>,
    bodies: HashMap<ItemId, Rc<body::Body<'a>>>,
    waits: HashMap<ItemId, Rc<waits::Waits>>,
    people: HashMap<ItemId, bool>,
    /// All that people can be silent about, in the order in which it was met.
    pub sources: Vec<Source>,
    by_source: HashMap<String, usize>,
}

impl<'c, 'a> Machine<'c, 'a> {
    pub fn new(context: &'c Context<'a>) -> Self {
        Self {
            context,
            store: Store::default(),
            names: Vec::new(),
            depth: 0,
            lambdas: 0,
            paths: Paths::default(),
            frames: Vec::new(),
            by_path: HashMap::new(),
            bodies: HashMap::new(),
            waits: HashMap::new(),
            people: HashMap::new(),
            sources: Vec::new(),
            by_source: HashMap::new(),
        }
    }

    /// A value that is always there.
    fn there(&self, value: ValueId) -> Eval {
        Eval { value, missing: Formula::FALSE }
    }

    /// What isn't looked into: equal keys and parts have equal values. It is one value for each case of
    /// its parts, as long as these are few, so that it hangs on no more than it must.
    fn opaque(&mut self, key: &str, parts: Vec<ValueId>, ty: &Type, shown: &str) -> ValueId {
        let product = parts.iter().map(|part| self.store.cases(*part).len().max(1));
        let product = product.fold(1_usize, usize::saturating_mul);
        if product == 1 || product > COMBINATIONS {
            return self.opaque_of(key, parts, ty, shown);
        }
        let mut combinations = vec![(Formula::TRUE, Vec::new())];
        for part in parts {
            let cases = self.store.cases(part).clone();
            let mut longer = Vec::new();
            for (formula, chosen) in &combinations {
                for (condition, term) in &cases {
                    let both = self.store.formulas.and(*formula, *condition);
                    if both != Formula::FALSE {
                        let one = self.store.value(vec![(Formula::TRUE, *term)]);
                        longer.push((both, [chosen.as_slice(), &[one]].concat()));
                    }
                }
            }
            combinations = longer;
        }
        let mut cases = Vec::new();
        for (formula, parts) in combinations {
            let value = self.opaque_of(key, parts, ty, shown);
            for (condition, term) in self.store.cases(value).clone() {
                cases.push((self.store.formulas.and(formula, condition), term));
            }
        }
        self.store.value(cases)
    }

    fn opaque_of(&mut self, key: &str, parts: Vec<ValueId>, ty: &Type, shown: &str) -> ValueId {
        let term = self.store.opaque(key, parts, shown);
        let context = self.context;
        self.store.unknown(term, ty, &|item| value::variants_of(context.item(item).map(|item| &item.kind)))
    }

    /// What isn't followed: nothing is known of it, not even that it is the same in both worlds.
    fn unfollowed(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        let ty = env.module.types.of(expr).clone();
        // What is broken is reported already; nothing follows from it.
        let world = (!ty.is_unknown()).then_some(env.world);
        let key = format!("?{:?}{expr:?}{:?}{world:?}", env.module.hir.file, self.path_of(env));
        let value = self.opaque(&key, Vec::new(), &ty, "a condition");
        if world == Some(World::Silent) && !self.by_source.contains_key(&key) {
            // People may be asked in there.
            let silent = self.opaque(&format!("silent{key}"), Vec::new(), &Type::Bool, "nobody answers");
            let silent = self.store.holds(silent);
            let within = self.within(env);
            let span = env.module.span(expr);
            self.by_source.insert(key, self.sources.len());
            self.sources.push(Source { within, span, kind: SourceKind::Unfollowed, silent });
        }
        self.there(value)
    }

    fn is_full(&self) -> bool {
        self.depth > DEPTH || self.store.formulas.len() > NODES
    }

    fn kind(&self, item: ItemId) -> Option<&'a ItemKind> {
        self.context.item(item).map(|item| &item.kind)
    }
}
