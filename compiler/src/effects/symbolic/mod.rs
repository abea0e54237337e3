//! Symbolic evaluation: the possible conditions and values of a playbook, for all of its runs at once.
//!
//! Expressions become formulas and values over atoms: `let`s, functions, tasks, steps, causes and severity
//! are evaluated, and whatever comes from outside is an atom, which is the same wherever the same is read.
//! [`solve`] determines whether formulas can hold together.
//!
//! A playbook is examined in one of three worlds. For two-person approval (T6), severity is the highest, and
//! the values of steps are atoms. For silence (T7), steps are evaluated too, twice: in one world people who
//! are asked may stay silent, in the other everyone answers. Atoms are shared, so whatever differs between
//! the two worlds depends on silence.

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

/// The world in which a playbook is examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum World {
    /// Severity is the highest; steps have any result.
    Critical,
    /// People who are asked may stay silent.
    Silent,
    /// Everyone who is asked answers.
    Answered,
}

/// A task or playbook in one of the worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FrameId(usize);

/// The possible values of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Eval {
    pub value: ValueId,
    /// When a value that it reads is missing.
    pub missing: Formula,
}

/// The context of an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Env<'a> {
    pub module: ModuleContext<'a>,
    /// The run of the playbook or task around it; `None` in functions and values of modules.
    pub frame: Option<FrameId>,
    pub world: World,
    /// Whether readings of the moment depend on how long people take.
    pub hangs: bool,
}

/// The maximum depth of nested expressions, through functions; deeper ones are opaque.
const DEPTH: u32 = 120;
/// The maximum number of combined cases; a value with more is opaque.
const COMBINATIONS: usize = 32;
/// The maximum number of nodes for a playbook; beyond that everything is opaque.
const NODES: usize = 400_000;

/// Evaluates expressions, steps and tasks.
pub(super) struct Machine<'c, 'a> {
    pub context: &'c Context<'a>,
    pub store: Store,
    /// Parameters, and names in lambdas and patterns, from the outside in.
    names: Vec<(FileId, LocalId, Eval)>,
    depth: u32,
    /// The number of lambdas around the current expression.
    lambdas: u32,
    paths: Paths,
    frames: Vec<Frame<'a>>,
    by_path: HashMap<(PathId, World), FrameId>,
    bodies: HashMap<ItemId, Rc<body::Body<'a>>>,
    waits: HashMap<ItemId, Rc<waits::Waits>>,
    people: HashMap<ItemId, bool>,
    /// Everything that people can be silent about, in the order in which it was found.
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

    /// A value that is never missing.
    fn there(&self, value: ValueId) -> Eval {
        Eval { value, missing: Formula::FALSE }
    }

    /// An opaque value: equal keys and parts have equal values. It has one value for each case of its parts, as
    /// long as these are few, so that it depends on no more than necessary.
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

    /// Something unknown: not even known to be the same in both worlds.
    fn unfollowed(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        let ty = env.module.types.of(expr).clone();
        // Broken code is already reported; nothing follows from it.
        let world = (!ty.is_unknown()).then_some(env.world);
        let key = format!("?{:?}{expr:?}{:?}{world:?}", env.module.hir.file, self.path_of(env));
        let value = self.opaque(&key, Vec::new(), &ty, "a condition");
        if world == Some(World::Silent) && !self.by_source.contains_key(&key) {
            // It may ask people.
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
