//! Scenarios.

use super::{Lowering, expression::binary_op};
use crate::{
    hir::{
        ArgumentTest, Expect, ExpectArgument, ExpectKind, Given, GivenKind, GivenOutcome, HowOften, Ident,
        Reach, RunOutcome, Scenario, StepEnd,
    },
    source::Span,
    syntax::{
        SyntaxKind, SyntaxToken,
        ast::{self, AstNode, Expectation, Expr, ScenarioStatement},
    },
};

impl Lowering {
    /// The title is the scenario's name.
    pub(super) fn scenario_title(&mut self, scenario: &ast::ScenarioItem) -> Ident {
        match scenario.title() {
            Some(Expr::String(text)) => {
                Ident { text: self.plain_text(text.pieces(), "a title").into(), span: self.span(&text) }
            }
            _ => self.ident(None, scenario),
        }
    }

    pub(super) fn scenario(&mut self, item: &ast::ScenarioItem) -> Scenario {
        let mut scenario = Scenario {
            playbook: self.path(item.playbook()),
            lets: Vec::new(),
            givens: Vec::new(),
            expects: Vec::new(),
        };
        for statement in item.statements() {
            match statement {
                ScenarioStatement::Let(statement) => {
                    let lowered = self.let_binding(&statement);
                    scenario.lets.push((lowered.local, lowered.value));
                }
                ScenarioStatement::Given(given) => {
                    let kind = given.given().map_or(GivenKind::Missing, |given| self.given(&given));
                    scenario.givens.push(Given { span: self.span(&given), kind });
                }
                ScenarioStatement::Expect(expect) => {
                    let lowered = self.expect(&expect);
                    scenario.expects.push(lowered);
                }
            }
        }
        scenario
    }

    fn given(&mut self, given: &ast::Given) -> GivenKind {
        match given {
            ast::Given::Start(start) => GivenKind::Start(self.required(start.time(), start)),
            ast::Given::Value(value) => {
                GivenKind::Value(self.ident(value.name(), value), self.required(value.value(), value))
            }
            ast::Given::File(file) => {
                GivenKind::File(self.ident(file.name(), file), self.required(file.file(), file))
            }
            ast::Given::Down(down) => GivenKind::Down {
                module: self.path(down.module()),
                window: down.from().map(|from| (self.expr(&from), self.required(down.to(), down))),
            },
            ast::Given::Outcome(outcome) => {
                let returns = outcome.returns().map(|part| GivenOutcome::Returns(self.list(part.values())));
                let fails = outcome.fails().map(|part| self.fails(&part));
                GivenKind::Outcome {
                    target: self.path(outcome.target()),
                    outcome: returns.or(fails),
                    when: self.optional(outcome.when()),
                    taking: self.optional(outcome.taking()),
                }
            }
            ast::Given::Answer(answer) => GivenKind::Answer {
                people: self.list(answer.people()),
                step: self.path(answer.step()),
                answer: self.required(answer.answer(), answer),
                after: self.optional(answer.after()),
            },
            ast::Given::Approval(approval) => GivenKind::Approval {
                step: self.path(approval.step()),
                refused: approval.refused_token().map(|token| self.span_of(&token)),
                people: self.list(approval.people()),
                after: self.optional(approval.after()),
            },
        }
    }

    fn fails(&mut self, part: &ast::FailsPart) -> GivenOutcome {
        let text = self.optional(part.text());
        let how_often = match part.amount() {
            _ if part.once_token().is_some() => HowOften::Once,
            Some(amount) if part.times_token().is_some() => HowOften::Times(self.expr(&amount)),
            Some(amount) => HowOften::Rate(self.expr(&amount)),
            None => HowOften::Always,
        };
        GivenOutcome::Fails { text, how_often }
    }

    fn expect(&mut self, expect: &ast::ExpectStmt) -> Expect {
        let span = self.span(expect);
        // What goes on in a way that can't be read isn't known: a part of it would mean something else.
        let broken = expect.syntax().next_sibling().is_some_and(|next| next.kind() == SyntaxKind::BadTail);
        let Some(expectation) = expect.expectation().filter(|_| !broken) else {
            return Expect { span, negated: None, kind: ExpectKind::Missing };
        };
        let (not, kind) = match &expectation {
            Expectation::Snapshot(_) => (None, ExpectKind::Snapshot),
            Expectation::Outcome(outcome) => {
                let within = self.optional(outcome.within());
                let kind =
                    outcome.outcome().map(|word| ExpectKind::Outcome { outcome: run_outcome(&word), within });
                (outcome.not_token(), kind.unwrap_or(ExpectKind::Missing))
            }
            Expectation::Ran(ran) => {
                let kind = ExpectKind::Ran {
                    step: self.path(ran.step()),
                    reach: if ran.attempted_token().is_some() { Reach::Attempted } else { Reach::Ran },
                    times: self.optional(ran.times()),
                    before: ran.before().map(|path| self.path(Some(path))),
                    within: self.optional(ran.within()),
                };
                (ran.not_token(), kind)
            }
            Expectation::Ended(ended) => {
                let (step, within) = (self.path(ended.step()), self.optional(ended.within()));
                let kind = ended.end().map(|word| ExpectKind::Ended { step, end: step_end(&word), within });
                (ended.not_token(), kind.unwrap_or(ExpectKind::Missing))
            }
            Expectation::Called(called) => {
                let kind = ExpectKind::Called {
                    target: self.path(called.target()),
                    times: self.optional(called.times()),
                    with: self.expect_argument(called),
                };
                (called.not_token(), kind)
            }
            Expectation::Told(told) => {
                let kind = ExpectKind::Told {
                    people: self.path(told.people()),
                    by: told.by().map(|path| self.path(Some(path))),
                    within: self.optional(told.within()),
                };
                (told.not_token(), kind)
            }
            Expectation::Value(value) => (None, ExpectKind::Value(self.required(value.condition(), value))),
        };
        let negated: Option<Span> = not.map(|token| self.span_of(&token));
        Expect { span, negated, kind }
    }

    fn expect_argument(&mut self, called: &ast::ExpectCalled) -> Option<ExpectArgument> {
        let name = self.name(&called.argument()?);
        let test = called.test()?;
        let test = match test.kind() {
            SyntaxKind::KwContaining => ArgumentTest::Containing,
            _ => ArgumentTest::Compare(binary_op(&test)),
        };
        Some(ExpectArgument { name, test, value: self.required(called.value(), called) })
    }
}

fn run_outcome(word: &SyntaxToken) -> RunOutcome {
    match word.kind() {
        SyntaxKind::KwResolved => RunOutcome::Resolved,
        SyntaxKind::KwFailed => RunOutcome::Failed,
        _ => RunOutcome::Completed,
    }
}

fn step_end(word: &SyntaxToken) -> StepEnd {
    match word.kind() {
        SyntaxKind::KwSkipped => StepEnd::Skipped,
        SyntaxKind::KwFailed => StepEnd::Failed,
        SyntaxKind::KwHandled => StepEnd::Handled,
        SyntaxKind::KwBlocked => StepEnd::Blocked,
        SyntaxKind::KwUnanswered => StepEnd::Unanswered,
        _ => StepEnd::Cancelled,
    }
}
