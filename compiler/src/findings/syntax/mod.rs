//! Findings about text that the grammar does not know.

super::area! {}
