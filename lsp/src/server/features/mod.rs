//! Answers that take more than a line, a file for each feature; `backend` leads here.

pub mod hints;
