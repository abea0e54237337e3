//! Time rules.

super::group! {}
