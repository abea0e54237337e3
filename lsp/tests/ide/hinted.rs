//! Hints, shown in the text where an editor would show them: `⟨: Text⟩`.

use quell_compiler::source::Span;
use quell_lsp::ide::{
    Cursor,
    hints::{HintKind, Wanted, hints, tooltip},
};

use crate::fixture;

const LIBRARY: &str = "
record Pod {
  name: Text
}

action pods(of: Text = \"\") -> List<Pod> reads {
  timeout 10s
  command [\"pods\"]
  simulate {
    return []
  }
}

action restart(pod: Text?) changes {
  timeout 2m
  idempotent
  irreversible \"it is gone\"
  command [\"restart\"]
}
";

const NONE: Wanted = Wanted { types: false, missing: false, effects: false, times: false };

/// The text before the library with its hints.
fn shown(text: &str, wanted: Wanted) -> String {
    let (snapshot, cursor) = fixture(&format!("{text}$0{LIBRARY}"));
    let end = cursor.offset;
    let mut shown = snapshot.source(cursor.file).text[..end as usize].to_owned();
    for hint in hints(&snapshot, Span::new(cursor.file, 0, end), wanted).iter().rev() {
        shown.insert_str(hint.at as usize, &format!("⟨{}⟩", hint.label));
    }
    shown
}

fn tool(lines: &str) -> String {
    format!("playbook p {{\n  enrich {{\n{lines}  }}\n}}\n")
}

#[test]
fn types_stand_where_they_cannot_be_read_off() {
    let lines = "    step all = pods()
    let count = all.count()
    let written: Int = 1
    let number = 1
    let text = \"${count}\"
    let pod = Pod(name: \"a\")
    let first = all.first()
    step some = pods()
      when count > 3
";
    let expected = "    step all⟨: List<Pod>⟩ = pods()
    let count⟨: Int⟩ = all.count()
    let written: Int = 1
    let number = 1
    let text = \"${count}\"
    let pod = Pod(name: \"a\")
    let first⟨: Pod?⟩ = all.first()
    step some⟨: List<Pod>?⟩ = pods()
      when count > 3
";
    assert_eq!(shown(&tool(lines), Wanted { types: true, ..NONE }), tool(expected));
}

#[test]
fn what_may_be_missing_is_marked_unless_the_text_says_so() {
    let lines = "    step all = pods()
    let first = all.first()
    let name = first?.name
    let same = name
    step again = pods(name ?? \"a\")
      when name != none
    step none_left = pods(need(name, \"it is needed\"))
    let narrowed = if name != none then name else \"\"
    let told = match name { none => \"\", it => it }
";
    let expected = "    step all = pods()
    let first⟨?⟩ = all.first()
    let name⟨?⟩ = first?.name
    let same⟨?⟩ = name⟨?⟩
    step again⟨?⟩ = pods(name ?? \"a\")
      when name != none
    step none_left = pods(need(name, \"it is needed\"))
    let narrowed = if name != none then name else \"\"
    let told = match name { none => \"\", it => it }
";
    assert_eq!(shown(&tool(lines), Wanted { missing: true, ..NONE }), tool(expected));
}

#[test]
fn effects_and_times_stand_behind_the_call() {
    let text = "playbook p {
  enrich {
    step all = pods()
  }
  remediate {
    step gone = restart(\"ä😀\")
      retry 1 times every 1m
  }
}
task t(of: Text) -> List<Pod> {
  step all = pods(of)
  return all
}
";
    let expected = "playbook p⟨≤ 5m 10s⟩ {
  enrich {
    step all = pods()⟨≤ 10s⟩
  }
  remediate {
    step gone = restart(\"ä😀\")⟨changes⟩⟨≤ 5m⟩
      retry 1 times every 1m
  }
}
task t(of: Text) -> List<Pod>⟨≤ 10s⟩ {
  step all = pods(of)⟨≤ 10s⟩
  return all
}
";
    assert_eq!(shown(text, Wanted { effects: true, times: true, ..NONE }), expected);
}

#[test]
fn only_the_range_counts() {
    let (snapshot, cursor) =
        fixture(&format!("{}$0{LIBRARY}", tool("    step a = pods()\n    step b = pods()\n")));
    let line = snapshot.source(cursor.file).text.find("    step b").unwrap() as u32;
    let found = hints(&snapshot, Span::new(cursor.file, line, line + 20), Wanted::default());
    assert_eq!(found.iter().map(|hint| &*hint.label).collect::<Vec<_>>(), [": List<Pod>", "≤ 10s"]);
}

#[test]
fn a_type_that_every_module_knows_can_be_written_down() {
    let text = tool("    step a = pods()\n    let b = a.count()\n    let c = a.first()\n");
    let (snapshot, cursor) = fixture(&format!("{text}$0{LIBRARY}"));
    let found = hints(&snapshot, Span::new(cursor.file, 0, cursor.offset), Wanted { types: true, ..NONE });
    let edits: Vec<Option<&str>> =
        found.iter().map(|hint| hint.edit.as_ref().map(|edit| &*edit.replacement)).collect();
    assert_eq!(edits, [None, Some(": Int"), None]);
}

#[test]
fn half_written_steps_have_the_hints_of_what_is_there() {
    let found = shown(
        &tool("    step a = pods()\n    let b = a.\n    step c = pods(\n"),
        Wanted { types: true, ..NONE },
    );
    assert!(found.contains("step a⟨: List<Pod>⟩ = pods()"), "{found}");
}

#[test]
fn tooltips_say_why() {
    let text = "playbook p {
  remediate {
    step inner = all(\"x\")
      when 1 < 2
  }
}
task all(pod: Text) {
  step restarted = restart(pod)
}
";
    let (snapshot, cursor) = fixture(&format!("{text}$0{LIBRARY}"));
    let offset = text.find("inner").unwrap() as u32;
    let about = Cursor { file: cursor.file, offset };
    let effect = tooltip(&snapshot, about, HintKind::Effect).unwrap();
    assert!(effect.contains("*changes*") && effect.contains("`all` → `restart`"), "{effect}");
    let missing = tooltip(&snapshot, about, HintKind::Missing).unwrap();
    assert!(missing.contains("the step has a `when`"), "{missing}");
    let time = tooltip(&snapshot, about, HintKind::Time).unwrap();
    assert!(time.contains("worst case: done 2m after the start"), "{time}");
}
