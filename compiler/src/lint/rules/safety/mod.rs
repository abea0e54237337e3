//! Safety rules.

super::group! {
    evidence_destroyed,
    lone_approver,
    lookalike_letters,
    opposing_changes,
    secret_in_text,
    understated_effect,
    unguarded_change,
    unlimited_fan_out,
    untrusted_query,
    unverified_destruction,
    unverified_resolution,
    wildcard_target,
}
