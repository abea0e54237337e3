//! What in a text leads elsewhere: modules that it uses, files and alert rules that it names, addresses in
//! its comments, rules that it allows to be broken.

use std::path::PathBuf;

use quell_compiler::{
    alerts::alerts,
    hir::{ExprKind, GivenKind, ItemKind, Literal},
    source::{FileId, Span},
    syntax::SyntaxKind,
    world::World,
};

use super::Snapshot;

/// Something that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLink {
    /// What is clicked on.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTarget,
}

/// Where something leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a module.
    Module(FileId),
    /// To a place in a file: an alert's rule.
    Place(Span),
    /// To another file.
    Data(PathBuf),
    /// To an address.
    Web(String),
    /// To the page of a finding or rule.
    Code(String),
}

/// All that leads elsewhere in a file, in its order.
pub fn links(snapshot: &Snapshot, file: FileId) -> Vec<DocumentLink> {
    let mut all = Vec::new();
    modules(snapshot, file, &mut all);
    data_files(snapshot, file, &mut all);
    alert_rules(snapshot, file, &mut all);
    comments(snapshot, file, &mut all);
    all.sort_by_key(|link| link.span);
    all
}

fn modules(snapshot: &Snapshot, file: FileId, all: &mut Vec<DocumentLink>) {
    let Some(read) = snapshot.read(file) else { return };
    for line in &read.hir.uses {
        if let Some(used) = snapshot.workspace.resolve(file, &line.path.text) {
            all.push(DocumentLink { span: line.path.span, to: LinkTarget::Module(used) });
        }
    }
}

/// `given alert from "alert.json"`.
fn data_files(snapshot: &Snapshot, file: FileId, all: &mut Vec<DocumentLink>) {
    let Some(read) = snapshot.read(file) else { return };
    for item in &read.hir.items {
        let ItemKind::Scenario(scenario) = &item.kind else { continue };
        for given in &scenario.givens {
            let GivenKind::File(_, path) = &given.kind else { continue };
            let expr = &read.hir.exprs[*path];
            let ExprKind::Literal(Literal::Text(path)) = &expr.kind else { continue };
            let disk = snapshot.workspace.data_path(file, path).filter(|disk| disk.is_absolute());
            all.extend(disk.map(|disk| DocumentLink { span: expr.span, to: LinkTarget::Data(disk) }));
        }
    }
}

/// `on alertmanager.alert("OrdersDatabaseDown")` leads to the rule of that name.
fn alert_rules(snapshot: &Snapshot, file: FileId, all: &mut Vec<DocumentLink>) {
    if snapshot.workspace.alert_rules(file).is_empty() {
        return;
    }
    let alerts = alerts(&snapshot.workspace, &snapshot.checked(file), &[file]);
    for answer in &alerts.answers {
        let rule = answer.alert.as_deref().and_then(|name| alerts.of_name(name).next());
        all.extend(rule.map(|rule| DocumentLink { span: answer.span, to: LinkTarget::Place(rule.span) }));
    }
}

/// Addresses, and `// quell: allow(code, ...)`.
fn comments(snapshot: &Snapshot, file: FileId, all: &mut Vec<DocumentLink>) {
    let root = snapshot.parse(file).syntax();
    for token in root.descendants_with_tokens().filter_map(|it| it.into_token()) {
        if !matches!(token.kind(), SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc) {
            continue;
        }
        let (text, start) = (token.text(), u32::from(token.text_range().start()));
        let span =
            |from: usize, length: usize| Span::new(file, start + from as u32, start + (from + length) as u32);
        for (from, address) in addresses(text) {
            let to = LinkTarget::Web(address.to_owned());
            all.push(DocumentLink { span: span(from, address.len()), to });
        }
        for (from, code) in allowed(text) {
            let to = LinkTarget::Code(code.to_owned());
            all.push(DocumentLink { span: span(from, code.len()), to });
        }
    }
}

/// The addresses in a text, each with its offset. What ends a sentence or closes a bracket is no part of one.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("http").map(|at| from + at) {
        let rest = &text[at..];
        let end = rest.find(|letter: char| letter.is_whitespace() || "\"'`<>|\\^{}".contains(letter));
        let mut address =
            rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        // A bracket that was opened before it.
        while let Some(shorter) = address.strip_suffix([')', ']'])
            && address.matches(['(', '[']).count() < address.matches([')', ']']).count()
        {
            address = shorter.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        }
        // Two addresses of Markdown side by side: `[https://a](https://a)`.
        if let Some(next) = address.find("](") {
            address = &address[..next];
        }
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let whole = !text[..at].ends_with(|letter: char| letter.is_alphanumeric());
        if whole
            && host.is_some_and(|host| {
                host.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[')
            })
        {
            all.push((at, address));
            from = at + address.len();
        } else {
            from = at + "http".len();
        }
    }
    all
}

/// The codes in a suppression, each with its offset.
fn allowed(comment: &str) -> Vec<(usize, &str)> {
    let inside = || {
        let rest = comment.strip_prefix("//")?.trim_start().strip_prefix("quell:")?.trim_start();
        let rest = rest.strip_prefix("allow")?.trim_start().strip_prefix('(')?;
        Some(rest.split(')').next().unwrap_or(rest))
    };
    let Some(list) = inside() else { return Vec::new() };
    let place = |code: &str| code.as_ptr() as usize - comment.as_ptr() as usize;
    list.split(',').map(str::trim).filter(|code| !code.is_empty()).map(|code| (place(code), code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_people_mean_them_to() {
        let of = |text| addresses(text).into_iter().map(|(_, address)| address).collect::<Vec<_>>();
        assert_eq!(
            of("// See https://a.example/b, or (http://c.example/d_(e))."),
            ["https://a.example/b", "http://c.example/d_(e)",]
        );
        assert_eq!(of("/// [docs](https://a.example/x?y=1#z)"), ["https://a.example/x?y=1#z"]);
        assert_eq!(
            of("/// [https://a.example](https://b.example)"),
            ["https://a.example", "https://b.example"]
        );
        assert_eq!(
            of("// <https://ä.example/ö> `http://localhost:9090/`"),
            ["https://ä.example/ö", "http://localhost:9090/",]
        );
        assert!(of("// http, https:// and xhttps://a.example").is_empty());
    }

    #[test]
    fn codes_stand_in_the_brackets() {
        let text = "//quell: allow(one-code , two) because (of this)";
        let places: Vec<&str> =
            allowed(text).into_iter().map(|(at, code)| &text[at..at + code.len()]).collect();
        assert_eq!(places, ["one-code", "two"]);
        assert!(allowed("// allow(this)").is_empty());
    }
}
