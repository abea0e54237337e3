//! A model program as Quell text.

use std::fmt::Write;

use super::model::*;

/// The people of every program.
const PRELUDE: &str = r#"let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
let dana: Person = Person(id: "dana", name: "Dana", email: "dana@example.com")
let crew: Team = Team(name: "crew", lead: dana, on_call: [dana, ana, bo, cy])
"#;

/// The module of people and actions.
pub fn prelude() -> String {
    let actions: String = Action::ALL.into_iter().map(declaration).collect();
    format!("{PRELUDE}{actions}")
}

/// The module under test: tasks, playbook, scenario.
pub fn text(program: &Program) -> String {
    let mut out = "use base (ana, bo, cy, dana, crew, look, say, chg, set, back, fix)\n".to_owned();
    for task in &program.tasks {
        let _ = writeln!(out, "\ntask t{}(n: Int) -> Int {{", task.id);
        items(&mut out, &task.items, 2);
        let _ = writeln!(out, "  return {}\n}}", expr(&task.result));
    }
    out.push_str("\nplaybook p {\n  owner crew\n");
    for (part, within) in program.parts() {
        let mut body = String::new();
        items(&mut body, within, 4);
        match part {
            Part::Enrich => {
                if let Some(severity) = &program.severity {
                    let _ = writeln!(
                        body,
                        "    severity = if {} then {} else {}",
                        cond(&severity.condition),
                        level(severity.then),
                        level(severity.otherwise)
                    );
                }
            }
            Part::Remediate if !program.resolved_after.is_empty() => {
                let names: Vec<String> = program.resolved_after.iter().map(|id| format!("s{id}")).collect();
                let _ = writeln!(body, "    resolved after {}", names.join(", "));
            }
            _ => {}
        }
        if !body.is_empty() {
            let name = format!("{part:?}").to_lowercase();
            let _ = writeln!(out, "\n  {name} {{\n{body}  }}");
        }
    }
    out.push_str("}\n");
    out.push_str(&scenario(&program.givens));
    out
}

fn declaration(action: Action) -> String {
    let effect = match action.effect() {
        Effect::Reads => "reads",
        Effect::Asks => "asks",
        Effect::Notifies => "notifies",
        Effect::Changes => "changes",
    };
    let mut contract = String::new();
    if action.idempotent() && action.effect() == Effect::Changes {
        contract.push_str("  idempotent\n");
    }
    match action {
        Action::Set => contract.push_str("  undo back(n)\n"),
        Action::Back | Action::Fix => contract.push_str("  irreversible \"it stays\"\n"),
        _ => {}
    }
    format!(
        "\naction {}(n: Int) -> Int {effect} {{\n  timeout {}s\n{contract}  simulate {{\n    return n\n    takes {}s\n  }}\n}}\n",
        action_name(action),
        action.timeout(),
        action.takes(),
    )
}

/// As it is called in a program.
pub fn action_name(action: Action) -> &'static str {
    match action {
        Action::Look => "look",
        Action::Say => "say",
        Action::Chg => "chg",
        Action::Set => "set",
        Action::Back => "back",
        Action::Fix => "fix",
    }
}

pub fn person(person: Person) -> &'static str {
    match person {
        Person::Ana => "ana",
        Person::Bo => "bo",
        Person::Cy => "cy",
        Person::Dana => "dana",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::Minor => "minor",
        Level::Major => "major",
        Level::Critical => "critical",
    }
}

pub fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Started => "started",
        Milestone::Assessed => "assessed",
        Milestone::Triaged => "triaged",
        Milestone::Resolved => "resolved",
        Milestone::Failed => "failed",
    }
}

/// The path of a step through tasks: `s3.s7`.
pub fn path(path: &[Id]) -> String {
    let names: Vec<String> = path.iter().map(|id| format!("s{id}")).collect();
    names.join(".")
}

fn items(out: &mut String, within: &[Item], indent: usize) {
    let space = " ".repeat(indent);
    for item in within {
        match item {
            Item::Step(found) => step(out, found, indent),
            Item::Let { id, value } => {
                let _ = writeln!(out, "{space}let s{id} = {}", expr(value));
            }
            Item::Group { condition, then, otherwise } => {
                let _ = writeln!(out, "{space}if {} {{", cond(condition));
                items(out, then, indent + 2);
                if !otherwise.is_empty() {
                    let _ = writeln!(out, "{space}}} else {{");
                    items(out, otherwise, indent + 2);
                }
                let _ = writeln!(out, "{space}}}");
            }
            Item::Cause(cause) => {
                let _ = writeln!(out, "{space}cause c{} \"it is c{}\" {{", cause.id, cause.id);
                items(out, &cause.steps, indent + 2);
                for line in &cause.suspect {
                    let _ = writeln!(out, "{space}  suspect when {}", cond(line));
                }
                for line in &cause.rule_out {
                    let _ = writeln!(out, "{space}  rule out when {}", cond(line));
                }
                let _ = writeln!(out, "{space}}}");
            }
        }
    }
}

fn step(out: &mut String, step: &Step, indent: usize) {
    let (space, deep) = (" ".repeat(indent), " ".repeat(indent + 2));
    let _ = match &step.call {
        Call::Action(action, argument) => {
            writeln!(out, "{space}step s{} = {}({})", step.id, action_name(*action), expr(argument))
        }
        Call::Task(task, argument) => {
            writeln!(out, "{space}step s{} = t{task}({})", step.id, expr(argument))
        }
        Call::Ask { people, within, number } => {
            let ty = if *number { "Int" } else { "Bool" };
            writeln!(
                out,
                "{space}step s{}: {ty} = ask({}, \"How?\", within: {within}s)",
                step.id,
                group(people)
            )
        }
    };
    for line in clauses(step) {
        let _ = writeln!(out, "{deep}{line}");
    }
}

fn group(people: &[Person]) -> String {
    let names: Vec<&str> = people.iter().map(|found| person(*found)).collect();
    format!("[{}]", names.join(", "))
}

fn clauses(step: &Step) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(step.when.iter().map(|when| format!("when {}", cond(when))));
    if !step.after.is_empty() {
        let points = step.after.iter().map(|(point, delay)| {
            let name = match point {
                Point::Step(id) => format!("s{id}"),
                Point::Milestone(found) => milestone(*found).to_owned(),
            };
            if *delay > 0 { format!("{name} + {delay}s") } else { name }
        });
        lines.push(format!("after {}", points.collect::<Vec<_>>().join(", ")));
    }
    if let Some(each) = &step.each {
        let list: Vec<String> = each.list.iter().map(expr).collect();
        let at_a_time = each.at_a_time.map(|count| format!(", {count} at a time")).unwrap_or_default();
        let at_most = each.at_most.map(|count| format!(", at most {count}")).unwrap_or_default();
        lines.push(format!("each x in [{}]{at_a_time}{at_most}", list.join(", ")));
    }
    if let Some(repeat) = &step.repeat {
        let hold = repeat.hold.map(|hold| format!(" for {hold}s")).unwrap_or_default();
        let at_most = match repeat.at_most {
            AtMost::Duration(time) => format!("{time}s"),
            AtMost::Times(times) => format!("{times} times"),
        };
        lines.push(format!(
            "repeat every {}s until {}{hold}, at most {at_most}",
            repeat.every,
            cond(&repeat.until)
        ));
    }
    lines.extend(step.every.iter().map(|every| format!("every {every}s")));
    if let Some(approve) = &step.approve {
        let groups: Vec<String> = approve.groups.iter().map(|people| group(people)).collect();
        let when = approve.when.as_ref().map(|when| format!(" when {}", cond(when))).unwrap_or_default();
        let otherwise = if approve.else_skip { " else skip" } else { "" };
        lines.push(format!(
            "approve by {} of {}{when} within {}s{otherwise}",
            approve.count,
            groups.join(", "),
            approve.within
        ));
    }
    lines.extend(step.timeout.iter().map(|timeout| format!("timeout {timeout}s")));
    if let Some(retry) = &step.retry {
        let wait = match retry.wait {
            Wait::Every(0) => String::new(),
            Wait::Every(time) => format!(" every {time}s"),
            Wait::Backoff(from, to) => format!(" backoff {from}s to {to}s"),
        };
        lines.push(format!("retry {} times{wait}", retry.times));
    }
    match &step.undo {
        Some(Undo::Call { action, argument, always }) => {
            let always = if *always { " always" } else { "" };
            lines.push(format!("undo {}({}){always}", action_name(*action), expr(argument)));
        }
        Some(Undo::Irreversible) => lines.push("irreversible \"it serves\"".to_owned()),
        None => {}
    }
    match &step.on_failure {
        OnFailure::Nothing => {}
        OnFailure::Continue => lines.push("on failure continue".to_owned()),
        OnFailure::Use(value) => {
            let value = match (&step.call, value) {
                (Call::Ask { number: false, .. }, Expr::Number(number)) => (*number > 0).to_string(),
                _ => expr(value),
            };
            lines.push(format!("on failure use {value}"));
        }
        OnFailure::Run(action, argument) => {
            lines.push(format!("on failure run {}({})", action_name(*action), expr(argument)));
        }
    }
    lines
}

fn expr(found: &Expr) -> String {
    match found {
        Expr::Number(number) => number.to_string(),
        Expr::Name(id) => format!("s{id}"),
        Expr::Or(id, number) => format!("(s{id} ?? {number})"),
        Expr::Sum(id) => format!("s{id}.sum()"),
        Expr::Parameter => "n".to_owned(),
        Expr::Element => "x".to_owned(),
        Expr::It => "it".to_owned(),
        Expr::Add(left, right) => format!("({} + {})", expr(left), expr(right)),
        Expr::Divide(left, right) => format!("({} / {})", expr(left), expr(right)),
    }
}

fn cond(found: &Cond) -> String {
    match found {
        Cond::Constant(value) => value.to_string(),
        Cond::Above(value, than) => format!("{} > {than}", expr(value)),
        Cond::Equals(value, to) => format!("{} == {to}", expr(value)),
        Cond::Answer(id) => format!("s{id}"),
        Cond::There(id) => format!("s{id} != none"),
        Cond::Severity(least) => format!("severity >= {}", level(*least)),
        Cond::Cause(id, decision) => {
            let member = match decision {
                Decision::Suspected => "suspected",
                Decision::RuledOut => "ruled_out",
                Decision::Open => "open",
            };
            format!("c{id}.{member}")
        }
        Cond::Before(time) => format!("run.elapsed < {time}s"),
        Cond::Not(inner) => format!("not ({})", cond(inner)),
        Cond::And(left, right) => format!("{} and {}", cond(left), cond(right)),
        Cond::Or(left, right) => format!("({} or {})", cond(left), cond(right)),
    }
}

fn scenario(givens: &Givens) -> String {
    let mut out = "\nscenario \"s\" for p {\n".to_owned();
    if let Some(starter) = givens.starter {
        let _ = writeln!(out, "  given starter = {}", person(starter));
    }
    for given in &givens.steps {
        let (outcome, taking) = (outcome(&given.outcome), given.taking);
        let _ = writeln!(out, "  given {} {outcome} taking {taking}s", path(&given.path));
    }
    for given in &givens.actions {
        let (name, argument, taking) = (action_name(given.action), given.argument, given.taking);
        let outcome = outcome(&given.outcome);
        let _ = writeln!(out, "  given {name} {outcome} when n == {argument} taking {taking}s");
    }
    for given in &givens.answers {
        let value = if given.number { given.value.to_string() } else { (given.value > 0).to_string() };
        let (who, step) = (person(given.person), path(&given.path));
        let _ = writeln!(out, "  given {who} answer {step} with {value} after {}s", given.after);
    }
    for given in &givens.approvals {
        let refused = if given.refused { " refused" } else { "" };
        let names: Vec<&str> = given.people.iter().map(|found| person(*found)).collect();
        let (step, names) = (path(&given.path), names.join(", "));
        let _ = writeln!(out, "  given approval of {step}{refused} by {names} after {}s", given.after);
    }
    out.push_str("  expect run.elapsed >= 0s\n}\n");
    out
}

fn outcome(found: &Outcome) -> String {
    match found {
        Outcome::Returns(values) => {
            let values: Vec<String> = values.iter().map(i64::to_string).collect();
            format!("returns {}", values.join(", then "))
        }
        Outcome::Fails(None) => "fails \"no\"".to_owned(),
        Outcome::Fails(Some(1)) => "fails \"no\" once".to_owned(),
        Outcome::Fails(Some(times)) => format!("fails \"no\" {times} times"),
    }
}
