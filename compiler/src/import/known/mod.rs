//! Which action of the standard library replaces which step of StackPulse: the one table for it.
//! A test checks each entry against the library.
//!
//! A step with settings or outputs that an entry can't express stays a container, so nothing is lost.
//! There is one file of entries for each kind of vendor.

mod clouds;
mod clusters;
mod code;
mod people;
mod stores;

pub use clouds::HOST;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// `Text`.
    Text,
    /// `Bool`.
    Bool,
    /// `Int`.
    Int,
    /// `Json`.
    Json,
    /// `List<Json>`.
    Jsons,
    /// `List<Text>`.
    Texts,
    /// `Person`.
    Person,
    /// `slack.Channel`.
    Channel,
    /// `Service`.
    Service,
    /// `Secret`.
    Secret,
    /// A type that is shown and not computed with: `Duration`, `Size`.
    Shown(&'static str),
    /// A record of the library.
    Record(&'static Shape),
    /// A list of them.
    List(&'static Shape),
}

/// A record of the library, and what StackPulse called its fields.
#[derive(Debug, PartialEq)]
pub struct Shape {
    /// Its type.
    pub name: &'static str,
    /// Name there (`State`, `TargetHealth.State`), name here, type.
    pub fields: &'static [(&'static str, &'static str, Kind)],
    /// The field that stands for it in a text.
    pub title: &'static str,
}

/// How a parameter is made from settings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    /// The setting, as a text.
    Text,
    /// As a number.
    Int,
    /// Somebody.
    Person,
    /// Several.
    People,
    /// A channel.
    Channel,
    /// A service.
    Service,
    /// A secret.
    Secret,
    /// A number of seconds, as a duration.
    Seconds,
    /// The words of a command, for a shell on the other side.
    Shell,
    /// An address: the setting is the host, the others are its scheme and its port.
    Address {
        /// The setting with `http` or `https`.
        scheme: &'static str,
        /// The setting with the port.
        port: &'static str,
    },
    /// Always this expression.
    Constant(&'static str),
    /// A record of that type.
    Record(&'static str, &'static [Argument]),
}

/// A parameter and the settings that it may come from.
#[derive(Debug, PartialEq)]
pub struct Argument {
    /// The parameter's name.
    pub parameter: &'static str,
    /// Names of settings, of which the first that is there counts: a variable, `--flag` for what stands
    /// behind a flag, `@2` for the third argument.
    pub from: &'static [&'static str],
    /// How it is made.
    pub wanted: Wanted,
    /// Whether the action can't do without.
    pub required: bool,
}

/// A further call on what the first one gave.
#[derive(Debug, PartialEq)]
pub struct Further {
    /// What its step's name ends in.
    pub suffix: &'static str,
    /// The action.
    pub call: &'static str,
    /// The parameter that takes what the first one gave.
    pub subject: &'static str,
    /// The other parameter. The call is made if its setting is there.
    pub argument: Argument,
}

/// What a step does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It looks.
    Reads,
    /// It asks people.
    Asks,
    /// It tells people.
    Notifies,
    /// It changes what serves users.
    Changes,
}

impl Effect {
    /// The word for it at an action; a container asks nobody.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reads | Self::Asks => "reads",
            Self::Notifies => "notifies",
            Self::Changes => "changes",
        }
    }
}

/// An entry.
#[derive(Debug, PartialEq)]
pub struct Known {
    /// The image, without its registry.
    pub image: &'static str,
    /// The words that its arguments begin with.
    pub words: &'static [&'static str],
    /// Settings that must be so: names and values.
    pub fixed: &'static [(&'static str, &'static str)],
    /// The action.
    pub call: &'static str,
    /// Its effect.
    pub effect: Effect,
    /// Its parameters.
    pub arguments: &'static [Argument],
    /// Settings that have no place, each with why that is.
    pub left_out: &'static [(&'static str, &'static str)],
    /// What it gives. Its parts are known by their names in `outputs` and in its shape.
    pub result: Kind,
    /// Ways to outputs that are the result itself: `items`, `info.Clients`, `Groups[0]`.
    pub outputs: &'static [&'static str],
    /// What else is done.
    pub then: &'static [Further],
    /// Whether the action leaves it to its step how the change is put back. The originals never say.
    pub says_no_undo: bool,
}

/// What most entries have in common.
const LOOKS: Known = Known {
    image: "",
    words: &[],
    fixed: &[],
    call: "",
    effect: Effect::Reads,
    arguments: &[],
    left_out: &[],
    result: Kind::Text,
    outputs: &["output"],
    then: &[],
    says_no_undo: false,
};

const fn needs(parameter: &'static str, from: &'static [&'static str], wanted: Wanted) -> Argument {
    Argument { parameter, from, wanted, required: true }
}

const fn takes(parameter: &'static str, from: &'static [&'static str], wanted: Wanted) -> Argument {
    Argument { parameter, from, wanted, required: false }
}

const fn made(parameter: &'static str, ty: &'static str, fields: &'static [Argument]) -> Argument {
    Argument { parameter, from: &[], wanted: Wanted::Record(ty, fields), required: true }
}

const fn always(parameter: &'static str, code: &'static str) -> Argument {
    Argument { parameter, from: &[], wanted: Wanted::Constant(code), required: true }
}

/// All entries. The first that fits counts.
pub fn entries() -> impl Iterator<Item = &'static Known> {
    [clouds::ENTRIES, clusters::ENTRIES, code::ENTRIES, people::ENTRIES, stores::ENTRIES]
        .into_iter()
        .flatten()
}

/// The modules of the library that an imported playbook may name.
pub fn modules() -> std::collections::BTreeSet<&'static str> {
    entries().map(|known| known.call).filter_map(|call| call.split('.').next()).collect()
}

impl Argument {
    /// Whether a setting goes into this parameter.
    pub fn places(&self, key: &str) -> bool {
        self.from.contains(&key)
            || match self.wanted {
                Wanted::Record(_, fields) => fields.iter().any(|field| field.places(key)),
                Wanted::Address { scheme, port } => scheme == key || port == key,
                _ => false,
            }
    }

    /// Whether a step says what the parameter needs.
    pub fn is_said(&self, step: &super::model::Step) -> bool {
        match self.wanted {
            Wanted::Constant(_) => true,
            Wanted::Record(_, fields) => fields.iter().all(|field| !field.required || field.is_said(step)),
            _ => self.from.iter().any(|key| step.setting(key).is_some()),
        }
    }
}

/// Settings of StackPulse itself, which say nothing about what a step does.
pub const OWN_SETTINGS: &[&str] = &["SP_REDIRECT_URL", "SP_FORMATTER"];
