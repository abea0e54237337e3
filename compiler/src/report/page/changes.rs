//! What changed, with targets, approvals and undo.

use maud::{Markup, html};

use crate::{
    report::plan::{ApprovalState, PlannedChange, Sign, Undoing, plan},
    simulate::{
        account::Account,
        invocation::{Invocation, Length},
        timeline::clock,
        trace::Purpose,
    },
};

/// The command or request that a call stands for, whole.
pub(super) fn invoked(invocation: Option<&Invocation>) -> Markup {
    html! {
        @if let Some(invocation) = invocation { pre.real { (invocation.shown(Length::Whole)) } }
    }
}

/// The changes of the run; messages have their own section.
pub(super) fn changes(account: &Account<'_>) -> Markup {
    let plan = plan(account);
    let own: Vec<&PlannedChange> = plan.changes.iter().filter(|change| change.sign != Sign::Adds).collect();
    html! {
        @if own.is_empty() { p.note { "No changes to production." } }
        div.changes {
            @for change in own {
                div.changed.(if change.sign == Sign::Destroys { "destroys" } else { "changes" }) {
                    div.sign { (change.sign.letter()) }
                    div {
                        div.row {
                            code.call { (change.call) }
                            span.time { (clock(change.at)) @if change.times > 1 { " ×" (change.times) } }
                        }
                        @if let Some(title) = &change.title { div.about { (title) } }
                        (invoked(change.invocation.as_ref()))
                        dl {
                            dt { "step" }
                            dd { (change.step) ", " (change.effect.word()) @match change.purpose {
                                Purpose::Work => {} Purpose::Undo => { ", undo" } Purpose::Handling => { ", on failure" }
                            } }
                            @if !change.touches.is_empty() {
                                dt { "touches" }
                                dd { @for (index, (name, value)) in change.touches.iter().enumerate() {
                                    @if index > 0 { ", " } (name) " " b { (value) }
                                } }
                            }
                            @if let Some(approval) = &change.approval {
                                dt { "approval" }
                                dd { @match approval.state {
                                    ApprovalState::NotNeeded => { "not needed in this run" }
                                    ApprovalState::Granted => { (approval.count) " needed, granted by " (approval.granted.join(", ")) }
                                    ApprovalState::NotGranted => { (approval.count) " needed, not granted" }
                                } }
                            }
                            @match &change.undo {
                                Undoing::Call { call, invocation, always } => {
                                    dt { "undo" }
                                    dd { code { (call) } @if *always { ", always when the run ends" }
                                        (invoked(invocation.as_deref())) }
                                }
                                Undoing::Irreversible(why) => { dt { "undo" } dd.bad { "none: " (why) } }
                                Undoing::Stays => {}
                            }
                            @if let Some(failure) = &change.failure {
                                dt { "failed" }
                                dd.bad { (failure) "; may have taken effect" }
                            }
                        }
                    }
                }
            }
        }
        @if !plan.not_this_time.is_empty() {
            p.note { "Not in this run: "
                @for (index, (step, why)) in plan.not_this_time.iter().enumerate() {
                    @if index > 0 { "; " } code { (step) } " (" (why) ")"
                }
            }
        }
    }
}
