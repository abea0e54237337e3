//! Clarity rules.

super::group! {
    hard_coded_address,
    hard_coded_target,
    missing_description,
    naming,
    shadowed_name,
    too_many_steps,
}
