//! Findings about effects, approvals, undo, repetition and silence.

super::area! {
    approval_impossible,
    approval_undecidable,
    change_without_undo,
    contradictory_undo,
    effect_not_allowed,
    failure_call_not_allowed,
    missing_approval,
    narrowed_task,
    needless_approval,
    repeated_change,
    shared_id,
    silent_consent,
    starter_unknown,
    task_recursion,
    unbounded_wait,
    undo_exceeds_effect,
    unquoted_text,
}
