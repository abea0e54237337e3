//! Actions: contract, bindings, simulation.

use super::{
    Expr, IrreversibleClause, LetStmt, Param, ReturnStmt, TimeoutClause, TypeExpr, UndoClause,
    support::{child, child_behind, children, children_in, first_token, token, tokens},
};
use crate::syntax::{SyntaxKind, SyntaxToken};

node! {
    /// `action NAME(params) -> T EFFECT { ... }`.
    ActionItem;
    /// `= CALL`: it narrows another action.
    Narrowing;
    /// The braces of an action.
    ActionBody;
    /// `idempotent`.
    IdempotentEntry;
    /// `deprecated "use ..."`.
    DeprecatedEntry;
    /// `touches PARAM, ...`.
    TouchesEntry;
    /// `provides ROLE, ...`.
    ProvidesEntry;
    /// `http METHOD URL { ... }`.
    HttpBinding;
    /// `command [...] { ... }`.
    CommandBinding;
    /// `container IMAGE { ... }`.
    ContainerBinding;
    /// `on RUNNER`.
    Runner;
    /// The braces of a binding.
    BindingBody;
    /// `auth bearer E`, `auth basic USER, PASSWORD`, `auth header NAME, E`.
    AuthEntry;
    /// `output json` or `output text`.
    OutputEntry;
    /// `expect E else TEXT`.
    ExpectEntry;
    /// `headers E`, `query E`, `json E`, `form E`, `body E`, `stdin E`, `env E`, `args E`.
    DataEntry;
    /// `simulate { ... }`.
    SimulateBlock;
    /// `takes D`, `takes D to D`, `takes p50 D p95 D`, `takes mean D`.
    TakesEntry;
    /// `fails RATE with TEXT`.
    FailsEntry;
}

choice! {
    /// A line or block in an action.
    ActionEntry {
        Timeout(TimeoutClause),
        Undo(UndoClause),
        Irreversible(IrreversibleClause),
        Idempotent(IdempotentEntry),
        Deprecated(DeprecatedEntry),
        Touches(TouchesEntry),
        Provides(ProvidesEntry),
        Http(HttpBinding),
        Command(CommandBinding),
        Container(ContainerBinding),
        Simulate(SimulateBlock),
    }
}

choice! {
    /// A line in a binding.
    BindingEntry {
        Auth(AuthEntry),
        Output(OutputEntry),
        Expect(ExpectEntry),
        Return(ReturnStmt),
        Data(DataEntry),
    }
}

choice! {
    /// A line in a `simulate` block.
    SimulateEntry {
        Return(ReturnStmt),
        Let(LetStmt),
        Takes(TakesEntry),
        Fails(FailsEntry),
    }
}

impl ActionItem {
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

    /// The word of its effect.
    pub fn effect(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Effect)
    }

    /// The call of the action that it narrows.
    pub fn narrows(&self) -> Option<Expr> {
        child::<Narrowing>(&self.0)?.call()
    }

    /// Its braces.
    pub fn body(&self) -> Option<ActionBody> {
        child(&self.0)
    }
}

impl Narrowing {
    /// The call.
    pub fn call(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl ActionBody {
    /// Its lines and blocks, in their order.
    pub fn entries(&self) -> impl Iterator<Item = ActionEntry> + use<> {
        children(&self.0)
    }
}

impl DeprecatedEntry {
    /// What to use instead.
    pub fn advice(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl TouchesEntry {
    /// The parameters.
    pub fn names(&self) -> impl Iterator<Item = SyntaxToken> + use<> {
        tokens(&self.0, SyntaxKind::Name)
    }
}

impl ProvidesEntry {
    /// The roles.
    pub fn names(&self) -> impl Iterator<Item = SyntaxToken> + use<> {
        tokens(&self.0, SyntaxKind::Name)
    }
}

impl HttpBinding {
    /// `GET`, `POST`…
    pub fn method(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::Method)
    }

    /// The address.
    pub fn url(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// Where it runs.
    pub fn runner(&self) -> Option<Expr> {
        child::<Runner>(&self.0)?.runner()
    }

    /// Its lines.
    pub fn entries(&self) -> impl Iterator<Item = BindingEntry> + use<> {
        children_in(&self.0, SyntaxKind::BindingBody)
    }
}

impl CommandBinding {
    /// The program and its arguments.
    pub fn arguments(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// Where it runs.
    pub fn runner(&self) -> Option<Expr> {
        child::<Runner>(&self.0)?.runner()
    }

    /// Its lines.
    pub fn entries(&self) -> impl Iterator<Item = BindingEntry> + use<> {
        children_in(&self.0, SyntaxKind::BindingBody)
    }
}

impl ContainerBinding {
    /// The image.
    pub fn image(&self) -> Option<Expr> {
        child(&self.0)
    }

    /// Where it runs.
    pub fn runner(&self) -> Option<Expr> {
        child::<Runner>(&self.0)?.runner()
    }

    /// Its lines.
    pub fn entries(&self) -> impl Iterator<Item = BindingEntry> + use<> {
        children_in(&self.0, SyntaxKind::BindingBody)
    }
}

impl Runner {
    /// The runner.
    pub fn runner(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl BindingBody {
    /// Its lines, in their order.
    pub fn entries(&self) -> impl Iterator<Item = BindingEntry> + use<> {
        children(&self.0)
    }
}

impl AuthEntry {
    /// `bearer`, `basic` or `header`.
    pub fn scheme(&self) -> Option<SyntaxToken> {
        let mut schemes = [SyntaxKind::KwBearer, SyntaxKind::KwBasic, SyntaxKind::KwHeader].into_iter();
        schemes.find_map(|kind| token(&self.0, kind))
    }

    /// What stands behind the scheme: a token, or two values.
    pub fn values(&self) -> impl Iterator<Item = Expr> + use<> {
        children(&self.0)
    }
}

impl OutputEntry {
    /// `json` or `text`.
    pub fn format(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::OutputFormat)
    }
}

impl ExpectEntry {
    /// What must hold.
    pub fn condition(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwExpect)
    }

    /// The failure's text where it doesn't.
    pub fn otherwise(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwElse)
    }
}

impl DataEntry {
    /// The word that says which data.
    pub fn kind(&self) -> Option<SyntaxToken> {
        token(&self.0, SyntaxKind::DataKind)
    }

    /// The data.
    pub fn value(&self) -> Option<Expr> {
        child(&self.0)
    }
}

impl SimulateBlock {
    /// Its lines, in their order.
    pub fn entries(&self) -> impl Iterator<Item = SimulateEntry> + use<> {
        children(&self.0)
    }
}

impl TakesEntry {
    /// The duration, or the least of a range.
    pub fn duration(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwTakes)
    }

    /// The most of a range.
    pub fn to(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwTo)
    }

    /// The median.
    pub fn p50(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwP50)
    }

    /// What 95 of 100 stay under.
    pub fn p95(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwP95)
    }

    /// The mean of an exponential distribution.
    pub fn mean(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwMean)
    }
}

impl FailsEntry {
    /// How often.
    pub fn rate(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwFails)
    }

    /// The failure's text.
    pub fn text(&self) -> Option<Expr> {
        child_behind(&self.0, SyntaxKind::KwWith)
    }
}

impl IdempotentEntry {
    /// The word.
    pub fn token(&self) -> Option<SyntaxToken> {
        first_token(&self.0)
    }
}
