//! Findings about the formatter.

super::area! {
    unsound_format,
}
