//! Answers that take more than a line, a file for each feature; `backend` leads here.

pub mod actions;
pub mod colours;
pub mod hierarchy;
pub mod hints;
pub mod lenses;
pub mod links;
pub mod moves;
pub mod pulled;
