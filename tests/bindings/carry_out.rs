//! Carries out the binding of an action: what a runner does with it.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use quell_compiler::{
    check::{Checked, check_files},
    diagnostic::{Diagnostic, Level},
    hir::{Action, BindingEntry, ExprId, ItemKind},
    names::{BindingValue, Def, ItemId},
    simulate::{
        evaluate::{Bindings, Evaluator, Scope},
        invocation::{Body, Invocation, InvocationKind, Word},
        value::{Value, text},
    },
    source::{FileId, SourceFile},
    types::{Callee, RunMember},
    world::MemoryWorld,
};
use serde_json::Value as Json;

use crate::{http::Request, programs};

/// Where calls are made.
#[derive(Default)]
pub struct Runner {
    /// `use` lines of the calls.
    pub imports: &'static str,
    /// What stands behind the names of secrets.
    pub secrets: Vec<(&'static str, String)>,
    /// Variables of commands, beside those of the binding.
    pub variables: Vec<(&'static str, String)>,
    /// `ssh` isn't run; the shell here gets the line that the shell there would.
    pub shell_is_here: bool,
}

impl Runner {
    pub fn new(imports: &'static str) -> Self {
        Self { imports, ..Self::default() }
    }

    /// What a call gives. Fails the test if it fails.
    #[track_caller]
    pub fn call(&self, call: &str) -> Value {
        match self.try_call(call) {
            Ok(value) => value,
            Err(failure) => panic!("{call}\nfailed: {failure}"),
        }
    }

    /// What a call gives, or why it fails.
    pub fn try_call(&self, call: &str) -> Result<Value, String> {
        let (checked, file) = self.check(call);
        let module = checked.module(file).unwrap();
        let (_, step) = module.hir.steps.iter().next().unwrap();
        let evaluator = Evaluator::new(&checked);
        let Some(Callee::Action(item)) = module.types.calls.get(step.call).map(|call| call.callee) else {
            panic!("{call} calls no action");
        };
        let ItemKind::Action(action) = &checked.item(item).unwrap().kind else {
            panic!("{call} calls no action");
        };
        let values = evaluator
            .arguments(file, step.call, &[], &Answer::default())
            .map_err(|error| error.to_string())?;
        let arguments = action.parameters.iter().map(|parameter| parameter.local).zip(values).collect();
        Attempt { runner: self, evaluator, item, action, arguments }.carry_out()
    }

    /// What a call gives, as soon as it is what is waited for; for ten seconds.
    #[track_caller]
    pub fn wait_for(&self, call: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut last = None;
        for _ in 0..100 {
            match self.try_call(call) {
                Ok(value) if wanted(&value) => return value,
                other => last = Some(other),
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{call}\nnever gave what was waited for: {last:?}");
    }

    fn check(&self, call: &str) -> (Checked, FileId) {
        let program = format!(
            "{}\n\ntask calls() {{\n  step done = {call}\n    on failure continue\n}}\n",
            self.imports
        );
        let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
        let file = world.add("program", SourceFile::new("program.quell", program));
        let checked = check_files(&world, &[file]);
        // A call by itself needn't say how it is put back.
        let counts = |found: &&Diagnostic| found.level == Level::Error && found.code != "change-without-undo";
        let found = checked.diagnostics.iter().filter(counts);
        let errors: Vec<_> = found.map(|found| &found.message).collect();
        assert!(errors.is_empty(), "{call}: {errors:?}");
        (checked, file)
    }

    fn secret(&self, name: &str) -> String {
        let found = self.secrets.iter().find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("nothing is known of the secret {name}")).1.clone()
    }
}

/// What the lines of a binding know: the answer, and the time.
#[derive(Default)]
struct Answer {
    values: Vec<(BindingValue, Value)>,
}

impl Scope for Answer {
    fn named(&self, _: FileId, def: Def) -> Option<Value> {
        let Def::Binding(wanted) = def else { return None };
        self.values.iter().find(|(known, _)| *known == wanted).map(|(_, value)| value.clone())
    }

    fn run(&self, member: RunMember) -> Option<Value> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        (member == RunMember::Now).then(|| Value::Time(now.as_nanos() as i64))
    }
}

struct Attempt<'a> {
    runner: &'a Runner,
    evaluator: Evaluator<'a>,
    item: ItemId,
    action: &'a Action,
    arguments: Bindings,
}

impl Attempt<'_> {
    fn carry_out(&self) -> Result<Value, String> {
        let binding = &self.action.bindings[0];
        let arguments = self.arguments.clone();
        let invocation = Invocation::new(&self.evaluator, self.item, arguments, &Answer::default()).unwrap();
        if let Some(problem) = invocation.problem {
            return Err(problem);
        }
        let (answer, went_well) = match &invocation.kind {
            InvocationKind::Command { words, variables, input } => {
                let words = self.words(words)?;
                // What people are shown is what is run.
                let shown = invocation.command_line().unwrap();
                assert_eq!(shlex::split(&shown).as_ref(), Some(&words), "{shown}");
                self.command(words, self.pairs(variables)?, input.as_ref())?
            }
            InvocationKind::Request { method, url, query, auth, headers, body } => {
                let mut request = Request::new(method, &self.word(url)?);
                if let Some((scheme, values)) = auth {
                    request.authorize(scheme, &self.words(values)?);
                }
                request.headers.extend(self.pairs(headers)?);
                request.query = self.pairs(query)?;
                match body {
                    Some(Body::Json(document)) => {
                        request.json(&document.sent(|name| self.runner.secret(name)).unwrap());
                    }
                    Some(other) => panic!("{other:?} isn't sent here"),
                    None => {}
                }
                self.request(&request)?
            }
            InvocationKind::Container { .. } => panic!("containers aren't run here"),
        };
        let mut expected = false;
        for entry in &binding.entries {
            match entry {
                BindingEntry::Expect { condition, otherwise } => {
                    expected = true;
                    if self.evaluate(*condition, &answer)?.as_bool() != Some(true) {
                        return Err(match otherwise {
                            Some(otherwise) => text(&self.evaluate(*otherwise, &answer)?),
                            None => "what is expected doesn't hold".to_owned(),
                        });
                    }
                }
                BindingEntry::Return(value) => {
                    if !expected {
                        went_well?;
                    }
                    return self.evaluate(*value, &answer);
                }
                _ => {}
            }
        }
        Ok(Value::Unit)
    }

    fn command(
        &self,
        mut line: Vec<String>,
        variables: Vec<(String, String)>,
        input: Option<&Word>,
    ) -> Result<(Answer, Result<(), String>), String> {
        if self.runner.shell_is_here && line[0] == "ssh" {
            line = vec!["sh".to_owned(), "-c".to_owned(), line.pop().unwrap()];
        }
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
            .env("PATH", programs::path())
            .envs(self.runner.variables.iter().map(|(name, value)| (name, value)))
            .envs(variables);
        let stdin = input.map(|input| self.word(input)).transpose()?.unwrap_or_default();
        let entries = self.action.bindings[0].entries.iter();
        let mut formats = entries.filter_map(|entry| match entry {
            BindingEntry::Output(format) => Some(&*format.text == "json"),
            _ => None,
        });
        let json = formats.next_back().unwrap_or(false);
        let mut child =
            command.stdin(Stdio::piped()).spawn().map_err(|error| format!("{line:?}: {error}"))?;
        // A program that doesn't read what it gets is no reason to fail.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        let code = output.status.code().unwrap_or(-1);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        let went_well =
            if code == 0 { Ok(()) } else { Err(format!("{line:?} ended with {code}: {complaint}")) };
        let said = match (json, serde_json::from_str(&said)) {
            (false, _) => Value::text(said),
            (true, Ok(document)) => Value::json(document),
            (true, Err(error)) => return Err(format!("{line:?} wrote no JSON: {error}\n{said}{complaint}")),
        };
        let values = vec![(BindingValue::Output, said), (BindingValue::ExitCode, Value::Int(code.into()))];
        Ok((Answer { values }, went_well))
    }

    fn request(&self, request: &Request) -> Result<(Answer, Result<(), String>), String> {
        let (status, body) = request.send()?;
        let went_well = if (200..300).contains(&status) { Ok(()) } else { Err(format!("{status}: {body}")) };
        // An answer that is no JSON is its text.
        let body = serde_json::from_str(&body).unwrap_or(Json::String(body));
        let values =
            vec![(BindingValue::Body, Value::json(body)), (BindingValue::Status, Value::Int(status.into()))];
        Ok((Answer { values }, went_well))
    }

    fn pairs(&self, pairs: &[(Arc<str>, Word)]) -> Result<Vec<(String, String)>, String> {
        pairs.iter().map(|(name, word)| Ok((name.to_string(), self.word(word)?))).collect()
    }

    fn words(&self, words: &[Word]) -> Result<Vec<String>, String> {
        words.iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &Word) -> Result<String, String> {
        word.sent(|name| self.runner.secret(name)).ok_or_else(|| format!("{word} isn't known"))
    }

    fn evaluate(&self, expr: ExprId, answer: &Answer) -> Result<Value, String> {
        let value = self.evaluator.evaluate(self.item.file, expr, &self.arguments, answer);
        value.map_err(|error| error.to_string())
    }
}
