//! Safety rules.

super::group! {
    evidence_destroyed,
    opposing_changes,
    secret_in_text,
    unguarded_change,
    unlimited_fan_out,
    untrusted_query,
    unverified_destruction,
    wildcard_target,
}
