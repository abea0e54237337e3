//! JSON value inserted into a text with its quotes.
//!
//! ## Why
//!
//! A `Json` value is inserted as JSON: a text in it gets quotes and escapes, so `"no such channel"` becomes
//! `"\"no such channel\""`. Convert it to a `Text`, and it is inserted without them.
//!
//! ## Bad
//!
//! ```quell
//! action post(text: Text) -> Text notifies {
//!   http POST "https://chat.example.com/post" {
//!     json { text: text }
//!     expect body.ok as Bool else "the chat says: ${body.message}"
//! //                                                ^^^^^^^^^^^^
//!     return body.ts as Text
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action post(text: Text) -> Text notifies {
//!   http POST "https://chat.example.com/post" {
//!     json { text: text }
//!     expect body.ok as Bool else "the chat says: ${body.message as Text}"
//!     return body.ts as Text
//!   }
//! }
//! ```

use crate::{
    hir::{ExprKind, TextPart},
    lint::{Group, Pass, Rule, rule::finding},
    source::Span,
    types::{Member, Type},
};

/// The rule.
pub static RULE: Rule = Rule::new("json-in-text", Group::Correctness, include_str!("json_in_text.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let mut found: Vec<Span> = Vec::new();
    for (_, expr) in pass.hir().exprs.iter() {
        let ExprKind::Text(parts) = &expr.kind else { continue };
        for part in parts {
            let TextPart::Value(value) = part else { continue };
            let is_member = pass.module.types.members.get(*value) == Some(&Member::Json);
            if is_member && *pass.module.types.of(*value) == Type::Json {
                found.push(pass.span(*value));
            }
        }
    }
    for span in found {
        let text = pass.facts.text(span);
        pass.report(
            finding(span, format!("`{text}` is inserted as JSON: a text gets quotes"))
                .help(format!("write `${{{text} as Text}}`, or `${{{text}.to_text()}}` for the document")),
        );
    }
}
