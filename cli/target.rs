//! `PATH[:PLAYBOOK]`: the one playbook that a command is about.

use std::path::{Path, PathBuf};

use quell_compiler::{check::Checked, findings::suggest::nearest, names::ItemId, source::FileId};

use crate::{error::Failure, files};

/// `PATH[:PLAYBOOK]`, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// A file, a folder, or `-`.
    pub path: PathBuf,
    /// The name after the colon.
    pub playbook: Option<String>,
}

impl std::str::FromStr for Target {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The last colon, where a name follows: `C:\playbooks` has none.
        let split = text.rsplit_once(':').filter(|(path, name)| {
            !path.is_empty() && crate::manifest::is_module_name(name) && !Path::new(text).exists()
        });
        Ok(match split {
            Some((path, name)) => Self { path: path.into(), playbook: Some(name.to_owned()) },
            None => Self { path: text.into(), playbook: None },
        })
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", files::display(&self.path))?;
        self.playbook.iter().try_for_each(|name| write!(f, ":{name}"))
    }
}

impl Target {
    /// The playbook in the files of the path: the one that is named, or the only one.
    pub fn playbook(&self, checked: &Checked, selected: &[FileId]) -> Result<ItemId, Failure> {
        let name = |item: ItemId| checked.item(item).map_or("", |item| &item.name.text);
        let path = files::display(&self.path);
        let all: Vec<ItemId> =
            checked.playbooks().map(|(item, _)| item).filter(|item| selected.contains(&item.file)).collect();
        let mut names: Vec<String> = all.iter().map(|item| name(*item).to_owned()).collect();
        names.sort();
        names.dedup();
        let Some(wanted) = &self.playbook else {
            return match all.as_slice() {
                [] => Err(Failure::NoPlaybook { path }),
                [one] => Ok(*one),
                _ => Err(Failure::SeveralPlaybooks { help: choices(&path, &names), choices: names, path }),
            };
        };
        let matching: Vec<ItemId> = all.iter().copied().filter(|item| name(*item) == wanted).collect();
        match matching.as_slice() {
            [one] => Ok(*one),
            [] if all.is_empty() => Err(Failure::NoPlaybook { path }),
            [] => Err(Failure::UnknownPlaybook {
                help: match nearest(wanted, names.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => choices(&path, &names),
                },
                name: wanted.clone(),
                path,
            }),
            several => Err(Failure::Arguments {
                message: format!("{} files in `{path}` have a playbook `{wanted}`", several.len()),
                help: Some("pass the path of the file".to_owned()),
            }),
        }
    }
}

fn choices(path: &str, names: &[String]) -> String {
    let lines: Vec<String> = names.iter().map(|name| format!("{path}:{name}")).collect();
    format!("there are\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_last_colon() {
        let parse = |text: &str| text.parse::<Target>().unwrap();
        assert_eq!(parse("a/b.quell"), Target { path: "a/b.quell".into(), playbook: None });
        assert_eq!(parse("a:b"), Target { path: "a".into(), playbook: Some("b".to_owned()) });
        assert_eq!(parse("-:b"), Target { path: "-".into(), playbook: Some("b".to_owned()) });
        assert_eq!(parse(r"C:\a"), Target { path: r"C:\a".into(), playbook: None });
        assert_eq!(parse(":b"), Target { path: ":b".into(), playbook: None });
    }
}
