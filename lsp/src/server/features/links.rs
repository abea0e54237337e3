//! Links within documents.

use std::str::FromStr;

use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{DocumentLink, Uri},
};

use crate::{
    ide::links::{self, LinkTarget},
    server::{
        convert,
        schedule::{Context, Shared},
    },
};

/// The links of a document.
pub async fn links(shared: &Shared, uri: &Uri) -> Result<Option<Vec<DocumentLink>>> {
    let found = shared.answer(uri, |context, file| {
        let convert = |link: links::DocumentLink| {
            Some(DocumentLink {
                range: convert::range(context, link.span),
                target: Some(target(context, link.to)?),
                tooltip: None,
                data: None,
            })
        };
        Ok(links::links(&context.snapshot, file).into_iter().filter_map(convert).collect())
    });
    found.await
}

fn target(context: &Context, to: LinkTarget) -> Option<Uri> {
    match to {
        LinkTarget::Module(file) => context.uri(file),
        LinkTarget::Data(path) => Uri::from_file_path(path),
        LinkTarget::Web(address) => Uri::from_str(&address).ok(),
        LinkTarget::Code(code) => context.laid_out.page(&context.snapshot.workspace, &code),
        LinkTarget::Place(span) => {
            let start = convert::range(context, span).start;
            let (line, character) = (start.line + 1, start.character + 1);
            Uri::from_str(&format!("{}#L{line},{character}", context.uri(span.file)?.as_str())).ok()
        }
    }
}
