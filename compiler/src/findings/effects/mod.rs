//! Findings about effects, approvals, undo, repetition and silence.

super::area! {
    approval_impossible,
    approval_undecidable,
    change_without_undo,
    contradictory_undo,
    effect_not_allowed,
    failure_call_not_allowed,
    missing_approval,
    needless_approval,
    repeated_change,
    silent_consent,
    starter_unknown,
    task_recursion,
    unbounded_wait,
    unquoted_text,
}
