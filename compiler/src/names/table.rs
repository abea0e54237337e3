//! Side tables: the results of later stages for the nodes of an arena.

use std::marker::PhantomData;

use crate::hir::Id;

/// Values for some ids of an arena.
#[derive(Debug, Clone)]
pub struct Table<K, V> {
    values: Vec<Option<V>>,
    of: PhantomData<fn() -> K>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { values: Vec::new(), of: PhantomData }
    }
}

impl<K, V> Table<K, V> {
    /// The value of an id.
    pub fn get(&self, id: Id<K>) -> Option<&V> {
        self.values.get(id.index())?.as_ref()
    }

    /// Sets the value of an id.
    pub fn set(&mut self, id: Id<K>, value: V) {
        if self.values.len() <= id.index() {
            self.values.resize_with(id.index() + 1, || None);
        }
        self.values[id.index()] = Some(value);
    }

    /// All ids that have a value, with it, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<K>, &V)> {
        self.values.iter().enumerate().filter_map(|(index, value)| Some((Id::new(index), value.as_ref()?)))
    }
}

impl<K, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
