//! Files, items and what they are made of.

use rowan::NodeOrToken;

use super::{
    ActionItem, AstNode, Block, Expr, PlaybookItem, ProvidesEntry, ScenarioItem, TypeExpr,
    support::{child, child_behind, children, children_in, doc_line, name_behind, token, tokens},
};
use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

node! {
    /// A file.
    SourceFile;
    /// `use a.b`, `use a.b as c`, `use a.b (x, y as z)`.
    UseItem;
    /// `a.b` behind `use`.
    ModulePath;
    /// `(x, y as z)` behind a module's path.
    UseList;
    /// `x` or `x as y` in such a list.
    UseName;
    /// `record NAME { fields }`.
    RecordItem;
    /// A record's braces with its fields.
    FieldList;
    /// `name: Type = default` in a record.
    FieldDef;
    /// `[ordered] enum NAME { variants }`.
    EnumItem;
    /// An enum's braces with its variants.
    VariantList;
    /// A variant of an enum.
    Variant;
    /// `type NAME = TYPE`.
    TypeItem;
    /// `let NAME: TYPE = VALUE` in a module.
    LetItem;
    /// `fn NAME(params) -> T = E`.
    FnItem;
    /// `trigger NAME(params) -> T [= E]`.
    TriggerItem;
    /// `(params)`.
    ParamList;
    /// `name: Type = default` in a list of parameters.
    Param;
    /// `task NAME(params) -> T { ... }`.
    TaskItem;
}

choice! {
    /// An item of a module.
    Item {
        Use(UseItem),
        Record(RecordItem),
        Enum(EnumItem),
        Type(TypeItem),
        Let(LetItem),
        Fn(FnItem),
        Trigger(TriggerItem),
        Task(TaskItem),
        Action(ActionItem),
        Playbook(PlaybookItem),
        Scenario(ScenarioItem),
    }
}

impl SourceFile {
    /// The view of a tree's root.
    pub(crate) fn of_root(root: SyntaxNode) -> Self {
        Self(root)
    }

    /// The items, in their order.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        children(&self.0)
    }

    /// The text of the `//!` lines without their marks.
    pub fn file_docs(&self) -> String {
        let tokens = self.0.children_with_tokens().filter_map(NodeOrToken::into_token);
        let docs = tokens.filter(|token| token.kind() == SyntaxKind::FileDoc);
        docs.map(|token| doc_line(token.text()).to_owned()).collect::<Vec<_>>().join("\n")
    }
}

impl Item {
    /// `private`.
    pub fn private_token(&self) -> Option<SyntaxToken> {
        token(self.syntax(), SyntaxKind::KwPrivate)
    }

    /// The declared name; `use` and `scenario` have none.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(self.syntax(), SyntaxKind::Name).filter(|_| !matches!(self, Item::Use(_) | Item::Scenario(_)))
    }
}

impl UseItem {
    /// Which module.
    pub fn path(&self) -> Option<ModulePath> {
        child(&self.0)
    }

    /// `c` in `use a.b as c`.
    pub fn alias(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwAs)
    }

    /// The names in brackets, if there are brackets.
    pub fn list(&self) -> Option<UseList> {
        child(&self.0)
    }
}

impl ModulePath {
    /// The words between the dots.
    pub fn segments(&self) -> impl Iterator<Item = SyntaxToken> + use<> {
        tokens(&self.0, SyntaxKind::Name)
    }
}

impl UseList {
    /// The names, in their order.
    pub fn names(&self) -> impl Iterator<Item = UseName> + use<> {
        children(&self.0)
    }
}

impl UseName {
    /// What it is called where it comes from.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// What it is called here.
    pub fn alias(&self) -> Option<SyntaxToken> {
        name_behind(&self.0, SyntaxKind::KwAs)
    }
}

impl RecordItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its fields, in their order.
    pub fn fields(&self) -> impl Iterator<Item = FieldDef> + use<> {
        children_in(&self.0, SyntaxKind::FieldList)
    }
}

impl FieldDef {
    /// Its name: any word.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its type.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value where a call says none.
    pub fn default(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl EnumItem {
    /// `ordered`.
    pub fn ordered_token(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::KwOrdered)
    }

    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its variants, in their order.
    pub fn variants(&self) -> impl Iterator<Item = Variant> + use<> {
        children_in(&self.0, SyntaxKind::VariantList)
    }
}

impl Variant {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }
}

impl TypeItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// What it stands for.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }
}

impl LetItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its type, if said.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value.
    pub fn value(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl FnItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its parameters, in their order.
    pub fn params(&self) -> impl Iterator<Item = Param> + use<> {
        children_in(&self.0, SyntaxKind::ParamList)
    }

    /// The type of its value.
    pub fn result(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value.
    pub fn body(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl TriggerItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its parameters, in their order.
    pub fn params(&self) -> impl Iterator<Item = Param> + use<> {
        children_in(&self.0, SyntaxKind::ParamList)
    }

    /// The type of the event.
    pub fn result(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Which role of event it is.
    pub fn provides(&self) -> Option<ProvidesEntry> {
        child(&self.0)
    }

    /// The event of a dry run where nothing is given.
    pub fn sample(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl ParamList {
    /// The parameters, in their order.
    pub fn params(&self) -> impl Iterator<Item = Param> + use<> {
        children(&self.0)
    }
}

impl Param {
    /// Its name: any word.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its type.
    pub fn ty(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its value where a call says none.
    pub fn default(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::Equals)
    }
}

impl TaskItem {
    /// Its name.
    pub fn name(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Name)
    }

    /// Its parameters, in their order.
    pub fn params(&self) -> impl Iterator<Item = Param> + use<> {
        children_in(&self.0, SyntaxKind::ParamList)
    }

    /// The type of its value.
    pub fn result(&self) -> Option<TypeExpr> {
        child(&self.0)
    }

    /// Its steps.
    pub fn body(&self) -> Option<Block> {
        child(&self.0)
    }
}
