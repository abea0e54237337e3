//! Which labels the alerts of an expression carry: PromQL, read by `promql-parser`, and what each of its
//! operators does to the labels of series.
//! <https://prometheus.io/docs/prometheus/latest/querying/operators/>

use std::collections::{BTreeMap, BTreeSet};

use promql_parser::{
    label::{MatchOp, Matcher},
    parser::{
        AggregateExpr, BinaryExpr, Call, Expr, LabelModifier, VectorMatchCardinality, parse, token,
        value::ValueType,
    },
};

/// The labels that some series can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesLabels {
    /// Those that are known by name.
    pub named: BTreeSet<String>,
    /// Which others there can be.
    pub others: Others,
}

/// Which labels there can be beside those that are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Others {
    /// None.
    None,
    /// Any, as the series have them; but not these.
    AnyBut(BTreeSet<String>),
}

/// Operators and brackets in an expression; one with more is no longer taken apart, since each may nest
/// one level deeper. Those of people have some dozens.
const MOST_OPERATORS: usize = 500;

/// The labels that the alerts of an expression can have. What can't be read could be anything.
pub fn labels_of(expression: &str) -> SeriesLabels {
    read(expression).map_or_else(SeriesLabels::unknown, |read| labels(&read))
}

/// Values that the selectors of an expression ask of labels: of each label the first. Of alternatives
/// (`a|b`) that is the first one.
pub fn equal_values(expression: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest: Vec<Expr> = read(expression).into_iter().collect();
    while let Some(expression) = rest.pop() {
        match expression {
            Expr::Aggregate(aggregate) => rest.push(*aggregate.expr),
            Expr::Binary(binary) => rest.extend([*binary.rhs, *binary.lhs]),
            Expr::Call(call) => rest.extend(call.args.args.into_iter().rev().map(|argument| *argument)),
            Expr::Unary(unary) => rest.push(*unary.expr),
            Expr::Paren(paren) => rest.push(*paren.expr),
            Expr::Subquery(subquery) => rest.push(*subquery.expr),
            Expr::VectorSelector(selector) => values(&selector.matchers.matchers, &mut found),
            Expr::MatrixSelector(selector) => values(&selector.vs.matchers.matchers, &mut found),
            Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => {}
        }
    }
    found
}

fn values(matchers: &[Matcher], found: &mut BTreeMap<String, String>) {
    for matcher in matchers.iter().filter(|matcher| is_label(&matcher.name)) {
        let value = match &matcher.op {
            MatchOp::Equal => Some(matcher.value.as_str()),
            MatchOp::Re(_) => matcher.value.split('|').next().filter(|first| is_plain(first)),
            MatchOp::NotEqual | MatchOp::NotRe(_) => None,
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            found.entry(matcher.name.clone()).or_insert_with(|| value.to_owned());
        }
    }
}

/// Whether a regular expression means itself.
fn is_plain(pattern: &str) -> bool {
    pattern.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '/' | ':'))
}

fn read(expression: &str) -> Option<Expr> {
    let operators = expression.matches(['(', '-', '+', '*', '/', '%', '^', '<', '>', '=', '[', '{']).count();
    let words = expression.split_whitespace().count();
    if operators + words > MOST_OPERATORS {
        return None;
    }
    parse(expression).ok()
}

impl SeriesLabels {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self { named: BTreeSet::new(), others: Others::AnyBut(BTreeSet::new()) }
    }

    fn only(named: BTreeSet<String>) -> Self {
        Self { named, others: Others::None }
    }

    /// Whether a label can be among them.
    pub fn may_have(&self, label: &str) -> bool {
        let among_others = match &self.others {
            Others::None => false,
            Others::AnyBut(gone) => !gone.contains(label),
        };
        self.named.contains(label) || among_others
    }

    /// `by`, `on`: these and no others.
    fn keep(self, labels: BTreeSet<String>) -> Self {
        Self::only(labels.into_iter().filter(|label| self.may_have(label)).collect())
    }

    /// `without`, `ignoring`: all but these.
    fn drop(mut self, labels: BTreeSet<String>) -> Self {
        self.named.retain(|label| !labels.contains(label));
        if let Others::AnyBut(gone) = &mut self.others {
            gone.extend(labels);
        }
        self
    }

    fn with(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.named.extend(labels);
        self
    }

    /// `or`: what either has.
    fn or(self, other: Self) -> Self {
        let others = match (&self.others, &other.others) {
            (Others::None, Others::None) => Others::None,
            (Others::AnyBut(gone), Others::None) | (Others::None, Others::AnyBut(gone)) => {
                Others::AnyBut(gone.clone())
            }
            (Others::AnyBut(one), Others::AnyBut(two)) => Others::AnyBut(one & two),
        };
        Self { others, ..self.with(other.named) }
    }
}

fn labels(expression: &Expr) -> SeriesLabels {
    match expression {
        Expr::Aggregate(aggregate) => aggregated(aggregate),
        Expr::Binary(binary) => joined(binary),
        Expr::Call(call) => called(call),
        Expr::Unary(unary) => labels(&unary.expr),
        Expr::Paren(paren) => labels(&paren.expr),
        Expr::Subquery(subquery) => labels(&subquery.expr),
        Expr::VectorSelector(selector) => selected(&selector.matchers.matchers),
        Expr::MatrixSelector(selector) => selected(&selector.vs.matchers.matchers),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) => SeriesLabels::only(BTreeSet::new()),
        Expr::Extension(_) => SeriesLabels::unknown(),
    }
}

/// The labels of a series are its own; those that a selector speaks of are surely among them.
fn selected(matchers: &[Matcher]) -> SeriesLabels {
    let named = matchers.iter().filter(|matcher| !matcher.value.is_empty());
    SeriesLabels::unknown().with(named.map(|matcher| matcher.name.clone()).filter(|name| is_label(name)))
}

/// The name of a metric is no label of its alerts.
fn is_label(name: &str) -> bool {
    name != "__name__"
}

fn aggregated(aggregate: &AggregateExpr) -> SeriesLabels {
    let inner = labels(&aggregate.expr);
    // They choose among series and leave those as they are.
    let chooses = [token::T_TOPK, token::T_BOTTOMK, token::T_LIMITK, token::T_LIMIT_RATIO];
    if chooses.contains(&aggregate.op.id()) {
        return inner;
    }
    let kept = match &aggregate.modifier {
        Some(LabelModifier::Include(by)) => inner.keep(set(&by.labels)),
        Some(LabelModifier::Exclude(without)) => inner.drop(set(&without.labels)),
        None => SeriesLabels::only(BTreeSet::new()),
    };
    match aggregate.param.as_deref() {
        Some(Expr::StringLiteral(label)) if aggregate.op.id() == token::T_COUNT_VALUES => {
            kept.with([label.val.clone()])
        }
        _ => kept,
    }
}

fn joined(binary: &BinaryExpr) -> SeriesLabels {
    let (left, right) = (labels(&binary.lhs), labels(&binary.rhs));
    match (binary.lhs.value_type(), binary.rhs.value_type()) {
        (ValueType::Scalar, _) => return right,
        (_, ValueType::Scalar) => return left,
        _ => {}
    }
    match binary.op.id() {
        token::T_LOR => return left.or(right),
        token::T_LAND | token::T_LUNLESS => return left,
        _ => {}
    }
    let Some(modifier) = &binary.modifier else { return shared(left, &right) };
    match (&modifier.card, &modifier.matching) {
        (VectorMatchCardinality::ManyToOne(more), _) => left.with(more.labels.clone()),
        (VectorMatchCardinality::OneToMany(more), _) => right.with(more.labels.clone()),
        (_, Some(LabelModifier::Include(on))) => left.keep(set(&on.labels)),
        (_, Some(LabelModifier::Exclude(ignoring))) => left.drop(set(&ignoring.labels)),
        (_, None) => shared(left, &right),
    }
}

/// Without `on` and `ignoring`, series meet that have the same labels: what one side can't have, no pair has.
fn shared(left: SeriesLabels, right: &SeriesLabels) -> SeriesLabels {
    match &right.others {
        Others::None => left.keep(right.named.clone()),
        Others::AnyBut(gone) => left.drop(gone - &right.named),
    }
}

fn called(call: &Call) -> SeriesLabels {
    let arguments = &call.args.args;
    let text = |index: usize| match arguments.get(index).map(AsRef::as_ref) {
        Some(Expr::StringLiteral(text)) => Some(text.val.clone()),
        _ => None,
    };
    let is_series = |argument: &&Expr| matches!(argument.value_type(), ValueType::Vector | ValueType::Matrix);
    let series = arguments.iter().map(AsRef::as_ref).find(is_series);
    let inner = series.map_or(SeriesLabels::only(BTreeSet::new()), labels);
    match call.func.name {
        "absent" | "absent_over_time" => SeriesLabels::only(series.map(equalities).unwrap_or_default()),
        "scalar" | "vector" => SeriesLabels::only(BTreeSet::new()),
        "label_replace" | "label_join" => inner.with(text(1)),
        "histogram_quantile" | "histogram_fraction" => inner.drop(BTreeSet::from(["le".to_owned()])),
        // It adds labels that only Prometheus knows.
        "info" => inner.or(SeriesLabels::unknown()),
        _ => inner,
    }
}

/// The labels that `absent` gives to the series that it makes up: those that its selector asks to be equal.
fn equalities(series: &Expr) -> BTreeSet<String> {
    let matchers = match series {
        Expr::VectorSelector(selector) => &selector.matchers.matchers,
        Expr::MatrixSelector(selector) => &selector.vs.matchers.matchers,
        Expr::Paren(paren) => return equalities(&paren.expr),
        _ => return BTreeSet::new(),
    };
    let equal = matchers.iter().filter(|matcher| matcher.op == MatchOp::Equal && is_label(&matcher.name));
    equal.map(|matcher| matcher.name.clone()).collect()
}

fn set(labels: &[String]) -> BTreeSet<String> {
    labels.iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is known: the names, then `+` and what else can be.
    fn shown(expression: &str) -> String {
        let read = labels_of(expression);
        let mut words: Vec<String> = read.named.into_iter().collect();
        if let Others::AnyBut(gone) = read.others {
            words.push("+".to_owned());
            words.extend(gone.into_iter().map(|label| format!("-{label}")));
        }
        words.join(" ")
    }

    #[test]
    fn each_operator_does_to_labels_what_prometheus_does() {
        let cases = [
            ("up == 0", "+"),
            ("up{job=\"api\", zone!=\"\"} == 0", "job +"),
            ("sum(rate(x[5m])) by (job, pod) > 5", "job pod"),
            ("max by (job) (x{a=\")\"})", "job"),
            ("count by () (x) != 0", ""),
            ("sum(x) > 1", ""),
            ("sum without (pod) (x{pod=~\"a.*\", job=\"b\"})", "job + -pod"),
            ("sum by (job) (x) / sum by (job) (y) > 0.1", "job"),
            ("sum by (job, code) (x) / ignoring (code) group_left sum by (job) (y)", "code job"),
            ("x * on (pod) group_left (node, zone) info", "node zone +"),
            ("info * on (pod) group_right (node) sum by (pod) (x)", "node pod"),
            ("x / on (pod) y > 1", "pod"),
            ("x / ignoring (pod) y > 1", "+ -pod"),
            ("x - sum by (job) (y)", "job"),
            ("sum by (a) (x) or sum by (b) (y)", "a b"),
            ("sum by (a) (x) and on () y", "a"),
            ("sum by (a) (x) unless y", "a"),
            ("time() - max by (host) (last_backup) > 86400", "host"),
            ("histogram_quantile(0.99, sum by (le, job) (rate(x[5m]))) > 1", "job"),
            ("absent(up{job=\"api\", zone=~\"a\"})", "job"),
            ("absent(sum(up))", ""),
            ("label_replace(sum by (a) (x), \"b\", \"$1\", \"a\", \"(.*)\")", "a b"),
            ("count_values by (job) (\"version\", build)", "job version"),
            ("topk by (a) (3, sum by (a, b) (x))", "a b"),
            ("max_over_time(sum by (a) (x)[1h:5m])", "a"),
            ("vector(1)", ""),
            ("-(sum by (a) (x))", "a"),
            ("sum by (a) (x) offset 5m", "+"),
            ("sum by (job", "+"),
            ("{{ .Values.expression }}", "+"),
            ("", "+"),
        ];
        for (expression, wanted) in cases {
            assert_eq!(shown(expression), wanted, "{expression}");
        }
    }

    #[test]
    fn the_first_value_that_a_selector_asks_of_a_label_is_known() {
        let cases = [
            ("up{job=\"api\", zone!=\"a\"} == 0", "job=api"),
            ("sum by (job) (x{env=~\"prod|dev\", pod=~\"web.*\"})", "env=prod"),
            ("rate(x{a=\"1\"}[5m]) / rate(y{a=\"2\", b=\"3\"}[5m])", "a=1 b=3"),
            ("{__name__=\"up\", a=\"\"}", ""),
            ("sum by (", ""),
        ];
        for (expression, wanted) in cases {
            let found = equal_values(expression);
            let found: Vec<String> = found.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(found.join(" "), wanted, "{expression}");
        }
    }

    #[test]
    fn what_nests_without_end_is_left_alone() {
        for deep in ["(".repeat(100_000), "-".repeat(100_000), "x+".repeat(100_000), "x or ".repeat(50_000)] {
            assert_eq!(shown(&(deep + "x")), "+");
        }
        let fine = format!("{}sum by (a) (x){}", "(".repeat(400), ")".repeat(400));
        assert_eq!(shown(&fine), "a");
    }
}
