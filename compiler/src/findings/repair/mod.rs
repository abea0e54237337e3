//! Findings about fixes.

super::area! {
    unsound_fix,
}
