//! The table of what the library does holds against the library.

use quell_compiler::{
    import::known::{KNOWN, Wanted},
    source::SourceFile,
    world::MemoryWorld,
};

/// A call of each entry, with all its parameters.
fn program() -> String {
    let mut modules: Vec<&str> = Vec::new();
    let mut steps = String::new();
    let value = |wanted: Wanted| match wanted {
        Wanted::Text => "\"a\"",
        Wanted::Int => "1",
        Wanted::Person => "who",
        Wanted::People => "[who]",
        Wanted::Channel => "channel",
        Wanted::Service => "service",
        Wanted::Secret => "secret(\"A\")",
        Wanted::Workload(_) => "kubernetes.Workload(name: \"a\", namespace: \"b\", image: \"c\")",
        Wanted::Repository(_) => "github.Repository(owner: \"a\", name: \"b\")",
    };
    for (at, known) in KNOWN.iter().enumerate() {
        modules.push(known.call.split('.').next().unwrap());
        let arguments: Vec<String> =
            known.arguments.iter().map(|a| format!("{}: {}", a.parameter, value(a.wanted))).collect();
        steps.push_str(&format!("    step s{at} = {}({})\n", known.call, arguments.join(", ")));
        if known.says_no_undo {
            steps.push_str("      irreversible \"a test\"\n");
        }
        for further in known.then {
            let argument = format!("{}: {}", further.argument.parameter, value(further.argument.wanted));
            let call = format!("{}({}: s{at}, {argument})", further.call, further.subject);
            steps.push_str(&format!("    step s{at}_{} = {call}\n", further.suffix));
        }
    }
    modules.extend(["github", "kubernetes", "slack"]);
    modules.sort_unstable();
    modules.dedup();
    let uses: String = modules.iter().map(|module| format!("use std.{module}\n")).collect();
    format!(
        "{uses}\n/// All of them.\nplaybook all {{\n  input who: Person\n  input channel: slack.Channel\n  input service: Service\n\n  remediate {{\n{steps}  }}\n}}\n"
    )
}

#[test]
fn every_entry_is_an_action_of_the_library_with_these_parameters() {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let text = program();
    let file = world.add("all", SourceFile::new("all.quell", text.clone()));
    let checked = quell_compiler::check::check_files(&world, &[file]);
    let found: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|finding| finding.span().file == file)
        .map(|finding| format!("{}: {} {:?}", finding.code, finding.message, finding.labels))
        .collect();
    assert!(found.is_empty(), "{found:#?}\n{text}");
}
