//! A number is too large to be represented.
//!
//! ## Why
//!
//! An `Int` has 64 bits: it ends at 9,223,372,036,854,775,807. A `Duration` counts nanoseconds in as
//! many bits and ends at some 292 years, a `Size` counts bytes and ends at 8 EiB.
//!
//! ## Bad
//!
//! ```quell
//! let far: Int = 99999999999999999999
//! //             ^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let far: Int = 9223372036854775807
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "number-out-of-range";

/// A literal, as written, whose value doesn't fit its type.
pub fn number_out_of_range(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{text}` is too large"))
        .note("an Int ends at 9,223,372,036,854,775,807, a Duration at 292 years, a Size at 8 EiB")
}
