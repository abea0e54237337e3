//! What the language server does between edits.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::source::{FileId, Span};
use quell_lsp::{
    ide::{
        Analysis, Cursor, Edit, Snapshot, actions, completion, diagnostics, hierarchy, hints, hover, lenses,
        links, navigation, previews, rename, scenarios, signature, structure, symbols, tokens,
    },
    workspace::{Disk, Layout, Place, Project, Workspace},
};

use quell_test_support::Draw;

use crate::laboratory::{boundary, text_of};

/// How often one text is edited.
const EDITS: usize = 4;

/// A machine with nothing on it but one module.
struct OneModule;

impl Disk for OneModule {
    fn layout(&self, _: &[PathBuf], _: &[PathBuf]) -> Layout {
        let modules = BTreeMap::from([("main".to_owned(), path())]);
        Layout { projects: vec![Project { modules, ..Project::default() }], ..Layout::default() }
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        Err(format!("there is no {}", path.display()))
    }

    fn lay_out_text(&self, _: &str, _: &str) -> Option<PathBuf> {
        None
    }
}

fn path() -> PathBuf {
    PathBuf::from("/p/main.quell")
}

thread_local! {
    /// What is known of the standard library stays, as it does in a server.
    static SESSION: Workspace = Workspace::new(Arc::new(OneModule)).laid_out(OneModule.layout(&[], &[]));
    static ANALYSIS: Arc<Analysis> = Arc::default();
}

pub fn editor(bytes: &[u8]) {
    let mut text = text_of(bytes);
    let session = SESSION.with(Clone::clone);
    let Some(file) = session.find(&Place::Disk(path())) else { return };
    let hash = |sum: u64, byte: &u8| sum.wrapping_mul(31).wrapping_add(u64::from(*byte));
    let mut draw = Draw::new(bytes.iter().fold(1, hash));
    for _ in 0..EDITS {
        let revision = draw.number() >> 1;
        let snapshot =
            Snapshot::new(session.with_text(file, text.clone()), revision, ANALYSIS.with(Clone::clone));
        everything(&snapshot, file, &text, &mut draw);
        let at = boundary(&text, draw.below(text.len() + 1));
        let to = boundary(&text, (at + draw.below(6)).min(text.len()));
        let piece = ["", "x", " ", "\n", ".", "(", "\"", "}", "step ", "when ", "ä"][draw.below(11)];
        text.replace_range(at..to, piece);
    }
}

fn everything(snapshot: &Snapshot, file: FileId, text: &str, draw: &mut Draw) {
    let within = |edits: &[Edit]| {
        for edit in edits.iter().filter(|edit| edit.span.file == file) {
            let said = text.get(edit.span.start as usize..edit.span.end as usize);
            assert!(said.is_some(), "an edit at {:?} lies outside of the text", edit.span);
        }
    };
    let whole = Span::new(file, 0, text.len() as u32);
    diagnostics::diagnostics(snapshot, file);
    symbols::document_symbols(snapshot, file);
    tokens::tokens(snapshot, file, None);
    structure::folds(snapshot, file);
    within(&structure::format(snapshot, file));
    hints::hints(snapshot, whole, hints::Wanted::default());
    lenses::lenses(snapshot, file);
    links::links(snapshot, file);
    let _ = scenarios::run_scenarios(snapshot, file, || true);
    for playbook in snapshot.checked(file).playbooks().map(|(item, _)| item).filter(|item| item.file == file)
    {
        let name = snapshot.checked(file).item(playbook).map(|item| item.name.text.to_string());
        let subject = previews::Subject { file, playbook: name, offset: None };
        previews::step_graph(snapshot, &subject);
    }
    for _ in 0..3 {
        let offset = boundary(text, draw.below(text.len() + 1)) as u32;
        let cursor = Cursor { file, offset };
        let _ = completion::completions(snapshot, cursor);
        let _ = hover::hover(snapshot, cursor);
        let _ = signature::signature(snapshot, cursor);
        let _ = navigation::definition(snapshot, cursor);
        let _ = navigation::references(snapshot, cursor);
        let _ = hierarchy::prepare(snapshot, cursor);
        let _ = structure::selections(snapshot, cursor);
        within(&structure::format_typed(snapshot, cursor));
        if let Ok(edits) = rename::rename(snapshot, cursor, "renamed") {
            within(&edits);
        }
        let to = boundary(text, (offset as usize + draw.below(80)).min(text.len()));
        let selected = Span::new(file, offset, to as u32);
        within(&structure::format_range(snapshot, selected));
        if let Ok(all) = actions::actions(snapshot, selected, &|_| true) {
            all.iter().for_each(|action| within(&action.edits));
        }
    }
}
