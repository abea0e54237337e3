//! Findings about scenarios.

super::area! {}
