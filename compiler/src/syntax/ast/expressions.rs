//! Expressions, patterns, types and paths.

use rowan::NodeOrToken;

use super::{
    AstNode, Branch,
    playbooks::{branches, otherwise},
    support::{child, child_behind, children, children_in, first_token, token, tokens},
};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

node! {
    /// A name.
    Reference;
    /// A number, duration, percent, size, `true`, `false` or `none`.
    Literal;
    /// `"text"`.
    StringExpr;
    /// `"""text"""`.
    TextBlock;
    /// `${E}` in a text.
    Interpolation;
    /// `(E)`.
    Paren;
    /// `[a, b]`.
    List;
    /// `{ key: value }`.
    Map;
    /// `key: value` in a map.
    MapEntry;
    /// `x => E`, `(x, y) => E`.
    Lambda;
    /// A parameter of a lambda.
    LambdaParam;
    /// `if a then b else c`.
    IfExpr;
    /// `match E { arms }`.
    MatchExpr;
    /// The braces of a `match`.
    ArmList;
    /// `patterns => E`.
    Arm;
    /// What an arm fits.
    Pattern;
    /// A literal in a pattern, maybe with a minus.
    PatternValue;
    /// `callee(arguments)`.
    Call;
    /// `(arguments)`.
    ArgList;
    /// `value` or `name: value`.
    Arg;
    /// `receiver.name`, `receiver?.name`.
    Field;
    /// `receiver[index]`.
    Index;
    /// `value as TYPE`.
    Cast;
    /// `-x`, `not x`.
    Unary;
    /// `a + b`.
    Binary;
    /// `a.b.c` where no expression may stand.
    Path;
    /// `a.B<C>?`.
    TypeExpr;
    /// `<A, B>`.
    TypeArgs;
}

choice! {
    /// An expression.
    Expr {
        Reference(Reference),
        Literal(Literal),
        String(StringExpr),
        TextBlock(TextBlock),
        Paren(Paren),
        List(List),
        Map(Map),
        Lambda(Lambda),
        If(IfExpr),
        Match(MatchExpr),
        Call(Call),
        Field(Field),
        Index(Index),
        Cast(Cast),
        Unary(Unary),
        Binary(Binary),
    }
}

impl Reference {
    /// The name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }
}

impl Literal {
    /// Its one token.
    pub fn token(&self) -> Option<SyntaxToken> {
        first_token(&self.0)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextPiece {
    /// Characters as they are, an escape, or a broken one.
    Token(SyntaxToken),
    /// `${E}`.
    Interpolation(Interpolation),
}

impl StringExpr {
    /// What stands between the quotes, in its order.
    pub fn pieces(&self) -> impl Iterator<Item = TextPiece> + use<> {
        pieces(&self.0)
    }
}

impl TextBlock {
    /// What stands between the quotes, in its order.
    pub fn pieces(&self) -> impl Iterator<Item = TextPiece> + use<> {
        pieces(&self.0)
    }
}

fn pieces(node: &SyntaxNode) -> impl Iterator<Item = TextPiece> + use<> {
    node.children_with_tokens().filter_map(|element| match element {
        NodeOrToken::Node(node) => Interpolation::cast(node).map(TextPiece::Interpolation),
        NodeOrToken::Token(token) => {
            let inside = matches!(
                token.kind(),
                SyntaxKind::StringText
                    | SyntaxKind::BlockText
                    | SyntaxKind::Escape
                    | SyntaxKind::BadEscape
                    | SyntaxKind::BadInterpolation
            );
            inside.then_some(TextPiece::Token(token))
        }
    })
}

impl Interpolation {
    /// The expression.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl Paren {
    /// The expression in it.
    pub fn inner(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl List {
    /// The elements, in their order.
    pub fn elements(&self) -> impl Iterator<Item = Expr> + use<> {
        children(&self.0)
    }
}

impl Map {
    /// The entries, in their order.
    pub fn entries(&self) -> impl Iterator<Item = MapEntry> + use<> {
        children(&self.0)
    }
}

impl MapEntry {
    /// The key, where it is a word.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// The key, where it is a text.
    pub fn text(&self) -> Option<StringExpr> {
        let before = self.0.children_with_tokens().take_while(|part| part.kind() != SyntaxKind::Colon);
        before.filter_map(|part| part.into_node()).find_map(StringExpr::cast)
    }

    /// The value.
    pub fn value(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Colon)
    }
}

impl Lambda {
    /// The parameters, in their order.
    pub fn params(&self) -> impl Iterator<Item = LambdaParam> + use<> {
        children(&self.0)
    }

    /// The value.
    pub fn body(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::FatArrow)
    }
}

impl LambdaParam {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }
}

impl IfExpr {
    /// Conditions with their values, in their order: at least one.
    pub fn branches(&self) -> Vec<Branch<Expr>> {
        branches(&self.0, Expr::cast)
    }

    /// The value of the last `else`.
    pub fn otherwise(&self) -> Option<Expr> {
        otherwise(&self.0)
    }
}

impl MatchExpr {
    /// What is looked at.
    pub fn subject(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// The arms, in their order.
    pub fn arms(&self) -> impl Iterator<Item = Arm> + use<> {
        children_in(&self.0, SyntaxKind::ArmList)
    }
}

impl Arm {
    /// It is taken if one of them fits.
    pub fn patterns(&self) -> impl Iterator<Item = Pattern> + use<> {
        children(&self.0)
    }

    /// Its value.
    pub fn body(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::FatArrow)
    }
}

impl Pattern {
    /// `else`.
    pub fn else_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwElse)
    }

    /// `none`.
    pub fn none_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::NoneWord)
    }

    /// The comparison in `> 20%`.
    pub fn comparison(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::OpCompare)
    }

    /// The value, or the first of a range.
    pub fn value(&self) -> Option<PatternValue> {
        child(&self.0)
    }

    /// `to` in a range.
    pub fn to_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwTo)
    }

    /// The last of a range.
    pub fn to(&self) -> Option<PatternValue> {
        child_behind(&self.0, SyntaxKind::KwTo)
    }

    /// A variant, or a name to bind.
    pub fn path(&self) -> Option<Path> {
        child(&self.0)
    }
}

impl PatternValue {
    /// The minus in front.
    pub fn minus_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::OpMinus)
    }

    /// The literal's token, unless it is a text.
    pub fn token(&self) -> Option<SyntaxToken> {
        let tokens = self.0.children_with_tokens().filter_map(NodeOrToken::into_token);
        tokens.into_iter().find(|token| !token.kind().is_trivia() && token.kind() != SyntaxKind::OpMinus)
    }

    /// The literal, if it is a text.
    pub fn text(&self) -> Option<StringExpr> {
        child(&self.0)
    }
}

impl Call {
    /// What is called.
    pub fn callee(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// The brackets.
    pub fn arg_list(&self) -> Option<ArgList> {
        child(&self.0)
    }

    /// The arguments, in their order.
    pub fn args(&self) -> impl Iterator<Item = Arg> + use<> {
        children_in(&self.0, SyntaxKind::ArgList)
    }
}

impl ArgList {
    /// Whether all that stands between the brackets can be read, and both are there.
    pub fn is_whole(&self) -> bool {
        // A text without its end may have swallowed arguments.
        let broken =
            |kind| matches!(kind, SyntaxKind::BadArgs | SyntaxKind::MissingRparen | SyntaxKind::MissingQuote);
        !self.0.descendants().any(|node| broken(node.kind()))
    }

    /// The arguments, in their order.
    pub fn args(&self) -> impl Iterator<Item = Arg> + use<> {
        children(&self.0)
    }
}

impl Arg {
    /// The parameter's name, if it is said.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// The value.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl Field {
    /// What it is taken from.
    pub fn receiver(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// `?.`, if it is no plain dot.
    pub fn question_dot_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::QuestionDot)
    }

    /// The member: any word.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }
}

impl Index {
    /// What it is taken from.
    pub fn receiver(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// Which.
    pub fn index(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::LeftBracket)
    }
}

impl Cast {
    /// The Json value.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// What it shall be.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }
}

impl Unary {
    /// `-` or `not`.
    pub fn operator(&self) -> Option<SyntaxToken> {
        first_token(&self.0)
    }

    /// The operand.
    pub fn operand(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl Binary {
    /// What stands before the operator.
    pub fn left(&self) -> Option<Expr> {
        let before = self.0.children_with_tokens().take_while(|part| !is_operator(part.kind()));
        before.filter_map(|part| part.into_node()).find_map(Expr::cast)
    }

    /// The operator.
    pub fn operator(&self) -> Option<SyntaxToken> {
        let tokens = self.0.children_with_tokens().filter_map(NodeOrToken::into_token);
        tokens.into_iter().find(|token| is_operator(token.kind()))
    }

    /// What stands behind the operator.
    pub fn right(&self) -> Option<Expr> {
        let behind = self.0.children_with_tokens().skip_while(|part| !is_operator(part.kind()));
        behind.filter_map(|part| part.into_node()).find_map(Expr::cast)
    }
}

fn is_operator(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(kind, OpOr | OpAnd | OpIn | OpCompare | OpCoalesce | OpAdd | OpMultiply)
}

impl Path {
    /// The words between the dots.
    pub fn segments(&self) -> impl Iterator<Item = SyntaxToken> + use<> {
        tokens(&self.0, SyntaxKind::Name)
    }
}

impl TypeExpr {
    /// Its name.
    pub fn path(&self) -> Option<Path> {
        child(&self.0)
    }

    /// What stands between `<` and `>`.
    pub fn arguments(&self) -> impl Iterator<Item = TypeExpr> + use<> {
        children_in(&self.0, SyntaxKind::TypeArgs)
    }

    /// The question mark behind it.
    pub fn question_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Question)
    }
}
