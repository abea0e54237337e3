//! The table of what the library does holds against the library.

use quell_compiler::{
    import::known::{Argument, Kind, Wanted, entries},
    source::SourceFile,
    world::MemoryWorld,
};

fn argument(argument: &Argument) -> String {
    let value = match argument.wanted {
        Wanted::Text => "\"a\"".to_owned(),
        Wanted::Int => "1".to_owned(),
        Wanted::Seconds => "1s".to_owned(),
        Wanted::Shell => "[\"a\"]".to_owned(),
        Wanted::Address { .. } => "\"http://a\"".to_owned(),
        Wanted::Constant(code) => code.to_owned(),
        Wanted::Person => "who".to_owned(),
        Wanted::People => "[who]".to_owned(),
        Wanted::Channel => "channel".to_owned(),
        Wanted::Service => "service".to_owned(),
        Wanted::Secret => "secret(\"A\")".to_owned(),
        Wanted::Record(name, fields) => {
            let fields: Vec<String> = fields.iter().map(self::argument).collect();
            format!("{name}({})", fields.join(", "))
        }
    };
    format!("{}: {value}", argument.parameter)
}

/// What a step's result is asked for: each field that an entry knows of it.
fn fields(at: usize, kind: Kind) -> String {
    let (value, shape) = match kind {
        Kind::Record(shape) => (format!("s{at}"), shape),
        Kind::List(shape) => (format!("s{at}[0]"), shape),
        _ => return String::new(),
    };
    let each = shape.fields.iter().enumerate();
    each.map(|(number, (_, here, kind))| {
        let ty = match kind {
            Kind::Text => "Text",
            Kind::Int => "Int",
            Kind::Shown(ty) => ty,
            other => panic!("{other:?}"),
        };
        format!("    step f{at}_{number} = kept_{}(value: {value}.{here})\n", ty.to_lowercase())
    })
    .collect()
}

/// A call of each entry, with all its parameters.
fn program() -> String {
    let mut modules: Vec<&str> = Vec::new();
    let mut steps = String::new();
    for (at, known) in entries().enumerate() {
        modules.push(known.call.split('.').next().unwrap());
        let arguments: Vec<String> = known.arguments.iter().map(argument).collect();
        steps.push_str(&format!("    step s{at} = {}({})\n", known.call, arguments.join(", ")));
        if known.says_no_undo {
            steps.push_str("      irreversible \"a test\"\n");
        }
        steps.push_str(&fields(at, known.result));
        for further in known.then {
            let argument = argument(&further.argument);
            let call = format!("{}({}: s{at}, {argument})", further.call, further.subject);
            steps.push_str(&format!("    step s{at}_{} = {call}\n", further.suffix));
        }
    }
    modules.extend(["github", "kubernetes", "slack"]);
    modules.sort_unstable();
    modules.dedup();
    let uses: String = modules.iter().map(|module| format!("use std.{module}\n")).collect();
    let kept: String = ["Text", "Int", "Duration", "Size", "Float"]
        .iter()
        .map(|ty| {
            format!("/// Looks at a value of this type.\nprivate action kept_{}(value: {ty}) -> Int reads {{\n  command [\"true\"] {{\n    return 1\n  }}\n  simulate {{\n    return 1\n    takes 1s\n  }}\n}}\n\n", ty.to_lowercase())
        })
        .collect();
    format!(
        "{uses}\n{kept}/// All of them.\nplaybook all {{\n  input who: Person\n  input channel: slack.Channel\n  input service: Service\n\n  remediate {{\n{steps}  }}\n}}\n"
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
        // A command on another machine is only converted where it looks, as a narrower action.
        .filter(|finding| finding.code != "missing-approval")
        .map(|finding| format!("{}: {} {:?}", finding.code, finding.message, finding.labels))
        .collect();
    assert!(found.is_empty(), "{found:#?}\n{text}");
}
