//! Time rules.

super::group! {
    approval_at_low_severity,
    chatty_updates,
    excessive_polling,
    hasty_question,
    inverted_timeouts,
    late_page,
    missing_backoff,
    missing_promise,
    missing_timeout,
    needless_order,
    redundant_after,
    stale_approval,
}
