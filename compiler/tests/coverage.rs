//! Coverage: what counts as tried, on a playbook that has everything that can go one way or another.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use quell_compiler::{
    check::{Checked, check_files},
    coverage::{Coverage, PointKind, lcov::lcov, missing, plan, wire},
    diagnostic::Level,
    hir::ItemKind,
    names::ItemId,
    simulate::{Verdict, verify},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

const PROGRAM: &str = r#"let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
let crew: Team = Team(name: "crew", lead: bo, on_call: [ana, bo])

action look(what: Int) -> Int reads {
  simulate { return what }
}

action change(what: Int) -> Int changes {
  undo unchange(what)
  simulate { return what }
}

action unchange(what: Int) -> Int changes {
  irreversible "it puts things back"
  simulate { return what }
}

action tell(what: Int) -> Int notifies {
  simulate { return what }
}

/// Changes two things.
task both(what: Int) -> Int {
  step one = change(what)
  step two = change(what)
    when what > 5
  return what
}

/// Does all there is.
playbook everything {
  owner crew
  input size: Int

  enrich {
    step seen = look(size)
    severity = match seen {
      > 10 => if seen > 100 then critical else major,
      else => minor,
    }
  }

  triage {
    cause big "it is big" {
      step weighed = look(size)
      suspect when weighed > 10
      rule out when weighed < 5
    }
  }

  communicate {
    if big.suspected and severity >= critical {
      step shout = tell(1)
    } else {
      step whisper = tell(2)
    }
    step letters = tell(x)
      each x in [1, 2, 3]
      on failure continue
  }

  remediate {
    step changed = both(size)
      approve by 1 of crew when severity >= major within 5m
    step last = change(7)
      when not big.ruled_out
      on failure run tell(3)
  }
}
"#;

struct Bench {
    world: MemoryWorld,
    checked: Checked,
    file: FileId,
}

impl Bench {
    /// The program with scenarios, each from what is given; all must run.
    fn new(scenarios: &[&str]) -> Bench {
        let given = scenarios.iter().enumerate().map(|(index, given)| {
            format!("\nscenario \"{index}\" for everything {{\n{given}\n  expect seen ran\n}}\n")
        });
        let text = format!("{PROGRAM}{}", given.collect::<String>());
        let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
        let file = world.add("bench", SourceFile::new("bench.quell", text));
        let checked = check_files(&world, &[file]);
        let errors: Vec<_> = checked.diagnostics.iter().filter(|one| one.level == Level::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        Bench { world, checked, file }
    }

    fn coverage(&self) -> Coverage {
        let mut coverage = plan(&self.world, &self.checked, &[self.file]);
        let items = &self.checked.module(self.file).unwrap().hir.items;
        for (index, item) in items.iter().enumerate() {
            if let ItemKind::Scenario(_) = item.kind {
                let verified = verify(&self.world, &self.checked, ItemId::new(self.file, index)).unwrap();
                assert_eq!(
                    verified.verdict(),
                    Verdict::Passed,
                    "{:?} {:?}",
                    verified.unmet,
                    verified.run.problems
                );
                coverage.add(&self.world, &self.checked, &verified.run.trace);
            }
        }
        coverage
    }
}

/// `kind about outcome` and how often it went that way; what is never tried is left out.
fn tried(coverage: &Coverage) -> BTreeMap<String, u64> {
    let mut tried = BTreeMap::new();
    for point in coverage.bodies.iter().flat_map(|body| &body.points) {
        for (outcome, count) in point.outcomes.iter().filter(|(_, count)| *count > 0) {
            let name = format!("{:?} {} {}", point.kind, point.about, outcome.word()).to_lowercase();
            *tried.entry(name).or_default() += count;
        }
    }
    tried
}

fn expect(scenarios: &[&str], wanted: &[(&str, u64)]) {
    let tried = tried(&Bench::new(scenarios).coverage());
    for (name, count) in wanted {
        assert_eq!(tried.get(*name).copied().unwrap_or(0), *count, "{name} in {tried:#?}");
    }
}

#[test]
fn nothing_is_tried_without_a_run() {
    let bench = Bench::new(&[]);
    let coverage = bench.coverage();
    assert_eq!(tried(&coverage), BTreeMap::new());
    assert_eq!(coverage.share().percent(), 0);
    let missing: Vec<String> = missing(&coverage).into_iter().map(|(_, what)| what).collect();
    assert_eq!(missing, ["the task `both` is never run", "the playbook `everything` is never run"]);
}

#[test]
fn steps_conditions_and_choices() {
    expect(
        &["  given size = 3"],
        &[
            ("step seen ran", 1),
            ("step whisper ran", 1),
            ("step shout ran", 0),
            ("step letters ran", 3),
            ("condition minor taken", 1),
            ("condition major taken", 0),
            ("condition weighed > 10 false", 1),
            ("condition weighed < 5 true", 1),
            ("cause big ruledout", 0),
            ("cause big ruled_out", 1),
            ("condition big.suspected false", 1),
            // Not looked at: what stands before it decided.
            ("condition severity >= critical true", 0),
            ("condition severity >= critical false", 0),
            // The approval's condition, and `not`, which isn't part of a condition.
            ("condition severity >= major false", 1),
            ("condition big.ruled_out true", 1),
            ("step last ran", 0),
        ],
    );
    expect(
        &["  given size = 50\n  given approval of changed by bo", "  given size = 200"],
        &[
            ("condition major taken", 1),
            ("condition critical taken", 1),
            ("condition severity >= critical true", 1),
            ("condition severity >= critical false", 1),
            ("step shout ran", 1),
            ("step whisper ran", 1),
        ],
    );
}

#[test]
fn an_else_adds_no_point_for_the_whole_condition() {
    let coverage = Bench::new(&[]).coverage();
    let points = coverage.bodies.iter().flat_map(|body| &body.points);
    let groups: Vec<&str> = points
        .filter(|point| point.kind == PointKind::Condition && point.about.contains("big.suspected"))
        .map(|point| &*point.about)
        .collect();
    assert_eq!(groups, ["big.suspected"]);
}

#[test]
fn approvals() {
    expect(
        &[
            "  given size = 3",
            "  given size = 50\n  given approval of changed by bo",
            "  given size = 51\n  given approval of changed refused by bo",
            "  given size = 52",
        ],
        &[
            ("condition severity >= major false", 1),
            ("condition severity >= major true", 3),
            ("approval changed approved", 1),
            ("approval changed refused", 1),
            ("approval changed late", 1),
        ],
    );
}

#[test]
fn failures_and_undo_also_in_tasks() {
    expect(&["  given size = 3"], &[("failure letters handled", 0), ("failure one undone", 0)]);
    // One element of three.
    expect(
        &["  given size = 3\n  given letters fails \"no\" once"],
        &[("failure letters handled", 1), ("step letters ran", 3)],
    );
    expect(
        &["  given size = 7\n  given last fails \"no\""],
        &[
            ("failure last handled", 1),
            // It may have acted.
            ("failure last undone", 1),
            ("step one ran", 1),
            ("failure one undone", 1),
            ("step two ran", 1),
            ("condition what > 5 true", 1),
        ],
    );
}

#[test]
fn what_was_never_come_to_is_said_once() {
    let coverage = Bench::new(&["  given size = 3"]).coverage();
    let missing: Vec<String> = missing(&coverage).into_iter().map(|(_, what)| what).collect();
    assert!(missing.contains(&"nobody is asked to approve `changed`".to_owned()), "{missing:#?}");
    assert!(missing.contains(&"`severity >= critical` is never looked at".to_owned()), "{missing:#?}");
    assert!(missing.contains(&"`last` never runs".to_owned()), "{missing:#?}");
    assert!(!missing.iter().any(|what| what == "`last` never fails"), "{missing:#?}");
}

#[test]
fn the_tracefile_counts_itself() {
    let bench = Bench::new(&["  given size = 7\n  given last fails \"no\""]);
    let text = lcov(&bench.world, &bench.coverage());
    let all = |prefix: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix(prefix)).map(str::to_owned).collect()
    };
    let number = |prefix: &str| all(prefix)[0].parse::<usize>().unwrap();
    assert_eq!(all("SF:"), ["bench.quell"]);
    assert_eq!(text.matches("end_of_record").count(), 1);
    let line_of = |text: &str| {
        let source = bench.world.source(bench.file);
        source.line_column(source.text.find(text).unwrap() as u32).0
    };
    let functions = [line_of("both(what"), line_of("everything {")];
    assert_eq!(all("FN:"), [format!("{},both", functions[0]), format!("{},everything", functions[1])]);
    assert_eq!(all("FNDA:"), ["1,both", "1,everything"]);
    assert_eq!((number("FNF:"), number("FNH:")), (2, 2));
    // Each line once, in order, with as many hits as there were.
    let lines: Vec<(u32, u64)> = all("DA:")
        .iter()
        .map(|line| {
            line.split_once(',').map(|(line, hits)| (line.parse().unwrap(), hits.parse().unwrap())).unwrap()
        })
        .collect();
    assert!(lines.is_sorted_by(|one, next| one.0 < next.0), "{lines:?}");
    assert_eq!(number("LF:"), lines.len());
    assert_eq!(number("LH:"), lines.iter().filter(|(_, hits)| *hits > 0).count());
    assert!(lines.contains(&(line_of("step letters"), 3)), "{lines:?}");
    assert!(lines.contains(&(line_of("step shout"), 0)), "{lines:?}");
    let branches = all("BRDA:");
    assert_eq!(number("BRF:"), branches.len());
    let taken =
        |branch: &&String| branch.rsplit(',').next().unwrap().parse::<u64>().is_ok_and(|count| count > 0);
    assert_eq!(number("BRH:"), branches.iter().filter(taken).count());
    // Never come to, as against come to and gone the other way.
    let suspect = line_of("suspect when");
    assert!(branches.contains(&format!("{suspect},0,0,0")) && branches.contains(&format!("{suspect},0,1,1")));
    let approve = line_of("approve by");
    assert!(branches.contains(&format!("{approve},0,0,-")), "{branches:?}");
}

#[test]
fn the_published_form_adds_up() {
    let bench = Bench::new(&["  given size = 50\n  given approval of changed by bo"]);
    let coverage = bench.coverage();
    let document = wire::document(&bench.world, &coverage);
    assert_eq!(document.schema, "quell.dev/coverage/1");
    assert_eq!(document.kinds.iter().map(|kind| kind.share.all).sum::<usize>(), document.share.all);
    assert_eq!(document.bodies.iter().map(|body| body.share.tried).sum::<usize>(), document.share.tried);
    let outcomes = document.bodies.iter().flat_map(|body| &body.points).flat_map(|point| &point.outcomes);
    assert_eq!(outcomes.filter(|outcome| outcome.count > 0).count(), document.share.tried);
}
