//! A file of alert rules can't be read.
//!
//! ## Why
//!
//! The alerts that `quell.toml` names under `[alerts]` are held against the playbooks. A rule that can't
//! be read counts as missing, and Prometheus would refuse the whole file.
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
    Diagnostic::error(CODE, span, format!("this is not YAML: {why}"))
        .note("what stands below it is unknown: these alerts count as missing")
}

/// Something is of another kind than it has to be: `labels` is a text.
pub fn wrong_kind(span: Span, what: &str, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` should be {wanted}, but this is {found}"))
}

/// The file is YAML, but holds no groups of rules.
pub fn no_groups(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "no groups of rules are in this file")
        .note("`[alerts]` in `quell.toml` names it as a file of alert rules")
        .help("rules stand under `groups`, or under `spec.groups` in a `PrometheusRule`")
}

/// A rule that neither raises an alert nor records a series.
pub fn no_rule(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this rule raises nothing and records nothing")
        .help("name what it raises, `alert: NAME`, or what it records, `record: NAME`")
}
