//! Random programs, most of which compile, and what the world does in a run of them.
//!
//! Times are few and short, so that much happens in the same instant.

mod chance;
mod expressions;
mod givens;
mod names;
mod steps;

use crate::model::{self, *};
use chance::Chance;
use names::{Known, Silence};

/// Times that steps, waits and deadlines take.
const TIMES: [Seconds; 9] = [1, 2, 2, 3, 4, 4, 5, 6, 10];

/// The program of a seed.
pub fn program(seed: u64) -> Program {
    let mut maker = Maker {
        chance: Chance::new(seed),
        last: 0,
        program: Program::default(),
        known: Known::default(),
        silence: Silence::default(),
        numbers: 0,
        grouped: false,
        moments: true,
    };
    maker.tasks();
    maker.playbook();
    maker.givens();
    maker.program
}

struct Maker {
    chance: Chance,
    /// The last id that was given away.
    last: Id,
    program: Program,
    known: Known,
    silence: Silence,
    /// Literal arguments count up, so that lines of the scenario can tell them apart.
    numbers: i64,
    /// Within a group.
    grouped: bool,
    /// Conditions may read the moment: not where a change would hang on how long people take.
    moments: bool,
}

/// Where steps are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Enrich,
    Triage,
    /// In a cause.
    Cause,
    Communicate,
    Remediate,
    /// In a task whose steps do at most this.
    Task(Effect),
}

impl Maker {
    fn fresh(&mut self) -> Id {
        self.last += 1;
        self.last
    }

    fn time(&mut self) -> Seconds {
        self.chance.pick(&TIMES)
    }

    fn tasks(&mut self) {
        for _ in 0..self.chance.pick(&[0, 0, 1, 1, 2]) {
            let most = self.chance.pick(&[Effect::Reads, Effect::Notifies, Effect::Changes, Effect::Changes]);
            let count = 1 + self.chance.below(3);
            let before = std::mem::take(&mut self.known);
            self.known.parameter = true;
            let items = self.items(Place::Task(most), count);
            let result = self.sure_int();
            self.known = before;
            let id = self.fresh();
            self.program.tasks.push(Task { id, items, result });
        }
    }

    fn playbook(&mut self) {
        let count = self.chance.below(4);
        self.program.enrich = self.items(Place::Enrich, count);
        if self.chance.often(60) {
            let condition = self.cond(1);
            let silent = self.is_silent(&condition);
            let (then, otherwise) =
                self.chance.pick(&[(Level::Critical, Level::Minor), (Level::Minor, Level::Major)]);
            self.program.severity = Some(Severity { condition, then, otherwise });
            self.known.severity = true;
            self.silence.severity = silent;
        }
        let count = self.chance.below(3);
        self.program.triage = self.items(Place::Triage, count);
        let count = 1 + self.chance.below(5);
        self.program.remediate = self.items(Place::Remediate, count);
        if self.chance.often(60) {
            self.verification();
        }
        let count = self.chance.below(4);
        self.program.communicate = self.items(Place::Communicate, count);
    }

    /// The look that says whether it is over.
    fn verification(&mut self) {
        let id = self.fresh();
        let argument = self.number();
        let mut step = Step::new(id, Call::Action(Action::Look, argument));
        match self.chance.below(5) {
            0 => step.repeat = Some(self.repeat()),
            1 => step.retry = Some(self.retry()),
            2 => step.timeout = Some(self.time()),
            _ => {}
        }
        if self.chance.often(25) {
            let steps = self.known.without(&self.silence).steps;
            step.after.extend(self.chance.maybe(&steps).map(|id| (Point::Step(id), 0)));
        }
        self.program.remediate.push(Item::Step(step));
        self.program.resolved_after.push(id);
        self.known.steps.push(id);
    }

    /// Steps, groups, `let`s and causes.
    fn items(&mut self, place: Place, count: usize) -> Vec<Item> {
        let mut items = Vec::new();
        for _ in 0..count {
            let item = match self.chance.below(12) {
                0 if count > 1 => self.group(place),
                1 if place != Place::Cause && !self.grouped => self.binding(),
                2..=4 if place == Place::Triage && !self.grouped => Some(self.cause()),
                _ => None,
            };
            let item = match item {
                Some(item) => item,
                None => Item::Step(self.step(place)),
            };
            items.push(item);
        }
        items
    }

    fn binding(&mut self) -> Option<Item> {
        let value = match self.chance.below(4) {
            0 => Expr::Divide(Box::new(Expr::Number(6)), Box::new(self.known_int()?)),
            _ => Expr::Add(Box::new(self.known_int()?), Box::new(Expr::Number(1))),
        };
        let id = self.fresh();
        let mut needs = Vec::new();
        names_in(&value, &mut needs);
        self.follow_silence(id, &needs);
        self.known.ints.push(id);
        Some(Item::Let { id, value })
    }

    fn group(&mut self, place: Place) -> Option<Item> {
        let (before, pure) = (self.known.clone(), place_is_pure(place));
        if pure {
            self.known = self.known.without(&self.silence);
        }
        self.moments = self.may_read_moments(place);
        let condition = self.cond(1);
        self.known = before.clone();
        let silent = self.is_silent(&condition);
        let first = self.last;
        let around = std::mem::replace(&mut self.grouped, true);
        let count = 1 + self.chance.below(2);
        let then = self.items(place, count);
        let inside = std::mem::replace(&mut self.known, before.clone());
        let count = self.chance.below(2);
        let otherwise = self.items(place, count);
        let other = std::mem::replace(&mut self.known, before);
        self.grouped = around;
        self.known.behind(&inside);
        self.known.behind(&other);
        if silent {
            // What stands in the group hangs on the answer.
            self.silence.assumed.extend(first + 1..=self.last);
        }
        Some(Item::Group { condition, then, otherwise })
    }

    fn cause(&mut self) -> Item {
        let before = self.known.clone();
        let count = 1 + self.chance.below(2);
        let steps = self.items(Place::Cause, count);
        let lines = |maker: &mut Maker, most: usize| -> Vec<Cond> {
            (0..maker.chance.below(most + 1)).map(|_| maker.cond(1)).collect()
        };
        let mut suspect = lines(self, 2);
        if suspect.is_empty() {
            suspect.push(self.cond(0));
        }
        let rule_out = lines(self, 1);
        let id = self.fresh();
        let silent = suspect.iter().chain(&rule_out).any(|line| self.is_silent(line))
            || model::steps(&steps).iter().any(|step| self.silence.asked.contains(&step.id));
        self.known = before;
        self.known.causes.push(id);
        if silent {
            self.silence.assumed.insert(id);
        }
        Item::Cause(Cause { id, steps, suspect, rule_out })
    }
}

/// Where a step stands that may change something.
fn place_is_pure(place: Place) -> bool {
    matches!(place, Place::Remediate | Place::Task(_))
}

/// All names in an expression.
fn names_in(expr: &Expr, names: &mut Vec<Id>) {
    match expr {
        Expr::Name(id) | Expr::Or(id, _) | Expr::Sum(id) => names.push(*id),
        Expr::Add(left, right) | Expr::Divide(left, right) => {
            names_in(left, names);
            names_in(right, names);
        }
        Expr::Number(_) | Expr::Parameter | Expr::Element | Expr::It => {}
    }
}

/// All names in a condition, causes too.
fn names_in_cond(cond: &Cond, names: &mut Vec<Id>) {
    match cond {
        Cond::Constant(_) | Cond::Before(_) | Cond::Severity(_) => {}
        Cond::Above(value, _) | Cond::Equals(value, _) => names_in(value, names),
        Cond::Answer(id) | Cond::There(id) | Cond::Cause(id, _) => names.push(*id),
        Cond::Not(inner) => names_in_cond(inner, names),
        Cond::And(left, right) | Cond::Or(left, right) => {
            names_in_cond(left, names);
            names_in_cond(right, names);
        }
    }
}

fn names_severity(cond: &Cond) -> bool {
    match cond {
        Cond::Severity(_) => true,
        Cond::Not(inner) => names_severity(inner),
        Cond::And(left, right) | Cond::Or(left, right) => names_severity(left) || names_severity(right),
        _ => false,
    }
}

fn names_moments(cond: &Cond) -> bool {
    match cond {
        Cond::Before(_) => true,
        Cond::Not(inner) => names_moments(inner),
        Cond::And(left, right) | Cond::Or(left, right) => names_moments(left) || names_moments(right),
        _ => false,
    }
}
