//! Rule 31: a run that takes more than it may is given up. It has neither passed nor failed.

use std::fmt::Write;

use proptest::prelude::*;
use quell_compiler::{
    check::Checked,
    names::ItemId,
    simulate::{
        Bound, Bounds, Level, Options, Problem, ProblemKind, Run, Verdict, prepare, scenarios_of, simulate,
        verify,
    },
    world::MemoryWorld,
};

use crate::lab::checked;

/// Runs the first playbook of a text behind the prelude, with these bounds.
fn run_in(text: &str, bounds: Bounds) -> Run {
    let (world, checked, _) = checked(text);
    let (playbook, _) = checked.playbooks().next().unwrap();
    simulate(&world, &checked, playbook, &Options { bounds, ..Options::default() })
}

fn run(text: &str) -> Run {
    run_in(text, Bounds::STANDARD)
}

/// The bound that a run came up against; nothing else of it may be left.
#[track_caller]
fn met(run: &Run) -> Bound {
    let [Problem { kind: ProblemKind::Exceeded(exceeded), .. }] = run.problems.as_slice() else {
        panic!("{:?}, {:?}", run.problems, run.ending);
    };
    assert!(run.ending.is_none() && run.trace.events.is_empty() && run.trace.nodes.is_empty());
    assert!(run.values.locals.is_empty());
    exceeded.bound
}

#[track_caller]
fn message(run: &Run) -> String {
    let _ = met(run);
    run.problems[0].to_string()
}

/// Tasks that each call the one below twice: 2^levels steps.
fn diamond(levels: usize, clause: &str) -> String {
    let mut text = "task t0() -> Int {\n  step a = look(1)\n  return a\n}\n".to_owned();
    for level in 1..levels {
        let below = level - 1;
        let _ = writeln!(
            text,
            "task t{level}() -> Int {{\n  step a = t{below}(){clause}\n  step b = t{below}()\n  return 1\n}}"
        );
    }
    let _ =
        writeln!(text, "playbook p {{\n  owner crew\n  enrich {{\n    step x = t{}()\n  }}\n}}", levels - 1);
    text
}

fn playbook(lines: &str) -> String {
    format!("playbook p {{\n  owner crew\n  enrich {{\n{lines}\n  }}\n}}\n")
}

fn scenario(lines: &str) -> String {
    format!("scenario \"s\" for p {{\n{lines}\n}}\n")
}

fn verdict(text: &str) -> (Verdict, Vec<String>) {
    let (world, checked, _) = checked(text);
    let (playbook, _) = checked.playbooks().next().unwrap();
    let scenario = scenarios_of(&checked, playbook)[0];
    let verified = verify(&world, &checked, scenario).unwrap();
    (verified.verdict(), verified.run.problems.iter().map(ToString::to_string).collect())
}

#[test]
fn rule_31_a_run_that_takes_too_much_is_given_up_and_is_no_failure() {
    let given_up = run(&diamond(24, ""));
    assert!(matches!(met(&given_up), Bound::Steps | Bound::Memory));
    let told = message(&given_up);
    assert!(told.contains("Quell stopped it at 0:00 in `x`, inside the task `t"), "{told}");
    assert!(given_up.problems[0].help().is_some());
    // The same shape with fewer levels is a playbook like any other.
    let done = run(&diamond(8, ""));
    assert!(done.problems.is_empty() && done.ending.is_some());
}

#[test]
fn no_expectation_holds_of_a_run_that_was_given_up() {
    for expected in ["failed", "not failed", "completed", "x ran", "x skipped", "x failed", "x == none"] {
        let text = format!("{}{}", diamond(24, ""), scenario(&format!("  expect {expected}")));
        let (verdict, problems) = verdict(&text);
        assert_eq!(verdict, Verdict::Broken, "{expected}");
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}

#[test]
fn what_an_expression_gives_up_on_is_no_failure_either() {
    let endless = "let long: List<Int> = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
fn wide(xs: List<Int>) -> List<Int> = xs.flat_map(x => long)
fn count() -> Int = wide(wide(wide(long))).map(x => wide(wide(long)).count(y => y == x)).sum()
";
    let uses = [
        "    step x = look(count())",
        "    step x = look(1)\n      on failure continue\n    step y = look(count())\n      on failure continue",
        "    step x = look(1)\n      when count() > 1",
        "    let x = count()",
        "    step x = look(1)\n      repeat every 1s until count() > 1, at most 3 times",
    ];
    for lines in uses {
        let text = format!("{endless}{}{}", playbook(lines), scenario("  expect not failed"));
        let (verdict, problems) = verdict(&text);
        assert_eq!(verdict, Verdict::Broken, "{lines}");
        assert!(problems[0].contains("takes more than 1,000,000 steps"), "{problems:?}");
    }
    let expected =
        format!("{endless}{}{}", playbook("    step x = look(1)"), scenario("  expect count() > 1"));
    assert_eq!(verdict(&expected).0, Verdict::Broken);
}

#[test]
fn diamonds_through_each_retries_polls_and_undos_are_given_up() {
    let calls = |lines: &str| {
        let text = format!("{}{}", playbook(lines), scenario("  given look fails \"no\"\n  expect failed"));
        let (verdict, problems) = verdict(&text);
        assert_eq!(verdict, Verdict::Broken, "{lines}");
        problems[0].clone()
    };
    let told = calls("    step x = look(1)\n      retry 1000000 times every 1ms");
    assert!(told.starts_with("the run makes more than 250,000 calls"), "{told}");
    assert!(told.contains("in `x`"), "{told}");
    let told = calls("    step x = look(1)\n      repeat every 1ms until it == 2, at most 1000000 times");
    assert!(told.starts_with("the run makes more than"), "{told}");
    let in_each = run(&diamond(24, "\n").replace("t0()\n", "t0()\n    each n in [1, 2, 3], at most 3\n"));
    assert!(matches!(met(&in_each), Bound::Steps | Bound::Memory));
    let every = playbook(
        "    step a = look(1)\n    step x = look(2)\n      every 1ms\n    step b = look(3)\n      after a + 48h",
    );
    assert!(matches!(met(&run(&every)), Bound::Calls | Bound::Events | Bound::LogLines));
}

#[test]
fn texts_lists_maps_and_documents_are_bounded_before_they_grow() {
    let ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    let chains = [
        // Four lets: 10, 100, 10,000, 100,000,000 elements.
        format!(
            "let a = {ten}\nlet b = a.flat_map(x => a)\nlet c = b.flat_map(x => b)\nlet d = c.flat_map(x => c)"
        ),
        doubled("a + a", ten),
        doubled("a + a", "\"0123456789\""),
        doubled("\"${a}${a}\"", "\"0123456789\""),
        doubled("a.replace(\"0\", \"00\")", "\"0000000000\""),
        doubled("[a, a].join(\"\")", "\"0123456789\""),
        doubled("[a, a].map(x => \"${x}\").join(a)", "\"0123456789\""),
        // Lists that hold a list twice are small and endless when written out.
        doubled_nested("\"${[NAME, NAME]}\""),
    ];
    for chain in chains {
        let last = chain.lines().last().unwrap().split(' ').nth(1).unwrap().to_owned();
        let lines: String = chain.lines().map(|line| format!("    {line}\n")).collect();
        let text = playbook(&format!("{lines}    step s = look(1)\n      when \"${{{last}}}\" != \"\""));
        let bound = met(&run(&text));
        assert!(
            matches!(bound, Bound::Value | Bound::ExpressionMemory | Bound::Expression),
            "{bound:?}\n{text}"
        );
    }
}

/// `let b = ...; let c = ...`: each twice the one before, forty times over.
fn doubled(twice: &str, first: &str) -> String {
    let mut text = format!("let v0 = {first}");
    for number in 1..40 {
        let before = format!("v{}", number - 1);
        let value: String = match twice.contains("${a}") {
            true => twice.replace("${a}", &format!("${{{before}}}")),
            false => replace_name(twice, &before),
        };
        let _ = write!(text, "\nlet v{number} = {value}");
    }
    text
}

/// The name `a`, but no letter of another word.
fn replace_name(text: &str, name: &str) -> String {
    let mut out = String::new();
    let characters: Vec<char> = text.chars().collect();
    let is_word = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|c| c.is_alphanumeric() || *c == '_')
    };
    for (index, character) in characters.iter().enumerate() {
        let alone = *character == 'a' && !is_word(index.checked_sub(1)) && !is_word(Some(index + 1));
        if alone { out.push_str(name) } else { out.push(*character) }
    }
    out
}

/// Texts of lists that hold the text before twice.
fn doubled_nested(twice: &str) -> String {
    let mut text = "let v0 = \"0123456789\"".to_owned();
    for number in 1..40 {
        let _ = write!(text, "\nlet v{number} = {}", twice.replace("NAME", &format!("v{}", number - 1)));
    }
    text
}

#[test]
fn a_text_that_doubles_down_a_chain_of_tasks_is_bounded() {
    let mut text =
        "action say(text: Text) -> Text reads {\n  timeout 10s\n  simulate {\n    return text\n  }\n}
task t0(text: Text) -> Text {\n  step a = say(text)\n  return a\n}\n"
            .to_owned();
    for level in 1..40 {
        let _ = writeln!(
            text,
            "task t{level}(text: Text) -> Text {{\n  step a = t{}(\"${{text}}${{text}}\")\n  return a\n}}",
            level - 1
        );
    }
    text.push_str(&playbook("    step x = t39(\"0123456789\")"));
    let bound = met(&run(&text));
    assert!(matches!(bound, Bound::Value | Bound::Memory | Bound::LogSize), "{bound:?}");
}

#[test]
fn what_real_incidents_do_stays_far_below() {
    // A poll every ten seconds for a day.
    let polls = playbook("    step x = look(1)\n      repeat every 10s until it == 2, at most 24h");
    let done = run(&polls);
    assert!(done.problems.is_empty(), "{:?}", done.problems);
    // Three thousand elements, each with a task of its own.
    let elements = format!(
        "task work(what: Int) -> Int {{\n  step a = look(what)\n  step b = look(a)\n  step c = look(b)\n  return c\n}}\n
{}",
        playbook(
            "    let tens = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    let hundreds = tens.flat_map(x => tens)
    let many = [1, 2, 3].flat_map(x => hundreds.flat_map(y => tens))
    step s = work(n)
      each n in many, at most 3000"
        )
    );
    let done = run(&elements);
    assert!(done.problems.is_empty(), "{:?}", done.problems);
    let ends = done.trace.events.len();
    assert!(ends > 3_000 * 3, "{ends}");
}

fn prepared_runs(text: &str, bounds: Bounds, seeds: std::ops::Range<u64>) -> Vec<Option<Bound>> {
    let (world, checked, _): (MemoryWorld, Checked, _) = checked(text);
    let playbook: ItemId = checked.playbooks().next().unwrap().0;
    let prepared = prepare(&world, &checked, playbook, &Options { bounds, ..Options::default() });
    let mut runner = prepared.runner(Level::Nothing).unwrap();
    let bound = |problem: Problem| match problem.kind {
        ProblemKind::Exceeded(exceeded) => exceeded.bound,
        other => panic!("{other:?}"),
    };
    seeds.map(|seed| runner.run(seed).err().map(bound)).collect()
}

#[test]
fn a_runner_counts_each_run_from_nothing() {
    let text = diamond(6, "");
    let needed = 1 + 2 * 31 + 32;
    let with = |steps| Bounds { steps, ..Bounds::STANDARD };
    let enough = prepared_runs(&text, with(needed * 2), 0..20);
    assert!(enough.iter().all(Option::is_none), "{enough:?}");
    let short = prepared_runs(&text, with(10), 0..3);
    assert_eq!(short, [Some(Bound::Steps); 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the bound is, a run is either the run that it would be without one, or nothing.
    #[test]
    fn a_run_is_whole_or_given_up(levels in 1_usize..6, steps in 0_u64..80, calls in 0_u64..80, lines in 0_u64..300) {
        let text = diamond(levels, "");
        let whole = run(&text);
        let bounded = run_in(&text, Bounds { steps, calls, log_lines: lines, ..Bounds::STANDARD });
        if bounded.problems.is_empty() {
            prop_assert_eq!(&bounded.trace.events, &whole.trace.events);
            prop_assert_eq!(&bounded.ending, &whole.ending);
        } else {
            let bound = met(&bounded);
            prop_assert!(matches!(bound, Bound::Steps | Bound::Calls | Bound::LogLines));
        }
    }
}
