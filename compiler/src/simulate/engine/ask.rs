//! Questions and work by hand: who is asked, and what they do (rules 27 and 28).

use std::sync::Arc;

use super::{
    CallId, Engine,
    call::{CallPeople, CallRequest, Plan},
};
use crate::{
    graph::{Callee, MINUTE},
    simulate::{
        people::{Person, people_of},
        scenario::script::Others,
        trace::{AttemptOutcome, EventKind, FailureKind, PersonShown},
        value::{Value, text},
    },
    types::Type,
};

/// What somebody does.
struct Answer {
    person: Option<PersonShown>,
    value: Value,
    after: i64,
    assumed: bool,
}

impl Engine<'_> {
    /// What comes of asking people; none if nobody answers.
    pub(super) fn people_plan(
        &mut self,
        request: &CallRequest<'_>,
        call: CallId,
        values: &[Value],
    ) -> Option<Plan> {
        let Some(people) = values.first().and_then(people_of) else {
            return Some(Plan::fails(FailureKind::Error, "there is no one to ask"));
        };
        let question: Arc<str> = values.get(1).map(text).unwrap_or_default().into();
        let options = match request.site.callee {
            Callee::Manual => None,
            _ => values.get(2).filter(|options| !options.is_none()).cloned(),
        };
        let node = self.frame(request.at.frame).traced(request.at.node);
        let reached = people.iter().map(|person| person.reach(&|medium| self.is_down(medium))).collect();
        let (shown, within) = (options.clone(), request.timeout);
        let event = self.event(node, request.work, || EventKind::Asked {
            people: reached,
            question,
            options: shown,
            within,
        });
        self.calls[call.0 as usize].event = event.or(self.calls[call.0 as usize].event);
        let answer = match self.given(request, None, values) {
            (Some(AttemptOutcome::Gave(value)), takes) => {
                Some(Answer { person: None, value, after: takes.unwrap_or(0), assumed: false })
            }
            (Some(outcome), takes) => return Some(Plan { outcome, takes: takes.unwrap_or(0) }),
            (None, Some(takes)) if request.site.callee == Callee::Manual => {
                Some(Answer { person: None, value: Value::Unit, after: takes, assumed: false })
            }
            (None, _) => self.answer(request, &people, options.as_ref()),
        }?;
        if request.timeout.is_some_and(|within| answer.after > within) {
            return None;
        }
        let Answer { mut person, value, after, assumed } = answer;
        // Where one person is asked, it is them.
        if let ([only], None) = (people.as_slice(), &person) {
            person = Some(only.shown.clone());
        }
        let answered = Some((person, value.clone(), assumed));
        let people = CallPeople { answered, ..CallPeople::default() };
        self.calls[call.0 as usize].people = Some(Box::new(people));
        Some(Plan { outcome: AttemptOutcome::Gave(value), takes: after })
    }

    /// The first answer of somebody who is asked.
    fn answer(
        &mut self,
        request: &CallRequest<'_>,
        people: &[Person],
        options: Option<&Value>,
    ) -> Option<Answer> {
        let script = self.script;
        let path = self.step_path(request.at).unwrap_or_default();
        let mut first: Option<Answer> = None;
        let mut given = false;
        for (index, line) in script.answers.iter().enumerate().filter(|(_, line)| line.step == path) {
            given = true;
            let asked = |person: &&Person| people.iter().any(|asked| asked.shown.id == person.shown.id);
            let Some(person) = line.people.iter().find(asked) else {
                for person in &line.people {
                    let node = self.frame(request.at.frame).traced(request.at.node);
                    let why = format!("{} wasn't asked", person.shown.name).into();
                    let person = person.shown.clone();
                    self.event(node, request.work, || EventKind::Disregarded { person, why });
                }
                continue;
            };
            self.used.answers[index] += 1;
            if first.as_ref().is_none_or(|first| line.after < first.after) {
                first = Some(Answer {
                    person: Some(person.shown.clone()),
                    value: line.value.clone(),
                    after: line.after,
                    assumed: false,
                });
            }
        }
        if given || script.others == Others::Silent {
            return first;
        }
        let value = self.assumed_answer(request, options)?;
        let after = request.timeout.map_or(MINUTE, |within| within.min(MINUTE));
        Some(Answer {
            person: people.first().map(|person| person.shown.clone()),
            value,
            after,
            assumed: true,
        })
    }

    /// The first option, yes, done.
    fn assumed_answer(&self, request: &CallRequest<'_>, options: Option<&Value>) -> Option<Value> {
        let first = match options {
            Some(Value::List(options)) => Some(options.first()?.clone()),
            Some(Value::Map(options)) => Some(options.values().next()?.clone()),
            _ => None,
        };
        match request.site.callee {
            Callee::Manual => Some(Value::Unit),
            Callee::AskMany => Some(Value::list(first.into_iter().collect())),
            _ => first.or_else(|| {
                let plan = self.plan(request.at)?;
                let ty = self.frame(request.at.frame).module.types.of_call(plan.step);
                self.agreeable(ty)
            }),
        }
    }

    /// What somebody says who wants to be helpful.
    fn agreeable(&self, ty: &Type) -> Option<Value> {
        match ty.present() {
            Type::Bool => Some(Value::Bool(true)),
            Type::Text => Some(Value::text("(an answer)")),
            Type::Int => Some(Value::Int(1)),
            Type::Enum(item) => self.evaluator.variant(crate::names::VariantId { item: *item, index: 0 }),
            _ => None,
        }
    }
}
