//! Upkeep rules: what becomes outdated.

super::group! {
    alert_without_playbook,
    automatable_step,
    deprecated_action,
    missing_scenario,
    renamed_suppression,
    suppression_without_reason,
    unknown_suppression,
    untested_cause,
    untested_failure,
    unused_suppression,
}
