//! `quell explain`: the page of a kind of finding.

use std::io::Write;

use quell_compiler::{
    findings::{self, suggest::nearest},
    lint::{self, Named},
};

use super::Outcome;
use crate::{args::ExplainArguments, console::Console, error::Failure, render};

/// Runs the command.
pub fn run(arguments: &ExplainArguments, console: &mut Console) -> Result<Outcome, Failure> {
    let Some(code) = &arguments.code else {
        for finding in findings::all() {
            let page = finding.page();
            let summary = page.lines().next().unwrap_or_default();
            writeln!(console.out, "{:<32} {summary}", finding.code)?;
        }
        for rule in lint::all() {
            writeln!(console.out, "{:<32} {}", rule.code, rule.summary())?;
        }
        return Ok(Outcome::Fine);
    };
    // People copy the whole `error[unknown-name]` as well.
    let code = code.rsplit_once('[').map_or(code.as_str(), |(_, code)| code.trim_end_matches([']', ':']));
    let Some(named) = lint::resolve(code) else {
        let codes = findings::all().map(|finding| finding.code).chain(lint::all().map(|rule| rule.code));
        let help = match nearest(code, codes) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`quell explain` lists all codes".to_owned(),
        };
        return Err(Failure::UnknownCode { code: code.to_owned(), help });
    };
    if named.was(code) {
        writeln!(console.err, "note: `{code}` is now named `{}`", named.code())?;
    }
    let page = match named {
        Named::Rule(rule) => format!("{}\n\n{}", rule.page().trim_end(), rule.facts()),
        Named::Finding(finding) => finding.page(),
    };
    render::page::write(named.code(), &page, &mut console.out)?;
    Ok(Outcome::Fine)
}
