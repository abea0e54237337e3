//! Long and deep texts: the time grows with the length, and the stack not at all.

use std::{fmt::Write, time::Instant};

use quell_compiler::{format::format, syntax::parse};

use crate::sound;

/// Runs with as much stack as a thread has by default, whatever the test's own has.
fn on_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

fn list(elements: usize) -> String {
    let mut text = "let all = [".to_owned();
    for number in 0..elements {
        let _ = write!(text, "\"element {number}\", ");
    }
    text + "]\n"
}

#[test]
fn a_list_of_5000_elements() {
    on_small_stack(|| {
        let after = sound(&list(5_000));
        assert_eq!(after.lines().count(), 5_002);
    });
}

#[test]
fn the_deepest_nesting_that_is_read() {
    on_small_stack(|| {
        for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("{ a: ", "}"), ("a + (b == ", ")")] {
            let text = format!("let x = {}1{}\n", open.repeat(90), close.repeat(90));
            sound(&text);
        }
        sound(&format!("let x = {}1\n", "a => ".repeat(90)));
        sound(&format!("let x = {}1\n", "not ".repeat(200)));
        sound(&format!("let x = a{}\n", ".b()".repeat(90)));
        sound(&format!("let x = a{}\n", " + a".repeat(200)));
    });
}

/// Ten times the text takes about ten times as long.
#[test]
fn the_time_grows_with_the_length() {
    let time = |elements: usize| {
        let parsed = parse(&list(elements));
        let start = Instant::now();
        format(&parsed);
        start.elapsed().as_secs_f64()
    };
    // The machine may be busy: the best of several tries counts.
    let best = |elements: usize| (0..3).map(|_| time(elements)).fold(f64::MAX, f64::min);
    let (short, long) = (best(1_000), best(10_000));
    assert!(long < short * 40.0, "{short} s for 1,000 elements, {long} s for 10,000");
}
