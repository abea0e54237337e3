//! Findings about names, imports and declarations.

super::area! {}
