//! The table of who is told or asked what.

use super::{Contacts, When};
use crate::{
    report::rows::{WIDTH, heading, piece, plain, quiet, shortened},
    simulate::timeline::{Role, Row, Tone, letter},
};

/// Columns of the table: who, through what, what; then one for each severity.
const WHO: usize = 17;
const BY: usize = 10;
const WHEN: usize = 9;

/// The table in rows of at most 80 characters.
pub fn contacts_rows(contacts: &Contacts) -> Vec<Row> {
    let mut rows = vec![heading(&*contacts.playbook)];
    if contacts.contacts.is_empty() {
        rows.push(vec![plain("Nobody is told or asked anything.")]);
        return rows;
    }
    let columns = contacts.severities.len().max(1);
    let what = WIDTH.saturating_sub(3 + WHO + 1 + BY + 1 + columns * WHEN).max(12);
    let mut head = format!("   {:<WHO$} {:<BY$} {:<what$}", "who", "through", "what");
    for severity in &contacts.severities {
        let word = if severity.is_empty() { "when" } else { severity };
        head.push_str(&format!("{:>WHEN$}", shortened(word, WHEN - 1)));
    }
    rows.push(vec![quiet(head)]);
    for contact in &contacts.contacts {
        let tone = if contact.is_question { Tone::People } else { Tone::Tell };
        let by = contact.by.as_deref().unwrap_or("nothing works");
        let mut row = vec![
            piece(format!("{}  ", letter(contact.part)), Role::Part),
            piece(format!("{:<WHO$} ", shortened(&contact.who, WHO)), Role::Name),
            plain(format!("{:<BY$} ", shortened(by, BY))),
            piece(format!("{:<what$}", shortened(&contact.matter(), what - 1)), Role::Text(tone)),
        ];
        for when in &contact.when {
            row.push(match when {
                Some(when @ When::At(..)) => plain(format!("{:>WHEN$}", when.shown())),
                Some(when) => quiet(format!("{:>WHEN$}", when.shown())),
                None => quiet(format!("{:>WHEN$}", "-")),
            });
        }
        rows.push(row);
    }
    let all = || contacts.contacts.iter().flat_map(|contact| contact.when.iter().flatten());
    let mut legend = Vec::new();
    if all().any(|when| matches!(when, When::Unless(_))) {
        legend.push("(m:ss) unless it is resolved before");
    }
    if all().any(|when| *when == When::OnFailure) {
        legend.push("(failed) only if it fails");
    }
    if !legend.is_empty() {
        rows.extend([Row::new(), vec![quiet(format!("   {}", legend.join("; ")))]]);
    }
    rows
}
