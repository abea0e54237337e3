//! Findings about types and values.

super::area! {}
