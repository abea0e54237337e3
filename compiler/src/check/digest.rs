//! What all that a module uses is recognized by: two numbers that say whether any of it changed.
//!
//! A list of what each module reaches would be quadratic along a chain of modules. So the digests are built
//! up from the modules below, like those of a Merkle tree: a module's stands for its own text and for the
//! digests of what it uses. Modules that use each other in a circle share what is below all of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::modules::Loader;
use crate::source::FileId;

/// What is below a module: all that it uses, directly or not, itself left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Below {
    /// Changes with what can be seen of these modules from outside.
    pub outlines: u64,
    /// Changes with any of their texts.
    pub texts: u64,
}

/// What is below each module; `components` are the circles and single modules, those that are used first.
pub(super) fn digests(loader: &Loader<'_>, components: &[Vec<FileId>]) -> BTreeMap<FileId, Below> {
    let mut below: BTreeMap<FileId, Below> = BTreeMap::new();
    // Of a module and all below it.
    let mut whole: BTreeMap<FileId, Below> = BTreeMap::new();
    for component in components {
        let own: BTreeMap<FileId, Below> = component
            .iter()
            .map(|file| {
                let read = loader.read(*file);
                (*file, Below { outlines: hash((file, read.outline)), texts: hash((file, read.hash)) })
            })
            .collect();
        let used = component.iter().flat_map(|file| loader.uses(*file).to_vec());
        let used: BTreeSet<FileId> = used.filter(|used| !own.contains_key(used)).collect();
        let used: Vec<Below> = used.iter().filter_map(|used| whole.get(used)).copied().collect();
        let used = Below {
            outlines: hash(used.iter().map(|used| used.outlines).collect::<Vec<_>>()),
            texts: hash(used.iter().map(|used| used.texts).collect::<Vec<_>>()),
        };
        // A sum, so that a member's own share can be left out of it.
        let sum = own.values().fold(Below::default(), |sum, own| Below {
            outlines: sum.outlines.wrapping_add(own.outlines),
            texts: sum.texts.wrapping_add(own.texts),
        });
        let all =
            Below { outlines: hash((sum.outlines, used.outlines)), texts: hash((sum.texts, used.texts)) };
        for (file, own) in own {
            let others = Below {
                outlines: hash((sum.outlines.wrapping_sub(own.outlines), used.outlines)),
                texts: hash((sum.texts.wrapping_sub(own.texts), used.texts)),
            };
            below.insert(file, others);
            whole.insert(file, all);
        }
    }
    below
}

fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
