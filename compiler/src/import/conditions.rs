//! From templates to conditions of Quell.

use super::{access::Value, express::Lower, known::Kind, model::Template, template::Go};
use crate::findings::import::import_never_true;

impl Lower<'_, '_> {
    /// A condition, as conjuncts.
    pub fn condition(&mut self, go: &Go) -> Vec<String> {
        match go {
            Go::Call(name, arguments) if name == "and" => {
                arguments.iter().flat_map(|argument| self.condition(argument)).collect()
            }
            Go::Text(text) => {
                self.findings.push(import_never_true::constant(self.span, text));
                vec![(!text.is_empty()).to_string()]
            }
            go => {
                let value = self.go(go);
                vec![self.truth(value)]
            }
        }
    }

    /// The conjuncts of a template that is a condition.
    pub fn conditions(&mut self, template: &Template) -> Vec<String> {
        self.span = template.span;
        self.in_guard = true;
        let all = self.guard(template);
        self.in_guard = false;
        self.values.extend(all.iter().map(|code| (code.clone(), template.span)));
        all
    }

    fn guard(&mut self, template: &Template) -> Vec<String> {
        match (template.value(), template.literal()) {
            (Some(go), _) => self.conjuncts(go),
            (None, Some("true")) => Vec::new(),
            (None, Some("false")) => vec!["false".to_owned()],
            (None, Some(text)) => {
                self.findings.push(import_never_true::constant(self.span, text));
                Vec::new()
            }
            (None, None) => {
                let text = self.nodes(&template.nodes);
                vec![format!("{text}.trim() not in [\"\", \"false\"]")]
            }
        }
    }

    /// Conjuncts of a guard: each is known to hold in those behind it.
    fn conjuncts(&mut self, go: &Go) -> Vec<String> {
        match go {
            Go::Call(name, arguments) if name == "and" => {
                arguments.iter().flat_map(|argument| self.conjuncts(argument)).collect()
            }
            go => {
                let all = self.condition(go);
                self.guards.extend(all.iter().cloned());
                all
            }
        }
    }

    /// Whether a value is neither empty, false nor missing.
    pub fn truth(&mut self, value: Value) -> String {
        match value.kind {
            Kind::Bool => value.code,
            Kind::Text if value.optional => format!("({} ?? \"\") != \"\"", value.code),
            Kind::Text => format!("{} != \"\"", value.code),
            Kind::Int => format!("{} != 0", value.code),
            Kind::Json => {
                format!("\"${{{}}}\" not in [\"\", \"false\", \"0\", \"[]\", \"{{}}\"]", value.code)
            }
            Kind::Jsons | Kind::Texts | Kind::List(_) if value.optional => {
                format!("not ({} ?? []).is_empty()", value.code)
            }
            Kind::Jsons | Kind::Texts | Kind::List(_) => format!("not {}.is_empty()", value.grouped()),
            _ if value.optional => format!("{} != none", value.code),
            _ => "true".to_owned(),
        }
    }
}
