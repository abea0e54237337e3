//! A scenario answers a step that asks nobody.
//!
//! ## Why
//!
//! An answer that nobody waits for changes nothing: the scenario would test something else than it says.
//!
//! ## Bad
//!
//! ```quell
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action look(host: Text) -> Text reads
//!
//! playbook greet {
//!   enrich {
//!     step seen = look("db1")
//!   }
//! }
//!
//! scenario "somebody looks" for greet {
//!   given lin answer seen with "fine" after 1m
//! //                 ^^^^
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action look(host: Text) -> Text reads
//!
//! playbook greet {
//!   enrich {
//!     step seen = look("db1")
//!   }
//! }
//!
//! scenario "somebody looks" for greet {
//!   given seen returns "fine" taking 1m
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-a-question";

/// `step` asks nobody; `questions` do.
pub fn report(step: &str, span: Span, questions: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{step}` asks nobody, so nobody can answer it"));
    match questions {
        [] => finding.help(format!("say what comes of it with `given {step} returns ...`")),
        questions => {
            let questions: Vec<String> = questions.iter().map(|name| format!("`{name}`")).collect();
            finding.help(format!("these steps ask: {}", questions.join(", ")))
        }
    }
}
