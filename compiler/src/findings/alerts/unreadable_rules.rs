//! Unreadable file of alert rules.
//!
//! ## Why
//!
//! The alerts listed under `[alerts]` in quell.toml are compared with the playbooks. A rule that can't be
//! read counts as missing, and Prometheus would refuse the whole file.
//!
//! ## Bad
//!
//! ```text
//! groups:
//!   - name: disks
//!     rules:
//!       - alert: DiskFull
//!         expr: disk_used > 0.9
//!         labels: page
//! ```
//!
//! ## Good
//!
//! ```text
//! groups:
//!   - name: disks
//!     rules:
//!       - alert: DiskFull
//!         expr: disk_used > 0.9
//!         labels:
//!           severity: page
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unreadable-rules";

/// The file ends to be YAML at `span`.
pub fn not_yaml(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("invalid YAML: {why}"))
        .note("the rest of the file is ignored, and its alerts count as missing")
}

/// Something is of another kind than it has to be: `labels` is a text.
pub fn wrong_kind(span: Span, what: &str, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` should be {wanted}, but this is {found}"))
}

/// The file is YAML, but holds no groups of rules.
pub fn no_groups(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this file contains no groups of rules")
        .note("`[alerts]` in `quell.toml` lists it as a file of alert rules")
        .help("put the rules under `groups`, or under `spec.groups` in a `PrometheusRule`")
}

/// A rule that neither raises an alert nor records a series.
pub fn no_rule(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this rule is neither an alert nor a recording rule")
        .help("add `alert: NAME` or `record: NAME`")
}
