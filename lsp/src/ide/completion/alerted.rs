//! What the project's alert rules know: the names of alerts after `on`, and the labels that an alert has.

use quell_compiler::{
    alerts::{Alerts, alerts, answers},
    hir::{ItemKind, LocalKind},
    source::Span,
};

use super::{Completion, Completions, Kind, Scan, Scope};

/// The role of triggers whose first text is the name of an alert.
const ROLE: &str = "alert";

impl Scope<'_> {
    /// What may stand in the characters of the text around the cursor; none where it can be anything.
    pub fn in_text(&self, scan: &Scan, text: &str) -> Option<Completions> {
        let open = scan.open.last().filter(|open| matches!(open.bracket, '(' | '['))?;
        // Nothing but the text's beginning stands between the bracket and the cursor.
        let begun = open.inside.trim_start().strip_prefix('"').filter(|begun| !begun.contains('"'))?;
        let items = match (open.bracket, label_owner(&open.head, open.bracket)) {
            ('(', _) if self.names_an_alert(&open.head) => self.alert_names(),
            (_, Some(alert)) => self.labels(alert),
            _ => return None,
        };
        let at = self.cursor.offset as usize;
        let behind = text[at..].find(['"', '\n']).unwrap_or(0);
        let start = self.cursor.offset - begun.len() as u32;
        let replace = Span::new(self.cursor.file, start, self.cursor.offset + behind as u32);
        let word = begun.to_lowercase();
        let mut items: Vec<Completion> =
            items.into_iter().filter(|it| super::fits(&it.label.to_lowercase(), &word)).collect();
        items.sort_by(|a, b| (a.rank, &a.label).cmp(&(b.rank, &b.label)));
        Some(Completions { replace, items })
    }

    /// Whether the call whose head this is waits for an alert by its name.
    pub fn names_an_alert(&self, head: &str) -> bool {
        let trigger = self.called_item(head).and_then(|id| self.checked.item(id));
        match trigger.map(|item| &item.kind) {
            Some(ItemKind::Trigger(trigger)) => trigger.provides.iter().any(|role| &*role.text == ROLE),
            _ => false,
        }
    }

    fn known(&self) -> Alerts {
        let mut known = alerts(&self.snapshot.workspace, self.checked, &[self.cursor.file]);
        let all: Vec<_> = self.checked.modules.keys().copied().collect();
        known.answers = answers(self.checked, &all);
        known
    }

    /// The names of the project's alerts; those that nothing answers first.
    pub fn alert_names(&self) -> Vec<Completion> {
        let known = self.known();
        let mut all: Vec<Completion> = Vec::new();
        for rule in &known.rules {
            if all.iter().any(|it| it.label == *rule.name) || !rule.is_for_people() {
                continue;
            }
            let own = self.item().map(|(index, _)| index);
            let mut answering = known.answering(&rule.name).filter(|answer| {
                answer.playbook.file != self.cursor.file || Some(answer.playbook.index) != own
            });
            let answer = answering.next().and_then(|answer| self.checked.item(answer.playbook));
            let severity = rule.severity().unwrap_or_default();
            let detail = match answer {
                Some(item) => format!("handled by {}", item.name.text),
                None => severity,
            };
            let rank = if answer.is_some() { 40 } else { 2 };
            all.push(
                Completion::new(&*rule.name, Kind::Constant)
                    .detail(detail)
                    .docs(rule.summary.clone().unwrap_or_default())
                    .rank(rank),
            );
        }
        all
    }

    fn labels(&self, alert: &str) -> Vec<Completion> {
        let Some(module) = self.module() else { return Vec::new() };
        let item = self.item().map(|(index, _)| index);
        let local = module.hir.locals.iter().find(|(_, it)| {
            it.kind == LocalKind::Trigger && &*it.name.text == alert && Some(it.item) == item
        });
        let Some((local, _)) = local else { return Vec::new() };
        let labels = self.known().labels_of(self.cursor.file, local);
        let label = |it: quell_compiler::alerts::AlertLabel| {
            Completion::new(it.name, Kind::Field).detail(it.origin.words()).rank(20)
        };
        labels.into_iter().map(label).collect()
    }
}

/// The alert whose label is asked for: `alert` of `alert.labels[` and `alert.labels.get(`.
fn label_owner(head: &str, bracket: char) -> Option<&str> {
    let path = match bracket {
        '[' => head.strip_suffix(".labels")?,
        _ => head.strip_suffix(".labels.get")?,
    };
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    Some(&path[path.rfind(|letter| !part(letter)).map_or(0, |at| at + 1)..])
}
