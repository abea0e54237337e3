//! The dry run.

pub mod evaluate;
pub mod random;
pub mod value;
