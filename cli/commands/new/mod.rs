//! `quell new`: a project that already works, for its owner to change.

mod example;
mod extras;

use std::{borrow::Cow, io::Write, path::Path, sync::Arc};

use super::Outcome;
use crate::{
    args::NewArguments,
    console::Console,
    error::Failure,
    fence::Fence,
    files,
    manifest::{NAME, is_module_name, mend_module_name},
    output::{self, Force, Kind},
};
use extras::Extra;

/// What a new project holds. The manifest comes last: with it the folder is a project.
const FILES: [(&str, &str); 3] = [
    ("catalog.quell", include_str!("../../template/catalog.quell")),
    (FIRST, include_str!("../../template/error_rate.quell")),
    (NAME, include_str!("../../template/quell.toml")),
];

/// The playbook of a project that starts from no example.
const FIRST: &str = "error_rate.quell";

/// What git shouldn't keep. Left as it is where there is one already.
const IGNORE: &str = ".gitignore";

/// Runs the command.
pub fn run(arguments: &NewArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Outcome, Failure> {
    if arguments.list_examples {
        return list(console);
    }
    let folder = files::absolute(&arguments.folder);
    let shown = files::display(&folder);
    let name = package_name(arguments.name.as_deref(), &folder)?;
    if fence.exists(&folder) && !fence.is_dir(&folder) {
        return Err(Failure::Arguments {
            message: format!("`{shown}` is a file"),
            help: Some("pass the folder for the project".to_owned()),
        });
    }
    let extras = extras::wanted(arguments.ci, arguments.pre_commit);
    let is_project = fence.exists(&folder.join(NAME));
    // A project that is there already can still get files for continuous integration.
    let only_extras =
        is_project && !extras.is_empty() && arguments.example.is_none() && arguments.name.is_none();
    let files = match &arguments.example {
        Some(example) => example::files(example)?,
        None if only_extras => Vec::new(),
        None => FILES.map(|(file, text)| (file.to_owned(), Cow::Borrowed(text))).into(),
    };
    // Before anything is written: half a project is worse than none.
    refuse_taken(&files, &folder, fence)?;
    let top = extras::top(&folder);
    refuse_taken_extras(&extras, &top, fence)?;

    if !files.is_empty() {
        output::folder(fence, &folder)?;
        writeln!(console.out, "Created project `{name}` in {shown}:")?;
        write_project(&files, &name, &folder, fence, console)?;
    }
    if !extras.is_empty() {
        writeln!(
            console.out,
            "{}Created in {}:",
            if files.is_empty() { "" } else { "\n" },
            files::display(&top)
        )?;
        for extra in &extras {
            create(&top.join(extra.path), extra.content(), fence)?;
            writeln!(console.out, "  {}", extra.path)?;
        }
    }
    if !files.is_empty() {
        next(arguments, &folder, &shown, fence, console)?;
    }
    Ok(Outcome::Fine)
}

/// Names the examples.
fn list(console: &mut Console) -> Result<Outcome, Failure> {
    let all = example::all();
    let width = all.iter().map(|example| example.name.len()).max().unwrap_or_default();
    for example in all {
        writeln!(console.out, "{:width$}  {}", example.name, example.summary)?;
    }
    writeln!(console.out, "\nStart from one: quell new FOLDER --example NAME")?;
    Ok(Outcome::Fine)
}

fn refuse_taken(files: &[(String, Cow<'_, str>)], folder: &Path, fence: &Fence) -> Result<(), Failure> {
    let shown = files::display(folder);
    let Some((taken, _)) = files.iter().rev().find(|(file, _)| fence.exists(&folder.join(file))) else {
        return Ok(());
    };
    let message = if taken == NAME {
        format!("`{shown}` is a project already")
    } else {
        format!("`{taken}` exists already in `{shown}`")
    };
    let help = "choose another folder: `quell new playbooks`".to_owned();
    Err(Failure::Arguments { message, help: Some(help) })
}

fn refuse_taken_extras(extras: &[Extra], top: &Path, fence: &Fence) -> Result<(), Failure> {
    let Some(taken) = extras.iter().find(|extra| fence.exists(&top.join(extra.path))) else { return Ok(()) };
    Err(Failure::Arguments {
        message: format!("`{}` exists already", files::display(&top.join(taken.path))),
        help: Some(format!(
            "leave out `{}` and add Quell to that file: docs/continuous-integration.md#{}",
            taken.option, taken.section
        )),
    })
}

fn write_project(
    files: &[(String, Cow<'_, str>)],
    name: &str,
    folder: &Path,
    fence: &Fence,
    console: &mut Console,
) -> Result<(), Failure> {
    for (file, text) in files {
        if file == NAME {
            create(&folder.join(file), &named(text, name), fence)?;
        } else {
            create(&folder.join(file), text, fence)?;
        }
        writeln!(console.out, "  {file}")?;
    }
    if ignore_file(folder, fence)? {
        writeln!(console.out, "  {IGNORE}")?;
    }
    Ok(())
}

/// The manifest with the name of this project.
fn named(manifest: &str, name: &str) -> String {
    let lines = manifest.lines().map(|line| match line.strip_prefix("name = ") {
        Some(_) => format!("name = \"{name}\"\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}

fn create(path: &Path, text: &str, fence: &Fence) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        output::folder(fence, folder)?;
    }
    output::write(fence, path, text, Kind::Source, Force::Absent)?;
    Ok(())
}

/// The commands to go on with.
fn next(
    arguments: &NewArguments,
    folder: &Path,
    shown: &str,
    fence: &Fence,
    console: &mut Console,
) -> Result<(), Failure> {
    let playbook = arguments.example.as_deref().unwrap_or(FIRST.trim_end_matches(".quell"));
    let into = (shown != ".").then(|| (format!("cd {shown}"), ""));
    let steps = [
        (format!("quell dry-run {playbook}"), "what the playbook would do"),
        ("quell test --coverage".to_owned(), "run its scenarios and report what they cover"),
        (format!("quell doc {playbook}.quell"), "the playbook as a runbook"),
    ];
    let offered = match arguments.ci.is_none() && !arguments.pre_commit {
        true => extras::offers(folder, |path| fence.exists(path)),
        false => Vec::new(),
    };
    let width = steps.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    writeln!(console.out, "\nNext:")?;
    for (command, about) in into.into_iter().chain(steps) {
        writeln!(console.out, "{}", format!("  {command:width$}  {about}").trim_end())?;
    }
    if !offered.is_empty() {
        writeln!(console.out, "\nTo check playbooks before each commit and in CI:")?;
        for option in offered {
            writeln!(console.out, "  quell new {option}")?;
        }
    }
    Ok(())
}

/// Has git ignore what Quell leaves behind when it is killed; whether that file was made.
fn ignore_file(folder: &Path, fence: &Fence) -> Result<bool, Failure> {
    let path = folder.join(IGNORE);
    if !fence.holds(&path) || fence.exists(&path) {
        return Ok(false);
    }
    create(&path, include_str!("../../template/gitignore"), fence)?;
    Ok(true)
}

/// The name that was asked for, or the folder's, in the form that other projects write after `use`.
fn package_name(wanted: Option<&str>, folder: &Path) -> Result<String, Failure> {
    match wanted {
        Some(name) if is_module_name(name) => Ok(name.to_owned()),
        Some(name) => Err(Failure::Arguments {
            message: format!("`{name}` can't be the name of a project"),
            help: Some(format!(
                "other projects write it after `use`, so it has letters, digits and `_`: `{}`",
                mend_module_name(name)
            )),
        }),
        None => {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            Ok(if name.is_empty() { "playbooks".to_owned() } else { mend_module_name(&name) })
        }
    }
}
