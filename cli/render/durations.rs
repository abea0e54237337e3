//! How long playbooks take, as a table.

use std::io::{self, Write};

use quell_compiler::{
    check::Checked,
    findings::graph::rough_duration_text,
    graph::{DurationSpan, Durations, Nanoseconds, Schedules, durations},
    names::ItemId,
    source::FileId,
    visible::visible_line,
    world::World,
};

/// A playbook and how long it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `ops.databases.failover`.
    pub playbook: String,
    /// By all measures.
    pub durations: Durations,
}

/// The playbooks of these files, in the order of the files.
pub fn rows(world: &dyn World, checked: &Checked, selected: &[FileId]) -> Vec<Row> {
    let mut schedules = Schedules::new(&checked.graphs);
    let row = |item: ItemId| Row {
        playbook: format!(
            "{}.{}",
            world.module_path(item.file),
            checked.item(item).map_or("", |item| &item.name.text)
        ),
        durations: durations(&mut schedules, &checked.graphs, item),
    };
    let playbooks = checked.playbooks().map(|(item, _)| item);
    playbooks.filter(|item| selected.contains(&item.file)).map(row).collect()
}

/// Writes the table.
pub fn table(rows: &[Row], output: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut cells =
        vec![["playbook", "resolved", "over", "resolved", "over", "resolved", "over"].map(str::to_owned)];
    cells.extend(rows.iter().map(|row| {
        let Durations { worst, without_people, expected } = row.durations;
        let [a, b] = ends(worst);
        let [c, d] = ends(without_people);
        let [e, f] = ends(expected);
        [short_name(rows, row), a, b, c, d, e, f]
    }));
    let width = |column: usize| cells.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..7).map(width).collect();
    let groups = ["worst case", "people at once", "usual"];
    for (group, name) in groups.iter().enumerate() {
        let last = 2 * group + 2;
        widths[last] = widths[last].max(name.len().saturating_sub(widths[last - 1] + 2));
    }
    let group = |(group, name): (usize, &&str)| {
        let width = widths[2 * group + 1] + 2 + widths[2 * group + 2];
        format!("{name:width$}")
    };
    let groups: Vec<String> = groups.iter().enumerate().map(group).collect();
    writeln!(output)?;
    writeln!(output, "{:width$}  {}", "", groups.join("  ").trim_end(), width = widths[0])?;
    for line in &cells {
        let padded = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(output, "{}", padded.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    writeln!(output)?;
    writeln!(output, "people at once: the worst case, but questions, approvals and work by hand take no time")
}

/// Without the module, where no other playbook has the name.
fn short_name(rows: &[Row], row: &Row) -> String {
    let short = |row: &Row| visible_line(row.playbook.rsplit('.').next().unwrap_or_default()).into_owned();
    let name = short(row);
    let alone = rows.iter().filter(|other| short(other) == name).count() == 1;
    if alone { name } else { visible_line(&row.playbook).into_owned() }
}

fn ends(span: DurationSpan) -> [String; 2] {
    let text = |end: Option<Nanoseconds>, else_text: &str| {
        end.map_or_else(|| else_text.to_owned(), rough_duration_text)
    };
    // A finding says why it isn't known.
    [text(span.resolved, "-"), text(span.over, "unknown")]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000_000;

    #[test]
    fn columns_stand_under_each_other() {
        let span = |resolved, over| DurationSpan { resolved, over };
        let rows = [
            Row {
                playbook: "ops.failover".to_owned(),
                durations: Durations {
                    worst: span(Some(38 * MINUTE), Some(98 * MINUTE)),
                    without_people: span(Some(18 * MINUTE), Some(78 * MINUTE)),
                    expected: span(Some(2 * MINUTE), Some(62 * MINUTE)),
                },
            },
            Row { playbook: "room".to_owned(), durations: Durations::default() },
        ];
        let mut out = Vec::new();
        table(&rows, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"

              worst case         people at once     usual
    playbook  resolved  over     resolved  over     resolved  over
    failover  38m       1h38m    18m       1h18m    2m        1h2m
    room      -         unknown  -         unknown  -         unknown

    people at once: the worst case, but questions, approvals and work by hand take no time
    ");
    }
}
