//! Clarity rules.

super::group! {
    hard_coded_address,
    missing_description,
    naming,
    too_many_steps,
}
