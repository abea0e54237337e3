//! Classes of kinds: trivia, errors, holes, keywords, and what can be documented.

use super::SyntaxKind;

impl SyntaxKind {
    /// Whether it is whitespace or a comment.
    pub fn is_trivia(self) -> bool {
        matches!(
            self,
            SyntaxKind::Whitespace | SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc
        )
    }

    /// Whether it is text that the grammar does not know: a node with loose tokens in it, or such a token.
    pub fn is_error(self) -> bool {
        matches!(
            self,
            SyntaxKind::ErrorText
                | SyntaxKind::BadNumber
                | SyntaxKind::BadName
                | SyntaxKind::BadEscape
                | SyntaxKind::BadInterpolation
                | SyntaxKind::TooDeep
                | SyntaxKind::BadHead
                | SyntaxKind::BadItem
                | SyntaxKind::BadMember
                | SyntaxKind::BadStmt
                | SyntaxKind::BadEntry
                | SyntaxKind::BadClause
                | SyntaxKind::BadTail
                | SyntaxKind::BadArgs
                | SyntaxKind::BadField
                | SyntaxKind::BadEffect
        )
    }

    /// Whether it is a hole: an empty node where the grammar wants something.
    pub fn is_missing(self) -> bool {
        (SyntaxKind::MissingName..=SyntaxKind::MissingRangle).contains(&self)
    }

    /// Whether it is a word with a meaning of its own where it stands.
    pub fn is_keyword(self) -> bool {
        (SyntaxKind::KwUse..=SyntaxKind::KwTold).contains(&self)
            || matches!(
                self,
                SyntaxKind::OpNot
                    | SyntaxKind::OpOr
                    | SyntaxKind::OpAnd
                    | SyntaxKind::OpIn
                    | SyntaxKind::Bool
                    | SyntaxKind::NoneWord
                    | SyntaxKind::Effect
                    | SyntaxKind::Method
                    | SyntaxKind::OutputFormat
                    | SyntaxKind::DataKind
            )
    }

    /// Whether `///` above it documents it, and so belongs inside of it.
    pub(crate) fn takes_docs(self) -> bool {
        matches!(
            self,
            SyntaxKind::UseItem
                | SyntaxKind::RecordItem
                | SyntaxKind::EnumItem
                | SyntaxKind::TypeItem
                | SyntaxKind::LetItem
                | SyntaxKind::FnItem
                | SyntaxKind::TriggerItem
                | SyntaxKind::TaskItem
                | SyntaxKind::ActionItem
                | SyntaxKind::PlaybookItem
                | SyntaxKind::ScenarioItem
                | SyntaxKind::FieldDef
                | SyntaxKind::Variant
                | SyntaxKind::Param
                | SyntaxKind::OnHeader
                | SyntaxKind::InputHeader
                | SyntaxKind::OwnerHeader
                | SyntaxKind::ResolveHeader
                | SyntaxKind::Section
                | SyntaxKind::StepStmt
                | SyntaxKind::LetStmt
                | SyntaxKind::CauseStmt
                | SyntaxKind::IfStmt
                | SyntaxKind::SeverityStmt
                | SyntaxKind::ResolvedStmt
                | SyntaxKind::SuspectStmt
                | SyntaxKind::RuleOutStmt
                | SyntaxKind::ReturnStmt
                | SyntaxKind::GivenStmt
                | SyntaxKind::ExpectStmt
        )
    }
}
