//! Safety rules.

super::group! {}
