//! Recursive task.
//!
//! ## Why
//!
//! Every playbook ends, and its worst case is known before it runs. A task that calls itself could run
//! forever. To repeat something, use `each` for the elements of a list, or `repeat ... at most` to poll.
//!
//! The undo of a step counts as well, including the one in the contract of its action: undoing must end, too.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! task wait_for(host: Text) -> Bool {
//!   step seen = probe.tcp(host, from: ["eu"])
//!   step again = wait_for(host)
//! //             ^^^^^^^^^^^^^^
//!   return seen.any(p => p.ok)
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.probe
//!
//! task wait_for(host: Text) -> Bool {
//!   step seen = probe.tcp(host, from: ["eu"])
//!     repeat every 10s until it.any(p => p.ok), at most 5m
//!   return seen.any(p => p.ok)
//! }
//! ```

use std::sync::Arc;

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "task-recursion";

/// A task of the circle, and where it leads to the next one, the last one to the first.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Call {
    pub name: Arc<str>,
    pub span: Span,
    pub via: Via,
}

/// How a task leads to the next one.
#[derive(Debug, Clone)]
pub enum Via {
    /// By a call of its own.
    Call,
    /// It calls this action, whose contract undoes it so.
    Contract(Arc<str>),
}

/// A circle of tasks.
pub fn task_recursion(calls: &[Call]) -> Diagnostic {
    let names: Vec<_> = calls.iter().map(|call| format!("`{}`", call.name)).collect();
    let by_contract = calls.iter().any(|call| matches!(call.via, Via::Contract(_)));
    let message = match names.as_slice() {
        [only] if by_contract => format!("the undo of a step in the task {only} calls {only} again"),
        [only] => format!("the task {only} calls itself"),
        several => format!("the tasks {} call each other in a circle", several.join(", ")),
    };
    let (last, first) = (calls.len() - 1, &calls[0].name);
    let leads = |call: &Call, next: &str| match &call.via {
        Via::Call => format!("`{}` calls `{next}` here", call.name),
        Via::Contract(action) => {
            format!("`{}` calls `{action}`, and this undo calls `{next}`", call.name)
        }
    };
    let mut finding = Diagnostic::error(CODE, calls[last].span, message).at(leads(&calls[last], first));
    for (index, call) in calls[..last].iter().enumerate() {
        finding = finding.label(call.span, leads(call, &calls[index + 1].name));
    }
    let finding = finding.note("a playbook must end, so a task can't call itself, not even through others");
    match by_contract {
        true => finding.help("undo it with an action, or with a task that doesn't call that action"),
        false => finding.help("use `each x in xs` for the elements of a list, or `repeat every 10s until ..., at most 10m` to poll"),
    }
}
