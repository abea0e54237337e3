//! Answer compared with something that isn't one of its options.
//!
//! ## Why
//!
//! A person who is asked picks one of the options, exactly as written. What depends on any other answer
//! never happens.
//!
//! ## Bad
//!
//! ```quell
//! action tell(text: Text) notifies
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! playbook repair {
//!   triage {
//!     step go = ask(ana, "Restart?", options: ["Yes", "No"], within: 10m)
//!   }
//!
//!   communicate {
//!     step told = tell("restarting")
//!       when go == "yes"
//! //               ^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action tell(text: Text) notifies
//!
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! playbook repair {
//!   triage {
//!     step go = ask(ana, "Restart?", options: ["Yes", "No"], within: 10m)
//!   }
//!
//!   communicate {
//!     step told = tell("restarting")
//!       when go == "Yes"
//!   }
//! }
//! ```

use std::collections::BTreeSet;

use crate::{
    findings::suggest::nearest,
    graph::{Assumptions, Known, NodeKind, Truth},
    hir::{BinaryOp, ExprId, ExprKind, Literal, LocalId, PatternKind, descendants},
    lint::{Group, Pass, Profile, Rule, assumed::answers, rule::finding},
    names::{Def, ItemId},
    source::Span,
    types::{Callee, MethodId},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new("impossible-option", Group::Correctness, include_str!("impossible_option.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let mut said: BTreeSet<Span> = BTreeSet::new();
    for (expr, _) in pass.hir().exprs.iter() {
        for wrong in wrong_in(pass, expr) {
            if said.insert(wrong.span) {
                let options: Vec<String> = wrong.options.iter().map(|one| format!("`{one}`")).collect();
                let meant = wrong.options.iter().find(|one| one.eq_ignore_ascii_case(&wrong.text));
                let names = wrong.options.iter().map(String::as_str);
                let meant = meant.map(String::as_str).or_else(|| nearest(&wrong.text, names));
                let text = format!("`{}` can't be answered with `{}`", wrong.step, wrong.text);
                let one = finding(wrong.span, text).note(match &options[..] {
                    [only] => format!("its only option is {only}"),
                    several => format!("its options are {}", several.join(", ")),
                });
                pass.report(match meant {
                    Some(meant) => one.help(format!("write `\"{meant}\"`")),
                    None => one.help("compare it with one of the options, or add this one"),
                });
            }
        }
    }
}

/// Whether a condition compares an answer with what is none of its options.
pub(super) fn speaks_of(pass: &Pass<'_>, condition: ExprId) -> bool {
    descendants(&pass.hir().exprs, condition).any(|expr| !wrong_in(pass, expr).is_empty())
}

/// A text that is no option.
struct Wrong {
    span: Span,
    text: String,
    step: String,
    options: Vec<String>,
}

/// What an expression itself compares an answer with.
fn wrong_in(pass: &Pass<'_>, expr: ExprId) -> Vec<Wrong> {
    let exprs = &pass.hir().exprs;
    let mut found = Vec::new();
    let truth = Truth { meaning: &pass.facts.meaning, assumptions: &Assumptions::default() };
    let mut compare = |answer: ExprId, with: ExprId| {
        let Some((step, options)) = question(pass, answer) else { return };
        if let Some(Known::Text(text)) = truth.known(pass.file, with)
            && !options.contains(&text)
        {
            found.push(Wrong { span: pass.span(with), text, step, options });
        }
    };
    match &exprs[expr].kind {
        ExprKind::Binary(BinaryOp::Equal | BinaryOp::NotEqual, left, right) => {
            compare(*left, *right);
            compare(*right, *left);
        }
        ExprKind::Binary(BinaryOp::In, element, list) => match truth.list(pass.file, *list) {
            Some((file, elements)) if file == pass.file => {
                elements.into_iter().for_each(|one| compare(*element, one));
            }
            Some(_) => {}
            None => compare(*list, *element),
        },
        ExprKind::Call { callee, arguments } => {
            if let (ExprKind::Field { receiver, .. }, Some(Callee::Method(method)), Some(argument)) = (
                &exprs[*callee].kind,
                pass.module.types.calls.get(expr).map(|call| call.callee),
                arguments.first(),
            ) && method.id == MethodId::ListContains
            {
                compare(*receiver, argument.value);
                if let Some((file, elements)) = truth.list(pass.file, *receiver)
                    && file == pass.file
                {
                    elements.into_iter().for_each(|one| compare(argument.value, one));
                }
            }
        }
        ExprKind::Match { subject, arms } => {
            if let Some((step, options)) = question(pass, *subject) {
                for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                    if let PatternKind::Literal(Literal::Text(text)) = &pattern.kind
                        && !options.contains(text)
                    {
                        let (text, step, options) = (text.clone(), step.clone(), options.clone());
                        found.push(Wrong { span: pattern.span, text, step, options });
                    }
                }
            }
        }
        _ => {}
    }
    found
}

/// The question whose answer a name stands for, also through `let`s, and its options.
fn question(pass: &Pass<'_>, mut answer: ExprId) -> Option<(String, Vec<String>)> {
    let mut seen: BTreeSet<LocalId> = BTreeSet::new();
    loop {
        let Some(Def::Local(local)) = pass.module.def(answer) else { return None };
        if !seen.insert(local) {
            return None;
        }
        let item = ItemId::new(pass.file, pass.hir().locals[local].item as usize);
        let graph = pass.facts.checked.graphs.get(item)?;
        match &graph.node(graph.node_of_local(local)?).kind {
            NodeKind::Let(named) => answer = named.value,
            NodeKind::Step(plan) => {
                let values = answers(pass.facts, pass.file, plan)?;
                let texts: Option<Vec<String>> = values
                    .into_iter()
                    .map(|(_, known)| match known {
                        Known::Text(text) => Some(text),
                        _ => None,
                    })
                    .collect();
                return Some((pass.hir().locals[local].name.text.to_string(), texts?));
            }
            _ => return None,
        }
    }
}
