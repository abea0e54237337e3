//! `quell dry-run --interactive`, over a real terminal: what the person sees, types, and keeps.

use std::{
    io::{Read, Write},
    num::NonZero,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::sandbox::Sandbox;

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";

/// A program in a terminal of its own.
struct Terminal {
    screen: Arc<Mutex<vt100::Parser>>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(sandbox: &Sandbox, arguments: &[&str]) -> Terminal {
        let size = PtySize { rows: 34, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("quell"));
        command.args(arguments);
        command.cwd(sandbox.path(""));
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let [rows, columns] = [size.rows, size.cols].map(|count| NonZero::new(count).unwrap());
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 500)));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shown = screen.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                shown.lock().unwrap().process(&bytes[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Terminal { screen, keyboard, child, _master: pair.master }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen shows something.
    #[track_caller]
    fn see(&self, text: &str) {
        let begun = Instant::now();
        while !self.text().contains(text) {
            assert!(begun.elapsed() < Duration::from_secs(20), "`{text}` isn't there:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Lets the clock jump until the screen shows something.
    #[track_caller]
    fn jump_to(&mut self, text: &str) {
        for _ in 0..60 {
            if self.text().contains(text) {
                return;
            }
            self.press(RIGHT);
            std::thread::sleep(Duration::from_millis(150));
        }
        panic!("`{text}` never comes:\n{}", self.text());
    }

    /// Waits for its end; gives the exit code.
    fn end(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                std::thread::sleep(Duration::from_millis(100));
                return status.exit_code();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "it goes on:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn questions_are_answered_and_the_drill_can_be_run_again() {
    let sandbox = Sandbox::with_examples();
    let mut terminal = Terminal::start(
        &sandbox,
        &[
            "dry-run",
            "examples:deployment_rollback",
            "--interactive",
            "--pace",
            "step",
            "--save",
            "examples/drill.quell",
        ],
    );
    terminal.see("drill: deployment_rollback");
    terminal.jump_to("Which service?");
    terminal.see("1. checkout");
    terminal.press(DOWN);
    terminal.see("› 2. orders");
    terminal.press(UP);
    terminal.press("2\r");
    terminal.jump_to("Which tag?");
    terminal.press("\r");
    terminal.jump_to("run over");
    terminal.see("Resolved after");
    terminal.press("\r");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(terminal.text().contains("Your decisions are saved as a scenario in"), "{}", terminal.text());

    let saved = sandbox.read("examples/drill.quell");
    assert!(saved.contains("given emi answer repo with Repository("), "{saved}");
    assert!(saved.contains("name: \"orders\""), "{saved}");
    assert!(saved.contains("expect resolved"), "{saved}");
    let again = sandbox.quell_with(&["dry-run", "examples:deployment_rollback", "--scenario", "a drill"]);
    assert_eq!(again.code, 0, "{saved}\n{again}");
    assert!(again.out.contains("kubernetes.deploy(orders"), "{again}");
    let checked = sandbox.quell("check examples/drill.quell");
    assert_eq!(checked.code, 0, "{saved}\n{checked}");
}

#[test]
fn approvals_are_given_and_refused_against_the_clock() {
    let sandbox = Sandbox::with_examples();
    let scenario = "the region is down, and Prometheus with it";
    let drill = |sandbox: &Sandbox, keys: &[&str], end: &str| {
        let mut terminal = Terminal::start(
            sandbox,
            &[
                "dry-run",
                "examples:regional_failover",
                "--interactive",
                "--pace",
                "step",
                "--scenario",
                scenario,
                "--force",
                "--save",
                "examples/drill.quell",
            ],
        );
        terminal.jump_to("approve databases.move");
        for key in keys {
            terminal.press(key);
            std::thread::sleep(Duration::from_millis(250));
        }
        terminal.jump_to("run over");
        terminal.see(end);
        terminal.press("q");
        assert_eq!(terminal.end(), 0, "{}", terminal.text());
        let run = sandbox.quell_with(&["dry-run", "examples:regional_failover", "--scenario", "a drill"]);
        assert_eq!(run.code, 0, "{}\n{run}", sandbox.read("examples/drill.quell"));
        run.out
    };
    let approved = drill(&sandbox, &["1\r", "1\r"], "Resolved after");
    assert!(
        approved.contains("Chidi Okafor approves (1 of 2)") && approved.contains("RESOLVED"),
        "{approved}"
    );
    // The fourth choice refuses, as the first of the three people.
    let refused = drill(&sandbox, &["4\r"], "Failed after");
    assert!(refused.contains("Chidi Okafor refused"), "{refused}");
}

#[test]
fn whoever_leaves_early_gets_the_terminal_back() {
    let sandbox = Sandbox::with_examples();
    let mut terminal =
        Terminal::start(&sandbox, &["dry-run", "examples:war_room", "--interactive", "--pace", "1"]);
    terminal.see("drill: war_room");
    terminal.press("\x03");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(terminal.text().contains("You left the drill at"), "{}", terminal.text());
    assert!(!terminal.screen.lock().unwrap().screen().alternate_screen());
}

#[test]
fn a_drill_needs_a_terminal() {
    let sandbox = Sandbox::with_examples();
    let run = sandbox.quell("dry-run examples:war_room --interactive");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run}");
    assert!(run.err.contains("a drill needs a terminal"), "{run}");
    assert_eq!(sandbox.quell("dry-run examples:war_room --pace 10").code, 2);
    assert_eq!(sandbox.quell("dry-run examples:war_room --interactive --seed 1").code, 2);
}
