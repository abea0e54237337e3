//! Texts with markup, for clients that show it and for those that don't.

use quell_compiler::visible::visible;
use tower_lsp_server::ls_types::{Documentation, MarkupContent, MarkupKind};

/// As what a client shows a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Markup {
    /// As it is.
    #[default]
    Plain,
    /// As Markdown.
    Markdown,
}

impl Markup {
    /// What a client says that it can show. One that says nothing shows plain text.
    pub fn settle(formats: Option<&[MarkupKind]>) -> Self {
        if formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }

    /// A Markdown text as the client shows it.
    pub fn content(self, markdown: String) -> MarkupContent {
        let markdown = visible(&markdown).into_owned();
        match self {
            Self::Markdown => MarkupContent { kind: MarkupKind::Markdown, value: markdown },
            Self::Plain => MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) },
        }
    }

    /// The same for docs, which are a mere text where the client doesn't say what it shows.
    pub fn documentation(self, markdown: String) -> Documentation {
        match self {
            Self::Markdown => Documentation::MarkupContent(self.content(markdown)),
            Self::Plain => Documentation::String(self.content(markdown).value),
        }
    }
}

/// Ours reads well as it is, but for the fences of code.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.trim_start().starts_with("```"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_get_what_they_show() {
        let text = "```quell\nlook() -> Text\n```\n\nLooks at `it`.";
        let markdown = Markup::settle(Some(&[MarkupKind::PlainText, MarkupKind::Markdown]));
        assert_eq!(markdown.content(text.to_owned()).value, text);
        for formats in [None, Some(&[][..]), Some(&[MarkupKind::PlainText][..])] {
            let plain = Markup::settle(formats).content(text.to_owned());
            assert_eq!(plain.kind, MarkupKind::PlainText);
            assert_eq!(plain.value, "look() -> Text\n\nLooks at `it`.");
        }
    }
}
