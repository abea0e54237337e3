//! Which action of the standard library does what a step of StackPulse did: the one place that knows.
//! A test holds each entry against the library.
//!
//! A step whose settings or outputs an entry can't say stays a container: nothing is lost on the way.

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
    /// Name there, name here, type.
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
    /// A workload of that name; the other setting is its namespace.
    Workload(&'static str),
    /// A repository of that name; the other setting is its owner.
    Repository(&'static str),
}

/// A parameter and the settings that it may come from.
#[derive(Debug, PartialEq)]
pub struct Argument {
    /// The parameter's name.
    pub parameter: &'static str,
    /// Names of settings; the first that is there counts.
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

/// An entry.
#[derive(Debug, PartialEq)]
pub struct Known {
    /// The image, without its registry.
    pub image: &'static str,
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
    /// What it gives.
    pub result: Kind,
    /// Names of outputs that are the result itself.
    pub outputs: &'static [&'static str],
    /// What else is done.
    pub then: &'static [Further],
    /// Whether the action leaves it to its step how the change is put back. The originals never say.
    pub says_no_undo: bool,
}

const fn needs(parameter: &'static str, from: &'static [&'static str], wanted: Wanted) -> Argument {
    Argument { parameter, from, wanted, required: true }
}

const fn takes(parameter: &'static str, from: &'static [&'static str], wanted: Wanted) -> Argument {
    Argument { parameter, from, wanted, required: false }
}

const POD: Shape = Shape {
    name: "kubernetes.Pod",
    fields: &[("name", "name", Kind::Text), ("status", "status", Kind::Text)],
    title: "name",
};
const REPOSITORY: Shape = Shape {
    name: "github.Repository",
    fields: &[("name", "name", Kind::Text), ("Name", "name", Kind::Text)],
    title: "name",
};
const TAG: Shape = Shape {
    name: "github.Tag",
    fields: &[("Name", "name", Kind::Text), ("Message", "message", Kind::Text), ("name", "name", Kind::Text)],
    title: "name",
};
const CHANNEL: Shape = Shape {
    name: "slack.Channel",
    fields: &[("channel_name", "name", Kind::Text), ("channel_id", "id", Kind::Text)],
    title: "name",
};
const MEETING: Shape = Shape {
    name: "zoom.Meeting",
    fields: &[("join_url", "join_url", Kind::Text), ("topic", "topic", Kind::Text)],
    title: "join_url",
};
const INCIDENT: Shape = Shape {
    name: "pagerduty.Incident",
    fields: &[("id", "id", Kind::Text), ("html_url", "url", Kind::Text), ("title", "title", Kind::Text)],
    title: "url",
};
const WORKLOAD: Shape =
    Shape { name: "kubernetes.Workload", fields: &[("name", "name", Kind::Text)], title: "name" };

const NAMESPACE: Argument = takes("namespace", &["NAMESPACE"], Wanted::Text);

/// All entries. The first that fits counts.
pub static KNOWN: &[Known] = &[
    Known {
        image: "kubectl/get-pods",
        fixed: &[],
        call: "kubernetes.pods",
        effect: Effect::Reads,
        arguments: &[
            needs("name_contains", &["NAME_CONTAINS", "POD_NAMES", "POD_NAME"], Wanted::Text),
            NAMESPACE,
        ],
        left_out: &[("ORDER_BY", "pods come in the order of their names")],
        result: Kind::List(&POD),
        outputs: &["items", "filtered", "pods"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "kubectl/logs",
        fixed: &[("PREVIOUS", "true")],
        call: "kubernetes.crash_logs",
        effect: Effect::Reads,
        arguments: &[needs("pod", &["POD_NAME"], Wanted::Text), NAMESPACE],
        left_out: &[],
        result: Kind::Text,
        outputs: &["output", "logs"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "kubectl/logs",
        fixed: &[],
        call: "kubernetes.pod_logs",
        effect: Effect::Reads,
        arguments: &[needs("pod", &["POD_NAME"], Wanted::Text), NAMESPACE],
        left_out: &[],
        result: Kind::Text,
        outputs: &["output", "logs"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "kubectl/delete",
        fixed: &[("RESOURCE_TYPE", "pod")],
        call: "kubernetes.delete_pod",
        effect: Effect::Changes,
        arguments: &[needs("pod", &["RESOURCES_NAMES"], Wanted::Text), NAMESPACE],
        left_out: &[],
        result: Kind::Text,
        outputs: &["output"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "kubectl/delete",
        fixed: &[("RESOURCE_TYPE", "job")],
        call: "kubernetes.delete_job",
        effect: Effect::Changes,
        arguments: &[needs("job", &["RESOURCES_NAMES"], Wanted::Text), NAMESPACE],
        left_out: &[],
        result: Kind::Text,
        outputs: &["output"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "k8s/deploy",
        fixed: &[],
        call: "kubernetes.deploy",
        effect: Effect::Changes,
        arguments: &[
            needs("workload", &["NAME"], Wanted::Workload("NAMESPACE")),
            needs("tag", &["TAG"], Wanted::Text),
        ],
        left_out: &[("ENV", "the workload says where it runs")],
        result: Kind::Record(&WORKLOAD),
        outputs: &[],
        then: &[],
        says_no_undo: true,
    },
    Known {
        image: "fluxcd/lock",
        fixed: &[("LOCK", "true")],
        call: "flux.lock",
        effect: Effect::Changes,
        arguments: &[needs("name", &["NAME"], Wanted::Text), NAMESPACE],
        left_out: &[
            ("FLUX_URL", "the command `flux` finds its cluster by itself"),
            ("USER", "the run knows who started it"),
        ],
        result: Kind::Text,
        outputs: &["output"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "fluxcd/lock",
        fixed: &[("LOCK", "false")],
        call: "flux.unlock",
        effect: Effect::Changes,
        arguments: &[needs("name", &["NAME"], Wanted::Text), NAMESPACE],
        left_out: &[
            ("FLUX_URL", "the command `flux` finds its cluster by itself"),
            ("USER", "the run knows who started it"),
        ],
        result: Kind::Text,
        outputs: &["output"],
        then: &[],
        says_no_undo: true,
    },
    Known {
        image: "github/get-repos",
        fixed: &[],
        call: "github.repositories",
        effect: Effect::Reads,
        arguments: &[
            needs("organisation", &["OWNER"], Wanted::Text),
            takes("token", &["TOKEN"], Wanted::Secret),
        ],
        left_out: &[],
        result: Kind::List(&REPOSITORY),
        outputs: &["Repositories"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "github/get-tags",
        fixed: &[],
        call: "github.tags",
        effect: Effect::Reads,
        arguments: &[
            needs("repository", &["REPOSITORY"], Wanted::Repository("OWNER")),
            takes("last", &["NUM_OF_LAST_TAGS"], Wanted::Int),
            takes("token", &["TOKEN"], Wanted::Secret),
        ],
        left_out: &[],
        result: Kind::List(&TAG),
        outputs: &["Tags"],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "slack/channel/create",
        fixed: &[],
        call: "slack.create_channel",
        effect: Effect::Notifies,
        arguments: &[needs("name", &["CHANNEL_NAME"], Wanted::Text)],
        left_out: &[("PURPOSE", "the topic says what a channel is for")],
        result: Kind::Record(&CHANNEL),
        outputs: &[],
        then: &[
            Further {
                suffix: "topic",
                call: "slack.set_topic",
                subject: "channel",
                argument: takes("topic", &["TOPIC"], Wanted::Text),
            },
            Further {
                suffix: "invited",
                call: "slack.invite",
                subject: "channel",
                argument: takes("people", &["USERS"], Wanted::People),
            },
        ],
        says_no_undo: false,
    },
    Known {
        image: "slack/channel/archive",
        fixed: &[],
        call: "slack.archive",
        effect: Effect::Notifies,
        arguments: &[needs("channel", &["CHANNEL_NAME"], Wanted::Channel)],
        left_out: &[],
        result: Kind::Record(&CHANNEL),
        outputs: &[],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "zoom/meeting/create",
        fixed: &[],
        call: "zoom.create_meeting",
        effect: Effect::Notifies,
        arguments: &[
            needs("host", &["HOST_EMAIL"], Wanted::Person),
            needs("topic", &["MEETING_TOPIC"], Wanted::Text),
        ],
        left_out: &[],
        result: Kind::Record(&MEETING),
        outputs: &[],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "pagerduty/incident/create",
        fixed: &[],
        call: "pagerduty.page",
        effect: Effect::Notifies,
        arguments: &[
            needs("people", &["PAGERDUTY_USER_EMAIL"], Wanted::People),
            needs("title", &["TITLE"], Wanted::Text),
            needs("service", &["SERVICE_NAME"], Wanted::Service),
            takes("token", &["PAGERDUTY_TOKEN"], Wanted::Secret),
        ],
        left_out: &[("URGENCY", "who is paged by name is always paged with high urgency")],
        result: Kind::Record(&INCIDENT),
        outputs: &[],
        then: &[],
        says_no_undo: false,
    },
    Known {
        image: "pagerduty/incident/create",
        fixed: &[],
        call: "pagerduty.open_incident",
        effect: Effect::Notifies,
        arguments: &[
            needs("title", &["TITLE"], Wanted::Text),
            needs("service", &["SERVICE_NAME"], Wanted::Service),
            takes("token", &["PAGERDUTY_TOKEN"], Wanted::Secret),
        ],
        left_out: &[("URGENCY", "the severity decides about it")],
        result: Kind::Record(&INCIDENT),
        outputs: &[],
        then: &[],
        says_no_undo: false,
    },
];

/// Settings of StackPulse itself, which say nothing about what a step does.
pub const OWN_SETTINGS: &[&str] = &["SP_REDIRECT_URL", "SP_FORMATTER"];
