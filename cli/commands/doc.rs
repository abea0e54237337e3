//! `quell doc`: what modules and playbooks say of themselves, on the terminal or as a folder of pages.

use std::{io::Write, path::Path, sync::Arc};

use quell_compiler::{
    check::check_files,
    diagnostic::{Diagnostic, Level},
    docs::{self, Block, ItemReference, Library, ModuleReference, Reference},
    findings::suggest::nearest,
    source::FileId,
    world::{MemoryWorld, World},
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{DocArguments, DocFormat, OutputFormat},
    console::Console,
    error::Failure,
    fence::{Fence, resolve},
    files, load,
    output::{self, Force, Kind},
    progress::Progress,
    render,
};

/// Runs the command.
pub fn run(arguments: &DocArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Outcome, Failure> {
    let name = arguments.about.to_string_lossy();
    let of_library = *name == *"std" || name.starts_with("std.");
    if of_library && !fence.exists(&arguments.about) {
        return library(arguments, &name, fence, console);
    }
    let progress = Progress::start("checking", &console.err);
    let loaded = load::load(fence, std::slice::from_ref(&arguments.about))
        .map_err(|failure| of_std(failure, &name))?;
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
    let library = Library::new(&loaded.world, &checked);
    let reference = docs::reference(&library, &loaded.selected);
    let title = match resolve(&arguments.about).as_deref().and_then(Path::file_stem) {
        Some(stem) => stem.to_string_lossy().replace('_', " "),
        None => "playbooks".to_owned(),
    };
    show(arguments, &library, &reference, &title, fence, console)?;
    Ok(if errors.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// People leave out the `std` of a module's name: says so, where nothing is at such a path.
fn of_std(failure: Failure, name: &str) -> Failure {
    let module = name.split('.').next().unwrap_or_default();
    let is_known = quell_stdlib::modules().iter().any(|(path, _)| path.strip_prefix("std.") == Some(module));
    match failure {
        Failure::MissingPath { path, .. } if is_known => {
            Failure::MissingPath { path, help: Some(format!("did you mean `std.{name}`?")) }
        }
        other => other,
    }
}

/// `std`, `std.slack`, `std.slack.post`.
fn library(
    arguments: &DocArguments,
    name: &str,
    fence: &Fence,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let world = MemoryWorld::with_modules(quell_stdlib::modules());
    let files: Vec<FileId> = world.files();
    let checked = check_files(&world, &files);
    let library = Library::new(&world, &checked);
    let reference = docs::reference(&library, &files);
    if name == "std" {
        show(arguments, &library, &reference, "The standard library", fence, console)?;
        return Ok(Outcome::Fine);
    }
    let find = |path: &str| reference.modules.iter().find(|module| module.name == path);
    let within = name.rsplit_once('.').and_then(|(path, item)| Some((find(path)?, Some(item))));
    let Some((module, item)) = find(name).map(|module| (module, None)).or(within) else {
        return Err(unknown(name, &reference, None));
    };
    let mut one = ModuleReference { items: module.items.clone(), ..module.clone() };
    if let Some(item) = item {
        one.items.retain(|found| found.name == item);
        if one.items.is_empty() {
            return Err(unknown(name, &reference, Some(module)));
        }
        // The module's own words are about all of it.
        one.docs = String::new();
        one.name = format!("{}.{item}", module.name);
    }
    let one = Reference { schema: reference.schema, modules: vec![one] };
    match (&item, arguments.output_format, &arguments.output_dir) {
        (Some(_), DocFormat::Text | DocFormat::Markdown, None) => {
            let blocks = one.modules.iter().flat_map(|module| &module.items);
            let blocks: Vec<Block> = blocks.flat_map(|item| docs::item_page(item, 1)).collect();
            write(&blocks, arguments.output_format, console)?;
        }
        _ => show(arguments, &library, &one, name, fence, console)?,
    }
    Ok(Outcome::Fine)
}

fn unknown(name: &str, reference: &Reference, module: Option<&ModuleReference>) -> Failure {
    let names: Vec<String> = match module {
        Some(module) => module.items.iter().map(|item| format!("{}.{}", module.name, item.name)).collect(),
        None => reference.modules.iter().map(|module| module.name.clone()).collect(),
    };
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => match module {
            Some(module) => format!("`quell doc {}` shows what there is", module.name),
            None => "`quell doc std` lists all modules".to_owned(),
        },
    };
    Failure::Arguments { message: format!("there is no `{name}` in the standard library"), help: Some(help) }
}

fn show(
    arguments: &DocArguments,
    library: &Library<'_>,
    reference: &Reference,
    title: &str,
    fence: &Fence,
    console: &mut Console,
) -> Result<(), Failure> {
    if let Some(folder) = &arguments.output_dir {
        let pages = docs::pages(library, reference, title, "");
        let force = Force::from(arguments.force);
        // Before anything is written: half of the pages are of no use.
        let paths = pages.iter().map(|page| folder.join(&page.name));
        output::refuse_any(fence, paths, Kind::Documentation, force)?;
        output::folder(fence, folder)?;
        for page in &pages {
            let text = format!("{}\n\n{}", output::DOCUMENTATION, page.text);
            output::write(fence, &folder.join(&page.name), &text, Kind::Documentation, force)?;
        }
        let word = if pages.len() == 1 { "page" } else { "pages" };
        writeln!(console.err, "{} {word} in {}", pages.len(), files::display(folder))?;
        return Ok(());
    }
    if arguments.output_format == DocFormat::Json {
        write!(console.out.exact(), "{}", docs::json(reference))?;
        return Ok(());
    }
    if reference.modules.len() > 1 && !reference.modules.iter().any(has_playbooks) {
        return write(&docs::index(title, &reference.modules, |_| None), arguments.output_format, console);
    }
    let mut first = true;
    let mut next = |blocks: &[Block], console: &mut Console| {
        if !std::mem::take(&mut first) {
            writeln!(console.out)?;
        }
        write(blocks, arguments.output_format, console)
    };
    for module in &reference.modules {
        for item in &module.items {
            if let Some(blocks) = docs::runbook(library, item) {
                next(&blocks, console)?;
            }
        }
    }
    for module in reference.modules.iter().filter(|_| reference.modules.len() == 1) {
        let items: Vec<ItemReference> =
            module.items.iter().filter(|item| item.kind != "playbook").cloned().collect();
        if !items.is_empty() {
            next(&docs::module_page(&ModuleReference { items, ..module.clone() }), console)?;
        }
    }
    Ok(())
}

fn has_playbooks(module: &ModuleReference) -> bool {
    module.items.iter().any(|item| item.kind == "playbook")
}

fn write(blocks: &[Block], format: DocFormat, console: &mut Console) -> Result<(), Failure> {
    match format {
        DocFormat::Markdown => write!(console.out.exact(), "{}", docs::markdown(blocks))?,
        DocFormat::Text | DocFormat::Json => render::docs::write(blocks, &mut console.out)?,
    }
    Ok(())
}
