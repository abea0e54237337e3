//! Unquoted text in a command, query or URL.
//!
//! ## Why
//!
//! The parameters of an action may contain whatever an alert, a person or another system sent. In a shell
//! line, `; rm -rf /` ends one command and starts the next. The same goes for SQL, for code that is passed to
//! an interpreter, and for the path and query of a URL.
//!
//! Pass the text as a separate argument, or quote it: `std.text` has `shell_word` and `shell_line`,
//! `sql_text`, `path_segment` and `query_value`.
//!
//! ## Bad
//!
//! ```quell
//! action disk(path: Text) -> Text reads {
//!   command ["sh", "-c", "df -h ${path} | tail -1"] {
//! //                              ^^^^
//!     return output
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.text (shell_word)
//!
//! action disk(path: Text) -> Text reads {
//!   command ["sh", "-c", "df -h ${shell_word(path)} | tail -1"] {
//!     return output
//!   }
//! }
//!
//! action inodes(path: Text) -> Text reads {
//!   command ["sh", "-c", "df -i \"$1\" | tail -1", "sh", path] {
//!     return output
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unquoted-text";

/// What the text becomes a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Into {
    Shell,
    Sql,
    Code,
    Path,
    Query,
    /// A text is split into the words of a command.
    Arguments,
}

/// What stands at `span`, which people call `name`, becomes a part of code.
pub fn report(into: Into, name: Option<&str>, span: Span) -> Diagnostic {
    let named = name.map_or_else(|| "text from outside".to_owned(), |name| format!("`{name}`"));
    let value = name.unwrap_or("...");
    let (what, why, help) = match into {
        Into::Shell => (
            "becomes part of a shell line without being quoted",
            "a `;`, `$(` or quote in it can start another command",
            vec![
                format!("quote it with `use std.text (shell_word)`: `${{shell_word({value})}}`"),
                format!(
                    "or pass it as a separate argument: `[\"sh\", \"-c\", \"... \\\"$1\\\"\", \"sh\", {value}]`"
                ),
            ],
        ),
        Into::Sql => (
            "becomes part of an SQL statement without being quoted",
            "a quote in it can end the text and start other SQL",
            vec![
                format!(
                    "pass it as a parameter or variable: `psql --set=name=${{{value}}}` and `:'name'` on standard input"
                ),
                format!("or quote it with `use std.text (sql_text)`: `${{sql_text({value})}}`"),
            ],
        ),
        Into::Code => (
            "becomes part of a program",
            "whoever sends the text could run any code",
            vec!["write the program as a constant, and pass the text as an argument or in `env`".to_owned()],
        ),
        Into::Path => (
            "becomes part of a URL's path without being encoded",
            "a `/`, `?` or `#` in it changes the address",
            vec![format!("encode it with `use std.text (path_segment)`: `${{path_segment({value})}}`")],
        ),
        Into::Query => (
            "becomes part of a URL's query without being encoded",
            "an `&` in it adds parameters",
            vec![
                format!("pass it with `query {{ name: {value} }}` in the binding"),
                format!("or encode it with `use std.text (query_value)`: `${{query_value({value})}}`"),
            ],
        ),
        Into::Arguments => (
            "is split into a command",
            "whoever sends the text chooses the program and its options",
            vec![
                "write the command as a list, with a fixed program and the text as a separate argument"
                    .to_owned(),
            ],
        ),
    };
    let finding = Diagnostic::error(CODE, span, format!("{named} {what}")).note(why);
    help.into_iter().fold(finding, Diagnostic::help)
}
