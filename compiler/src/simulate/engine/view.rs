//! What expressions read of a run.

use super::{Engine, FrameId, ROOT, frame::Data};
use crate::{
    graph::NodeKind,
    names::Def,
    simulate::{
        evaluate::Scope,
        value::{Decision, Value, text},
    },
    source::FileId,
    types::RunMember,
};

/// The names of a frame, and further ones.
pub(super) struct View<'e, 'a> {
    pub engine: &'e Engine<'a>,
    pub frame: FrameId,
    /// `it`, `error`, arguments.
    pub extra: &'e [(Def, Value)],
}

impl Scope for View<'_, '_> {
    fn named(&self, file: FileId, def: Def) -> Option<Value> {
        if let Some((_, value)) = self.extra.iter().find(|(name, _)| *name == def) {
            return Some(value.clone());
        }
        let frame = self.engine.frame(self.frame);
        let node = match def {
            Def::Local(local) if file == frame.file => {
                if let Some((_, value)) = frame.parameters.iter().find(|(name, _)| *name == local) {
                    return Some(value.clone());
                }
                frame.body.node_of_local(local)?
            }
            Def::Severity => frame.graph.severity()?,
            _ => return None,
        };
        match &frame.node(node).data {
            Data::Value(value) => Some(value.clone()),
            _ => None,
        }
    }

    fn run(&self, member: RunMember) -> Option<Value> {
        let engine = self.engine;
        let causes = |decision| Some(Value::list(engine.causes(decision)));
        match member {
            RunMember::Id => Some(Value::text("1")),
            RunMember::Url => Some(Value::text(format!("dry-run://{}/1", engine.playbook_name()))),
            RunMember::Status => Some(Value::text(engine.status())),
            RunMember::Elapsed => Some(Value::Duration(engine.now)),
            RunMember::Now => engine.script.start.checked_add(engine.now).map(Value::Time),
            RunMember::Starter => {
                engine.starter_read.set(engine.starter_read.get() + 1);
                engine.starter.clone()
            }
            RunMember::Suspects => causes(Decision::Suspected),
            RunMember::RuledOut => causes(Decision::RuledOut),
            RunMember::OpenCauses => causes(Decision::Open),
        }
    }
}

impl Engine<'_> {
    /// The name of the playbook.
    pub(super) fn playbook_name(&self) -> &str {
        let item = self.frame(ROOT).graph.item;
        self.checked.item(item).map_or("", |item| &item.name.text)
    }

    /// The causes that were decided so, as `name (sentence)`; one that isn't decided yet is open.
    fn causes(&self, wanted: Decision) -> Vec<Value> {
        let root = self.frame(ROOT);
        let mut found = Vec::new();
        for (id, node) in root.graph.nodes() {
            let NodeKind::Cause(cause) = &node.kind else { continue };
            let decision = match &root.node(id).data {
                Data::Value(Value::Cause(decision)) => *decision,
                _ => Decision::Open,
            };
            if decision == wanted {
                let sentence = self.evaluate(ROOT, cause.sentence).map(|value| text(&value));
                found.push(Value::text(match sentence {
                    Ok(sentence) => format!("{} ({sentence})", root.name(id)),
                    Err(_) => root.name(id).to_string(),
                }));
            }
        }
        found
    }
}
