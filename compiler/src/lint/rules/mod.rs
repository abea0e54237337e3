//! The rules: one file each, one folder for each group.
//!
//! A new rule is a file in its group's folder and its name in that folder's `group!`.

/// Declares the rules of a group: a module each, and `ALL`.
macro_rules! group {
    ($($module:ident,)*) => {
        $(pub mod $module;)*
        /// The rules of this group.
        pub static ALL: &[&crate::lint::Rule] = &[$(&$module::RULE,)*];
    };
}
pub(crate) use group;

pub mod clarity;
pub mod communication;
pub mod correctness;
pub mod safety;
pub mod time;
pub mod upkeep;

use super::Rule;

/// All rules, by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [correctness::ALL, safety::ALL, time::ALL, communication::ALL, clarity::ALL, upkeep::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}
