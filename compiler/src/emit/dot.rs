//! A drawing for Graphviz: time runs from left to right, a box for each part, the longest way in red.

use std::fmt::Write;

use crate::visible::visible;

use super::{
    Document, NodeWire, WhatWire,
    drawing::{Drawing, Group, Line, approval_text, drawing, shortened},
};

/// The graph in the DOT language.
pub fn dot(document: &Document) -> String {
    let drawing = drawing(document);
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write(&mut out, document, &drawing);
    out
}

fn write(out: &mut String, document: &Document, drawing: &Drawing<'_>) -> std::fmt::Result {
    writeln!(out, "digraph {} {{", quoted(&document.name))?;
    writeln!(out, "  graph [rankdir=LR, fontname=\"Helvetica\", fontsize=12, ranksep=0.4, nodesep=0.2]")?;
    writeln!(out, "  node [fontname=\"Helvetica\", fontsize=10, margin=\"0.1,0.06\"]")?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.6]")?;
    for Group { part, nodes } in &drawing.groups {
        let Some(part) = part else {
            for (number, node) in nodes {
                writeln!(out, "  n{number} [{}]", attributes(node))?;
            }
            continue;
        };
        if nodes.is_empty() {
            continue;
        }
        writeln!(out, "  subgraph {} {{", quoted(&format!("cluster_{part}")))?;
        writeln!(out, "    label={}", quoted(part))?;
        writeln!(out, "    labeljust=l; style=\"rounded\"; color=\"#b0b0b0\"; fontcolor=\"#606060\"")?;
        for (number, node) in nodes {
            writeln!(out, "    n{number} [{}]", attributes(node))?;
        }
        writeln!(out, "  }}")?;
    }
    for edge in &drawing.edges {
        writeln!(out, "  n{} -> n{}{}", edge.from, edge.to, edge_attributes(edge))?;
    }
    writeln!(out, "}}")
}

fn attributes(node: &NodeWire) -> String {
    let (label, look) = match &node.what {
        WhatWire::Step(step) => {
            let shape = if step.callee.kind == "task" { "box3d" } else { "box" };
            let fill = fill(step.effect);
            let label = format!("{}\n{}", step.name, shortened(&step.call, 40));
            (
                label,
                format!(
                    "shape={shape}, style=\"filled\", fillcolor=\"{fill}\", tooltip={}",
                    quoted(&step.call)
                ),
            )
        }
        WhatWire::Approval(approval) => {
            let mut label = approval_text(approval);
            if let Some(when) = &approval.when {
                let _ = write!(label, "\nwhen {}", shortened(when, 30));
            }
            (label, "shape=hexagon, style=\"filled\", fillcolor=\"#fff59d\"".to_owned())
        }
        WhatWire::Let { name, value, .. } => {
            (name.clone(), format!("shape=box, style=\"dashed\", tooltip={}", quoted(value)))
        }
        WhatWire::Cause { name, sentence, .. } => {
            let label = format!("{name}\n{}", shortened(sentence, 40));
            (label, "shape=ellipse, style=\"filled\", fillcolor=\"#e1bee7\"".to_owned())
        }
        WhatWire::Severity { value } => {
            let look = "shape=ellipse, style=\"filled\", fillcolor=\"#ffe082\"";
            ("severity".to_owned(), format!("{look}, tooltip={}", quoted(value)))
        }
        WhatWire::Milestone { name } => {
            ((*name).to_owned(), "shape=cds, style=\"filled\", fillcolor=\"#cfd8dc\"".to_owned())
        }
        WhatWire::Join { joins } => {
            (String::new(), format!("shape=point, width=0.08, tooltip={}", quoted(joins)))
        }
        WhatWire::Return { value } => {
            (format!("return {}", shortened(value, 40)), "shape=box, style=\"rounded\"".to_owned())
        }
    };
    format!("label={}, {look}", quoted(&label))
}

/// From pale to loud, by what it does to the world.
fn fill(effect: &str) -> &'static str {
    match effect {
        "reads" => "#e8f5e9",
        "asks" => "#fffde7",
        "notifies" => "#e3f2fd",
        "changes" => "#ffcc80",
        "destroys" => "#ef9a9a",
        _ => "#ffffff",
    }
}

fn edge_attributes(edge: &Line) -> String {
    let style = match edge.reason {
        "condition" => "style=dashed",
        "place" => "style=dotted, color=\"#808080\"",
        "after" => "color=\"#1565c0\", fontcolor=\"#1565c0\"",
        "approval" => "penwidth=2",
        "milestone" => "color=\"#606060\"",
        _ => "",
    };
    let mut all: Vec<String> = style.split(", ").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if edge.critical {
        all.retain(|part| !part.starts_with("color") && !part.starts_with("penwidth"));
        all.extend(["color=\"#c62828\"".to_owned(), "penwidth=2".to_owned()]);
    }
    if !edge.label.is_empty() {
        all.push(format!("label={}", quoted(&edge.label)));
    }
    if all.is_empty() { String::new() } else { format!(" [{}]", all.join(", ")) }
}

/// A string of the DOT language.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    // The line ends within are ours: texts of sources are on one line.
    for letter in visible(text).chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
