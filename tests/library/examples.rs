//! The example of each action, in the scene that its module's documentation sets: it calls the action,
//! has no errors, stands in the one format, and runs to an end.

use std::fmt::Write as _;

use quell_compiler::{
    check::check_files,
    diagnostic::Level,
    format::format,
    hir::{Effect, RunOutcome},
    simulate::{
        Options, simulate, timeline,
        trace::{End, EventKind},
    },
    source::SourceFile,
    syntax::parse,
    world::MemoryWorld,
};

use crate::{Library, blocks};

const CREW: &str = r#"
let example_ada: Person = Person(id: "example_ada", name: "Ada", email: "ada@example.com")

let example_bob: Person = Person(id: "example_bob", name: "Bob", email: "bob@example.com")

let example_cyd: Person = Person(id: "example_cyd", name: "Cyd", email: "cyd@example.com")

let example_crew: Team =
  Team(name: "crew", lead: example_ada, on_call: [example_ada, example_bob, example_cyd])
"#;

#[test]
fn each_action_has_an_example_that_calls_it() {
    let mut without = Vec::new();
    for (name, item, _) in Library::new().actions() {
        let examples = blocks(&item.docs, "quell fragment");
        if !examples.iter().any(|example| example.contains(&format!("{name}("))) {
            without.push(name);
        }
    }
    assert!(without.is_empty(), "no example calls:\n{}", without.join("\n"));
}

#[test]
fn examples_check_stand_in_the_format_and_run_to_an_end() {
    let library = Library::new();
    let mut count = 0;
    let mut problems = Vec::new();
    for (module, hir) in library.modules() {
        let scene = blocks(&hir.docs, "quell").into_iter().next();
        let scene = scene.unwrap_or_else(|| format!("use std.{module}\n"));
        let mut text = scene + CREW;
        let actions: Vec<_> = library
            .actions()
            .filter(|(name, ..)| name.split('.').next() == Some(module))
            .flat_map(|(name, item, action)| {
                let effect = action.effect.map_or(Effect::Reads, |(effect, _)| effect);
                let examples = blocks(&item.docs, "quell fragment").into_iter();
                examples.map(move |example| (name.clone(), effect, example))
            })
            .collect();
        if actions.is_empty() {
            continue;
        }
        for (index, (_, effect, example)) in actions.iter().enumerate() {
            text += &wrapped(index, *effect, example);
        }
        if format(&parse(&text)).text != text {
            problems.push(format!("std.{module}: an example isn't in the format"));
        }
        let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
        let file = world.add("program", SourceFile::new("program.quell", text.clone()));
        let checked = check_files(&world, &[file]);
        let errors: Vec<_> = checked
            .diagnostics
            .iter()
            .filter(|found| found.level == Level::Error)
            .map(|found| {
                let line = text[..found.span().start as usize].lines().count();
                format!(
                    "{line}: {}\n{}",
                    found.message,
                    text.lines().nth(line.max(1) - 1).unwrap_or_default()
                )
            })
            .collect();
        if !errors.is_empty() {
            problems.push(format!("std.{module}:\n{}", errors.join("\n")));
            continue;
        }
        let playbooks: Vec<_> = checked.playbooks().filter(|(item, _)| item.file == file).collect();
        assert_eq!(playbooks.len(), actions.len());
        for ((playbook, _), (name, ..)) in playbooks.iter().zip(&actions) {
            let run = simulate(&world, &checked, *playbook, &Options::default());
            let told = timeline::plain(&timeline::timeline(&world, &run.trace));
            let failed =
                run.trace.events.iter().any(|event| {
                    matches!(event.kind, EventKind::Ended(End::Failed(_) | End::Blocked { .. }))
                });
            let ending = run.ending.as_ref().map(|ending| ending.outcome);
            if ending != Some(RunOutcome::Completed) || failed {
                problems.push(format!("{name}: {ending:?} {:?}\n{told}", run.problems));
            }
            let called = run.trace.events.iter().any(|event| match &event.kind {
                EventKind::Attempt(call) => *call.callee == **name,
                _ => false,
            });
            if !called {
                problems.push(format!("{name} isn't called:\n{told}"));
            }
            count += 1;
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    assert!(count >= 250, "only {count} examples");
}

/// A playbook that does what an example shows. What reads the run stands in the playbook itself, all
/// else in a task, so that what destroys can be approved of.
fn wrapped(index: usize, effect: Effect, example: &str) -> String {
    let mut text = String::new();
    let lines = |text: &mut String, indent: &str| {
        for line in example.lines() {
            let _ = writeln!(text, "{}", format!("{indent}{line}").trim_end());
        }
    };
    let head = |part: &str| format!("\nplaybook example_{index} {{\n  owner example_crew\n\n  {part} {{\n");
    if example.contains("(run,") || example.contains("run: run") {
        text += &head("communicate");
        lines(&mut text, "    ");
        text += "  }\n}\n";
        return text;
    }
    let _ = write!(text, "\ntask example_task_{index}() {{\n");
    lines(&mut text, "  ");
    text += "}\n";
    text += &head("remediate");
    let _ = writeln!(text, "    step done = example_task_{index}()");
    if effect == Effect::Destroys {
        text += "      approve by 2 of example_crew within 10m\n";
    }
    text += "  }\n}\n";
    text
}
