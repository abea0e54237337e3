//! Scenarios: givens and expectations.

use super::{
    Ident, Lowering,
    expression::comparison,
    nodes::{child, children, expressions, idents, mark, token},
};
use crate::{
    hir::{
        ArgumentTest, Expect, ExpectArgument, ExpectKind, ExprKind, Given, GivenKind, GivenOutcome, HowOften,
        Literal, Path, RunOutcome, Scenario, StepEnd,
    },
    source::Span,
    syntax::{SyntaxKind, SyntaxNode},
};

impl Lowering {
    /// The title of a scenario, as its name.
    pub(super) fn title(&mut self, node: &SyntaxNode) -> Ident {
        let Some(title) = child(node, SyntaxKind::StringExpr) else {
            return Ident { text: "".into(), span: self.span(node) };
        };
        let span = self.span(&title);
        let text = self.text(&title);
        let text = match &self.module.exprs[text].kind {
            ExprKind::Literal(Literal::Text(text)) => text.as_str().into(),
            _ => "".into(),
        };
        Ident { text, span }
    }

    pub(super) fn scenario(&mut self, node: &SyntaxNode) -> Scenario {
        let mut scenario = Scenario {
            playbook: self.path_in(node),
            lets: Vec::new(),
            givens: Vec::new(),
            expects: Vec::new(),
        };
        let body = child(node, SyntaxKind::ScenarioBody);
        for statement in body.into_iter().flat_map(|body| body.children()) {
            let span = self.span(&statement);
            match statement.kind() {
                SyntaxKind::LetStmt => scenario.lets.push(self.plain_let(&statement)),
                SyntaxKind::GivenStmt => {
                    let kind = statement.children().find_map(|node| self.given(&node));
                    scenario.givens.push(Given { span, kind: kind.unwrap_or(GivenKind::Missing) });
                }
                SyntaxKind::ExpectStmt => {
                    let node = statement.children().next();
                    let negated = node.as_ref().and_then(|node| mark(self.file, node, SyntaxKind::KwNot));
                    let kind = node.map_or(ExpectKind::Missing, |node| self.expect(&node));
                    scenario.expects.push(Expect { span, negated, kind });
                }
                _ => {}
            }
        }
        scenario
    }

    /// The first dotted name in `node`.
    fn path_in(&self, node: &SyntaxNode) -> Path {
        child(node, SyntaxKind::Path).map(|path| idents(self.file, &path)).unwrap_or_default()
    }

    fn given(&mut self, node: &SyntaxNode) -> Option<GivenKind> {
        let span = self.span(node);
        Some(match node.kind() {
            SyntaxKind::GivenStart => GivenKind::Start(self.first(node, span)),
            SyntaxKind::GivenValue => GivenKind::Value(self.name(node), self.first(node, span)),
            SyntaxKind::GivenFile => GivenKind::File(self.name(node), self.first(node, span)),
            SyntaxKind::GivenDown => {
                let from = self.after(node, SyntaxKind::KwFrom);
                let to = self.after(node, SyntaxKind::KwTo);
                GivenKind::Down { module: self.path_in(node), window: from.zip(to) }
            }
            SyntaxKind::GivenOutcome => self.given_outcome(node, span),
            SyntaxKind::GivenAnswer => GivenKind::Answer {
                people: self.people_before_words(node),
                step: self.path_in(node),
                answer: self.after(node, SyntaxKind::KwWith).unwrap_or_else(|| self.missing(span.at_end())),
                after: self.after(node, SyntaxKind::KwAfter),
            },
            SyntaxKind::GivenApproval => GivenKind::Approval {
                step: self.path_in(node),
                refused: mark(self.file, node, SyntaxKind::KwRefused),
                people: self.people_before_words(node),
                after: self.after(node, SyntaxKind::KwAfter),
            },
            _ => return None,
        })
    }

    /// The expressions up to the `with` or `after` that ends the list of people.
    fn people_before_words(&mut self, node: &SyntaxNode) -> Vec<super::ExprId> {
        let end = [SyntaxKind::KwWith, SyntaxKind::KwAfter]
            .into_iter()
            .filter_map(|word| token(node, word))
            .map(|word| word.text_range().start())
            .min();
        let people =
            expressions(node).filter(|person| end.is_none_or(|end| person.text_range().end() <= end));
        people.map(|person| self.expression(&person)).collect()
    }

    fn given_outcome(&mut self, node: &SyntaxNode, span: Span) -> GivenKind {
        let returns =
            child(node, SyntaxKind::ReturnsPart).map(|part| GivenOutcome::Returns(self.expressions(&part)));
        let fails = child(node, SyntaxKind::FailsPart).map(|part| self.given_failure(&part));
        GivenKind::Outcome {
            target: self.path_in(node),
            outcome: returns.or(fails),
            when: child(node, SyntaxKind::WhenPart).map(|part| self.first(&part, span)),
            taking: child(node, SyntaxKind::TakingPart).map(|part| self.first(&part, span)),
        }
    }

    fn given_failure(&mut self, node: &SyntaxNode) -> GivenOutcome {
        // The grammar has the failure's text first; any other expression says how often.
        let mut values = expressions(node).peekable();
        let text = values.next_if(|value| value.kind() == SyntaxKind::StringExpr);
        let text = text.map(|text| self.expression(&text));
        let how_often = match values.next() {
            Some(count) if token(node, SyntaxKind::KwTimes).is_some() => {
                HowOften::Times(self.expression(&count))
            }
            Some(rate) => HowOften::Rate(self.expression(&rate)),
            None if token(node, SyntaxKind::KwOnce).is_some() => HowOften::Once,
            None => HowOften::Always,
        };
        GivenOutcome::Fails { text, how_often }
    }

    fn expect(&mut self, node: &SyntaxNode) -> ExpectKind {
        let within = self.after(node, SyntaxKind::KwWithin);
        match node.kind() {
            SyntaxKind::ExpectSnapshot => ExpectKind::Snapshot,
            SyntaxKind::ExpectOutcome => {
                let outcomes = [
                    (SyntaxKind::KwResolved, RunOutcome::Resolved),
                    (SyntaxKind::KwFailed, RunOutcome::Failed),
                    (SyntaxKind::KwCompleted, RunOutcome::Completed),
                ];
                let outcome = outcomes.into_iter().find(|(word, _)| token(node, *word).is_some());
                outcome.map_or(ExpectKind::Missing, |(_, outcome)| ExpectKind::Outcome { outcome, within })
            }
            SyntaxKind::ExpectRan => ExpectKind::Ran {
                step: self.path_in(node),
                times: self.count_before(node),
                before: token(node, SyntaxKind::KwBefore).and_then(|_| self.second_path(node)),
                within,
            },
            SyntaxKind::ExpectEnded => {
                let ends = [
                    (SyntaxKind::KwSkipped, StepEnd::Skipped),
                    (SyntaxKind::KwFailed, StepEnd::Failed),
                    (SyntaxKind::KwHandled, StepEnd::Handled),
                    (SyntaxKind::KwBlocked, StepEnd::Blocked),
                    (SyntaxKind::KwCancelled, StepEnd::Cancelled),
                ];
                let end = ends.into_iter().find(|(word, _)| token(node, *word).is_some());
                let step = self.path_in(node);
                end.map_or(ExpectKind::Missing, |(_, end)| ExpectKind::Ended { step, end, within })
            }
            SyntaxKind::ExpectCalled => ExpectKind::Called {
                target: self.path_in(node),
                times: self.count_before(node),
                with: token(node, SyntaxKind::KwWith).map(|_| self.expected_argument(node)),
            },
            SyntaxKind::ExpectTold => ExpectKind::Told {
                people: self.path_in(node),
                by: token(node, SyntaxKind::KwBy).and_then(|_| self.second_path(node)),
                within,
            },
            SyntaxKind::ExpectValue => ExpectKind::Value(self.first(node, self.span(node))),
            _ => ExpectKind::Missing,
        }
    }

    fn second_path(&self, node: &SyntaxNode) -> Option<Path> {
        children(node, SyntaxKind::Path).nth(1).map(|path| idents(self.file, &path))
    }

    /// `N` of `N times`.
    fn count_before(&mut self, node: &SyntaxNode) -> Option<super::ExprId> {
        token(node, SyntaxKind::KwTimes)?;
        expressions(node).next().map(|count| self.expression(&count))
    }

    fn expected_argument(&mut self, node: &SyntaxNode) -> ExpectArgument {
        let compare = token(node, SyntaxKind::OpCompare);
        let test = match &compare {
            Some(operator) => ArgumentTest::Compare(comparison(operator.text())),
            None => ArgumentTest::Containing,
        };
        let value = expressions(node).last();
        ExpectArgument { name: self.name(node), test, value: self.optional(value, self.span(node)) }
    }
}
