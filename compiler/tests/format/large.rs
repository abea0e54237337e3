//! Long and deep texts: the time grows with the length, and the stack not at all.

use std::fmt::Write;

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

/// Ten times the text takes ten times the work: what is counted is the bytes that are allocated.
#[test]
fn the_work_grows_with_the_length() {
    let work = |elements: usize| {
        let parsed = parse(&list(elements));
        allocation_counter::measure(|| {
            std::hint::black_box(format(&parsed));
        })
        .bytes_total
    };
    let (short, long) = (work(1_000), work(10_000));
    assert!(long < short * 13, "{short} bytes for 1,000 elements, {long} for 10,000");
}
