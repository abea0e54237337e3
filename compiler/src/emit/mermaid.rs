//! A drawing for Mermaid, as code hosts show it inside Markdown.

use std::fmt::Write;

use crate::visible::visible_line;

use super::{
    Document, NodeWire, WhatWire,
    drawing::{Drawing, Group, Line, approval_text, drawing, shortened},
};

/// The graph as a Mermaid flow chart.
pub fn mermaid(document: &Document) -> String {
    let drawing = drawing(document);
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write(&mut out, &drawing);
    out
}

fn write(out: &mut String, drawing: &Drawing<'_>) -> std::fmt::Result {
    writeln!(out, "flowchart LR")?;
    for Group { part, nodes } in &drawing.groups {
        let Some(part) = part else {
            for (number, node) in nodes {
                writeln!(out, "  {}", shape(*number, node))?;
            }
            continue;
        };
        if nodes.is_empty() {
            continue;
        }
        writeln!(out, "  subgraph {part}")?;
        for (number, node) in nodes {
            writeln!(out, "    {}", shape(*number, node))?;
        }
        writeln!(out, "  end")?;
    }
    for edge in &drawing.edges {
        writeln!(out, "  n{} {} n{}", edge.from, arrow(edge), edge.to)?;
    }
    let critical = drawing.edges.iter().enumerate().filter(|(_, edge)| edge.critical);
    let critical: Vec<String> = critical.map(|(number, _)| number.to_string()).collect();
    if !critical.is_empty() {
        writeln!(out, "  linkStyle {} stroke:#c62828,stroke-width:3px", critical.join(","))?;
    }
    writeln!(out, "  classDef pure fill:#fff,stroke:#999,color:#000")?;
    writeln!(out, "  classDef reads fill:#e8f5e9,stroke:#81c784,color:#000")?;
    writeln!(out, "  classDef asks fill:#fffde7,stroke:#fdd835,color:#000")?;
    writeln!(out, "  classDef notifies fill:#e3f2fd,stroke:#64b5f6,color:#000")?;
    writeln!(out, "  classDef changes fill:#ffcc80,stroke:#fb8c00,color:#000")?;
    writeln!(out, "  classDef destroys fill:#ef9a9a,stroke:#e53935,color:#000")?;
    writeln!(out, "  classDef approval fill:#fff59d,stroke:#fbc02d,color:#000")?;
    writeln!(out, "  classDef cause fill:#e1bee7,stroke:#ab47bc,color:#000")?;
    writeln!(out, "  classDef milestone fill:#cfd8dc,stroke:#78909c,color:#000")
}

fn shape(number: usize, node: &NodeWire) -> String {
    match &node.what {
        WhatWire::Step(step) => {
            let text = text(&[&step.name, &shortened(&step.call, 40)]);
            let (open, close) = if step.callee.kind == "task" { ("[[", "]]") } else { ("[", "]") };
            format!("n{number}{open}{text}{close}:::{}", step.effect)
        }
        WhatWire::Approval(approval) => {
            let when = approval.when.as_ref().map(|when| format!("when {}", shortened(when, 30)));
            format!(
                "n{number}{{{{{}}}}}:::approval",
                text(&[&approval_text(approval), &when.unwrap_or_default()])
            )
        }
        WhatWire::Let { name, .. } => format!("n{number}>{}]", text(&[name])),
        WhatWire::Cause { name, sentence, .. } => {
            format!("n{number}([{}]):::cause", text(&[name, &shortened(sentence, 40)]))
        }
        WhatWire::Severity { .. } => format!("n{number}([{}]):::milestone", text(&["severity"])),
        WhatWire::Milestone { name } => format!("n{number}(({})):::milestone", text(&[name])),
        WhatWire::Join { joins } => format!("n{number}(({})):::milestone", text(&[joins])),
        WhatWire::Return { value } => {
            format!("n{number}({})", text(&[&format!("return {}", shortened(value, 40))]))
        }
    }
}

fn arrow(edge: &Line) -> String {
    let label = if edge.label.is_empty() { String::new() } else { format!("|{}|", text(&[&edge.label])) };
    match edge.reason {
        "condition" | "place" => format!("-.->{label}"),
        "approval" => format!("==>{label}"),
        _ => format!("-->{label}"),
    }
}

/// A text in quotation marks; what means something to Mermaid or HTML is written as an entity.
fn text(lines: &[&str]) -> String {
    let mut out = String::from("\"");
    for (number, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        for letter in visible_line(line).chars() {
            match letter {
                '"' | '#' | '&' | '<' | '>' | '`' => {
                    out.push_str(&format!("#{};", u32::from(letter)));
                }
                letter => out.push(letter),
            }
        }
    }
    out.push('"');
    out
}
