//! `table(rows, columns: [...])`: records as aligned text.

use super::ErrorKind;
use crate::simulate::value::{Value, text};

/// Rows of records under the names of their fields. Without columns all fields are shown.
pub(super) fn table(rows: &[Value], columns: &Value) -> Result<String, ErrorKind> {
    let names: Vec<String> = match columns {
        Value::List(columns) => columns.iter().map(text).collect(),
        _ => match rows.first() {
            Some(Value::Record(record)) => record.shape.fields.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
    };
    let mut lines = vec![names.clone()];
    for row in rows {
        let cells = names.iter().map(|name| row.field(name).map(cell));
        lines.push(cells.collect::<Option<Vec<_>>>().ok_or(ErrorKind::Broken)?);
    }
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..names.len()).map(width).collect();
    let written: Vec<String> = lines
        .iter()
        .map(|cells| {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
            }
            line.trim_end().to_owned()
        })
        .collect();
    Ok(written.join("\n"))
}

/// A cell stays on its line.
fn cell(value: &Value) -> String {
    match value {
        Value::None => String::new(),
        value => text(value).replace(['\n', '\r', '\t'], " "),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        names::ItemId,
        simulate::value::{Record, Shape},
        source::FileId,
    };

    fn row(name: &str, age: i64) -> Value {
        let shape = Arc::new(Shape {
            item: ItemId::new(FileId(0), 0),
            name: "Pod".into(),
            fields: vec!["name".into(), "age".into()],
        });
        Value::Record(Arc::new(Record { shape, fields: vec![Value::text(name), Value::Duration(age)] }))
    }

    #[test]
    fn columns_are_aligned_and_chosen() {
        let rows = [row("checkout-1", 180_000_000_000), row("db\n2", 1_000_000_000)];
        let columns = Value::list(vec![Value::text("age"), Value::text("name")]);
        assert_eq!(table(&rows, &columns).as_deref(), Ok("age  name\n3m   checkout-1\n1s   db 2"));
        assert_eq!(
            table(&rows, &Value::None).as_deref(),
            Ok("name        age\ncheckout-1  3m\ndb 2        1s")
        );
        assert_eq!(table(&[], &columns).as_deref(), Ok("age  name"));
    }

    #[test]
    fn an_unknown_column_is_no_panic() {
        let columns = Value::list(vec![Value::text("weight")]);
        assert_eq!(table(&[row("a", 1)], &columns), Err(ErrorKind::Broken));
    }
}
