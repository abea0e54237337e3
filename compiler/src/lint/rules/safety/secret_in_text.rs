//! Secret in a text.
//!
//! ## Why
//!
//! Anyone who can read the repository can use the secret, and so can anyone who could read it in the past:
//! version control keeps it. Refer to a secret by its name, and keep its value outside the repository.
//!
//! ## Bad
//!
//! ```quell
//! let token: Text = "glpat-00000000000000000000"
//! //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let token: Secret = secret("GITLAB_TOKEN")
//! ```

use crate::{
    diagnostic::Level,
    hir::{ExprKind, Literal, TextPart},
    lint::{Group, Pass, Profile, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    level: Level::Error,
    profile: Profile::Minimal,
    ..Rule::new("secret-in-text", Group::Safety, include_str!("secret_in_text.rs"), check)
};

/// How the tokens of common services begin, with what follows at least.
const TOKENS: &[(&str, usize)] = &[
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 16),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xapp-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("SG.", 40),
    ("hvs.", 20),
];

fn check(pass: &mut Pass<'_>) {
    for (id, expr) in pass.hir().exprs.iter() {
        let holds = match &expr.kind {
            ExprKind::Literal(Literal::Text(text)) => is_secret(text),
            ExprKind::Text(parts) => {
                parts.iter().any(|part| matches!(part, TextPart::Literal(text) if is_secret(text)))
            }
            _ => false,
        };
        if holds {
            pass.report(
                finding(pass.span(id), "this looks like a secret")
                    .note("treat it as leaked, and rotate it")
                    .help("write `secret(\"NAME\")`, and provide the value where the playbook runs"),
            );
        }
    }
}

/// Manuals say in the token itself that it is none.
const SAMPLE: &str = "EXAMPLE";

fn is_secret(text: &str) -> bool {
    let token = |(start, least): &(&str, usize)| {
        text.match_indices(start).any(|(at, _)| {
            let fresh = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            let rest = &text[at + start.len()..];
            let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
            let length = rest.bytes().take_while(part).count();
            fresh && length >= *least && !rest[..length].contains(SAMPLE)
        })
    };
    text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") || TOKENS.iter().any(token)
}
