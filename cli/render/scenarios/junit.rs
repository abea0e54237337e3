//! Results of scenarios as JUnit's XML: a suite for each playbook.

use std::io;

use quell_compiler::{
    diagnostic::Diagnostic,
    simulate::{Verdict, timeline::timeline},
    visible::{visible_line, visible_xml},
    world::World,
};
use quick_junit::{NonSuccessKind, Report as JunitReport, TestCase, TestCaseStatus, TestSuite};

use super::{Place, Report, Test, explanation, problem};

/// The document.
pub fn text(world: &dyn World, report: &Report) -> io::Result<String> {
    let mut document = JunitReport::new("quell");
    document.set_time(report.took);
    let name =
        |test: &Test| visible_line(&format!("{}.{}", test.name.module, test.name.playbook)).into_owned();
    for tests in report.tests.chunk_by(|one, next| name(one) == name(next)) {
        let mut suite = TestSuite::new(tests.first().map(name).unwrap_or_default());
        suite.add_test_cases(tests.iter().map(|test| case(world, test)));
        suite.set_time(tests.iter().map(|test| test.took).sum());
        document.add_test_suite(suite);
    }
    if !report.errors.is_empty() {
        let mut suite = TestSuite::new("check");
        suite.add_test_cases(report.errors.iter().map(|finding| error(world, finding)));
        document.add_test_suite(suite);
    }
    let text = document.to_string().map_err(io::Error::other)?;
    Ok(visible_xml(text) + "\n")
}

/// What is wrong with a file, so that nothing was run.
fn error(world: &dyn World, finding: &Diagnostic) -> TestCase {
    let place = Place::of(world, finding.span());
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(finding.code).set_message(&finding.message);
    let more = finding.notes.iter().chain(&finding.help).map(String::as_str);
    status.set_description(more.collect::<Vec<_>>().join("\n"));
    let mut case = TestCase::new(format!("{place}: {}", finding.code), status);
    case.set_classname("check");
    at(&mut case, &place);
    case
}

/// What GitLab, Jenkins and the annotations of GitHub find the line by.
fn at(case: &mut TestCase, place: &Place) {
    case.extra.insert("file".into(), (&*place.file).into());
    case.extra.insert("line".into(), place.line.to_string().into());
}

fn case(world: &dyn World, test: &Test) -> TestCase {
    let status = match test.verdict() {
        Verdict::Passed => TestCaseStatus::success(),
        Verdict::Failed => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let first = test.verified.unmet.first();
            status.set_type("expectation").set_message(
                first.map_or_else(String::new, |unmet| format!("{}: {}", unmet.expected, unmet.actual)),
            );
            status.set_description(failures(world, test));
            status
        }
        Verdict::Broken => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            let problems: Vec<String> =
                test.verified.run.problems.iter().map(|one| problem(world, one)).collect();
            status.set_type("broken");
            status.set_message(problems.first().cloned().unwrap_or_else(|| test.ending()));
            status.set_description(problems.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(&*test.name.title, status);
    case.set_classname(visible_line(&format!("{}.{}", test.name.module, test.name.playbook)));
    case.set_time(test.took);
    at(&mut case, &test.place);
    if !test.unused.is_empty() {
        let line = |finding: &Diagnostic| {
            format!("{}: warning[{}]: {}\n", Place::of(world, finding.span()), finding.code, finding.message)
        };
        case.set_system_out(test.unused.iter().map(line).collect::<String>());
    }
    case
}

/// All that didn't hold, as text.
fn failures(world: &dyn World, test: &Test) -> String {
    let timeline = timeline(world, &test.verified.run.trace);
    let mut text = String::new();
    for unmet in &test.verified.unmet {
        let place = Place::of(world, unmet.span);
        text.push_str(&format!("{}  ({place})\nbut {}\n", unmet.expected, unmet.actual));
        for line in explanation(&timeline, unmet) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    if let Some(change) = &test.change {
        let place = Place::of(world, change.span());
        text.push_str(&format!("expect snapshot  ({place})\nbut {}\n", change.actual()));
        for (_, line) in change.lines() {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
