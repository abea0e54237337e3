//! What was typed as a value of a type. A wrong part is named with its path, its place in the text, and
//! an example of what would fit.

use std::{fmt::Write, sync::Arc};

use serde_json::Value as Json;

use super::typed::{Kind, Typed, place};
use crate::{
    findings::suggest::nearest,
    hir::ItemKind,
    names::{ItemId, VariantId},
    simulate::{
        evaluate::{Bindings, Evaluator, Nowhere},
        people::people_of,
        value::{
            Part, Path, Record, Value, literal, read_duration, read_percent, read_size, read_time, to_json,
        },
    },
    types::Type,
};

/// The value of a type that was typed as `text` for the input `name`; what a record leaves out is taken from
/// `base`. Of a secret the name of its place is kept, and nothing else.
pub(super) fn fit(
    evaluator: &Evaluator<'_>,
    name: &str,
    text: &str,
    typed: &Typed,
    ty: &Type,
    base: Option<&Value>,
) -> Result<Value, String> {
    Fit { evaluator, name, text, path: Path::default() }.value(typed, ty, base)
}

/// A value of the type as people would type it.
pub(super) fn example(evaluator: &Evaluator<'_>, ty: &Type) -> String {
    match ty.present() {
        Type::Bool => "true".to_owned(),
        Type::Int => "3".to_owned(),
        Type::Float => "0.5".to_owned(),
        Type::Text | Type::Public | Type::Json | Type::Secret => "\"example\"".to_owned(),
        Type::Duration => "5m".to_owned(),
        Type::Percent => "5%".to_owned(),
        Type::Size => "512MiB".to_owned(),
        Type::Time => "\"2026-01-02T03:04:05Z\"".to_owned(),
        Type::List(element) => format!("[{}]", example(evaluator, element)),
        Type::Map(value) => format!("{{ key: {} }}", example(evaluator, value)),
        Type::Enum(item) => {
            let variants = evaluator.checked.interfaces.variants(*item);
            variants.and_then(|it| it.variants.first()).map_or_else(String::new, ToString::to_string)
        }
        Type::Record(item) => record_example(evaluator, *item),
        Type::People => {
            people(evaluator).into_iter().next().map_or_else(String::new, |(id, _)| id.to_string())
        }
        Type::Optional(_)
        | Type::Run
        | Type::Cause
        | Type::Function(_)
        | Type::Unit
        | Type::Never
        | Type::Unknown => String::new(),
    }
}

fn record_example(evaluator: &Evaluator<'_>, item: ItemId) -> String {
    if is_person(evaluator, item)
        && let Some((id, _)) = people(evaluator).into_iter().next()
    {
        return if is_word(&id) { id.to_string() } else { literal(&Value::Text(id)) };
    }
    let named = evaluator.checked.modules.values().find_map(|module| {
        module.hir.items.iter().find_map(|named| match &named.kind {
            ItemKind::Let(declared) if *module.type_of(declared.value) == Type::Record(item) => {
                Some(named.name.text.to_string())
            }
            _ => None,
        })
    });
    if let Some(name) = named {
        return name;
    }
    let needed =
        evaluator.parameters(item).iter().filter(|field| field.default.is_none() && !field.ty.is_optional());
    let fields: Vec<String> =
        needed.map(|field| format!("{}: {}", field.name, example(evaluator, &field.ty))).collect();
    if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// What is expected, with an example: `a Duration such as 5m`.
pub(super) fn wanted(evaluator: &Evaluator<'_>, ty: &Type) -> String {
    let name = match ty.present() {
        Type::Enum(item) => {
            let variants = evaluator.checked.interfaces.variants(*item);
            let names: Vec<String> =
                variants.into_iter().flat_map(|it| &it.variants).map(|name| format!("`{name}`")).collect();
            return match names.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                _ => names.concat(),
            };
        }
        Type::Json => return "JSON".to_owned(),
        Type::Public => "Text".to_owned(),
        Type::People => "person or a list of people".to_owned(),
        Type::List(_) => "list".to_owned(),
        Type::Map(_) => "map".to_owned(),
        other => evaluator.checked.interfaces.show(other),
    };
    let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    match example(evaluator, ty) {
        example if example.is_empty() => format!("{article} {name}"),
        example => format!("{article} {name} such as `{example}`"),
    }
}

/// The people that the modules name, by their id.
fn people(evaluator: &Evaluator<'_>) -> Vec<(Arc<str>, Value)> {
    let mut found: Vec<(Arc<str>, Value)> = Vec::new();
    for (file, module) in &evaluator.checked.modules {
        for item in &module.hir.items {
            let ItemKind::Let(declared) = &item.kind else { continue };
            let Type::Record(record) = module.type_of(declared.value) else { continue };
            if !is_person(evaluator, *record) {
                continue;
            }
            let value = evaluator.evaluate(*file, declared.value, &Bindings::new(), &Nowhere);
            if let Some(value) = value.ok()
                && let Some(Value::Text(id)) = value.field("id")
                && found.iter().all(|(known, _)| known != id)
            {
                found.push((id.clone(), value.clone()));
            }
        }
    }
    found
}

fn is_person(evaluator: &Evaluator<'_>, item: ItemId) -> bool {
    evaluator.shape(item).is_some_and(|shape| *shape.name == *"Person")
}

struct Fit<'f, 'a> {
    evaluator: &'f Evaluator<'a>,
    name: &'f str,
    text: &'f str,
    path: Path,
}

impl Fit<'_, '_> {
    fn value(&mut self, typed: &Typed, ty: &Type, base: Option<&Value>) -> Result<Value, String> {
        if let Type::Optional(some) = ty {
            return match typed.kind {
                Kind::None => Ok(Value::None),
                _ => self.value(typed, some, base),
            };
        }
        if let Some(value) = self.simple(typed, ty) {
            return Ok(value);
        }
        match (&typed.kind, ty) {
            (_, Type::Json) => self.json(typed).map(Value::json),
            (_, Type::Secret) => Ok(Value::Secret(self.path.of(self.name).into())),
            (Kind::List(elements), Type::List(element)) => {
                let mut values = Vec::with_capacity(elements.len());
                for (index, typed) in elements.iter().enumerate() {
                    values.push(self.at(Part::Element(index), |fit| fit.value(typed, element, None))?);
                }
                Ok(Value::list(values))
            }
            (Kind::List(elements), Type::People) => {
                let mut values = Vec::with_capacity(elements.len());
                for (index, typed) in elements.iter().enumerate() {
                    values.push(self.at(Part::Element(index), |fit| fit.value(typed, ty, None))?);
                }
                Ok(Value::list(values))
            }
            (Kind::Map(entries), Type::Map(element)) => {
                // What is typed of an event's labels is added to those of its sample.
                let mut values = match base {
                    Some(Value::Map(values)) => (**values).clone(),
                    _ => indexmap::IndexMap::with_capacity(entries.len()),
                };
                for (key, typed) in entries {
                    let part = Part::Member(key.clone());
                    values.insert(key.clone(), self.at(part, |fit| fit.value(typed, element, None))?);
                }
                Ok(Value::Map(Arc::new(values)))
            }
            (Kind::Map(entries), Type::Record(item)) => {
                let given: Vec<_> = entries.iter().map(|(name, typed)| (Some(name.clone()), typed)).collect();
                self.record(typed, *item, &given, base)
            }
            (Kind::Call(name, arguments), Type::Record(item))
                if self.evaluator.shape(*item).is_some_and(|shape| shape.name == *name) =>
            {
                let given: Vec<_> = arguments.iter().map(|(name, typed)| (name.clone(), typed)).collect();
                self.record(typed, *item, &given, base)
            }
            (Kind::Name(name), _) => self.named(typed, name, ty),
            (Kind::Text(name), Type::Enum(_)) => self.named(typed, name, ty),
            (Kind::Text(name), Type::Record(item)) if is_person(self.evaluator, *item) => {
                self.named(typed, name, ty)
            }
            (Kind::Text(name), Type::People) => self.named(typed, name, ty),
            _ => Err(self.wrong(typed, ty)),
        }
    }

    fn at<T>(&mut self, part: Part, read: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        self.path.enter(part);
        let result = read(self);
        self.path.leave();
        result
    }

    /// A value without parts.
    fn simple(&self, typed: &Typed, ty: &Type) -> Option<Value> {
        // 2^53: beyond it a float doesn't know its ones.
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        Some(match (&typed.kind, ty) {
            (Kind::Bool(value), Type::Bool) => Value::Bool(*value),
            (Kind::Int(value), Type::Int) => Value::Int(*value),
            (Kind::Float(value), Type::Int) if value.fract() == 0.0 && value.abs() <= WHOLE => {
                Value::Int(*value as i64)
            }
            (Kind::Int(value), Type::Float) => Value::Float(*value as f64),
            (Kind::Float(value), Type::Float) if value.is_finite() => Value::Float(*value),
            (Kind::Text(text), Type::Text | Type::Public) => Value::text(text.as_str()),
            (Kind::Quantity(value @ Value::Duration(_)), Type::Duration)
            | (Kind::Quantity(value @ Value::Percent(_)), Type::Percent)
            | (Kind::Quantity(value @ Value::Size(_)), Type::Size) => value.clone(),
            (Kind::Text(text), Type::Duration) => Value::Duration(read_duration(text)?),
            (Kind::Text(text), Type::Percent) => Value::Percent(read_percent(text)?),
            (Kind::Text(text), Type::Size) => Value::Size(read_size(text)?),
            (Kind::Text(text), Type::Time) => Value::Time(read_time(text)?),
            (Kind::Call(name, arguments), Type::Time) if **name == *"time" => match arguments.as_slice() {
                [(None, Typed { kind: Kind::Text(text), .. })] => Value::Time(read_time(text)?),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn record(
        &mut self,
        typed: &Typed,
        item: ItemId,
        given: &[(Option<Arc<str>>, &Typed)],
        base: Option<&Value>,
    ) -> Result<Value, String> {
        let shape = self.evaluator.shape(item).ok_or_else(|| self.wrong(typed, &Type::Record(item)))?;
        let declared = self.evaluator.parameters(item);
        // JSON comes from tools that send more than a playbook reads; what people type they mean.
        let unknown = given.iter().filter(|(_, typed)| typed.at.is_some()).find_map(|(name, typed)| {
            let name = name.as_ref()?;
            declared.iter().all(|field| field.name != *name).then_some((name, typed))
        });
        if let Some((name, typed)) = unknown {
            let help = nearest(name, declared.iter().map(|field| &*field.name))
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            return Err(self.about(typed, &format!("`{}` has no field `{name}`", shape.name)) + &help);
        }
        let mut filled = vec![false; declared.len()];
        for (place, (name, typed)) in given.iter().enumerate().filter(|(_, (_, typed))| typed.at.is_some()) {
            let index = match name {
                Some(name) => declared.iter().position(|field| field.name == *name),
                None => Some(place),
            };
            match index.filter(|index| *index < declared.len()) {
                Some(index) if std::mem::replace(&mut filled[index], true) => {
                    let field = &declared[index].name;
                    return Err(self.about(typed, &format!("`{field}` is set twice")));
                }
                Some(_) => {}
                None => {
                    let most = declared.len();
                    return Err(self.about(typed, &format!("`{}` has only {most} fields", shape.name)));
                }
            }
        }
        let mut fields = Vec::with_capacity(declared.len());
        for (index, field) in declared.iter().enumerate() {
            let found = given.iter().enumerate().find_map(|(place, (name, typed))| match name {
                Some(name) => (*name == field.name).then_some(*typed),
                None => (place == index).then_some(*typed),
            });
            let known = base.and_then(|base| base.field(&field.name));
            let value =
                self.at(Part::Member(field.name.clone()), |fit| match (found, known, field.default) {
                    (Some(typed), ..) => fit.value(typed, &field.ty, known),
                    (None, Some(known), _) => Ok(known.clone()),
                    (None, None, Some(default)) => fit
                        .evaluator
                        .evaluate(item.file, default, &[], &Nowhere)
                        .map_err(|error| error.to_string()),
                    (None, None, None) if field.ty.is_optional() => Ok(Value::None),
                    (None, None, None) => {
                        let wanted = wanted(fit.evaluator, &field.ty);
                        Err(fit.about(typed, &format!("expected {wanted}, found nothing")))
                    }
                })?;
            fields.push(value);
        }
        Ok(Value::Record(Arc::new(Record { shape, fields })))
    }

    /// A variant, a person by id, or a value of a module by its name.
    fn named(&self, typed: &Typed, name: &str, ty: &Type) -> Result<Value, String> {
        let evaluator = self.evaluator;
        let mut known: Vec<String> = Vec::new();
        if let Type::Enum(item) = ty {
            let variants = evaluator.checked.interfaces.variants(*item);
            known.extend(variants.into_iter().flat_map(|it| &it.variants).map(ToString::to_string));
            let index = known.iter().position(|variant| variant == name);
            let found =
                index.and_then(|index| evaluator.variant(VariantId { item: *item, index: index as u32 }));
            if let Some(found) = found {
                return Ok(found);
            }
        }
        let wants_people = match ty {
            Type::Record(item) => is_person(evaluator, *item),
            other => *other == Type::People,
        };
        if wants_people {
            let people = people(evaluator);
            if let Some((_, person)) = people.iter().find(|(id, _)| **id == *name) {
                return Ok(person.clone());
            }
            known.extend(people.into_iter().map(|(id, _)| id.to_string()));
        }
        if matches!(typed.kind, Kind::Name(_))
            && let Some(value) = self.value_of_module(name, ty)
        {
            return Ok(value);
        }
        let help = nearest(name, known.iter().map(String::as_str))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        Err(self.wrong(typed, ty) + &help)
    }

    /// `let NAME` of a module, if its type fits and no other module means something else by it.
    fn value_of_module(&self, name: &str, ty: &Type) -> Option<Value> {
        let mut found: Option<Value> = None;
        for (file, module) in &self.evaluator.checked.modules {
            for item in module.hir.items.iter().filter(|item| *item.name.text == *name) {
                let ItemKind::Let(declared) = &item.kind else { continue };
                let value = self.evaluator.evaluate(*file, declared.value, &[], &Nowhere).ok()?;
                let fits = match ty {
                    Type::People => people_of(&value).is_some(),
                    _ => self.evaluator.checked.interfaces.fits(module.type_of(declared.value), ty),
                };
                match &found {
                    _ if !fits => {}
                    None => found = Some(value),
                    Some(other) if *other == value => {}
                    Some(_) => return None,
                }
            }
        }
        found
    }

    fn json(&self, typed: &Typed) -> Result<Json, String> {
        Ok(match &typed.kind {
            Kind::None => Json::Null,
            Kind::Bool(value) => Json::Bool(*value),
            Kind::Int(value) => Json::from(*value),
            Kind::Float(value) => Json::from(*value),
            Kind::Quantity(value) => to_json(value),
            Kind::Text(text) => Json::String(text.clone()),
            Kind::List(elements) => {
                Json::Array(elements.iter().map(|typed| self.json(typed)).collect::<Result<_, _>>()?)
            }
            Kind::Map(entries) => {
                let entries = entries.iter().map(|(key, typed)| Ok((key.to_string(), self.json(typed)?)));
                Json::Object(entries.collect::<Result<_, String>>()?)
            }
            Kind::Call(..) | Kind::Name(_) => return Err(self.wrong(typed, &Type::Json)),
        })
    }

    fn wrong(&self, typed: &Typed, ty: &Type) -> String {
        let is_secret = self.evaluator.checked.interfaces.holds_secret(ty);
        let found = match &typed.kind {
            Kind::List(_) | Kind::Map(_) | Kind::None if is_secret => "something else".to_owned(),
            _ if is_secret => "a single value".to_owned(),
            Kind::None => "nothing".to_owned(),
            Kind::Bool(value) => format!("`{value}`"),
            Kind::Int(value) => format!("`{value}`"),
            Kind::Float(value) => format!("`{value:?}`"),
            Kind::Quantity(value) => format!("`{}`", literal(value)),
            Kind::Text(text) => literal(&Value::text(shortened(text))),
            Kind::List(elements) => format!("a list of {}", elements.len()),
            Kind::Map(_) => "a map".to_owned(),
            Kind::Call(name, _) => format!("`{name}(...)`"),
            Kind::Name(name) => format!("`{name}`"),
        };
        self.about(typed, &format!("expected {}, found {found}", wanted(self.evaluator, ty)))
    }

    /// The message with the path of the part and its place in the text.
    fn about(&self, typed: &Typed, message: &str) -> String {
        let mut out = if self.path.is_empty() { String::new() } else { format!("`{}`: ", self.path) };
        out.push_str(message);
        // In a short value the place is plain to see.
        if let Some(at) = typed.at.filter(|_| !self.path.is_empty()) {
            let _ = write!(out, ", at {}", place(self.text, at));
        }
        out
    }
}

/// Enough of a text to know it by.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
