//! The dry run.

mod engine;
pub mod evaluate;
pub mod people;
pub mod random;
pub mod scenario;
pub mod trace;
pub mod value;
