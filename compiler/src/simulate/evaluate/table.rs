//! `table(rows, columns: [...])`: records as aligned text.

use super::{ErrorKind, budget::Budget};
use crate::simulate::value::{Value, text};

/// Rows of records under the names of their fields. Without columns all fields are shown.
pub(super) fn table(rows: &[Value], columns: &Value, budget: &mut Budget) -> Result<String, ErrorKind> {
    let names: Vec<String> = match columns {
        Value::List(columns) => columns.iter().map(text).collect(),
        _ => match rows.first() {
            Some(Value::Record(record)) => record.shape.fields.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
    };
    let mut lines = vec![names.clone()];
    for row in rows {
        budget.list(names.len())?;
        let cells = names.iter().map(|name| cell(row.field(name).ok_or(ErrorKind::Broken)?, budget));
        lines.push(cells.collect::<Result<Vec<_>, _>>()?);
    }
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..names.len()).map(width).collect();
    // One wide cell makes all lines wide.
    let wide: usize = widths.iter().map(|width| width + 2).sum();
    budget.text(wide.saturating_mul(lines.len()))?;
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
fn cell(value: &Value, budget: &mut Budget) -> Result<String, ErrorKind> {
    match value {
        Value::None => Ok(String::new()),
        value => Ok(budget.written(value)?.replace(['\n', '\r', '\t'], " ")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{super::Bounds, *};
    use crate::{
        names::ItemId,
        simulate::value::{Record, Shape},
        source::FileId,
    };

    fn budget() -> Budget {
        Budget::new(Bounds::default())
    }

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
        assert_eq!(
            table(&rows, &columns, &mut budget()).as_deref(),
            Ok("age  name\n3m   checkout-1\n1s   db 2")
        );
        assert_eq!(
            table(&rows, &Value::None, &mut budget()).as_deref(),
            Ok("name        age\ncheckout-1  3m\ndb 2        1s")
        );
        assert_eq!(table(&[], &columns, &mut budget()).as_deref(), Ok("age  name"));
    }

    #[test]
    fn an_unknown_column_is_no_panic() {
        let columns = Value::list(vec![Value::text("weight")]);
        assert_eq!(table(&[row("a", 1)], &columns, &mut budget()), Err(ErrorKind::Broken));
    }

    #[test]
    fn a_wide_cell_does_not_widen_thousands_of_lines_without_end() {
        let mut rows = vec![row(&"x".repeat(100_000), 1)];
        rows.extend((0..1_000).map(|age| row("a", age)));
        let result = table(&rows, &Value::None, &mut budget());
        assert!(matches!(result, Err(ErrorKind::Exceeded(..))), "{result:?}");
    }
}
