//! Communication rules.

super::group! {}
