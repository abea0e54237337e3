//! What can't mean what was written.

super::group! {
    constant_condition,
    unused_import,
    unused_private,
    unused_step,
}
