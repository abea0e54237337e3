//! Playbooks: header, parts, statements, clauses.

use super::Lowering;
use crate::{
    hir::{
        Approve, Block, Bound, Cause, Clause, Clauses, Each, ExprId, IfStatement, Input, LetStatement,
        LocalKind, OnFailure, OnTrigger, Part, PartBody, PartKind, Playbook, Repeat, Retry, RetryWait,
        Statement, StatementKind, Step, StepId,
    },
    syntax::{
        SyntaxKind, SyntaxNode,
        ast::{self, AstNode, Header},
    },
};

impl Lowering {
    pub(super) fn playbook(&mut self, item: &ast::PlaybookItem) -> Playbook {
        let mut playbook = Playbook {
            triggers: Vec::new(),
            inputs: Vec::new(),
            owner: None,
            resolve_within: None,
            parts: Vec::new(),
        };
        for header in item.headers() {
            match header {
                Header::On(on) => {
                    let trigger = self.required(on.event(), &on);
                    let alias = on.alias().map(|alias| self.name(&alias));
                    let alias = alias.map(|alias| self.local(alias, LocalKind::Trigger));
                    playbook.triggers.push(OnTrigger { span: self.span(&on), trigger, alias });
                }
                Header::Input(input) => {
                    let input = self.input(&input);
                    playbook.inputs.push(input);
                }
                Header::Owner(owner) => {
                    let team = self.required(owner.team(), &owner);
                    self.once_expr(&mut playbook.owner, team, "owner");
                }
                Header::Resolve(resolve) => {
                    let within = self.required(resolve.within(), &resolve);
                    self.once_expr(&mut playbook.resolve_within, within, "resolve within");
                }
            }
        }
        playbook.parts = item.sections().filter_map(|section| self.part(&section)).collect();
        playbook
    }

    fn input(&mut self, input: &ast::InputHeader) -> Input {
        let name = self.ident(input.name(), input);
        Input {
            local: self.local(name.clone(), LocalKind::Input),
            name,
            docs: input.docs(),
            ty: self.required_type(input.ty(), input),
            default: self.optional(input.default()),
        }
    }

    fn part(&mut self, section: &ast::Section) -> Option<Part> {
        let keyword = section.keyword()?;
        let kind = match keyword.kind() {
            SyntaxKind::KwEnrich => PartKind::Enrich,
            SyntaxKind::KwTriage => PartKind::Triage,
            SyntaxKind::KwCommunicate => PartKind::Communicate,
            SyntaxKind::KwRemediate => PartKind::Remediate,
            _ => return None,
        };
        let body = match section.none_token() {
            Some(_) => PartBody::None { reason: self.required(section.reason(), section) },
            None => PartBody::Block(self.block(section.block(), section)),
        };
        Some(Part { kind, keyword: self.span_of(&keyword), body })
    }

    pub(super) fn block(&mut self, block: Option<ast::Block>, owner: &impl AstNode) -> Block {
        let Some(block) = block else {
            return Block { span: self.span(owner).at_end(), statements: Vec::new() };
        };
        let statements = block.statements().map(|statement| {
            let kind = self.statement(&statement);
            Statement { span: self.span(&statement), kind }
        });
        let statements = statements.collect();
        Block { span: self.span(&block), statements }
    }

    fn statement(&mut self, statement: &ast::Statement) -> StatementKind {
        match statement {
            ast::Statement::Step(step) => StatementKind::Step(self.step(step)),
            ast::Statement::Let(statement) => StatementKind::Let(self.let_binding(statement)),
            ast::Statement::Severity(severity) => {
                StatementKind::Severity(self.required(severity.value(), severity))
            }
            ast::Statement::Resolved(resolved) => StatementKind::Resolved(self.list(resolved.after())),
            ast::Statement::Suspect(suspect) => {
                StatementKind::Suspect(self.required(suspect.condition(), suspect))
            }
            ast::Statement::RuleOut(rule_out) => {
                StatementKind::RuleOut(self.required(rule_out.condition(), rule_out))
            }
            ast::Statement::Return(result) => StatementKind::Return(self.required(result.value(), result)),
            ast::Statement::If(choice) => {
                let branches = choice.branches().into_iter();
                let branches = branches
                    .map(|branch| (self.required(branch.condition, choice), self.block(branch.body, choice)))
                    .collect();
                let otherwise = choice.otherwise().map(|block| self.block(Some(block), choice));
                StatementKind::If(IfStatement { branches, otherwise })
            }
            ast::Statement::Cause(cause) => {
                let name = self.ident(cause.name(), cause);
                StatementKind::Cause(Cause {
                    local: self.local(name, LocalKind::Cause),
                    docs: cause.docs(),
                    sentence: self.required(cause.sentence(), cause),
                    body: self.block(cause.body(), cause),
                })
            }
        }
    }

    pub(super) fn let_binding(&mut self, statement: &ast::LetStmt) -> LetStatement {
        let name = self.ident(statement.name(), statement);
        LetStatement {
            local: self.local(name, LocalKind::Let),
            ty: self.optional_type(statement.ty()),
            value: self.required(statement.value(), statement),
        }
    }

    fn step(&mut self, statement: &ast::StepStmt) -> StepId {
        let id = self.next_step();
        let name = self.ident(statement.name(), statement);
        let step = Step {
            local: self.local(name.clone(), LocalKind::Step(id)),
            name,
            docs: statement.docs(),
            span: self.span(statement),
            item: self.current_item(),
            ty: self.optional_type(statement.ty()),
            call: self.required(statement.call(), statement),
            clauses: self.clauses(id, statement.clauses()),
            may_be_each: may_be_each(statement.syntax()),
        };
        self.module.steps.push(step)
    }

    fn clauses(&mut self, step: StepId, clauses: impl Iterator<Item = ast::Clause>) -> Clauses {
        let mut all = Clauses::default();
        for clause in clauses {
            self.clause(&mut all, step, &clause);
        }
        all
    }

    fn clause(&mut self, all: &mut Clauses, step: StepId, clause: &ast::Clause) {
        match clause {
            ast::Clause::When(when) => {
                let condition = self.required(when.condition(), when);
                self.once_clause(&mut all.when, clause, condition);
            }
            ast::Clause::After(after) => {
                let targets = self.list(after.targets());
                self.once_clause(&mut all.after, clause, targets);
            }
            ast::Clause::Each(each) => {
                let each = self.each(step, each);
                self.once_clause(&mut all.each, clause, each);
            }
            ast::Clause::Repeat(repeat) => {
                let repeat = self.repeat(repeat);
                self.once_clause(&mut all.repeat, clause, repeat);
            }
            ast::Clause::Every(every) => {
                let period = self.required(every.period(), every);
                self.once_clause(&mut all.every, clause, period);
            }
            ast::Clause::Approve(approve) => {
                let approve = self.approve(approve);
                self.once_clause(&mut all.approve, clause, approve);
            }
            ast::Clause::Timeout(timeout) => {
                let duration = self.required(timeout.duration(), timeout);
                self.once_clause(&mut all.timeout, clause, duration);
            }
            ast::Clause::Retry(retry) => {
                let retry = self.retry(retry);
                self.once_clause(&mut all.retry, clause, retry);
            }
            ast::Clause::Undo(undo) => {
                let undo = self.undo(undo);
                self.once_clause(&mut all.undo, clause, undo);
            }
            ast::Clause::Irreversible(irreversible) => {
                let reason = self.required(irreversible.reason(), irreversible);
                self.once_clause(&mut all.irreversible, clause, reason);
            }
            ast::Clause::Failure(failure) => {
                let Some(reaction) = failure.reaction() else { return };
                let reaction = match reaction.kind() {
                    SyntaxKind::KwUse => OnFailure::Use(self.required(failure.value(), failure)),
                    SyntaxKind::KwRun => OnFailure::Run(self.required(failure.value(), failure)),
                    _ => OnFailure::Continue,
                };
                self.once_clause(&mut all.on_failure, clause, reaction);
            }
        }
    }

    fn each(&mut self, step: StepId, each: &ast::EachClause) -> Each {
        let variable = self.ident(each.variable(), each);
        Each {
            variable: self.local(variable, LocalKind::Each(step)),
            list: self.required(each.list(), each),
            at_a_time: each.at_a_time().map(|part| self.required(part.count(), &part)),
            at_most: each.at_most().map(|part| self.required(part.bound(), &part)),
        }
    }

    fn repeat(&mut self, repeat: &ast::RepeatClause) -> Repeat {
        Repeat {
            every: self.required(repeat.every(), repeat),
            until: self.optional(repeat.until()),
            hold: self.optional(repeat.hold()),
            bound: repeat.at_most().map(|part| {
                let bound = self.required(part.bound(), &part);
                if part.times_token().is_some() { Bound::Times(bound) } else { Bound::Time(bound) }
            }),
        }
    }

    fn approve(&mut self, approve: &ast::ApproveClause) -> Approve {
        Approve {
            count: self.required(approve.count(), approve),
            groups: self.list(approve.groups()),
            when: approve.when().map(|part| self.required(part.condition(), &part)),
            within: approve.within().map(|part| self.required(part.duration(), &part)),
            else_skip: approve.otherwise().map(|part| self.span(&part)),
        }
    }

    fn retry(&mut self, retry: &ast::RetryClause) -> Retry {
        let times = self.required(retry.times(), retry);
        let wait = match (retry.every(), retry.backoff()) {
            (Some(every), _) => Some(RetryWait::Every(self.expr(&every))),
            (None, Some(first)) => {
                let first = self.expr(&first);
                Some(RetryWait::Backoff(first, self.required(retry.backoff_to(), retry)))
            }
            (None, None) => None,
        };
        Retry { times, wait }
    }

    fn once_clause<T>(&mut self, place: &mut Option<Clause<T>>, clause: &ast::Clause, value: T) {
        let clause_span = self.span(clause);
        self.once(place, |clause| clause.span, Clause { span: clause_span, value }, clause.word());
    }

    /// Puts an expression into a place that holds one.
    pub(super) fn once_expr(&mut self, place: &mut Option<ExprId>, value: ExprId, word: &str) {
        let spans = |lowering: &Self, id: &ExprId| lowering.module.exprs[*id].span;
        match place {
            Some(first) => {
                let (first, again) = (spans(self, first), spans(self, &value));
                self.diagnostics
                    .push(crate::findings::syntax::duplicate_clause::duplicate_clause(again, first, word));
            }
            None => *place = Some(value),
        }
    }
}

/// Whether the statement behind `step` is broken and binds a name with `in`.
fn may_be_each(step: &SyntaxNode) -> bool {
    let behind = step.next_sibling().filter(|behind| behind.kind() == SyntaxKind::BadStmt);
    behind.is_some_and(|behind| behind.text().to_string().split_ascii_whitespace().nth(2) == Some("in"))
}
