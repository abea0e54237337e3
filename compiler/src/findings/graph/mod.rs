//! Findings about order, time and the step graph.

super::area! {}
