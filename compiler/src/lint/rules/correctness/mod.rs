//! Correctness rules: code that can't mean what was written.

super::group! {
    always_fails,
    cause_never_ruled_out,
    constant_condition,
    duplicate_alert,
    impossible_option,
    impossible_verification,
    json_in_text,
    swallowed_failure,
    unknown_alert,
    unknown_alert_label,
    unreachable_step,
    untreated_cause,
    unused_import,
    unused_input,
    unused_let,
    unused_private,
    unused_step,
}
