//! The clauses of steps.

use super::{
    AstNode, Expr,
    support::{child, child_behind, children, name_behind, token},
};
use crate::syntax::{SyntaxKind, SyntaxToken};

node! {
    /// `when E`.
    WhenClause;
    /// `after X, M + D, ...`.
    AfterClause;
    /// `each x in xs, N at a time, at most N`.
    EachClause;
    /// `N at a time`.
    AtATime;
    /// `at most N`, `at most N times`, `at most D`.
    AtMost;
    /// `repeat every D until E [for D], at most D`.
    RepeatClause;
    /// `every D`.
    EveryClause;
    /// `approve by N of A, B [when E] within D [else skip]`.
    ApproveClause;
    /// `when E` in an approval.
    ApproveWhen;
    /// `within D` in an approval.
    ApproveWithin;
    /// `else skip` in an approval.
    ApproveElse;
    /// `timeout D`.
    TimeoutClause;
    /// `retry N times [every D or backoff D to D]`.
    RetryClause;
    /// `undo CALL [always]`.
    UndoClause;
    /// `irreversible "why"`.
    IrreversibleClause;
    /// `on failure continue`, `on failure use E`, `on failure run CALL`.
    FailureClause;
}

choice! {
    /// A clause.
    Clause {
        When(WhenClause),
        After(AfterClause),
        Each(EachClause),
        Repeat(RepeatClause),
        Every(EveryClause),
        Approve(ApproveClause),
        Timeout(TimeoutClause),
        Retry(RetryClause),
        Undo(UndoClause),
        Irreversible(IrreversibleClause),
        Failure(FailureClause),
    }
}

impl Clause {
    /// As people call it: `when`, `on failure`.
    pub fn word(&self) -> &'static str {
        match self {
            Clause::When(_) => "when",
            Clause::After(_) => "after",
            Clause::Each(_) => "each",
            Clause::Repeat(_) => "repeat",
            Clause::Every(_) => "every",
            Clause::Approve(_) => "approve",
            Clause::Timeout(_) => "timeout",
            Clause::Retry(_) => "retry",
            Clause::Undo(_) => "undo",
            Clause::Irreversible(_) => "irreversible",
            Clause::Failure(_) => "on failure",
        }
    }
}

impl WhenClause {
    /// The condition.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl AfterClause {
    /// Steps, and milestones with delays.
    pub fn targets(&self) -> impl Iterator<Item = Expr> + use<> {
        children(&self.0)
    }
}

impl EachClause {
    /// The name of an element.
    pub fn variable(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwEach)
    }

    /// The list.
    pub fn list(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwIn)
    }

    /// How many at a time.
    pub fn at_a_time(&self) -> Option<AtATime> {
        child(&self.0)
    }

    /// How many at most.
    pub fn at_most(&self) -> Option<AtMost> {
        child(&self.0)
    }
}

impl AtATime {
    /// How many.
    pub fn count(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl AtMost {
    /// How many or how long.
    pub fn bound(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// `times`: then the bound is a number.
    pub fn times_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwTimes)
    }
}

impl RepeatClause {
    /// From poll to poll.
    pub fn every(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwEvery)
    }

    /// The condition that ends it.
    pub fn until(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwUntil)
    }

    /// How long it must hold.
    pub fn hold(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwFor)
    }

    /// How long or how often at most.
    pub fn at_most(&self) -> Option<AtMost> {
        child(&self.0)
    }
}

impl EveryClause {
    /// From call to call.
    pub fn period(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ApproveClause {
    /// How many.
    pub fn count(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwBy)
    }

    /// Whom, and whom next.
    pub fn groups(&self) -> impl Iterator<Item = Expr> + use<> {
        let behind_of =
            self.0.children_with_tokens().skip_while(|element| element.kind() != SyntaxKind::KwOf);
        behind_of.filter_map(|element| element.into_node().and_then(Expr::cast))
    }

    /// Only if.
    pub fn when(&self) -> Option<ApproveWhen> {
        child(&self.0)
    }

    /// How long each group has.
    pub fn within(&self) -> Option<ApproveWithin> {
        child(&self.0)
    }

    /// What happens without an approval.
    pub fn otherwise(&self) -> Option<ApproveElse> {
        child(&self.0)
    }
}

impl ApproveWhen {
    /// The condition.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ApproveWithin {
    /// The duration.
    pub fn duration(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl TimeoutClause {
    /// The duration.
    pub fn duration(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl RetryClause {
    /// How many times.
    pub fn times(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwRetry)
    }

    /// The wait between attempts.
    pub fn every(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwEvery)
    }

    /// The first of waits that double.
    pub fn backoff(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwBackoff)
    }

    /// The longest of waits that double.
    pub fn backoff_to(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwTo)
    }
}

impl UndoClause {
    /// The call.
    pub fn call(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// `always`.
    pub fn always_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwAlways)
    }
}

impl IrreversibleClause {
    /// Why.
    pub fn reason(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl FailureClause {
    /// `continue`, `use` or `run`.
    pub fn reaction(&self) -> Option<SyntaxToken> {
        let mut words = [SyntaxKind::KwContinue, SyntaxKind::KwUse, SyntaxKind::KwRun].into_iter();
        words.find_map(|kind| token(&self.0, kind))
    }

    /// The value behind `use`, the call behind `run`.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}
