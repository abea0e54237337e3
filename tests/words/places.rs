//! Where the phrases are allowed.

pub struct Place {
    /// The start of a path.
    pub path: &'static str,
    /// Words around the phrase.
    pub text: &'static str,
    pub reason: &'static str,
}

pub const ALLOWED: &[Place] = &[];
