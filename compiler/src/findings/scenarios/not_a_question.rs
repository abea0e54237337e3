//! Answer to a step that isn't a question.
//!
//! ## Why
//!
//! The step doesn't ask anyone, so the answer has no effect, and the scenario doesn't test what it seems to
//! test.
//!
//! ## Bad
//!
//! ```quell
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action scan(host: Text) -> Text reads
//!
//! playbook greet {
//!   enrich {
//!     step seen = scan("db1")
//!   }
//! }
//!
//! scenario "someone answers" for greet {
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
//! action scan(host: Text) -> Text reads
//!
//! playbook greet {
//!   enrich {
//!     step seen = scan("db1")
//!   }
//! }
//!
//! scenario "someone answers" for greet {
//!   given seen returns "fine" taking 1m
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-a-question";

/// `step` asks nobody; `questions` do.
pub fn report(step: &str, span: Span, questions: &[String]) -> Diagnostic {
    let finding =
        Diagnostic::error(CODE, span, format!("`{step}` isn't a question, so it can't be answered"));
    match questions {
        [] => finding.help(format!("set its result: `given {step} returns VALUE`")),
        questions => {
            let questions: Vec<String> = questions.iter().map(|name| format!("`{name}`")).collect();
            finding.help(format!("these steps are questions: {}", questions.join(", ")))
        }
    }
}
