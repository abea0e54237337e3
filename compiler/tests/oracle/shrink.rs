//! Makes a program that shows a difference smaller, as long as it still shows one.

use std::collections::BTreeSet;

use crate::model::*;

/// The smallest program that is found on which this holds, starting with one on which it does.
pub fn shrink(program: &Program, mut holds: impl FnMut(&Program) -> bool) -> Program {
    let mut best = program.clone();
    loop {
        let (mut which, mut smaller) = (0, false);
        loop {
            let mut candidate = best.clone();
            let mut edit = Edit { left: which, done: false };
            edit.program(&mut candidate);
            if !edit.done {
                break;
            }
            prune(&mut candidate);
            if holds(&candidate) {
                (best, smaller) = (candidate, true);
            } else {
                which += 1;
            }
        }
        if !smaller {
            return best;
        }
    }
}

/// Finds the n-th thing that can be made smaller, and does it.
struct Edit {
    left: usize,
    done: bool,
}

impl Edit {
    fn now(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.done
    }

    fn program(&mut self, program: &mut Program) {
        let parts =
            [&mut program.remediate, &mut program.communicate, &mut program.triage, &mut program.enrich];
        for items in parts {
            self.items(items);
        }
        self.elements(&mut program.tasks);
        for task in &mut program.tasks {
            self.items(&mut task.items);
            self.expr(&mut task.result);
        }
        if self.taken(&mut program.severity) {
            return;
        }
        if let Some(severity) = &mut program.severity {
            self.cond(&mut severity.condition);
        }
        self.elements(&mut program.resolved_after);
        let givens = &mut program.givens;
        self.elements(&mut givens.steps);
        self.elements(&mut givens.actions);
        self.elements(&mut givens.answers);
        self.elements(&mut givens.approvals);
        for given in &mut givens.steps {
            if let Outcome::Returns(values) = &mut given.outcome
                && values.len() > 1
            {
                self.elements(values);
            }
            self.time(&mut given.taking);
        }
        for given in &mut givens.actions {
            self.time(&mut given.taking);
        }
        for given in &mut givens.approvals {
            if given.people.len() > 1 {
                self.elements(&mut given.people);
            }
            self.time(&mut given.after);
        }
        for given in &mut givens.answers {
            self.time(&mut given.after);
        }
    }

    fn elements<T>(&mut self, list: &mut Vec<T>) {
        let chosen = (0..list.len()).find(|_| self.now());
        if let Some(index) = chosen {
            list.remove(index);
        }
    }

    fn taken<T>(&mut self, found: &mut Option<T>) -> bool {
        let taken = found.is_some() && self.now();
        if taken {
            *found = None;
        }
        taken
    }

    fn time(&mut self, time: &mut Seconds) {
        if *time > 1 && self.now() {
            *time -= 1;
        }
    }

    fn items(&mut self, items: &mut Vec<Item>) {
        for index in 0..items.len() {
            if self.now() {
                items.remove(index);
                return;
            }
            if matches!(items[index], Item::Group { .. } | Item::Cause(_)) && self.now() {
                let inner = match items.remove(index) {
                    Item::Group { then, otherwise, .. } => [then, otherwise].concat(),
                    Item::Cause(cause) => cause.steps,
                    other => vec![other],
                };
                items.splice(index..index, inner);
                return;
            }
            match &mut items[index] {
                Item::Step(step) => self.step(step),
                Item::Let { value, .. } => self.expr(value),
                Item::Group { condition, then, otherwise } => {
                    self.cond(condition);
                    self.items(then);
                    self.items(otherwise);
                }
                Item::Cause(cause) => {
                    self.items(&mut cause.steps);
                    if cause.suspect.len() > 1 {
                        self.elements(&mut cause.suspect);
                    }
                    self.elements(&mut cause.rule_out);
                    cause.suspect.iter_mut().chain(&mut cause.rule_out).for_each(|line| self.cond(line));
                }
            }
        }
    }

    fn step(&mut self, step: &mut Step) {
        self.taken(&mut step.when);
        self.elements(&mut step.after);
        if step.each.is_some() && self.now() {
            step.each = None;
            if let Call::Action(_, argument) | Call::Task(_, argument) = &mut step.call {
                *argument = Expr::Number(1);
            }
            if let Some(Undo::Call { argument: argument @ Expr::Element, .. }) = &mut step.undo {
                *argument = Expr::Number(1);
            }
        }
        self.taken(&mut step.repeat);
        self.taken(&mut step.every);
        self.taken(&mut step.approve);
        self.taken(&mut step.timeout);
        self.taken(&mut step.retry);
        if !matches!(step.on_failure, OnFailure::Nothing) && self.now() {
            step.on_failure = OnFailure::Nothing;
        }
        if !matches!(&step.call, Call::Action(Action::Chg, _)) {
            self.taken(&mut step.undo);
        }
        if let Call::Action(action @ (Action::Chg | Action::Fix), _) = &mut step.call
            && self.now()
        {
            (*action, step.undo) = (Action::Set, None);
        }
        match &mut step.call {
            Call::Action(_, argument) | Call::Task(_, argument) => self.expr(argument),
            Call::Ask { people, within, .. } => {
                if people.len() > 1 {
                    self.elements(people);
                }
                self.time(within);
            }
        }
        if let Some(when) = &mut step.when {
            self.cond(when);
        }
        for (_, delay) in &mut step.after {
            if *delay > 0 && self.now() {
                *delay -= 1;
            }
        }
        if let Some(each) = &mut step.each {
            if each.list.len() > 1 {
                self.elements(&mut each.list);
            }
            self.taken(&mut each.at_a_time);
            self.taken(&mut each.at_most);
        }
        if let Some(repeat) = &mut step.repeat {
            self.taken(&mut repeat.hold);
        }
        if let Some(approve) = &mut step.approve {
            self.taken(&mut approve.when);
            if approve.groups.len() > 1 {
                self.elements(&mut approve.groups);
            }
            self.time(&mut approve.within);
        }
        if let Some(timeout) = &mut step.timeout {
            self.time(timeout);
        }
        if let Some(Undo::Call { argument, .. }) = &mut step.undo {
            self.expr(argument);
        }
        if let OnFailure::Use(value) | OnFailure::Run(_, value) = &mut step.on_failure {
            self.expr(value);
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        if matches!(expr, Expr::Number(_) | Expr::Element | Expr::It) {
            return;
        }
        if self.now() {
            *expr = Expr::Number(1);
        } else if let Expr::Add(left, right) | Expr::Divide(left, right) = expr {
            if self.now() {
                *expr = (**left).clone();
            } else {
                self.expr(left);
                self.expr(right);
            }
        }
    }

    fn cond(&mut self, cond: &mut Cond) {
        match cond {
            Cond::And(left, right) | Cond::Or(left, right) => {
                if self.now() {
                    *cond = (**left).clone();
                } else if self.now() {
                    *cond = (**right).clone();
                } else {
                    self.cond(left);
                    self.cond(right);
                }
            }
            Cond::Not(inner) => {
                if self.now() {
                    *cond = (**inner).clone();
                } else {
                    self.cond(inner);
                }
            }
            _ => {}
        }
    }
}

/// Takes out what names what is no longer there.
fn prune(program: &mut Program) {
    let called = |program: &Program| -> BTreeSet<Id> {
        let tasks = program.tasks.iter().map(|task| &task.items);
        let bodies = program.parts().map(|(_, items)| items).into_iter().chain(tasks);
        let calls = bodies.flat_map(|items| steps(items)).filter_map(|step| match step.call {
            Call::Task(task, _) => Some(task),
            _ => None,
        });
        calls.collect()
    };
    let (wanted, there) = (called(program), program.tasks.iter().map(|task| task.id).collect());
    let missing: BTreeSet<Id> = wanted.difference(&there).copied().collect();
    let mut known = BTreeSet::new();
    for items in bodies(program) {
        drop_calls(items, &missing);
        declared(items, &mut known);
    }
    for items in bodies(program) {
        prune_items(items, &known);
    }
    for task in &mut program.tasks {
        prune_expr(&mut task.result, &known);
    }
    if let Some(severity) = &mut program.severity {
        prune_cond(&mut severity.condition, &known);
    }
    program.resolved_after.retain(|id| known.contains(id));
    let paths = paths(program);
    program.givens.steps.retain(|given| paths.contains(&given.path));
    program.givens.answers.retain(|given| paths.contains(&given.path));
    program.givens.approvals.retain(|given| paths.contains(&given.path));
}

fn bodies(program: &mut Program) -> Vec<&mut Vec<Item>> {
    let mut found: Vec<&mut Vec<Item>> =
        vec![&mut program.enrich, &mut program.triage, &mut program.communicate, &mut program.remediate];
    found.extend(program.tasks.iter_mut().map(|task| &mut task.items));
    found
}

fn drop_calls(items: &mut Vec<Item>, missing: &BTreeSet<Id>) {
    items.retain(|item| match item {
        Item::Step(step) => !matches!(&step.call, Call::Task(task, _) if missing.contains(task)),
        _ => true,
    });
    for item in items {
        match item {
            Item::Group { then, otherwise, .. } => {
                drop_calls(then, missing);
                drop_calls(otherwise, missing);
            }
            Item::Cause(cause) => drop_calls(&mut cause.steps, missing),
            Item::Step(_) | Item::Let { .. } => {}
        }
    }
}

fn declared(items: &[Item], known: &mut BTreeSet<Id>) {
    for item in items {
        match item {
            Item::Step(step) => drop(known.insert(step.id)),
            Item::Let { id, .. } => drop(known.insert(*id)),
            Item::Group { then, otherwise, .. } => {
                declared(then, known);
                declared(otherwise, known);
            }
            Item::Cause(cause) => {
                known.insert(cause.id);
                declared(&cause.steps, known);
            }
        }
    }
}

/// The paths of all steps, through tasks.
fn paths(program: &Program) -> BTreeSet<Vec<Id>> {
    fn add(program: &Program, items: &[Item], outer: &[Id], paths: &mut BTreeSet<Vec<Id>>) {
        for step in steps(items) {
            let path = [outer, &[step.id]].concat();
            if let Call::Task(task, _) = &step.call {
                add(program, &program.task(*task).items, &path, paths);
            }
            paths.insert(path);
        }
    }
    let mut paths = BTreeSet::new();
    for (_, items) in program.parts() {
        add(program, items, &[], &mut paths);
    }
    paths
}

fn prune_items(items: &mut Vec<Item>, known: &BTreeSet<Id>) {
    items.retain_mut(|item| match item {
        Item::Step(step) => {
            prune_step(step, known);
            true
        }
        Item::Let { value, .. } => {
            prune_expr(value, known);
            true
        }
        Item::Group { condition, then, otherwise } => {
            prune_cond(condition, known);
            prune_items(then, known);
            prune_items(otherwise, known);
            !then.is_empty() || !otherwise.is_empty()
        }
        Item::Cause(cause) => {
            prune_items(&mut cause.steps, known);
            cause.suspect.iter_mut().chain(&mut cause.rule_out).for_each(|line| prune_cond(line, known));
            true
        }
    });
}

fn prune_step(step: &mut Step, known: &BTreeSet<Id>) {
    match &mut step.call {
        Call::Action(_, argument) | Call::Task(_, argument) => prune_expr(argument, known),
        Call::Ask { .. } => {}
    }
    step.when.iter_mut().for_each(|when| prune_cond(when, known));
    step.after.retain(|(point, _)| !matches!(point, Point::Step(id) if !known.contains(id)));
    step.each.iter_mut().flat_map(|each| &mut each.list).for_each(|element| prune_expr(element, known));
    let gates = step.approve.iter_mut().filter_map(|approve| approve.when.as_mut());
    gates.for_each(|when| prune_cond(when, known));
    if let Some(Undo::Call { argument, .. }) = &mut step.undo {
        prune_expr(argument, known);
    }
    if let OnFailure::Use(value) | OnFailure::Run(_, value) = &mut step.on_failure {
        prune_expr(value, known);
    }
}

fn prune_expr(expr: &mut Expr, known: &BTreeSet<Id>) {
    match expr {
        Expr::Name(id) | Expr::Or(id, _) | Expr::Sum(id) if !known.contains(id) => *expr = Expr::Number(1),
        Expr::Add(left, right) | Expr::Divide(left, right) => {
            prune_expr(left, known);
            prune_expr(right, known);
        }
        _ => {}
    }
}

fn prune_cond(cond: &mut Cond, known: &BTreeSet<Id>) {
    match cond {
        Cond::Answer(id) | Cond::There(id) | Cond::Cause(id, _) if !known.contains(id) => {
            *cond = Cond::Constant(true);
        }
        Cond::Above(value, _) | Cond::Equals(value, _) => prune_expr(value, known),
        Cond::Not(inner) => prune_cond(inner, known),
        Cond::And(left, right) | Cond::Or(left, right) => {
            prune_cond(left, known);
            prune_cond(right, known);
        }
        _ => {}
    }
}
