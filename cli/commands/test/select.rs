//! Which scenarios run: those in the files that were asked for, with the patterns in their names.

use quell_compiler::{
    check::Checked, findings::suggest::nearest, hir::ItemKind, names::ItemId, world::World,
};

use crate::{
    args::TestArguments,
    error::Failure,
    files,
    load::Loaded,
    render::scenarios::{Name, Place},
};

/// The scenarios that run.
pub struct Selection {
    /// By file, in the order of the text.
    pub tests: Vec<Selected>,
    /// How many the patterns leave out.
    pub left_out: usize,
}

/// A scenario that runs.
pub struct Selected {
    /// The scenario.
    pub scenario: ItemId,
    /// What it is called.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
}

/// Selects.
pub fn select(checked: &Checked, loaded: &Loaded, arguments: &TestArguments) -> Result<Selection, Failure> {
    let mut all = Vec::new();
    for file in &loaded.selected {
        let Some(module) = checked.module(*file) else { continue };
        for (index, item) in module.hir.items.iter().enumerate() {
            let scenario = ItemId::new(*file, index);
            let playbook = module.names.scenarios.get(&scenario.index).and_then(|item| checked.item(*item));
            let (ItemKind::Scenario(_), Some(playbook)) = (&item.kind, playbook) else { continue };
            let name = Name {
                module: loaded.world.module_path(*file).to_owned(),
                playbook: playbook.name.text.to_string(),
                title: item.name.text.to_string(),
            };
            all.push(Selected { scenario, name, place: Place::of(&loaded.world, item.name.span) });
        }
    }
    if all.is_empty() {
        let paths: Vec<String> =
            arguments.paths.iter().map(|path| format!("`{}`", files::display(path))).collect();
        return Err(Failure::NoScenarios { paths: paths.join(", ") });
    }
    let patterns: Vec<String> = arguments.patterns.iter().map(|pattern| pattern.to_lowercase()).collect();
    let wanted = |name: &Name| {
        let name = name.to_string().to_lowercase();
        patterns.is_empty() || patterns.iter().any(|pattern| name.contains(pattern))
    };
    // A pattern that fits nothing is a slip, also where another fits something.
    for (pattern, lower) in arguments.patterns.iter().zip(&patterns) {
        if !all.iter().any(|one| one.name.to_string().to_lowercase().contains(lower)) {
            return Err(nothing(pattern, &all));
        }
    }
    let count = all.len();
    let tests: Vec<Selected> = all.into_iter().filter(|one| wanted(&one.name)).collect();
    Ok(Selection { left_out: count - tests.len(), tests })
}

fn nothing(pattern: &str, all: &[Selected]) -> Failure {
    let words = all.iter().flat_map(|one| {
        let title = one.name.title.as_str();
        [one.name.playbook.as_str(), title].into_iter().chain(title.split_whitespace())
    });
    let help = match nearest(pattern, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = all.iter().take(10).map(|one| one.name.to_string()).collect();
            let more = if all.len() > 10 { "\n…" } else { "" };
            format!("there are\n{}{more}", names.join("\n"))
        }
    };
    Failure::NothingMatches { pattern: pattern.to_owned(), help }
}
