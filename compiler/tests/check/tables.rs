//! The tables that later stages read: types of names, what calls and members mean.

use std::collections::{BTreeMap, BTreeSet};

use quell_compiler::{
    check::{Checked, CheckedModule},
    hir::{ExprId, ExprKind, ItemKind},
    names::Def,
    source::FileId,
    types::{ArgumentValue, Callee, Member, MethodId, SignatureKind, Type},
    world::World,
};

use crate::support::{check_text, line};

/// The checked module of a text without errors.
fn module(text: &str) -> (Checked, FileId) {
    let (world, checked) = check_text(text);
    let lines: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    let file = world.resolve(FileId(0), "example").unwrap();
    (checked, file)
}

/// The type of each local name, as others see it.
fn locals(text: &str) -> BTreeMap<String, String> {
    let (checked, file) = module(text);
    let module = checked.module(file).unwrap();
    let shown = |ty: &Type| checked.interfaces.show(ty);
    module
        .hir
        .locals
        .iter()
        .map(|(id, local)| (local.name.text.to_string(), shown(module.types.of_local(id))))
        .collect()
}

/// The first expression of a kind.
fn find(module: &CheckedModule, wanted: impl Fn(&ExprKind) -> bool) -> ExprId {
    module.hir.exprs.iter().find(|(_, expr)| wanted(&expr.kind)).unwrap().0
}

#[test]
fn a_step_has_the_type_that_its_clauses_give_it() {
    let found = locals(
        r#"
let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")

action look(host: Text) -> Int reads
action silent(host: Text) notifies

task all(hosts: List<Text>, go: Bool) -> Int {
  step plain = look("a")
  step guarded = look("a")
    when go
  step many = look(host)
    each host in hosts
  step guarded_many = look(other)
    when go
    each other in hosts
  step some = look(third)
    each third in hosts
    on failure continue
  step continued = look("a")
    on failure continue
  step replaced = look("a")
    on failure use 3
  step nothing = silent("a")
  step answer: Bool = ask(kim, "go?", within: 5m)
  step chosen = ask(kim, "which?", options: hosts, within: 5m)
  step several = ask_many(kim, "which?", options: hosts, within: 5m)
  if go {
    step grouped = look("a")
    let inner = grouped + 1
  }
  let outer = plain + 1
  return plain
}
"#,
    );
    let expected = [
        ("hosts", "List<Text>"),
        ("go", "Bool"),
        ("plain", "Int"),
        ("guarded", "Int?"),
        ("host", "Text"),
        ("many", "List<Int>"),
        ("guarded_many", "List<Int>?"),
        ("other", "Text"),
        ("some", "List<Int>"),
        ("third", "Text"),
        ("continued", "Int?"),
        ("replaced", "Int"),
        ("nothing", "no value"),
        ("answer", "Bool"),
        ("chosen", "Text"),
        ("several", "List<Text>"),
        ("grouped", "Int?"),
        ("inner", "Int?"),
        ("outer", "Int"),
    ];
    for (name, ty) in expected {
        assert_eq!(found.get(name).map(String::as_str), Some(ty), "{name}");
    }
}

#[test]
fn causes_events_and_inputs_have_types_too() {
    let found = locals(
        r#"
use std.alertmanager
use std.prometheus

let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")
let web: Team = Team(name: "web", lead: kim, on_call: [kim])

playbook both {
  on alertmanager.alert("A") as first
  on alertmanager.alert("B") as second
  input limit: Percent = 5%
  owner web

  enrich {
    severity = minor
  }
  triage {
    cause slow "it is slow" {
      step latency = prometheus.duration("latency")
      suspect when latency > 1s
    }
  }
  communicate none "nobody notices"
  remediate none "diagnosis only"
}
"#,
    );
    assert_eq!(found["first"], "Alert?");
    assert_eq!(found["second"], "Alert?");
    assert_eq!(found["limit"], "Percent");
    assert_eq!(found["slow"], "cause");
    assert_eq!(found["latency"], "Duration");
}

#[test]
fn calls_say_where_each_argument_comes_from() {
    let (checked, file) =
        module("fn f(a: Int, b: Int = 2, c: Int = 3) -> Int = a + b + c\nfn g() -> Int = f(1, c: 4)\n");
    let module = checked.module(file).unwrap();
    let call = module.types.calls.get(find(module, |kind| matches!(kind, ExprKind::Call { .. }))).unwrap();
    let Callee::Function(item) = call.callee else { panic!("{:?}", call.callee) };
    assert_eq!(&*checked.item(item).unwrap().name.text, "f");
    assert!(matches!(
        call.arguments.as_slice(),
        [ArgumentValue::Given(_), ArgumentValue::Default, ArgumentValue::Given(_)]
    ));
    let SignatureKind::Function(signature) = &checked.signature(item).unwrap().kind else { panic!() };
    assert!(signature.parameters[1].default.is_some());
}

#[test]
fn members_and_methods_are_told_apart() {
    let (checked, file) =
        module("record R { a: List<Int>, first: Int = 0 }\nfn f(r: R) -> Int = r.a.first() ?? r.first\n");
    let module = checked.module(file).unwrap();
    let members: Vec<Member> = module.types.members.iter().map(|(_, member)| *member).collect();
    let fields = members.iter().filter(|member| matches!(member, Member::Field(_, 0 | 1))).count();
    let methods: Vec<MethodId> = members
        .iter()
        .filter_map(|member| match member {
            Member::Method(method) => Some(method.id),
            _ => None,
        })
        .collect();
    assert_eq!(fields, 2);
    assert_eq!(methods, [MethodId::ListFirst]);
}

#[test]
fn the_place_tells_which_variant_is_meant() {
    let (checked, file) = module(
        "enum Light { off, on }\nenum Heater { off, low }\nfn f(h: Heater) -> Bool = h == off\nfn g(l: Light) -> Bool = match l { off => true, on => false }\n",
    );
    let module = checked.module(file).unwrap();
    let off = find(module, |kind| matches!(kind, ExprKind::Name(name) if &**name == "off"));
    let Some(Def::Variant(variant)) = module.def(off) else { panic!("{:?}", module.def(off)) };
    assert_eq!((variant.item.index, variant.index), (1, 0));
    let patterns: Vec<(u32, u32)> =
        module.types.patterns.values().map(|variant| (variant.item.index, variant.index)).collect();
    assert_eq!(patterns, [(0, 0), (0, 1)]);
}

#[test]
fn a_variant_in_a_pattern_hides_no_name() {
    let (checked, file) = module(
        r#"
action look(level: Severity) -> Severity reads

task f(level: Severity) -> Text {
  step major_one = look(level)
  let word = match major_one {
    major => match level { major => "both", else => "${major}" },
    else => "none",
  }
  return word
}
"#,
    );
    let module = checked.module(file).unwrap();
    let names = module
        .hir
        .exprs
        .iter()
        .filter(|(_, expr)| matches!(&expr.kind, ExprKind::Name(name) if &**name == "major"));
    let defs: Vec<Option<Def>> = names.map(|(id, _)| module.def(id)).collect();
    assert!(matches!(defs.as_slice(), [Some(Def::Variant(_))]), "{defs:?}");
}

#[test]
fn every_expression_of_library_and_examples_has_a_type() {
    let (world, _) = crate::support::examples();
    let checked = quell_compiler::check::check(&world);
    for (file, module) in &checked.modules {
        let called: BTreeSet<ExprId> = module
            .hir
            .exprs
            .iter()
            .filter_map(|(_, expr)| match &expr.kind {
                ExprKind::Call { callee, .. } => Some(*callee),
                _ => None,
            })
            .collect();
        for (id, expr) in module.hir.exprs.iter() {
            let name_of_call = called.contains(&id);
            // `Weekday` in `Weekday.saturday`, as the module in front of an item.
            let is_enum = |item| matches!(checked.item(item).map(|item| &item.kind), Some(ItemKind::Enum(_)));
            let namespace = match module.def(id) {
                Some(Def::Module(_)) => true,
                Some(Def::Item(item)) => is_enum(item),
                _ => false,
            };
            if !name_of_call && !namespace {
                assert!(module.types.exprs.get(id).is_some(), "{}: {:?}", world.source(*file).name, expr);
            }
        }
        for (index, item) in module.hir.items.iter().enumerate() {
            if let ItemKind::Let(_) = item.kind {
                assert!(!matches!(module.interface.items[index].kind, SignatureKind::Let(Type::Unknown)));
            }
        }
    }
}
