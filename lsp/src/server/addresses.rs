//! Addresses of the protocol to places of files and back.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Mutex, PoisonError},
};

use quell_compiler::{source::FileId, world::World};
use tower_lsp_server::ls_types::Uri;

use super::{schedule::Context, state::State};
use crate::{
    ide::hover,
    workspace::{Place, STD_SCHEME, Workspace},
};

/// How clients open modules of the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StdAddresses {
    /// As files that are laid out for them: all clients can.
    #[default]
    Files,
    /// By addresses whose texts they ask for: `quell-std:/std/slack.quell`.
    Scheme,
}

/// What was laid out for the client to open, by what it is.
#[derive(Debug, Default)]
pub struct LaidOut {
    modules: Mutex<HashMap<String, PathBuf>>,
    pages: Mutex<HashMap<String, Option<Uri>>>,
}

impl LaidOut {
    fn module(&self, workspace: &Workspace, module: &str, file: FileId) -> Option<PathBuf> {
        let mut modules = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = modules.get(module) {
            return Some(path.clone());
        }
        let name = format!("{}.quell", module.replace('.', "/"));
        let path = workspace.disk().lay_out_text(&name, &workspace.source(file).text)?;
        modules.insert(module.to_owned(), path.clone());
        Some(path)
    }

    fn module_at(&self, path: &Path) -> Option<String> {
        let modules = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
        modules.iter().find(|(_, known)| *known == path).map(|(module, _)| module.clone())
    }

    /// The page of a finding or rule.
    pub fn page(&self, workspace: &Workspace, code: &str) -> Option<Uri> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = pages.get(code) {
            return known.clone();
        }
        let lay_out = || {
            let page = hover::page(code)?;
            let name = format!("errors/{code}.md");
            Uri::from_file_path(workspace.disk().lay_out_text(&name, &format!("# `{code}`\n\n{page}\n"))?)
        };
        let page = lay_out();
        // What somebody made up isn't kept.
        if page.is_some() {
            pages.insert(code.to_owned(), page.clone());
        }
        page
    }
}

/// The place that an address names.
pub fn place(uri: &Uri) -> Place {
    if let Some(path) = uri.as_str().strip_prefix(STD_SCHEME) {
        let path = path.trim_start_matches('/').trim_end_matches(".quell");
        return Place::Std(path.replace('/', "."));
    }
    let is_file = uri.scheme().as_str() == "file";
    match uri.to_file_path().filter(|_| is_file) {
        Some(path) => Place::Disk(path.components().collect()),
        None => Place::Editor(uri.as_str().to_owned()),
    }
}

impl State {
    /// The file that an address names.
    pub fn file(&self, uri: &Uri) -> Option<FileId> {
        let place = place(uri);
        let laid_out = match &place {
            Place::Disk(path) => self.laid_out.module_at(path),
            Place::Std(_) | Place::Editor(_) => None,
        };
        self.workspace.find(&laid_out.map_or(place, Place::Std))
    }
}

impl Context {
    /// The address of a file: as the client writes it, if it has it open.
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        if let Some(uri) = self.uris.get(&file) {
            return Some(uri.clone());
        }
        let workspace = &self.snapshot.workspace;
        match workspace.place_of(file) {
            Place::Disk(path) => Uri::from_file_path(path),
            Place::Editor(address) => Uri::from_str(address).ok(),
            Place::Std(module) => {
                let wanted = self.settings.std == StdAddresses::Files;
                let path = wanted.then(|| self.laid_out.module(workspace, module, file)).flatten();
                match path {
                    Some(path) => Uri::from_file_path(path),
                    None => Uri::from_str(&format!("{STD_SCHEME}/{}.quell", module.replace('.', "/"))).ok(),
                }
            }
        }
    }
}
