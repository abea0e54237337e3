//! Colours of a whole document, and what is different from the ones before.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use quell_compiler::source::FileId;
use tower_lsp_server::{
    jsonrpc::Result,
    ls_types::{
        SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit,
        SemanticTokensFullDeltaResult, Uri,
    },
};

use crate::{
    ide::tokens,
    server::{convert, schedule::Shared},
};

/// The numbers that say a token.
const NUMBERS: u32 = 5;

/// What clients were sent last.
#[derive(Debug, Default)]
pub struct Colours {
    sent: Mutex<Sent>,
}

#[derive(Debug, Default)]
struct Sent {
    number: u64,
    by_file: HashMap<FileId, (String, Vec<SemanticToken>)>,
}

impl Colours {
    /// Keeps what is sent now; gives its name, and what was sent before under the name `previous`.
    fn replace(
        &self,
        file: FileId,
        tokens: &[SemanticToken],
        previous: Option<&str>,
    ) -> (String, Option<Vec<SemanticToken>>) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.number += 1;
        let name = sent.number.to_string();
        let before = sent.by_file.insert(file, (name.clone(), tokens.to_vec()));
        let before = before.filter(|(name, _)| Some(name.as_str()) == previous).map(|(_, tokens)| tokens);
        (name, before)
    }

    /// What is closed isn't asked about again.
    pub fn forget(&self, file: FileId) {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).by_file.remove(&file);
    }
}

/// The colours of a document: all, or what is different from those that were sent under the name
/// `previous`.
pub async fn colours(
    shared: &Shared,
    uri: &Uri,
    previous: Option<String>,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let found = shared.answer(uri, |context, file| {
        Ok((file, convert::tokens(context, &tokens::tokens(&context.snapshot, file, None))))
    });
    let Some((file, data)) = found.await? else { return Ok(None) };
    let (name, before) = shared.colours.replace(file, &data, previous.as_deref());
    let result_id = Some(name);
    Ok(Some(match before {
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id, data }),
        Some(before) => {
            let edits = difference(&before, &data).into_iter().collect();
            SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id, edits })
        }
    }))
}

/// What lies between what is the same at both ends.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let start = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    (!old.is_empty() || !new.is_empty()).then(|| SemanticTokensEdit {
        start: start as u32 * NUMBERS,
        delete_count: old.len() as u32 * NUMBERS,
        data: (!new.is_empty()).then(|| new.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(length: u32) -> SemanticToken {
        SemanticToken { delta_line: 0, delta_start: 1, length, token_type: 0, token_modifiers_bitset: 0 }
    }

    /// What a client makes of an edit.
    fn apply(before: &[SemanticToken], edit: Option<SemanticTokensEdit>) -> Vec<SemanticToken> {
        let mut all = before.to_vec();
        if let Some(edit) = edit {
            let start = (edit.start / NUMBERS) as usize;
            let end = start + (edit.delete_count / NUMBERS) as usize;
            all.splice(start..end, edit.data.unwrap_or_default());
        }
        all
    }

    #[test]
    fn a_difference_leads_from_one_to_the_other() {
        let lists: [&[u32]; 7] = [&[], &[1], &[1, 1], &[1, 2, 1], &[1, 1, 1], &[2, 1], &[1, 2, 3, 4]];
        for before in lists {
            for after in lists {
                let [before, after] =
                    [before, after].map(|it| it.iter().copied().map(token).collect::<Vec<_>>());
                let edit = difference(&before, &after);
                assert_eq!(edit.is_none(), before == after);
                assert_eq!(apply(&before, edit), after);
            }
        }
    }
}
