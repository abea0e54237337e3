//! A drill in the terminal: the person answers questions and approvals while the run's clock runs.
//!
//! [`state`] is what the person sees and has chosen, changed by keys and by time; [`screen`] draws it;
//! this module connects both to the terminal and the real clock.

#![allow(clippy::disallowed_methods, reason = "it takes the terminal for itself")]

mod screen;
mod state;

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use quell_compiler::simulate::drill::Drill;
use ratatui::crossterm::event::{self, Event, KeyEventKind};

pub use state::{Pace, State};

use crate::error::Failure;

/// How often the clock on the screen moves.
const FRAME: Duration = Duration::from_millis(100);

/// What the person left the drill with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The run was over.
    AtTheEnd,
    /// Before that.
    Early,
}

/// Whether there is a person to ask.
pub fn check_terminal() -> Result<(), Failure> {
    let missing = match (io::stdin().is_terminal(), io::stdout().is_terminal()) {
        (true, true) => return Ok(()),
        (false, _) => "standard input",
        (true, false) => "standard output",
    };
    Err(Failure::Arguments {
        message: format!("a drill needs a terminal, and {missing} isn't one"),
        help: Some("run it without `--interactive` to see the whole log".to_owned()),
    })
}

/// Runs the drill until the person leaves it.
pub fn run(drill: Drill<'_>, pace: Pace) -> Result<(Drill<'_>, Left), Failure> {
    let mut terminal = ratatui::try_init()?;
    let mut state = State::new(drill, pace);
    let result = go(&mut terminal, &mut state);
    // The screen is given back whatever happened; what happened matters more than whether that worked.
    let restored = ratatui::try_restore();
    result?;
    restored?;
    let left = if state.drill.is_over() { Left::AtTheEnd } else { Left::Early };
    Ok((state.drill, left))
}

fn go(terminal: &mut ratatui::DefaultTerminal, state: &mut State<'_>) -> io::Result<()> {
    let mut before = Instant::now();
    while !state.is_left() {
        terminal.draw(|frame| screen::draw(frame, state))?;
        if event::poll(FRAME)? {
            match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => state.press(key),
                Event::Paste(text) => text.chars().for_each(|letter| state.letter(letter)),
                _ => {}
            }
        }
        let now = Instant::now();
        state.pass(now - before);
        before = now;
    }
    Ok(())
}
