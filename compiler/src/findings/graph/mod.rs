//! Findings about order, time and the step graph.

super::area! {
    bound_not_constant,
    bound_out_of_range,
    hold_exceeds_bound,
    milestone_never_comes,
    needs_after_failed,
    resolve_within_exceeded,
    resolve_within_needs_people,
    resolve_within_unresolved,
    resolved_after_unsure,
    step_cycle,
    too_many_conditions,
    waits_for_both_ends,
    worst_case_unknown,
}

pub use super::duration::{duration_text, rough_duration_text};
