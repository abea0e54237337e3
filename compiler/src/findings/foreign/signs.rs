//! Operators and punctuation of other languages.

/// What a foreign sign is meant to be, as its surroundings tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// `a = b` in a condition, `a === b`.
    Equal,
    /// `a <> b`, `a !== b`.
    Unequal,
    /// `f(x=1)`: the name, if it is known.
    Argument(String),
    /// `a is none`, `a is not none`.
    Is {
        /// Whether a `not` follows.
        negated: bool,
    },
    /// `a =~ b`.
    Pattern,
    /// `&&`, `AND`, `&`.
    And,
    /// `||`, `OR`, `|`.
    Or,
    /// `!a`, `NOT a`.
    Not,
    /// `a!` behind a value.
    Required,
    /// `a ? b : c`, `b if a else c`.
    Choice,
    /// `a ?: b`.
    Default,
    /// `a?` behind a value.
    Present,
    /// `x -> ...`, `|x| ...`, `lambda x: ...`, `any { ... }`.
    Lambda,
    /// `[f(x) for x in xs]`.
    Comprehension,
    /// `T | none`.
    OptionalType,
    /// `[T]`, `T[]`, `list[T]`.
    ListType,
    /// `'a'`, `` `a` ``, a typographic quote.
    Quote,
    /// `f"..."`.
    Prefix,
    /// `$name`, `${name}` outside of a text: the name.
    Variable(String),
    /// `;`.
    Semicolon,
    /// `#`, `--`, `/*`.
    Comment,
    /// `a[1:2]`.
    Slice,
    /// `...xs`, `*xs`.
    Spread,
    /// `(a, b)`.
    Tuple,
    /// `a ** b`.
    Power,
    /// `a % b`.
    Remainder,
    /// `5 %`: what it is without the space.
    Percent(String),
    /// `x++`, `x += 1`: the name.
    Assignment(String),
    /// `- name: x`.
    YamlList,
    /// `if x:`, `if x then`.
    Block,
    /// `"a" . "b"`.
    Join,
    /// `roll-back` as a name: the name with `_`.
    Dash(String),
    /// `@decorator`, `@name`.
    At,
    /// A dash that a word processor made of a minus.
    Minus,
    /// A space that isn't one.
    Space,
    /// `:=`.
    Define,
    /// `await f()`, `new F()`.
    CallWord(String),
    /// A word that Quell has no use for: `let mut x`.
    Needless(String),
    /// `on failure: continue`.
    Failure,
    /// `step b { ... }`, `step restart(...)`, `step "title" = ...`.
    Step,
    /// Whatever else: what to write.
    Write(String),
}

impl Sign {
    /// What to write instead.
    pub fn help(&self) -> String {
        let help = match self {
            Self::Equal => "to compare, write `==`",
            Self::Unequal => "to compare, write `!=`",
            Self::Argument(name) => return format!("write the argument as `{name}: VALUE`"),
            Self::Is { negated: false } => "to compare, write `==`, such as `x == none`",
            Self::Is { negated: true } => "to compare, write `!=`, such as `x != none`",
            Self::Pattern => {
                "there are no regular expressions; use `.contains(...)`, `.starts_with(...)` or `.ends_with(...)`"
            }
            Self::And => "write `and`",
            Self::Or => "write `or` between conditions; for a default value, write `??`",
            Self::Not => "write `not`",
            Self::Required => "to require a value that may be missing, write `need(x, \"why\")`",
            Self::Choice => "write the choice as `if CONDITION then A else B`",
            Self::Default => "write the default as `x ?? DEFAULT`",
            Self::Present => "to check whether a value is set, write `x != none`",
            Self::Lambda => "write a lambda as `x => ...`, such as `xs.any(x => x.ok)`",
            Self::Comprehension => "write `xs.map(x => ...)` or `xs.filter(x => ...)`",
            Self::OptionalType => "write an optional type as `T?`, such as `Text?`",
            Self::ListType => "write the type of a list as `List<T>`, such as `List<Text>`",
            Self::Quote => "write texts in double quotes: `\"...\"`",
            Self::Prefix => "texts need no prefix: write `\"... ${value}\"`",
            Self::Variable(name) => {
                return format!("write `{name}` without `$`; only texts contain `${{...}}`");
            }
            Self::Semicolon => "remove the semicolon: a line break ends a statement",
            Self::Comment => "comments start with `//`",
            Self::Slice => "use `.take(n)` and `.drop(n)` for a part of a list",
            Self::Spread => "join lists with `+`: `xs + [y]`",
            Self::Tuple => "there are no tuples; write a list as `[a, b]`, or declare a `record`",
            Self::Power => "there is no power operator; multiply instead",
            Self::Remainder => {
                "there is no remainder operator; `%` is only used for percentages, such as `5%`"
            }
            Self::Percent(joined) => return format!("write the percentage without a space: `{joined}`"),
            Self::Assignment(name) => {
                return format!(
                    "values can't be changed; give the new value a new name: `let next = {name} + 1`"
                );
            }
            Self::YamlList => "write `step NAME = ACTION(...)`; the clauses go below it, without `-` and `:`",
            Self::Block => "put the block between braces: `if CONDITION { ... }`",
            Self::Join => "join texts with `+`, or write `\"${a}${b}\"`",
            Self::Dash(name) => return format!("names can't contain `-`: write `{name}`"),
            Self::At => "there are no decorators; a name is written without `@`",
            Self::Minus => "this is a dash; write a minus as `-`",
            Self::Space => "this is a special space; replace it with a normal one",
            Self::Define => "write `let NAME = VALUE`",
            Self::CallWord(word) => {
                return format!("remove `{word}`: write the call alone, as `ACTION(...)`");
            }
            Self::Needless(word) => return format!("remove `{word}`"),
            Self::Failure => "write `on failure continue`, `on failure use VALUE` or `on failure run CALL`",
            Self::Step => "write `step NAME = ACTION(...)`",
            Self::Write(help) => return help.clone(),
        };
        help.to_owned()
    }
}
