//! `quell new`: a project that already works, for its owner to change.

use std::{io::Write, path::Path, sync::Arc};

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

/// What a new project holds. The manifest comes last: with it the folder is a project.
const FILES: [(&str, &str); 3] = [
    ("catalog.quell", include_str!("../template/catalog.quell")),
    ("error_rate.quell", include_str!("../template/error_rate.quell")),
    (NAME, include_str!("../template/quell.toml")),
];

/// What git shouldn't keep. Left as it is where there is one already.
const IGNORE: &str = ".gitignore";

/// The name of the package in the template of the manifest.
const TEMPLATE_NAME: &str = "name = \"playbooks\"";

/// Runs the command.
pub fn run(arguments: &NewArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Outcome, Failure> {
    let folder = files::absolute(&arguments.folder);
    let shown = files::display(&folder);
    let name = package_name(arguments.name.as_deref(), &folder)?;
    if fence.exists(&folder) && !fence.is_dir(&folder) {
        return Err(Failure::Arguments {
            message: format!("`{shown}` is a file"),
            help: Some("name the folder in which the project is to be".to_owned()),
        });
    }
    // Before anything is written: a folder that is a project in half is worse than none.
    if let Some((taken, _)) = FILES.iter().find(|(file, _)| fence.exists(&folder.join(file))) {
        let message = if *taken == NAME {
            format!("`{shown}` is a project already")
        } else {
            format!("there is a `{taken}` in `{shown}` already")
        };
        let help = "name another folder: `quell new playbooks`".to_owned();
        return Err(Failure::Arguments { message, help: Some(help) });
    }
    output::folder(fence, &folder)?;
    writeln!(console.out, "{name}, a project with a playbook, in {shown}:")?;
    for (file, text) in FILES {
        let text = if file == NAME {
            text.replace(TEMPLATE_NAME, &format!("name = \"{name}\""))
        } else {
            text.to_owned()
        };
        output::write(fence, &folder.join(file), &text, Kind::Source, Force::Absent)?;
        writeln!(console.out, "  {file}")?;
    }
    if ignore_file(&folder, fence)? {
        writeln!(console.out, "  {IGNORE}")?;
    }
    let into = if shown == "." { String::new() } else { format!("  cd {shown}\n") };
    write!(
        console.out,
        "\nGo on with\n{into}  quell dry-run error_rate    what the playbook would do\n  \
         quell test --coverage       whether its scenarios hold, and what they try\n  \
         quell doc error_rate.quell  the playbook as a runbook\n"
    )?;
    Ok(Outcome::Fine)
}

/// Has git ignore what Quell leaves behind when it is killed; whether that file was made.
fn ignore_file(folder: &Path, fence: &Fence) -> Result<bool, Failure> {
    let path = folder.join(IGNORE);
    if !fence.holds(&path) || fence.exists(&path) {
        return Ok(false);
    }
    output::write(fence, &path, include_str!("../template/gitignore"), Kind::Source, Force::Absent)?;
    Ok(true)
}

/// The name that was asked for, or the folder's, as other projects write it behind `use`.
fn package_name(wanted: Option<&str>, folder: &Path) -> Result<String, Failure> {
    match wanted {
        Some(name) if is_module_name(name) => Ok(name.to_owned()),
        Some(name) => Err(Failure::Arguments {
            message: format!("`{name}` can't be the name of a project"),
            help: Some(format!(
                "it stands behind `use`, so it has letters, digits and `_`: `{}`",
                mend_module_name(name)
            )),
        }),
        None => {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            Ok(if name.is_empty() { "playbooks".to_owned() } else { mend_module_name(&name) })
        }
    }
}
