//! Time rules.

super::group! {
    approval_at_low_severity,
    chatty_updates,
    hasty_question,
    inverted_timeouts,
    late_page,
    missing_backoff,
    missing_promise,
    missing_timeout,
    needless_after,
    needless_order,
    short_poll,
    stale_approval,
}
