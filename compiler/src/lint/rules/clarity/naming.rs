//! Name that doesn't follow the naming convention.
//!
//! ## Why
//!
//! The form of a name shows what it is: types are written `LikeThis`, everything else `like_this`. That
//! matters in a language that many people write only once a month.
//!
//! ## Bad
//!
//! ```quell
//! /// How full a disk is.
//! action freeSpace() -> Percent reads
//! //     ^^^^^^^^^
//!
//! playbook look {
//!   enrich {
//!     step free = freeSpace()
//!   }
//!
//!   communicate {
//!     step told = tell("${free}")
//!   }
//! }
//!
//! /// Tells whoever started it.
//! action tell(text: Text) notifies
//! ```
//!
//! ## Good
//!
//! ```quell
//! /// How full a disk is.
//! action free_space() -> Percent reads
//!
//! playbook look {
//!   enrich {
//!     step free = free_space()
//!   }
//!
//!   communicate {
//!     step told = tell("${free}")
//!   }
//! }
//!
//! /// Tells whoever started it.
//! action tell(text: Text) notifies
//! ```

use crate::{
    hir::{Ident, ItemKind},
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule::new("naming", Group::Clarity, include_str!("naming.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let mut wrong: Vec<(&Ident, &str)> = Vec::new();
    for item in &pass.hir().items {
        let is_type = matches!(item.kind, ItemKind::Record(_) | ItemKind::Enum(_) | ItemKind::Alias(_));
        let is_title = matches!(item.kind, ItemKind::Scenario(_));
        if is_type && !is_type_name(&item.name.text) {
            wrong.push((&item.name, "starts with a capital letter and has no `_`"));
        } else if !is_type && !is_title && !is_value_name(&item.name.text) {
            wrong.push((&item.name, "is lower case, with `_` between words"));
        }
    }
    for (_, local) in pass.hir().locals.iter() {
        if !is_value_name(&local.name.text) {
            wrong.push((&local.name, "is lower case, with `_` between words"));
        }
    }
    let said: Vec<_> = wrong
        .into_iter()
        .map(|(name, rule)| {
            finding(name.span, format!("`{}` doesn't follow the naming convention", name.text))
                .note(format!("a name of this kind {rule}"))
                .help("rename it where it is declared and everywhere it is used")
        })
        .collect();
    said.into_iter().for_each(|said| pass.report(said));
}

/// `snake_case`; a name that couldn't be read is no name.
fn is_value_name(name: &str) -> bool {
    !name.chars().any(char::is_uppercase)
}

/// `PascalCase`.
fn is_type_name(name: &str) -> bool {
    name.is_empty() || (name.starts_with(|letter: char| letter.is_uppercase()) && !name.contains('_'))
}
