//! The protocol: receives the client's messages, and answers from snapshots.
//!
//! The state changes before the first `await` of a notification's handler, and a request takes its
//! snapshot before its own: so both see the messages before them, in their order, and nothing else.

mod addresses;
mod backend;
mod capabilities;
mod convert;
mod features;
mod frames;
mod incoming;
mod linting;
mod positions;
mod requests;
mod schedule;
mod state;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tower_lsp_server::{LspService, Server};

use crate::workspace::Disk;
use backend::Backend;
use incoming::{Incoming, Refusing};
use schedule::Shared;
use state::State;

/// Enough for the deepest nesting that the parser lets through, in an unoptimized build as well.
const STACK: usize = 64 << 20;
/// So many requests are worked on at once: enough that a notification never waits behind them.
const CONCURRENCY: usize = 64;

/// How a client went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It asked for the shutdown before.
    Asked,
    /// It didn't: it fell over, or said something that can't be read.
    Unasked,
}

/// Serves one client on standard input and output until it goes away.
pub fn serve(disk: Arc<dyn Disk>, version: &'static str) -> std::io::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK)
        .enable_time()
        .build()?;
    let asked = Arc::new(AtomicBool::new(false));
    let shutdown = asked.clone();
    let incoming = Incoming::start()?;
    runtime.block_on(async {
        let (service, socket) = LspService::build(|client| {
            let shared = Arc::new(Shared::new(client, State::new(disk)));
            tokio::spawn(shared.clone().publish());
            Backend { shared, version, shutdown }
        })
        .custom_method("quell/stepGraph", Backend::step_graph)
        .custom_method("quell/dryRun", Backend::dry_run)
        .custom_method("quell/standardModule", Backend::standard_module)
        .custom_method("quell/playbooks", Backend::playbooks)
        .custom_method("quell/text", Backend::text)
        .finish();
        let server = Server::new(incoming, tokio::io::stdout(), socket);
        server.concurrency_level(CONCURRENCY).serve(Refusing(service)).await;
    });
    // A thread that still works on what nobody waits for mustn't keep the process.
    runtime.shutdown_background();
    Ok(if asked.load(Ordering::Relaxed) { Ended::Asked } else { Ended::Unasked })
}
