//! How much a run may do (rule 31).
//!
//! A playbook is a program, and a program can be small and do more than any machine can take: tasks that
//! call each other twice, a retry every millisecond, a text that doubles. Whoever runs one gives up at
//! these bounds. That is no failure of the playbook but a [`ProblemKind::Exceeded`]: nothing is known of
//! how the run would have ended, so no expectation holds or fails because of it.
//!
//! Real incidents stay far below. The bounds count work and estimate sizes, so that the same playbook
//! comes up against the same bound on every machine.
//!
//! [`ProblemKind::Exceeded`]: super::ProblemKind::Exceeded

use std::{fmt, sync::Arc};

use super::timeline::clock;
use crate::graph::Nanoseconds;

const MEBIBYTE: u64 = 1 << 20;

/// The bounds of a run. Sizes are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Steps of the playbook and, for each call of a task, of that.
    pub steps: u64,
    /// Calls: attempts, polls, ticks, undos.
    pub calls: u64,
    /// What happens on the clock: ends of calls, waits that are over, ticks that are due.
    pub events: u64,
    /// Lines of the trace.
    pub log_lines: u64,
    /// The values that the trace shows.
    pub log_size: u64,
    /// What the run has to remember until its end.
    pub memory: u64,
    /// Steps of one evaluation of an expression.
    pub expression: u64,
    /// The same of all expressions of the run.
    pub expressions: u64,
    /// What one evaluation builds, its intermediate values included.
    pub expression_memory: u64,
    /// One value, written out.
    pub value: u64,
}

impl Bounds {
    /// The bounds of every run that doesn't say others.
    pub const STANDARD: Bounds = Bounds {
        steps: 100_000,
        calls: 250_000,
        events: 1_000_000,
        log_lines: 1_000_000,
        log_size: 64 * MEBIBYTE,
        memory: 128 * MEBIBYTE,
        expression: 1_000_000,
        expressions: 20_000_000,
        expression_memory: 128 * MEBIBYTE,
        value: 32 * MEBIBYTE,
    };
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds::STANDARD
    }
}

/// Which bound was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the fields of `Bounds` say it")]
pub enum Bound {
    Steps,
    Calls,
    Events,
    LogLines,
    LogSize,
    Memory,
    Expression,
    Expressions,
    ExpressionMemory,
    Value,
}

impl Bound {
    /// What it is with these bounds.
    pub fn limit(self, bounds: &Bounds) -> u64 {
        match self {
            Bound::Steps => bounds.steps,
            Bound::Calls => bounds.calls,
            Bound::Events => bounds.events,
            Bound::LogLines => bounds.log_lines,
            Bound::LogSize => bounds.log_size,
            Bound::Memory => bounds.memory,
            Bound::Expression => bounds.expression,
            Bound::Expressions => bounds.expressions,
            Bound::ExpressionMemory => bounds.expression_memory,
            Bound::Value => bounds.value,
        }
    }

    /// What is too much, and what the most is.
    pub fn sentence(self, limit: u64) -> String {
        let (count, size) = (grouped(limit), format!("{} MiB", grouped(limit / MEBIBYTE)));
        match self {
            Bound::Steps => format!("the run has more than {count} steps"),
            Bound::Calls => format!("the run makes more than {count} calls"),
            Bound::Events => format!("more than {count} events happen in the run"),
            Bound::LogLines => format!("the log of the run has more than {count} lines"),
            Bound::LogSize => format!("the values in the log of the run take more than {size}"),
            Bound::Memory => format!("the run needs more than {size} of memory"),
            Bound::Expression => format!("this expression takes more than {count} steps to evaluate"),
            Bound::Expressions => format!("the expressions of the run take more than {count} steps in all"),
            Bound::ExpressionMemory => format!("this expression needs more than {size} of memory"),
            Bound::Value => format!("this value is larger than {size}"),
        }
    }

    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Bound::Steps => {
                "every call of a task adds the steps of that task: call it less often, or over a shorter list"
            }
            Bound::Calls => {
                "poll, retry or repeat less often, or stop sooner: raise the interval or lower the limit"
            }
            Bound::Events => "raise the interval of what recurs, or shorten its limit",
            Bound::LogLines => "repeat less, or run over a shorter list: every attempt adds lines to the log",
            Bound::LogSize => "pass smaller values to calls: select the fields that they need",
            Bound::Memory => {
                "call tasks less often, run over a shorter list, or keep less of what calls return"
            }
            Bound::Expression => "do less at once: filter the list first, or nest fewer calls over it",
            Bound::Expressions => "evaluate less often, or over shorter lists",
            Bound::ExpressionMemory => "build less at once: `take` what is needed before combining it",
            Bound::Value => "keep only what is needed of it: filter the list, or `take` a part of the text",
        }
    }
}

/// A bound that a run came up against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exceeded {
    /// Which.
    pub bound: Bound,
    /// What it is.
    pub limit: u64,
    /// When, since the start of the run; none before it began or after it ended.
    pub at: Option<Nanoseconds>,
    /// The step of the playbook at which it happened, where that is known.
    pub step: Option<Arc<str>>,
    /// The innermost task around it, if it happened in one.
    pub task: Option<Arc<str>>,
}

impl Exceeded {
    /// One that is met outside of a run.
    pub fn outside(bound: Bound, limit: u64) -> Exceeded {
        Exceeded { bound, limit, at: None, step: None, task: None }
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.bound.sentence(self.limit))?;
        if let Some(at) = self.at {
            write!(f, "; Quell stopped it at {}", clock(at))?;
        }
        if let Some(step) = &self.step {
            write!(f, " in `{step}`")?;
        }
        if let Some(task) = &self.task {
            write!(f, ", inside the task `{task}`")?;
        }
        Ok(())
    }
}

/// With commas between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_bound_says_which_it_is_where_it_was_met_and_what_to_do() {
        let mut exceeded = Exceeded::outside(Bound::Steps, 200_000);
        assert_eq!(exceeded.to_string(), "the run has more than 200,000 steps");
        exceeded.at = Some(61_000_000_000);
        exceeded.step = Some("x".into());
        exceeded.task = Some("t0".into());
        assert_eq!(
            exceeded.to_string(),
            "the run has more than 200,000 steps; Quell stopped it at 1:01 in `x`, inside the task `t0`"
        );
        assert!(exceeded.bound.help().contains("task"));
        assert_eq!(Bound::Value.sentence(32 << 20), "this value is larger than 32 MiB");
    }
}
