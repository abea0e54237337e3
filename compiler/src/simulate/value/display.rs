//! Values as text: as `${...}` writes them, as a program would say them, and as people read them.

use std::fmt::{self, Write};

use super::Value;
use crate::{graph::Nanoseconds, visible::visible_literal};

const MILLISECOND: u64 = 1_000_000;
const SECOND: u64 = 1_000 * MILLISECOND;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// What `${...}` and `to_text` write.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    // Writing to a String can't fail.
    let _ = write_text(value, &mut out);
    out
}

/// The same, unless it is longer than `most` bytes: what is longer is never written.
pub fn text_within(value: &Value, most: usize) -> Option<String> {
    let mut out = Within { text: String::new(), most };
    write_text(value, &mut out).ok()?;
    Some(out.text)
}

/// As a program would say it: texts in quotes, records as calls.
pub fn literal(value: &Value) -> String {
    let mut out = String::new();
    // As above.
    let _ = write_literal(value, &mut out);
    out
}

/// A text that takes only so much.
struct Within {
    text: String,
    most: usize,
}

impl Write for Within {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.text.len() + part.len() > self.most {
            return Err(fmt::Error);
        }
        self.text.push_str(part);
        Ok(())
    }
}

fn write_text(value: &Value, out: &mut impl Write) -> fmt::Result {
    match value {
        Value::Text(text) => out.write_str(text),
        Value::List(elements) if elements.is_empty() => out.write_str("none"),
        Value::List(elements) => {
            for (index, element) in elements.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_text(element, out)?;
            }
            Ok(())
        }
        other => write_literal(other, out),
    }
}

// Values are as deep as their types, and those can't hold themselves; only Json can be deeper, and
// serde_json bounds that.
fn write_literal(value: &Value, out: &mut impl Write) -> fmt::Result {
    match value {
        Value::None => out.write_str("none"),
        Value::Unit => out.write_str("done"),
        Value::Bool(value) => write!(out, "{value}"),
        Value::Int(value) => write!(out, "{value}"),
        Value::Float(value) => write!(out, "{value:?}"),
        Value::Percent(value) => write!(out, "{}%", significant(*value)),
        Value::Duration(value) => out.write_str(&duration(*value)),
        Value::Size(value) => out.write_str(&size(*value)),
        Value::Time(value) => out.write_str(&time(*value)),
        Value::Text(text) => out.write_str(&quoted(text)),
        Value::Json(document) => write!(out, "{document}"),
        Value::Secret(name) => write!(out, "secret({})", quoted(name)),
        Value::List(elements) => {
            out.write_str("[")?;
            for (index, element) in elements.iter().enumerate() {
                out.write_str(if index > 0 { ", " } else { "" })?;
                write_literal(element, out)?;
            }
            out.write_str("]")
        }
        Value::Map(entries) => {
            out.write_str("{ ")?;
            for (index, (key, value)) in entries.iter().enumerate() {
                write!(out, "{}{}: ", if index > 0 { ", " } else { "" }, key_text(key))?;
                write_literal(value, out)?;
            }
            out.write_str(if entries.is_empty() { "}" } else { " }" })
        }
        Value::Variant(variant) => out.write_str(&variant.name),
        Value::Record(record) => {
            write!(out, "{}(", record.shape.name)?;
            for (index, (name, value)) in record.shape.fields.iter().zip(&record.fields).enumerate() {
                write!(out, "{}{name}: ", if index > 0 { ", " } else { "" })?;
                write_literal(value, out)?;
            }
            out.write_str(")")
        }
        Value::Run => out.write_str("run"),
        Value::Cause(decision) => out.write_str(decision.word()),
    }
}

fn key_text(key: &str) -> String {
    let word = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if word && key.starts_with(|c: char| !c.is_ascii_digit()) { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // Else it would begin an expression.
            '$' if characters.peek() == Some(&'{') => out.push_str("\\$"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    format!("\"{}\"", visible_literal(&out))
}

/// Twelve digits: what arithmetic adds behind them means nothing.
fn significant(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// A duration as it would be written: `1h30m`, `2.4s`, `-5m`.
pub(super) fn duration(value: Nanoseconds) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let rest = value.unsigned_abs();
    if rest == 0 {
        return "0s".to_owned();
    }
    if rest < SECOND {
        return format!("{sign}{}ms", decimal(rest, MILLISECOND));
    }
    let mut out = sign.to_owned();
    let mut rest = rest;
    for (unit, length) in [("d", DAY), ("h", HOUR), ("m", MINUTE)] {
        if rest >= length {
            let _ = write!(out, "{}{unit}", rest / length);
            rest %= length;
        }
    }
    if rest > 0 {
        let _ = write!(out, "{}s", decimal(rest, SECOND));
    }
    out
}

/// `value / unit` with as many decimals as it needs.
fn decimal(value: u64, unit: u64) -> String {
    let (whole, mut fraction) = (value / unit, value % unit);
    let mut out = whole.to_string();
    if fraction > 0 {
        out.push('.');
        while fraction > 0 {
            fraction *= 10;
            let _ = write!(out, "{}", fraction / unit);
            fraction %= unit;
        }
    }
    out
}

/// A duration as people read it: the two largest units, `1h 5m`, `12.4s`, `350ms`.
pub fn duration_for_people(value: Nanoseconds) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let rest = value.unsigned_abs();
    if rest == 0 {
        return "0s".to_owned();
    }
    if rest < SECOND {
        let milliseconds = rest as f64 / MILLISECOND as f64;
        let decimals = if milliseconds < 10.0 && !rest.is_multiple_of(MILLISECOND) { 1 } else { 0 };
        return format!("{sign}{milliseconds:.decimals$}ms");
    }
    if rest < MINUTE {
        let tenths = rest / (SECOND / 10);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        return if tenth == 0 { format!("{sign}{whole}s") } else { format!("{sign}{whole}.{tenth}s") };
    }
    let units = [("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND)];
    let first = units.iter().position(|(_, length)| rest >= *length).unwrap_or(units.len() - 1);
    let mut out = format!("{sign}{}{}", rest / units[first].1, units[first].0);
    if let Some((unit, length)) = units.get(first + 1) {
        let second = rest % units[first].1 / length;
        if second > 0 {
            let _ = write!(out, " {second}{unit}");
        }
    }
    out
}

/// A size as it would be written: in the largest binary unit that divides it, else decimal, else in
/// bytes.
fn size(value: i64) -> String {
    let units: [(&str, i64); 8] = [
        ("TiB", 1 << 40),
        ("GiB", 1 << 30),
        ("MiB", 1 << 20),
        ("KiB", 1 << 10),
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("KB", 1_000),
    ];
    match units.iter().find(|(_, factor)| value != 0 && value % factor == 0) {
        Some((unit, factor)) => format!("{}{unit}", value / factor),
        None => format!("{value}B"),
    }
}

/// A time as it would be written.
fn time(nanoseconds: i64) -> String {
    jiff::Timestamp::from_nanosecond(i128::from(nanoseconds))
        .map_or_else(|_| format!("{nanoseconds}ns"), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::value::{read_duration, read_size};

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn durations_are_written_as_in_a_program() {
        let written: Vec<String> = [5_400, 0, -300, 93_784]
            .into_iter()
            .map(|seconds| duration(seconds * SECOND))
            .chain([duration(2_400_000_000), duration(350_000_000), duration(1_500)])
            .collect();
        assert_eq!(written, ["1h30m", "0s", "-5m", "1d2h3m4s", "2.4s", "350ms", "0.0015ms"]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for value in [1, 999, 1_500_000, 61 * SECOND, 90_061 * SECOND + 7, i64::MAX] {
            assert_eq!(read_duration(&duration(value)), Some(value), "{}", duration(value));
        }
        for value in [1, 512 << 20, 1500, 3_000_000_000, 1 << 41] {
            assert_eq!(read_size(&size(value)), Some(value), "{}", size(value));
        }
    }

    #[test]
    fn people_read_two_units() {
        let read =
            [3_900, 59, 86_400 + 3_600 * 5 + 7, 0].map(|seconds| duration_for_people(seconds * SECOND));
        assert_eq!(read, ["1h 5m", "59s", "1d 5h", "0s"]);
        assert_eq!(duration_for_people(12_449_000_000), "12.4s");
        assert_eq!(duration_for_people(1_500_000), "1.5ms");
        assert_eq!(duration_for_people(350_400_000), "350ms");
    }

    #[test]
    fn percentages_drop_the_noise_of_arithmetic() {
        assert_eq!(literal(&Value::Percent(0.1 + 0.2)), "0.3%");
        assert_eq!(literal(&Value::Percent(99.95)), "99.95%");
        assert_eq!(literal(&Value::Float(4200.0)), "4200.0");
    }

    #[test]
    fn texts_are_plain_in_texts_and_quoted_inside_of_values() {
        let list = Value::list(vec![Value::text("a"), Value::text("b\"")]);
        assert_eq!(text(&list), "a, b\"");
        assert_eq!(text_within(&list, 5).as_deref(), Some("a, b\""));
        assert_eq!(text_within(&list, 4), None);
        assert_eq!(literal(&list), r#"["a", "b\""]"#);
        assert_eq!(text(&Value::list(Vec::new())), "none");
        assert_eq!(text(&Value::Time(1_767_323_045 * SECOND)), "2026-01-02T03:04:05Z");
    }
}
