//! Where people are told, meet and are paged.

use super::{Effect, Further, Kind, Known, LOOKS, Shape, Wanted, needs, takes};

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

pub(super) static ENTRIES: &[Known] = &[
    Known {
        image: "slack/channel/create",
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
        ..LOOKS
    },
    Known {
        image: "slack/channel/archive",
        call: "slack.archive",
        effect: Effect::Notifies,
        arguments: &[needs("channel", &["CHANNEL_NAME"], Wanted::Channel)],
        result: Kind::Record(&CHANNEL),
        outputs: &[],
        ..LOOKS
    },
    Known {
        image: "zoom/meeting/create",
        call: "zoom.create_meeting",
        effect: Effect::Notifies,
        arguments: &[
            needs("host", &["HOST_EMAIL"], Wanted::Person),
            needs("topic", &["MEETING_TOPIC"], Wanted::Text),
        ],
        result: Kind::Record(&MEETING),
        outputs: &[],
        ..LOOKS
    },
    Known {
        image: "pagerduty/incident/create",
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
        ..LOOKS
    },
    Known {
        image: "pagerduty/incident/create",
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
        ..LOOKS
    },
];
