//! The files for continuous integration and pre-commit that a new project can have: those that
//! docs/continuous-integration.md shows.

use std::path::{Path, PathBuf};

use crate::{args::Ci, fence};

/// A file at the top of the repository.
pub struct Extra {
    /// Where it goes, from the top of the repository.
    pub path: &'static str,
    /// What it holds.
    pub text: &'static str,
    /// The option that asks for it.
    pub option: &'static str,
    /// The section of docs/continuous-integration.md.
    pub section: &'static str,
}

const GITHUB: Extra = Extra {
    path: ".github/workflows/playbooks.yml",
    text: include_str!("../../template/ci/github.yml"),
    option: "--ci github",
    section: "github",
};

const GITLAB: Extra = Extra {
    path: ".gitlab-ci.yml",
    text: include_str!("../../template/ci/gitlab.yml"),
    option: "--ci gitlab",
    section: "gitlab",
};

const PRE_COMMIT: Extra = Extra {
    path: ".pre-commit-config.yaml",
    text: include_str!("../../template/ci/pre-commit.yml"),
    option: "--pre-commit",
    section: "pre-commit",
};

impl Extra {
    /// Its text without the first line, which names the file for readers of the page.
    pub fn content(&self) -> &'static str {
        self.text.split_once('\n').map_or(self.text, |(_, rest)| rest)
    }
}

/// The files that were asked for.
pub fn wanted(ci: Option<Ci>, pre_commit: bool) -> Vec<Extra> {
    let ci = ci.map(|ci| match ci {
        Ci::Github => GITHUB,
        Ci::Gitlab => GITLAB,
    });
    ci.into_iter().chain(pre_commit.then_some(PRE_COMMIT)).collect()
}

/// The top folder of the repository around a project; without a repository, the project itself.
pub fn top(folder: &Path) -> PathBuf {
    fence::repository(folder).unwrap_or_else(|| folder.to_owned())
}

/// The options to offer: those whose file a repository of git doesn't have yet. A repository with a
/// `.gitlab-ci.yml` is offered nothing for GitHub, and the other way round.
pub fn offers(folder: &Path, exists: impl Fn(&Path) -> bool) -> Vec<&'static str> {
    let Some(top) = fence::repository(folder) else { return Vec::new() };
    let ci = match (exists(&top.join(".github")), exists(&top.join(GITLAB.path))) {
        (_, true) => None,
        (true, false) => Some(GITHUB),
        (false, false) => Some(Extra { option: "--ci github|gitlab", ..GITHUB }),
    };
    let ci = ci.filter(|extra| !exists(&top.join(extra.path)));
    let pre_commit = Some(PRE_COMMIT).filter(|extra| !exists(&top.join(extra.path)));
    ci.into_iter().chain(pre_commit).map(|extra| extra.option).collect()
}
