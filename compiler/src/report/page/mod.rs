//! A run as one page: step graph, timeline with the critical path, messages as they would appear, what
//! changed, causes and severity. And, without a run, a step graph as one page.
//!
//! A page needs no network and no script, and follows the reader's choice of light or dark. All text
//! goes through `maud`, which escapes it: the contents of an alert are only text.

mod boxes;
mod changes;
mod drawing;
mod gantt;
mod graph;
mod head;
mod messages;
mod path;
mod scale;
mod structure;

pub use structure::graph_page;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    simulate::{
        account::Account,
        invocation::Length,
        timeline::{Invocations, Timeline, Tone, clock, letter, timeline},
    },
    visible::visible,
};

/// What a page of Quell's has in its head.
pub const GENERATOR: &str = r#"<meta name="generator" content="Quell">"#;

const STYLE: &str = include_str!("style.css");

/// The page, as HTML.
pub fn page(account: &Account<'_>) -> String {
    let told =
        timeline(account.world, account.trace).with_invocations(account, Invocations::All, Length::Whole);
    let path = path::critical(account);
    let title = match &told.scenario {
        Some(scenario) => format!("{}: {scenario}", told.playbook),
        None => told.playbook.to_string(),
    };
    let body = html! {
        (head::head(account, &told))
        main {
            (section("timeline", "Timeline", gantt::gantt(account, &path)))
            (section("graph", "Dependencies", graph::graph(account, &path)))
            (section("causes", "Causes and severity", head::causes(account)))
            (section("changes", "Changes", changes::changes(account)))
            (section("messages", "Messages and questions", messages::messages(account)))
            (section("log", "Log", log(&told)))
        }
        footer { "This was a dry run: no command was run, no request was sent, and no one was notified." }
    };
    whole(&title, body)
}

/// A page of its own, with the colours of its reader.
fn whole(title: &str, body: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                (PreEscaped(GENERATOR))
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    visible(&page.into_string()).into_owned()
}

fn section(id: &str, title: &str, body: Markup) -> Markup {
    html! { section id=(id) { h2 { (title) } (body) } }
}

fn log(told: &Timeline) -> Markup {
    html! {
        details {
            summary { (told.lines.len()) " lines" }
            table.log {
                @for line in &told.lines {
                    tr class=(tone(line.tone)) {
                        td.time { (clock(line.at)) }
                        td { span.part.{ "p" (letter(line.part)) } { (letter(line.part)) } }
                        td.name { (line.about) }
                        td { @if let Some(title) = &line.title { div.note { (title) } } (line.text) @if let Some(real) = &line.invocation { pre.real { (real) } } }
                    }
                }
            }
        }
    }
}

/// The class of a line.
fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Look | Tone::Plain => "look",
        Tone::Judgement => "judgement",
        Tone::People => "people",
        Tone::Tell => "tell",
        Tone::Change => "change",
        Tone::Destroy => "destroy",
        Tone::Undo => "undo",
        Tone::Skip => "skip",
        Tone::Failure => "failure",
        Tone::Success => "success",
    }
}
