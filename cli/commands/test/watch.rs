//! `--watch`: the scenarios again after every change.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Outcome, once, snapshots};
use crate::{
    args::TestArguments,
    console::Console,
    error::Failure,
    fence::{Fence, Place},
    files, manifest,
    project::root_above,
    render,
};

/// Editors write a file in several steps: a change is over when it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(80);

/// What a watcher says.
type Notices = Receiver<notify::Result<Event>>;

/// Runs, waits for a change, and runs again, until it is stopped from outside.
pub fn watch(
    arguments: &TestArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let (sender, notices) = mpsc::channel();
    let mut watcher =
        notify::recommended_watcher(sender).map_err(|error| unwatchable(Path::new("."), &error))?;
    let mut watched = BTreeSet::new();
    // Before the first run: a change that comes while it runs counts.
    for folder in folders(arguments, fence)? {
        add(&mut watcher, &mut watched, folder, RecursiveMode::Recursive)?;
    }
    let own = arguments.output_file.as_deref().map(files::absolute);
    loop {
        match once(arguments, fence, console) {
            // Projects that these depend on lie elsewhere.
            Ok(once) => {
                for folder in once.files.iter().filter_map(|file| file.parent()) {
                    add(&mut watcher, &mut watched, folder.to_owned(), RecursiveMode::NonRecursive)?;
                }
            }
            // The next change may mend it.
            Err(failure) => render::failure(&failure, &mut console.err),
        }
        render::told(&fence.take_told(), fence.word(), &mut console.err)?;
        render::scenarios::human::waiting(&mut console.err)?;
        console.finish()?;
        if !changed(&notices, own.as_deref()) {
            return Ok(Outcome::Fine);
        }
        console.out.begin_anew()?;
    }
}

/// What the arguments name, and the projects around that.
fn folders(arguments: &TestArguments, fence: &Fence) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut folders = BTreeSet::new();
    for path in &arguments.paths {
        let folder = match fence.place(path)? {
            (folder, Place::Folder) => folder,
            (file, Place::File) => file.parent().unwrap_or(&file).to_owned(),
        };
        folders.extend(root_above(fence, &folder));
        folders.insert(folder);
    }
    Ok(folders)
}

fn add(
    watcher: &mut RecommendedWatcher,
    watched: &mut BTreeSet<PathBuf>,
    folder: PathBuf,
    mode: RecursiveMode,
) -> Result<(), Failure> {
    if folder.ancestors().any(|above| watched.contains(above)) {
        return Ok(());
    }
    watcher.watch(&folder, mode).map_err(|error| unwatchable(&folder, &error))?;
    watched.insert(folder);
    Ok(())
}

fn unwatchable(folder: &Path, error: &notify::Error) -> Failure {
    Failure::Unwatchable { path: files::display(folder), cause: error.to_string() }
}

/// Waits until something has changed and it is quiet again; false if there is nobody left to say so.
fn changed(notices: &Notices, own: Option<&Path>) -> bool {
    let mut pending = false;
    loop {
        let notice = match pending {
            false => notices.recv().map_err(|_| RecvTimeoutError::Disconnected),
            true => notices.recv_timeout(QUIET),
        };
        match notice {
            Ok(Ok(event)) => pending |= matters(&event, own),
            // Whatever was missed may have been a change.
            Ok(Err(_)) => pending = true,
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether a run could go otherwise after this.
fn matters(event: &Event, own: Option<&Path>) -> bool {
    let counts = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str());
        // Where a whole folder comes or goes, only the folder is named.
        let known = matches!(ending, None | Some(files::ENDING | snapshots::ENDING | "json"))
            || name == manifest::NAME;
        known && !name.starts_with('.') && Some(path.as_path()) != own
    };
    // Runs themselves open and read files.
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(counts)
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};

    use super::*;

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(path.into())
    }

    #[test]
    fn what_runs_write_and_read_themselves_is_no_change() {
        let modified = EventKind::Modify(ModifyKind::Any);
        let own = Some(Path::new("/a/results.json"));
        assert!(matters(&event(modified, "/a/b.quell"), own));
        assert!(matters(&event(modified, "/a/quell.toml"), own));
        assert!(matters(&event(EventKind::Create(CreateKind::Folder), "/a/ops"), own));
        assert!(!matters(&event(EventKind::Access(AccessKind::Open(AccessMode::Read)), "/a/b.quell"), own));
        assert!(!matters(&event(modified, "/a/.b.quell.swp"), own));
        assert!(!matters(&event(modified, "/a/results.json"), own));
        assert!(!matters(&event(modified, "/a/notes.txt"), own));
    }

    #[test]
    fn several_changes_at_once_count_as_one() {
        let (sender, notices) = mpsc::channel();
        for _ in 0..5 {
            sender.send(Ok(event(EventKind::Modify(ModifyKind::Any), "/a/b.quell"))).unwrap();
        }
        assert!(changed(&notices, None));
        assert_eq!(notices.try_recv().unwrap_err(), mpsc::TryRecvError::Empty);
        drop(sender);
        assert!(!changed(&notices, None));
    }
}
