//! Findings about the alert rules of a project.

super::area! {
    unreadable_rules,
}
