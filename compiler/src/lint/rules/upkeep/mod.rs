//! What ages.

super::group! {
    suppression_without_reason,
    unknown_suppression,
    unused_suppression,
}
