//! Clarity rules.

super::group! {}
