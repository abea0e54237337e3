//! What takes longer than a second says what it is at, on terminals only, and wipes that out again.

#![allow(clippy::disallowed_methods, reason = "it takes the terminal for itself")]

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use quell_compiler::visible::visible_line;

use crate::console::Output;

const DELAY: Duration = Duration::from_secs(1);

/// Shown until it is dropped.
pub struct Progress {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Shows `what` if it goes on for more than a second and somebody watches `output`.
    pub fn start(what: impl Into<String>, output: &Output) -> Self {
        let what = what.into();
        Self::saying(move || what.clone(), output)
    }

    /// The same, with how many of them are done.
    pub fn counting(what: &'static str, all: usize, done: &Arc<AtomicUsize>, output: &Output) -> Self {
        let done = done.clone();
        Self::saying(move || format!("{what}, {} of {all}", done.load(Ordering::Relaxed)), output)
    }

    fn saying(what: impl Fn() -> String + Send + 'static, output: &Output) -> Self {
        if !output.is_terminal() {
            return Self { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel();
        let show = move || {
            // Nobody is told if the terminal is gone: the work itself goes on.
            let _ = show(&what, &stopped, DELAY, &mut io::stderr());
        };
        let thread = thread::Builder::new().name("progress".to_owned()).spawn(show).ok();
        Self { stop: Some(stop), thread }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to panic about, and the line is lost at worst.
            let _ = thread.join();
        }
    }
}

fn show(
    what: &dyn Fn() -> String,
    stopped: &Receiver<()>,
    delay: Duration,
    output: &mut dyn Write,
) -> io::Result<()> {
    let start = Instant::now();
    let mut shown = false;
    while stopped.recv_timeout(delay) == Err(RecvTimeoutError::Timeout) {
        write!(output, "\r{} … {} s", visible_line(&what()), start.elapsed().as_secs())?;
        output.flush()?;
        shown = true;
    }
    if shown {
        write!(output, "\r\u{1b}[2K")?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(work: Duration, delay: Duration) -> String {
        let (stop, stopped) = mpsc::channel();
        let worker = thread::spawn(move || {
            thread::sleep(work);
            drop(stop);
        });
        let mut output = Vec::new();
        show(&|| "checking".to_owned(), &stopped, delay, &mut output).unwrap();
        worker.join().unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn what_is_quick_is_silent() {
        assert_eq!(shown(Duration::ZERO, Duration::from_secs(60)), "");
    }

    #[test]
    fn what_is_slow_is_shown_and_wiped_out() {
        let output = shown(Duration::from_millis(60), Duration::from_millis(5));
        assert!(output.starts_with("\rchecking … 0 s"), "{output:?}");
        assert!(output.ends_with("\r\u{1b}[2K"), "{output:?}");
    }
}
