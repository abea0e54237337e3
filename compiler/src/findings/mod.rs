//! All findings of the compiler: one code, one file, one page.
//!
//! A file `findings/<area>/<code_with_underscores>.rs` has
//! * a `//!` comment that is the code's page: a first line that names the problem, `## Why`,
//!   `## Bad` with one ```` ```quell ```` block, and `## Good` with one. In the bad block a comment
//!   line of carets (`//    ^^^^`) marks the finding's place in the line above it. A test checks
//!   that the bad example has exactly this finding there, and the good one none;
//! * `pub const CODE`;
//! * functions that turn typed facts into a [`Diagnostic`](crate::diagnostic::Diagnostic). The
//!   analyses contain no messages.
//!
//! Each area lists its files with `area!`, which registers them for `quell explain` and the docs.

/// A registered kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// The code: `unknown-name`.
    pub code: &'static str,
    /// The names that it had in earlier versions, which still work.
    pub former: &'static [&'static str],
    /// The source file, whose `//!` comment is the page.
    pub source: &'static str,
}

impl Finding {
    /// The page in Markdown: the file's `//!` comment.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

/// Declares the findings of an area: a module each, and `ALL`. `new_name formerly ["old-name"]` keeps a
/// former code working.
macro_rules! area {
    ($($module:ident $(formerly [$($former:literal),+])?,)*) => {
        $(pub mod $module;)*
        /// The findings of this area.
        pub static ALL: &[super::Finding] = &[
            $(super::Finding {
                code: $module::CODE,
                former: &[$($($former),+)?],
                source: include_str!(concat!(stringify!($module), ".rs")),
            },)*
        ];
    };
}
pub(crate) use area;

pub mod alerts;
pub mod duration;
pub mod effects;
pub mod files;
pub mod foreign;
pub mod format;
pub mod graph;
pub mod import;
pub mod names;
pub mod repair;
pub mod scenarios;
pub mod suggest;
pub mod syntax;
pub mod types;
pub mod words;

/// The areas, in pipeline order.
fn areas() -> [&'static [Finding]; 11] {
    [
        files::ALL,
        syntax::ALL,
        format::ALL,
        repair::ALL,
        names::ALL,
        types::ALL,
        effects::ALL,
        graph::ALL,
        scenarios::ALL,
        alerts::ALL,
        import::ALL,
    ]
}

/// All findings, by area in pipeline order.
pub fn all() -> impl Iterator<Item = &'static Finding> {
    areas().into_iter().flatten()
}

/// Where in the pipeline findings with this code come from: what an earlier stage reports, later ones are
/// silent about. Rules of the linter, which come last, are no findings of the compiler: none.
pub fn stage(code: &str) -> Option<usize> {
    areas().iter().position(|area| area.iter().any(|finding| finding.code == code))
}

/// The finding with this code.
pub fn find(code: &str) -> Option<&'static Finding> {
    all().find(|finding| finding.code == code)
}
