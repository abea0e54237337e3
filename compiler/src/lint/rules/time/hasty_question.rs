//! Too little time to answer a question.
//!
//! ## Why
//!
//! Someone who was just woken up needs minutes to read and decide. With a shorter limit the question always
//! goes unanswered, and what depends on it is skipped or fails.
//!
//! ## Bad
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!       approve by 1 of kim, lin within 30s
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Bad
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   triage {
//!     step service = ask(kim, "Which service?", options: ["shop", "search"], within: 20s)
//! //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell(service)
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!       approve by 1 of kim, lin within 10m
//!   }
//! }
//! ```

use crate::{
    findings::duration::duration_text,
    graph::{Callee, MINUTE, NodeKind},
    lint::{Group, OptionSpec, OptionValue, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    options: &[OptionSpec {
        name: "least",
        default: OptionValue::Duration(2 * MINUTE),
        docs: "the shortest time that people need to answer",
    }],
    ..Rule::new("hasty-question", Group::Time, include_str!("hasty_question.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let least = pass.duration("least");
    for body in pass.bodies() {
        for step in body.steps() {
            let gate = step.plan.gate.map(|gate| &body.graph.node(gate).kind);
            let approval = match (gate, &step.step.clauses.approve) {
                (Some(NodeKind::Gate(gate)), Some(clause)) => gate.within.map(|within| (within, clause.span)),
                _ => None,
            };
            let question = match step.plan.callee {
                Callee::Ask | Callee::AskMany | Callee::Manual => {
                    step.plan.timeout.map(|within| (within, pass.span(step.plan.call)))
                }
                _ => None,
            };
            for (within, span) in
                [approval, question].into_iter().flatten().filter(|(within, _)| *within < least)
            {
                let (within, least) = (duration_text(within), duration_text(least));
                pass.report(
                    finding(span, format!("people have only {within} to answer for `{}`", step.name()))
                        .help(format!("set `within` to {least} or more, or don't ask")),
                );
            }
        }
    }
}
