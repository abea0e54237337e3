//! What can't mean what was written.

super::group! {
    constant_condition,
    duplicate_alert,
    unknown_alert,
    unused_import,
    unused_input,
    unused_private,
    unused_step,
}
