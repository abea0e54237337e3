//! Scenarios: what is given and what is expected.

use super::{
    AstNode, Expr, LetStmt, Path,
    support::{child, child_behind, children, name_behind, token},
};
use crate::syntax::{SyntaxKind, SyntaxToken};

node! {
    /// `scenario "title" for PLAYBOOK { ... }`.
    ScenarioItem;
    /// The braces of a scenario.
    ScenarioBody;
    /// `given ...`.
    GivenStmt;
    /// `start at TIME`.
    GivenStart;
    /// `approval of STEP [refused] by PEOPLE [after D]`.
    GivenApproval;
    /// `NAME = E`.
    GivenValue;
    /// `NAME from "file.json"`.
    GivenFile;
    /// `MODULE down [from D to D]`.
    GivenDown;
    /// `TARGET returns ... / fails ... [when E] [taking D]`.
    GivenOutcome;
    /// `returns A, then B`.
    ReturnsPart;
    /// `fails ["text"] [once, N times, 5%]`.
    FailsPart;
    /// `when E` in a `given`.
    WhenPart;
    /// `taking D` in a `given`.
    TakingPart;
    /// `PEOPLE answer STEP with X [after D]`.
    GivenAnswer;
    /// `expect ...`.
    ExpectStmt;
    /// `snapshot`.
    ExpectSnapshot;
    /// `[not] resolved`, `failed`, `completed [within D]`.
    ExpectOutcome;
    /// `STEP [not] ran [N times] [before OTHER] [within D]`, or `attempted`.
    ExpectRan;
    /// `STEP [not] skipped`, `failed`… `[within D]`.
    ExpectEnded;
    /// `ACTION [not] called [N times] [with ARG containing X]`.
    ExpectCalled;
    /// `PERSON [not] told [by MODULE] [within D]`.
    ExpectTold;
    /// A condition.
    ExpectValue;
}

choice! {
    /// A statement of a scenario.
    ScenarioStatement {
        Given(GivenStmt),
        Expect(ExpectStmt),
        Let(LetStmt),
    }
}

choice! {
    /// What is given.
    Given {
        Start(GivenStart),
        Approval(GivenApproval),
        Value(GivenValue),
        File(GivenFile),
        Down(GivenDown),
        Outcome(GivenOutcome),
        Answer(GivenAnswer),
    }
}

choice! {
    /// What is expected.
    Expectation {
        Snapshot(ExpectSnapshot),
        Outcome(ExpectOutcome),
        Ran(ExpectRan),
        Ended(ExpectEnded),
        Called(ExpectCalled),
        Told(ExpectTold),
        Value(ExpectValue),
    }
}

impl ScenarioItem {
    /// The title.
    pub fn title(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// The playbook.
    pub fn playbook(&self) -> Option<Path> {
        child(&self.0)
    }

    /// Its statements, in their order.
    pub fn statements(&self) -> impl Iterator<Item = ScenarioStatement> + use<> {
        super::support::children_in(&self.0, SyntaxKind::ScenarioBody)
    }
}

impl GivenStmt {
    /// What is given.
    pub fn given(&self) -> Option<Given> {
        child(&self.0)
    }
}

impl GivenStart {
    /// When.
    pub fn time(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl GivenApproval {
    /// The step behind the gate.
    pub fn step(&self) -> Option<Path> {
        child(&self.0)
    }

    /// `refused`.
    pub fn refused_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwRefused)
    }

    /// Who.
    pub fn people(&self) -> impl Iterator<Item = Expr> + use<> {
        let until_after = self.0.children_with_tokens().take_while(|part| part.kind() != SyntaxKind::KwAfter);
        until_after.filter_map(|part| part.into_node().and_then(Expr::cast))
    }

    /// How long after the question.
    pub fn after(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwAfter)
    }
}

impl GivenValue {
    /// The input or the event.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its value.
    pub fn value(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl GivenFile {
    /// The input or the event.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// The file.
    pub fn file(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl GivenDown {
    /// The module.
    pub fn module(&self) -> Option<Path> {
        child(&self.0)
    }

    /// Since when.
    pub fn from(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwFrom)
    }

    /// Until when.
    pub fn to(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwTo)
    }
}

impl GivenOutcome {
    /// The step or action.
    pub fn target(&self) -> Option<Path> {
        child(&self.0)
    }

    /// What it returns.
    pub fn returns(&self) -> Option<ReturnsPart> {
        child(&self.0)
    }

    /// How it fails.
    pub fn fails(&self) -> Option<FailsPart> {
        child(&self.0)
    }

    /// For which calls.
    pub fn when(&self) -> Option<Expr> {
        child::<WhenPart>(&self.0)?.condition()
    }

    /// How long each call takes.
    pub fn taking(&self) -> Option<Expr> {
        child::<TakingPart>(&self.0)?.duration()
    }
}

impl ReturnsPart {
    /// The values, one attempt each.
    pub fn values(&self) -> impl Iterator<Item = Expr> + use<> {
        children(&self.0)
    }
}

impl FailsPart {
    /// The failure's text: a text right behind `fails`.
    pub fn text(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwFails).filter(|expr| matches!(expr, Expr::String(_)))
    }

    /// `once`.
    pub fn once_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwOnce)
    }

    /// How many times, or the rate.
    pub fn amount(&self) -> Option<Expr> {
        children::<Expr>(&self.0).nth(usize::from(self.text().is_some()))
    }

    /// `times`: then the amount is a number.
    pub fn times_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwTimes)
    }
}

impl WhenPart {
    /// The condition over the arguments.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl TakingPart {
    /// The duration.
    pub fn duration(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl GivenAnswer {
    /// Who answers.
    pub fn people(&self) -> impl Iterator<Item = Expr> + use<> {
        let until = self.0.children_with_tokens().take_while(|part| part.kind() != SyntaxKind::KwAnswer);
        until.filter_map(|part| part.into_node().and_then(Expr::cast))
    }

    /// The asking step.
    pub fn step(&self) -> Option<Path> {
        child(&self.0)
    }

    /// The answer.
    pub fn answer(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWith)
    }

    /// How long after the question.
    pub fn after(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwAfter)
    }
}

impl ExpectStmt {
    /// What is expected.
    pub fn expectation(&self) -> Option<Expectation> {
        child(&self.0)
    }
}

impl ExpectOutcome {
    /// `not`.
    pub fn not_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNot)
    }

    /// `resolved`, `failed` or `completed`.
    pub fn outcome(&self) -> Option<SyntaxToken> {
        let words = [SyntaxKind::KwResolved, SyntaxKind::KwFailed, SyntaxKind::KwCompleted];
        words.into_iter().find_map(|kind| token(&self.0, kind))
    }

    /// How long after the start.
    pub fn within(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWithin)
    }
}

impl ExpectRan {
    /// The step.
    pub fn step(&self) -> Option<Path> {
        child(&self.0)
    }

    /// `not`.
    pub fn not_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNot)
    }

    /// `attempted` rather than `ran`.
    pub fn attempted_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwAttempted)
    }

    /// How many attempts.
    pub fn times(&self) -> Option<Expr> {
        let word = self.attempted_token().map_or(SyntaxKind::KwRan, |_| SyntaxKind::KwAttempted);
        child_behind(&self.0, word)
    }

    /// What it came before.
    pub fn before(&self) -> Option<Path> {
        child_behind(&self.0, SyntaxKind::KwBefore)
    }

    /// How long after the start.
    pub fn within(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWithin)
    }
}

impl ExpectEnded {
    /// The step.
    pub fn step(&self) -> Option<Path> {
        child(&self.0)
    }

    /// `not`.
    pub fn not_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNot)
    }

    /// `skipped`, `failed`, `handled`, `blocked`, `cancelled` or `unanswered`.
    pub fn end(&self) -> Option<SyntaxToken> {
        use SyntaxKind::*;
        [KwSkipped, KwFailed, KwHandled, KwBlocked, KwCancelled, KwUnanswered]
            .into_iter()
            .find_map(|kind| token(&self.0, kind))
    }

    /// How long after the start.
    pub fn within(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWithin)
    }
}

impl ExpectCalled {
    /// The action or step.
    pub fn target(&self) -> Option<Path> {
        child(&self.0)
    }

    /// `not`.
    pub fn not_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNot)
    }

    /// How many calls.
    pub fn times(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwCalled)
    }

    /// The parameter behind `with`.
    pub fn argument(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwWith)
    }

    /// `containing` or a comparison.
    pub fn test(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwContaining).or_else(|| token(&self.0, SyntaxKind::OpCompare))
    }

    /// With what the argument is compared.
    pub fn value(&self) -> Option<Expr> {
        child_behind(&self.0, self.test()?.kind())
    }
}

impl ExpectTold {
    /// Who.
    pub fn people(&self) -> Option<Path> {
        child(&self.0)
    }

    /// `not`.
    pub fn not_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwNot)
    }

    /// Through which module.
    pub fn by(&self) -> Option<Path> {
        child_behind(&self.0, SyntaxKind::KwBy)
    }

    /// How long after the start.
    pub fn within(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWithin)
    }
}

impl ExpectValue {
    /// The condition.
    pub fn condition(&self) -> Option<Expr> {
        child(&self.0)
    }
}
