//! Answers that take more than a line, one file for each feature; `backend` calls them.

pub mod actions;
pub mod colours;
pub mod hierarchy;
pub mod hints;
pub mod lenses;
pub mod links;
pub mod moves;
pub mod pulled;
