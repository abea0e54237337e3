//! Time rules.

super::group! {
    chatty_updates,
    inverted_timeouts,
    missing_backoff,
    missing_promise,
    missing_timeout,
    needless_after,
    short_poll,
}
