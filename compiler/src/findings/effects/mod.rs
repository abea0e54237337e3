//! Findings about effects, approvals, undo, secrets and silence.

super::area! {}
