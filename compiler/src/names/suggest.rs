//! Imports that would make an unknown name known.

use super::{ExportKind, ModuleDef, ModuleScope};
use crate::source::Span;

/// An import that would make a name known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Importable {
    /// The `use` line to add: `use std.slack`, `use std.slack (Channel)`.
    pub line: String,
    /// Whether the module is imported already, so that `module.name` works; then this is that expression.
    pub qualified: Option<String>,
    /// Where to add the line: after the last one of its kind.
    pub behind: Option<Span>,
}

/// The expected kind of the unknown name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A value, a call or a module.
    Value,
    /// A type.
    Type,
}

/// The import that would make `name` known: the module with this name, or one that exports it.
pub fn importable(scope: &ModuleScope<'_>, name: &str, wanted: Wanted) -> Option<Importable> {
    let importable = scope.modules.importable();
    let imported = |file| {
        let mut names: Vec<&str> = scope
            .names
            .iter()
            .filter(|(_, (def, _))| *def == ModuleDef::Module(file))
            .map(|(name, _)| &**name)
            .collect();
        names.sort_unstable();
        names.first().map(|name| (*name).to_owned())
    };
    if wanted == Wanted::Value {
        let module = importable.iter().find(|(path, file)| {
            *file != scope.own.file && path.rsplit('.').next() == Some(name) && imported(*file).is_none()
        });
        if let Some((path, _)) = module {
            return Some(Importable { line: format!("use {path}"), qualified: None, behind: scope.last_use });
        }
    }
    // Among the modules that export it, prefer those that are imported already.
    let mut offers: Vec<(Option<String>, &str)> = Vec::new();
    for (path, file) in &importable {
        if *file == scope.own.file || !scope.modules.may_offer(*file, name) {
            continue;
        }
        let Some(exports) = scope.modules.exports(*file) else { continue };
        let offered = exports.public().any(|(_, export)| {
            *export.name == *name
                && match wanted {
                    Wanted::Type => export.kind.is_type(),
                    Wanted::Value => !matches!(export.kind, ExportKind::Alias | ExportKind::Scenario),
                }
        });
        if offered {
            offers.push((imported(*file), path));
        }
    }
    if let Some((Some(module), path)) = offers.iter().find(|(module, _)| module.is_some()) {
        let line = format!("use {path} ({name})");
        return Some(Importable { line, qualified: Some(format!("{module}.{name}")), behind: None });
    }
    let (_, path) = offers.first()?;
    Some(Importable { line: format!("use {path} ({name})"), qualified: None, behind: scope.last_use })
}
