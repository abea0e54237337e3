//! What can't mean what was written.

super::group! {
    cause_never_ruled_out,
    constant_condition,
    duplicate_alert,
    swallowed_failure,
    unknown_alert,
    unknown_alert_label,
    untreated_cause,
    unused_import,
    unused_input,
    unused_let,
    unused_private,
    unused_step,
}
