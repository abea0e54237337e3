//! Who is meant by a value, and how they are reached.
//!
//! Where people are asked for there is a person, a list of persons, or a team, which stands for its
//! on-callers. They are the records `Person` and `Team` of the standard library; nothing else of it is
//! known here.

use std::sync::Arc;

use super::{
    trace::{PersonShown, Reached},
    value::{Record, Value},
};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub shown: PersonShown,
    /// How they are reached, in order: `slack`, `pagerduty`.
    pub media: Vec<Arc<str>>,
}

/// The people that a value stands for, each once; none if it isn't people at all.
pub fn people_of(value: &Value) -> Option<Vec<Person>> {
    let mut found = Vec::new();
    collect(value, &mut found)?;
    Some(found)
}

fn collect(value: &Value, found: &mut Vec<Person>) -> Option<()> {
    match value {
        Value::List(elements) => elements.iter().try_for_each(|element| collect(element, found)),
        Value::Record(record) if *record.shape.name == *"Team" => collect(value.field("on_call")?, found),
        Value::Record(record) if *record.shape.name == *"Person" => {
            let person = person(record, value)?;
            if found.iter().all(|known| known.shown.id != person.shown.id) {
                found.push(person);
            }
            Some(())
        }
        _ => None,
    }
}

fn person(record: &Record, value: &Value) -> Option<Person> {
    let id = value.field("id")?.as_text()?.clone();
    let name = value.field("name").and_then(Value::as_text).unwrap_or(&id).clone();
    let contacts = value.field("contacts").and_then(Value::as_list);
    let mut media: Vec<Arc<str>> = contacts
        .into_iter()
        .flat_map(|contacts| contacts.iter())
        .filter_map(|contact| match contact.field("by")? {
            Value::Variant(variant) => Some(variant.name.clone()),
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    // Who says no contact has an address for mail all the same.
    if media.is_empty() && record.shape.fields.iter().any(|field| **field == *"email") {
        media.push("email".into());
    }
    Some(Person { shown: PersonShown { id, name }, media })
}

impl Person {
    /// By the first medium that isn't down.
    pub fn reach(&self, is_down: &dyn Fn(&str) -> bool) -> Reached {
        let by = self.media.iter().find(|medium| !is_down(medium)).cloned();
        Reached { person: self.shown.clone(), by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{names::ItemId, simulate::value::Shape, source::FileId};

    fn record(name: &str, fields: Vec<(&str, Value)>) -> Value {
        let (names, fields) = fields.into_iter().map(|(name, value)| (name.into(), value)).unzip();
        let item = ItemId::new(FileId(0), 0);
        Value::Record(Arc::new(Record {
            shape: Arc::new(Shape { item, name: name.into(), fields: names }),
            fields,
        }))
    }

    fn someone(id: &str, media: &[&str]) -> Value {
        let contacts = media.iter().map(|medium| record("Contact", vec![("by", Value::text(*medium))]));
        record(
            "Person",
            vec![
                ("id", Value::text(id)),
                ("name", Value::text(id.to_uppercase())),
                ("email", Value::text("a@example.com")),
                ("contacts", Value::list(contacts.collect())),
            ],
        )
    }

    #[test]
    fn a_team_stands_for_its_on_callers_and_nobody_counts_twice() {
        let team =
            record("Team", vec![("on_call", Value::list(vec![someone("ana", &[]), someone("bo", &[])]))]);
        let all = Value::list(vec![someone("bo", &[]), team]);
        let found = people_of(&all).unwrap_or_default();
        let ids: Vec<&str> = found.iter().map(|person| &*person.shown.id).collect();
        assert_eq!(ids, ["bo", "ana"]);
        assert_eq!(people_of(&Value::text("ana")), None);
    }

    #[test]
    fn a_medium_that_is_down_is_passed_over() {
        let person = people_of(&someone("ana", &["slack", "pagerduty"])).unwrap_or_default().remove(0);
        assert_eq!(person.reach(&|_| false).by.as_deref(), Some("slack"));
        assert_eq!(person.reach(&|medium| medium == "slack").by.as_deref(), Some("pagerduty"));
        assert_eq!(person.reach(&|_| true).by, None);
        let by_mail = people_of(&someone("bo", &[])).unwrap_or_default().remove(0);
        assert_eq!(by_mail.reach(&|_| false).by.as_deref(), Some("email"));
    }
}
