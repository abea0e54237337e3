//! Reads broken text again without recovery, to learn how far a correct reading gets and what could
//! stand there.

use pest::{
    Parser,
    error::{ErrorVariant, InputLocation},
};
use quell_grammar::{QuellParser, Rule};

/// Where a strict reading of a text stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    /// The offset in the text.
    pub at: usize,
    /// What could stand there: "`of`", "an expression".
    pub expected: Vec<String>,
}

impl Stop {
    /// What could stand there, as a message says it.
    pub fn expected(&self) -> String {
        const MOST: usize = 5;
        if self.expected.len() > MOST {
            return format!("{} or similar", self.expected[..MOST].join(", "));
        }
        match self.expected.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            Some((only, _)) => only.clone(),
            None => "the end of the line".to_owned(),
        }
    }
}

/// Reads `text` by the strict rule; `None` if it is correct after all.
pub(super) fn read(rule: Rule, text: &str) -> Option<Stop> {
    let error = QuellParser::parse(rule, text).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => names(positives),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Some(Stop { at, expected })
}

/// Whether a whole word is reserved.
pub(super) fn is_reserved(word: &str) -> bool {
    QuellParser::parse(Rule::reserved, word)
        .is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == word))
}

/// The names of rules; operators and tails, which could follow nearly everything, are left out.
fn names(rules: &[Rule]) -> Vec<String> {
    let is_operand = rules.iter().any(|rule| matches!(rule, Rule::reference | Rule::expr | Rule::paren));
    let mut names: Vec<String> = Vec::new();
    if is_operand {
        names.push("an expression".to_owned());
    }
    for rule in rules {
        if is_operand && begins_operand(*rule) {
            continue;
        }
        if let Some(name) = name(*rule).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

fn begins_operand(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::reference
            | Rule::expr
            | Rule::head_expr
            | Rule::paren
            | Rule::list
            | Rule::map
            | Rule::string
            | Rule::text_block
            | Rule::lambda
            | Rule::if_expr
            | Rule::match_expr
            | Rule::int
            | Rule::float
            | Rule::percent
            | Rule::duration
            | Rule::size
            | Rule::bool
            | Rule::none
            | Rule::name
            | Rule::path
            | Rule::k_if
            | Rule::k_match
            | Rule::quote
            | Rule::block_quote
            | Rule::lbrace
            | Rule::lparen
            | Rule::lbracket
    )
}

/// How a message names what a rule reads; `None` for what it leaves out.
fn name(rule: Rule) -> Option<String> {
    let word = match rule {
        Rule::name | Rule::word | Rule::variant | Rule::lambda_param | Rule::path | Rule::module_path => {
            "a name"
        }
        Rule::use_name => "a name",
        Rule::type_expr => "a type",
        Rule::string => "a text in quotes",
        Rule::pattern | Rule::pattern_value => "a pattern",
        Rule::param => "a parameter",
        Rule::arg => "an argument",
        Rule::expr | Rule::head_expr => "an expression",
        Rule::field_def => "a field",
        Rule::map_entry => "a key",
        Rule::effect => "an effect",
        Rule::method => "a method",
        Rule::output_format => "`json` or `text`",
        Rule::block | Rule::field_list | Rule::variant_list | Rule::arm_list | Rule::lbrace => "`{`",
        Rule::params | Rule::use_list | Rule::lparen => "`(`",
        Rule::rbrace => "`}`",
        Rule::rparen => "`)`",
        Rule::rbracket => "`]`",
        Rule::rangle => "`>`",
        Rule::comma => "`,`",
        Rule::colon => "`:`",
        Rule::eq => "`=`",
        Rule::arrow => "`->`",
        Rule::fat_arrow => "`=>`",
        // It could follow any expression.
        Rule::k_as => return None,
        _ => {
            // Each keyword has a rule of its own, named after it.
            let rule = format!("{rule:?}");
            return rule.strip_prefix("k_").map(|word| format!("`{word}`"));
        }
    };
    Some(word.to_owned())
}
