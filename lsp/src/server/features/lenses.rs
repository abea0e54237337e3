//! Lenses above lines. Uses are counted when a lens is shown; scenarios are run in the background, and
//! until that is done a lens says what came of them last.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use quell_compiler::visible::visible_line;
use quell_compiler::{
    simulate::Verdict,
    source::{FileId, Span},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{task::spawn_blocking, time::sleep};
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{CodeLens, CodeLensParams, Command, Position, Uri},
};

use crate::{
    ide::{
        Cursor,
        lenses::{self, Lens, LensKind},
        scenarios::{ScenarioResult, run_scenarios},
    },
    server::{
        convert,
        schedule::{Context, Shared, content_modified},
    },
};

/// So long after the last edit scenarios are run.
const QUIET: Duration = Duration::from_millis(150);
/// A lens isn't longer than this.
const WIDTH: usize = 90;

/// What came of scenarios, by file.
#[derive(Debug, Default)]
pub struct Results {
    by_file: Mutex<HashMap<FileId, Known>>,
}

/// What came of the scenarios of a file last.
#[derive(Debug, Default)]
struct Known {
    /// The moment that they were run at.
    revision: u64,
    results: Arc<Vec<ScenarioResult>>,
    is_running: bool,
}

impl Results {
    fn lock(&self) -> MutexGuard<'_, HashMap<FileId, Known>> {
        self.by_file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of them last, and whether they must be run again.
    fn last(&self, file: FileId, revision: u64) -> (Arc<Vec<ScenarioResult>>, bool) {
        match self.lock().get(&file) {
            Some(known) => (known.results.clone(), known.revision != revision),
            None => (Arc::default(), true),
        }
    }

    /// Nobody looks at them any longer.
    pub fn forget(&self, file: FileId) {
        self.lock().remove(&file);
    }
}

/// What a lens that counts uses is about: it goes to the client and comes back.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    uri: Uri,
    version: Option<i32>,
    /// The offset of the name.
    name: u32,
}

/// The lenses of a document.
pub async fn lenses(shared: &Arc<Shared>, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
    let uri = params.text_document.uri;
    let version = shared.version(&uri);
    let (own, asked) = (shared.clone(), uri.clone());
    let found = shared.answer(&uri, move |context, file| {
        let found = lenses::lenses(&context.snapshot, file);
        let tries = found.iter().any(|lens| matches!(lens.kind, LensKind::Scenario { .. }));
        let (results, is_stale) = own.results.last(file, context.snapshot.revision);
        let writer = Writer { context, uri: &asked, version, results: &results };
        let lenses: Vec<CodeLens> = found.into_iter().flat_map(|lens| writer.lenses(lens)).collect();
        Ok((lenses, (tries && is_stale).then_some(file)))
    });
    let Some((lenses, stale)) = found.await? else { return Ok(None) };
    if let Some(file) = stale {
        start(shared, file);
    }
    Ok(Some(lenses))
}

/// A lens that counts uses, with the count.
pub async fn resolve(shared: &Shared, mut lens: CodeLens) -> Result<CodeLens> {
    let about = lens.data.as_ref().and_then(|data| About::deserialize(data).ok());
    let Some(about) = about else { return Ok(lens) };
    if about.version != shared.version(&about.uri) {
        return Err(content_modified());
    }
    let (uri, position) = (about.uri.clone(), lens.range.start);
    let found = shared.answer(&about.uri, move |context, file| {
        let found = lenses::uses(&context.snapshot, Cursor { file, offset: about.name });
        let title = match found.len() {
            0 => "no references".to_owned(),
            1 => "1 reference".to_owned(),
            count => format!("{count} references"),
        };
        Ok(show(context, title, &uri, position, &found))
    });
    lens.command = found.await?;
    Ok(lens)
}

struct Writer<'a> {
    context: &'a Context,
    uri: &'a Uri,
    version: Option<i32>,
    results: &'a [ScenarioResult],
}

impl Writer<'_> {
    fn lenses(&self, lens: Lens) -> Vec<CodeLens> {
        let range = convert::range(self.context, lens.span);
        let command = |command: Command| CodeLens { range, command: Some(command), data: None };
        let ask = |title: String, name: &str, mut of: Value| {
            of["uri"] = json!(self.uri);
            command(Command { title, command: name.to_owned(), arguments: Some(vec![of]) })
        };
        match lens.kind {
            LensKind::DryRun { playbook } => {
                vec![ask("dry run".to_owned(), "quell.dryRun", json!({ "playbook": playbook }))]
            }
            LensKind::Graph { item } => {
                vec![ask("step graph".to_owned(), "quell.showGraph", json!({ "playbook": item }))]
            }
            LensKind::Automation { steps, by_people } => {
                let automatic = steps - by_people.len();
                let title =
                    format!("{}% automated: {automatic} of {steps} steps", automatic * 100 / steps.max(1));
                vec![command(show(self.context, title, self.uri, range.start, &by_people))]
            }
            LensKind::Scenario { playbook, title } => {
                let result = self.results.iter().find(|result| result.title == title);
                let of = json!({ "playbook": playbook, "scenario": title });
                let mut all = vec![ask("run scenario".to_owned(), "quell.dryRun", of.clone())];
                all.extend(result.map(|result| ask(in_a_line(result), "quell.dryRun", of)));
                all
            }
            LensKind::References => {
                let about = About { uri: self.uri.clone(), version: self.version, name: lens.span.start };
                vec![CodeLens { range, command: None, data: serde_json::to_value(about).ok() }]
            }
        }
    }
}

/// What came of a scenario.
fn in_a_line(result: &ScenarioResult) -> String {
    let first = result.reasons.first().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    let first = first.unwrap_or_default();
    let line = match result.verdict {
        Verdict::Passed => format!("✓ {} of {} passed", result.expected, result.expected),
        Verdict::Failed => format!("✗ {} of {} failed: {first}", result.reasons.len(), result.expected),
        Verdict::Broken => format!("✗ can't run: {first}"),
    };
    let line = visible_line(&line);
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.into_owned(),
    }
}

/// A command that shows places; one without places only says something.
fn show(context: &Context, title: String, uri: &Uri, at: Position, places: &[Span]) -> Command {
    if places.is_empty() {
        return Command { title, command: String::new(), arguments: None };
    }
    let places: Vec<_> = places.iter().filter_map(|span| convert::location(context, *span)).collect();
    let arguments = vec![json!(uri), json!(at), json!(places)];
    Command { title, command: "quell.showReferences".to_owned(), arguments: Some(arguments) }
}

/// Runs the scenarios of a file in the background, unless that happens already.
fn start(shared: &Arc<Shared>, file: FileId) {
    let was_running = {
        let mut known = shared.results.lock();
        std::mem::replace(&mut known.entry(file).or_default().is_running, true)
    };
    if !was_running {
        tokio::spawn(run(shared.clone(), file));
    }
}

async fn run(shared: Arc<Shared>, file: FileId) {
    loop {
        let revision = shared.state().revision;
        sleep(QUIET).await;
        let context = {
            let state = shared.state();
            if state.revision != revision {
                continue;
            }
            Context::new(&state)
        };
        let own = shared.clone();
        let done = spawn_blocking(move || {
            run_scenarios(&context.snapshot, file, || own.state().revision == revision)
        });
        match done.await {
            Ok(Ok(results)) => {
                let is_new = {
                    let mut known = shared.results.lock();
                    // Who closed the document wants to know nothing.
                    let Some(known) = known.get_mut(&file) else { return };
                    let is_new = *known.results != results;
                    *known = Known { revision, results: Arc::new(results), is_running: false };
                    is_new
                };
                if is_new && shared.state().settings.refresh_lenses {
                    // A client that refuses asks later.
                    let _ = shared.client.code_lens_refresh().await;
                }
                return;
            }
            // The text has changed: once more.
            Ok(Err(_)) => {}
            // The panic was printed where it happened.
            Err(_) => {
                shared.results.forget(file);
                return;
            }
        }
    }
}
