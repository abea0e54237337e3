//! How each step is done: by which action of the library, as an expression, or as a container.

use super::{
    book::{Book, NUMBER, Plan},
    guess::{only_looks, short},
    known::{Known, entries},
    model::{Step, Template},
    pure::Pure,
};

/// Images that ask.
const ASKS: &[&str] = &["slack/message/interactive", "slack/send_interactive_message"];
/// Images that send messages.
const MESSAGES: &[&str] = &[
    "slack/message/dynamic",
    "slack/message/snippet",
    "slack/message/text",
    "slack/send_message",
    "slack/message",
];

impl Book<'_> {
    /// How a step is done.
    pub(super) fn plan(&self, at: usize) -> Plan {
        let step = &self.playbook.steps[at];
        let image = short(&step.image.text);
        if ASKS.contains(&image) && step.setting("RECIPIENTS").is_some() {
            return Plan::Ask;
        }
        if MESSAGES.contains(&image) && step.setting("RECIPIENTS").is_some() && !self.used.contains_key(&at) {
            return Plan::Message;
        }
        if let Some(made) = Pure::of(self, at) {
            return Plan::Pure(made);
        }
        let looks = |known: &Known| {
            known.call == "ssh.execute"
                && step.setting("COMMAND").and_then(Template::literal).is_some_and(only_looks)
        };
        match entries().find(|known| known.image == image && self.fits(known, at)) {
            Some(known) if looks(known) => Plan::Look(known),
            // What is known to look only may run without being asked about; nothing else may.
            Some(known) if known.call == "ssh.execute" => Plan::Container,
            Some(known) => Plan::Known(known),
            None => Plan::Container,
        }
    }

    /// Whether an entry can say all that a step says, and has all that is wanted of it.
    fn fits(&self, known: &Known, at: usize) -> bool {
        let step = &self.playbook.steps[at];
        let fixed = |key: &str| known.fixed.iter().find(|(name, _)| *name == key);
        let further = || known.then.iter().map(|further| &further.argument);
        let is_set = |key: &str| {
            fixed(key).is_none_or(|(_, value)| step.setting(key).and_then(Template::literal) == Some(value))
        };
        let placed = |key: &str| {
            super::known::OWN_SETTINGS.contains(&key)
                || fixed(key).is_some()
                || known.left_out.iter().any(|(name, _)| *name == key)
                || known.arguments.iter().chain(further()).any(|argument| argument.places(key))
        };
        says(step, known.words, &placed)
            && known.fixed.iter().all(|(key, _)| is_set(key))
            && step.env.iter().all(|(key, _)| placed(&key.text))
            && known.arguments.iter().all(|argument| !argument.required || argument.is_said(step))
            && self
                .used
                .get(&at)
                .into_iter()
                .flatten()
                .all(|rest| super::access::gives(known, rest.strip_suffix(NUMBER).unwrap_or(rest)))
            && !(step.retry.is_some() && known.effect > super::known::Effect::Asks)
    }
}

/// Whether a step's arguments begin with these words, and the rest has its place.
fn says(step: &Step, words: &[&str], placed: &dyn Fn(&str) -> bool) -> bool {
    let begins = step.args.len() >= words.len()
        && words.iter().zip(&step.args).all(|(word, argument)| argument.literal() == Some(word));
    let mut at = words.len();
    while begins && at < step.args.len() {
        let flag = step.args[at].literal().filter(|word| word.starts_with('-'));
        at += match flag {
            Some(flag) if placed(flag) && at + 1 < step.args.len() => 2,
            None if placed(&format!("@{at}")) => 1,
            _ => return false,
        };
    }
    begins
}
