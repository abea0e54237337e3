//! What names stand for, and what expressions are worth (rules 2, 5, 7).

use std::collections::{BTreeMap, BTreeSet};

use crate::events::{Skip, Value};
use crate::model::*;

/// What a name stands for (rule 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// This value; `none` for what was skipped or handled by `continue`.
    Value(Value),
    /// What needs this is skipped: nobody answered, or the run was over before it began.
    Without(Skip),
    /// It failed, was blocked or cancelled.
    Bad,
}

/// The names of a playbook or of one call of a task. What isn't in it hasn't ended.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub standing: BTreeMap<Id, Standing>,
    pub severity: Option<Level>,
    pub causes: BTreeMap<Id, Decision>,
}

/// What must have ended before something can be looked at (rule 2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Name(Id),
    Severity,
    Cause(Id),
}

/// Whether what is needed is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    Yes,
    NotYet,
    Without(Skip),
    Bad,
}

/// No value: a division by zero, an overflow, or a name that stands for nothing (rule 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoValue;

/// All that an expression may look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub names: &'a Names,
    pub parameter: Option<i64>,
    pub element: Option<i64>,
    pub it: Option<i64>,
    /// Since the run began.
    pub elapsed: Seconds,
}

impl Names {
    /// Whether all of these have ended, and well enough (rule 5). The first that isn't there for good
    /// decides.
    pub fn there(&self, needs: &BTreeSet<Need>) -> There {
        self.look(needs, false)
    }

    /// The same, when all of them have ended (rule 6).
    pub fn ended(&self, needs: &BTreeSet<Need>) -> There {
        self.look(needs, true)
    }

    fn look(&self, needs: &BTreeSet<Need>, all_ended: bool) -> There {
        let mut all = There::Yes;
        for need in needs {
            let one = match need {
                Need::Severity if self.severity.is_some() => There::Yes,
                Need::Cause(id) if self.causes.contains_key(id) => There::Yes,
                Need::Severity | Need::Cause(_) => There::NotYet,
                Need::Name(id) => match self.standing.get(id) {
                    None => There::NotYet,
                    Some(Standing::Value(_)) => There::Yes,
                    Some(Standing::Without(why)) => There::Without(*why),
                    Some(Standing::Bad) => There::Bad,
                },
            };
            all = match (all, one) {
                (There::NotYet, _) | (_, There::NotYet) if all_ended => There::NotYet,
                (There::Bad, _) | (_, There::Bad) => There::Bad,
                (There::Without(why), _) | (_, There::Without(why)) => There::Without(why),
                (There::NotYet, _) | (_, There::NotYet) => There::NotYet,
                _ => There::Yes,
            };
        }
        all
    }
}

/// All that an expression names, in every branch (rule 2).
pub fn needs_of(expr: &Expr, needs: &mut BTreeSet<Need>) {
    match expr {
        Expr::Name(id) | Expr::Or(id, _) | Expr::Sum(id) => drop(needs.insert(Need::Name(*id))),
        Expr::Add(left, right) | Expr::Divide(left, right) => {
            needs_of(left, needs);
            needs_of(right, needs);
        }
        Expr::Number(_) | Expr::Parameter | Expr::Element | Expr::It => {}
    }
}

/// All that a condition names; what is read of the run at the moment holds nothing up.
pub fn needs_of_cond(cond: &Cond, needs: &mut BTreeSet<Need>) {
    match cond {
        Cond::Constant(_) | Cond::Before(_) => {}
        Cond::Above(value, _) | Cond::Equals(value, _) => needs_of(value, needs),
        Cond::Answer(id) | Cond::There(id) => drop(needs.insert(Need::Name(*id))),
        Cond::Severity(_) => drop(needs.insert(Need::Severity)),
        Cond::Cause(id, _) => drop(needs.insert(Need::Cause(*id))),
        Cond::Not(inner) => needs_of_cond(inner, needs),
        Cond::And(left, right) | Cond::Or(left, right) => {
            needs_of_cond(left, needs);
            needs_of_cond(right, needs);
        }
    }
}

/// All that a step's call and clauses name, but for its own name (rule 2).
pub fn needs_of_step(step: &Step) -> BTreeSet<Need> {
    let mut needs = BTreeSet::new();
    match &step.call {
        Call::Action(_, argument) | Call::Task(_, argument) => needs_of(argument, &mut needs),
        Call::Ask { .. } => {}
    }
    for element in step.each.iter().flat_map(|each| &each.list) {
        needs_of(element, &mut needs);
    }
    if let Some(repeat) = &step.repeat {
        needs_of_cond(&repeat.until, &mut needs);
    }
    if let Some(when) = step.approve.as_ref().and_then(|approve| approve.when.as_ref()) {
        needs_of_cond(when, &mut needs);
    }
    if let Some(Undo::Call { argument, .. }) = &step.undo {
        needs_of(argument, &mut needs);
    }
    match &step.on_failure {
        OnFailure::Use(value) | OnFailure::Run(_, value) => needs_of(value, &mut needs),
        OnFailure::Nothing | OnFailure::Continue => {}
    }
    needs.remove(&Need::Name(step.id));
    needs
}

/// What an Int expression is worth.
pub fn value(expr: &Expr, view: View<'_>) -> Result<i64, NoValue> {
    match expr {
        Expr::Number(number) => Ok(*number),
        Expr::Name(id) => match view.names.standing.get(id) {
            Some(Standing::Value(Value::Int(value))) => Ok(*value),
            Some(Standing::Bad | Standing::Without(_)) => Err(NoValue),
            found => panic!("s{id} is used as an Int and is {found:?}"),
        },
        Expr::Or(id, otherwise) => match view.names.standing.get(id) {
            Some(Standing::Value(Value::Int(value))) => Ok(*value),
            Some(Standing::Value(Value::None)) | None => Ok(*otherwise),
            Some(Standing::Bad | Standing::Without(_)) => Err(NoValue),
            found => panic!("s{id} is used as an Int? and is {found:?}"),
        },
        Expr::Sum(id) => match view.names.standing.get(id) {
            Some(Standing::Value(Value::List(values))) => Ok(values.iter().sum()),
            Some(Standing::Bad | Standing::Without(_)) => Err(NoValue),
            found => panic!("s{id} is used as a list and is {found:?}"),
        },
        Expr::Parameter => Ok(view.parameter.expect("only tasks have a parameter")),
        Expr::Element => Ok(view.element.expect("only `each` has an element")),
        Expr::It => Ok(view.it.expect("only `until` knows `it`")),
        Expr::Add(left, right) => value(left, view)?.checked_add(value(right, view)?).ok_or(NoValue),
        Expr::Divide(left, right) => value(left, view)?.checked_div(value(right, view)?).ok_or(NoValue),
    }
}

/// Whether a condition holds. `and` and `or` look at their right side only if they must.
pub fn holds(cond: &Cond, view: View<'_>) -> Result<bool, NoValue> {
    Ok(match cond {
        Cond::Constant(value) => *value,
        Cond::Above(left, than) => value(left, view)? > *than,
        Cond::Equals(left, to) => value(left, view)? == *to,
        Cond::Answer(id) => match view.names.standing.get(id) {
            Some(Standing::Value(Value::Bool(answer))) => *answer,
            Some(Standing::Bad | Standing::Without(_)) => return Err(NoValue),
            found => panic!("s{id} is used as an answer and is {found:?}"),
        },
        Cond::There(id) => match view.names.standing.get(id) {
            Some(Standing::Bad | Standing::Without(_)) => return Err(NoValue),
            found => found != Some(&Standing::Value(Value::None)),
        },
        Cond::Severity(least) => view.names.severity.expect("it is waited for") >= *least,
        Cond::Cause(id, decision) => view.names.causes[id] == *decision,
        Cond::Before(time) => view.elapsed < *time,
        Cond::Not(inner) => !holds(inner, view)?,
        Cond::And(left, right) => holds(left, view)? && holds(right, view)?,
        Cond::Or(left, right) => holds(left, view)? || holds(right, view)?,
    })
}

/// A condition and what it has to give, taken apart (rule 6): at `and` where it has to hold, at `or` where
/// it must not, as in `else` and under `not`.
pub fn parts(cond: &Cond, wanted: bool) -> Vec<(&Cond, bool)> {
    match (cond, wanted) {
        (Cond::And(left, right), true) | (Cond::Or(left, right), false) => {
            [parts(left, wanted), parts(right, wanted)].concat()
        }
        (Cond::Not(inner), _) => parts(inner, !wanted),
        _ => vec![(cond, wanted)],
    }
}

/// Whether a condition reads the run at the moment.
pub fn names_moments(cond: &Cond) -> bool {
    match cond {
        Cond::Before(_) => true,
        Cond::Not(inner) => names_moments(inner),
        Cond::And(left, right) | Cond::Or(left, right) => names_moments(left) || names_moments(right),
        _ => false,
    }
}
