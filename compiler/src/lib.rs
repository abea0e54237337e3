//! Pure functions from Quell text to meaning.
