//! Actions for images that the library doesn't know: containers with typed parameters.

use std::collections::BTreeSet;

use super::{
    access::Value,
    express::Lower,
    functions::secret_name,
    guess::short,
    known::{Effect, Kind},
    model::{Output, Step},
    names::{Names, quoted, snake},
    sample::sample,
    template::Part,
};
use crate::{source::Span, visible::visible_line};

/// An action with a container.
#[derive(Debug)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// The image, with its tag.
    pub image: String,
    /// What it does.
    pub effect: Effect,
    /// Variables: their names, those of the parameters, and whether they are secret.
    pub variables: Vec<(String, String, bool)>,
    /// Whether it takes arguments.
    pub has_arguments: bool,
    /// Whether it runs elsewhere.
    pub has_runner: bool,
    /// What becomes of its output.
    pub output: Output,
    /// The members of its output that are named.
    pub used: BTreeSet<Vec<Part>>,
    /// The step that it was made for.
    pub span: Span,
}

/// A command on another machine, which only looks.
#[derive(Debug)]
pub struct Look {
    /// The name of its action.
    pub name: String,
    /// What is run.
    pub command: String,
    /// The step that it was made for.
    pub span: Span,
}

/// The containers of a playbook.
#[derive(Debug, Default)]
pub struct Containers {
    /// All of them.
    pub list: Vec<Container>,
    /// The actions for commands that only look.
    pub looks: Vec<Look>,
    names: Names,
}

/// The variable and the parameter for the secrets of an integration.
const INTEGRATION: (&str, &str) = ("SP_INTEGRATION", "integration");

impl Containers {
    /// Containers whose names differ from those that were given already.
    pub fn new(names: Names) -> Self {
        Self { list: Vec::new(), looks: Vec::new(), names }
    }

    /// The call of a step; its action is made if there is none yet.
    pub fn call(
        &mut self,
        lower: &mut Lower<'_, '_>,
        step: &Step,
        effect: Effect,
        used: &BTreeSet<Vec<Part>>,
    ) -> String {
        let mut variables: Vec<(String, String, bool)> = Vec::new();
        let mut arguments = Vec::new();
        for (key, template) in &step.env {
            if super::known::OWN_SETTINGS.contains(&key.text.as_str()) {
                continue;
            }
            let value = lower.value(template);
            let is_secret = value.kind == Kind::Secret;
            let code = if is_secret { value.code } else { self.as_text(lower, value) };
            let parameter = parameter_name(&key.text, &variables);
            arguments.push(format!("{parameter}: {code}"));
            variables.push((key.text.clone(), parameter, is_secret));
        }
        if let Some(integration) = &step.integration {
            let name = match integration.value() {
                Some(super::template::Go::Path(path)) => {
                    path.members().last().unwrap_or("integration").to_owned()
                }
                _ => integration.text.clone(),
            };
            let parameter = parameter_name(INTEGRATION.1, &variables);
            arguments.push(format!("{parameter}: secret({})", quoted(&secret_name(&name))));
            variables.push((INTEGRATION.0.to_owned(), parameter, true));
        }
        if !step.args.is_empty() {
            let each: Vec<String> = step.args.iter().map(|template| lower.text(template)).collect();
            arguments.push(format!("arguments: [{}]", each.join(", ")));
        }
        if let Some(runner) = &step.runner {
            arguments.push(format!("runner: {}", lower.text(runner)));
        }
        let same = |known: &&mut Container| {
            known.image == step.image.text
                && known.variables == variables
                && known.has_arguments != step.args.is_empty()
                && known.has_runner == step.runner.is_some()
                && known.output == step.output
                && known.effect == effect
        };
        let name = match self.list.iter_mut().find(same) {
            Some(known) => {
                known.used.extend(used.iter().cloned());
                known.name.clone()
            }
            None => {
                let name = self.names.give(&format!("{}_container", snake(short(&step.image.text))));
                self.list.push(Container {
                    name: name.clone(),
                    image: step.image.text.clone(),
                    effect,
                    variables,
                    has_arguments: !step.args.is_empty(),
                    has_runner: step.runner.is_some(),
                    output: step.output,
                    used: used.clone(),
                    span: step.span,
                });
                name
            }
        };
        format!("{name}({})", arguments.join(", "))
    }

    /// The action that runs a command; it is made if there is none yet.
    pub fn look(&mut self, command: &str, span: Span) -> String {
        let command = command.trim();
        if let Some(known) = self.looks.iter().find(|look| look.command == command) {
            return known.name.clone();
        }
        let word = command.split_whitespace().find(|word| *word != "sudo").unwrap_or("command");
        let program = word.rsplit('/').next().unwrap_or(word);
        let name = self.names.give(&format!("run_{program}"));
        self.looks.push(Look { name: name.clone(), command: command.to_owned(), span });
        name
    }

    fn as_text(&self, lower: &mut Lower<'_, '_>, value: Value) -> String {
        lower.as_text(value)
    }
}

fn parameter_name(key: &str, taken: &[(String, String, bool)]) -> String {
    let mut names = Names::default();
    for reserved in ["arguments", "runner", "output", "status", "exit_code", "body"] {
        names.give(reserved);
    }
    taken.iter().for_each(|(_, name, _)| drop(names.give(name)));
    names.give(key)
}

impl Look {
    /// The action.
    pub fn write(&self) -> String {
        let plain =
            !self.command.contains(['|', ';', '&', '\'', '"', '*', '?', '$', '~', '(', ')', '<', '{', '\\']);
        let arguments: Vec<String> = match plain {
            true => self.command.split_whitespace().map(quoted).collect(),
            false => ["sh", "-c", &self.command].into_iter().map(quoted).collect(),
        };
        format!(
            "/// Runs `{}` on a machine, without changing it.\nprivate action {}(host: ssh.Host) -> Text reads = ssh.execute(host, [{}])\n",
            visible_line(&self.command.replace('\n', " ")),
            self.name,
            arguments.join(", ")
        )
    }
}

impl Container {
    /// The action.
    pub fn write(&self) -> String {
        let mut parameters: Vec<String> = self
            .variables
            .iter()
            .map(|(_, name, is_secret)| format!("{name}: {}", if *is_secret { "Secret" } else { "Text" }))
            .collect();
        if self.has_arguments {
            parameters.push("arguments: List<Text>".to_owned());
        }
        if self.has_runner {
            parameters.push("runner: Text".to_owned());
        }
        let effect = self.effect.word();
        let mut code = format!(
            "/// The step `{}` of StackPulse, as a container. The effect `{effect}` is assumed.\nprivate action {}({}) -> Json {effect} {{\n  timeout 5m\n",
            visible_line(short(&self.image)),
            self.name,
            parameters.join(", ")
        );
        if self.effect == Effect::Changes {
            code.push_str("  irreversible \"the original doesn't specify how to undo it\"\n");
        }
        let runner = if self.has_runner { " on runner" } else { "" };
        code.push_str(&format!("  container {}{runner} {{\n", quoted(&self.image)));
        if !self.variables.is_empty() {
            let entries: Vec<String> = self
                .variables
                .iter()
                .map(|(key, name, _)| {
                    let key = if super::access::is_word(key) { key.clone() } else { quoted(key) };
                    format!("{key}: {name}")
                })
                .collect();
            code.push_str(&format!("    env {{ {} }}\n", entries.join(", ")));
        }
        if self.has_arguments {
            code.push_str("    args arguments\n");
        }
        code.push_str(match self.output {
            Output::Json => "    output json\n    return output\n  }\n",
            Output::Text => "    output text\n    return { output: output }\n  }\n",
        });
        let mut used = self.used.clone();
        if self.output == Output::Text && used.remove(&Vec::new()) {
            used.insert(vec![Part::Member("output".to_owned())]);
        }
        code.push_str(&format!(
            "  simulate {{\n    return {}\n    takes p50 2s p95 10s\n  }}\n}}\n",
            sample(&used, "output")
        ));
        code
    }
}
