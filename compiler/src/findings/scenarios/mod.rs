//! Findings about scenarios: lines that can have no effect, and lines that a run never used.

super::area! {
    empty_outage,
    impossible_given,
    never_called,
    never_resolved,
    no_approval,
    no_expectation,
    not_a_question,
    shadowed_given,
    unused_given,
    vacuous_expectation,
}
