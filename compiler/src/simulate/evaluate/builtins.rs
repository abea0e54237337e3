//! The functions that every module has.

use super::{ErrorKind, budget::Budget, table::table};
use crate::{
    names::Builtin,
    simulate::value::{Decision, Value, read_time},
    types::CauseMember,
};

/// The value of a call of a builtin that is pure; the others make steps.
pub(super) fn builtin(
    builtin: Builtin,
    arguments: &[Value],
    budget: &mut Budget,
) -> Result<Value, ErrorKind> {
    match (builtin, arguments) {
        (Builtin::Need, [Value::None, why, ..]) => {
            Err(why.as_text().map_or(ErrorKind::Broken, |why| ErrorKind::Needed(why.clone())))
        }
        (Builtin::Need, [present, ..]) => Ok(present.clone()),
        (Builtin::Secret, [Value::Text(name), ..]) => Ok(Value::Secret(name.clone())),
        (Builtin::Time, [Value::Text(text), ..]) => match read_time(text) {
            Some(time) => Ok(Value::Time(time)),
            None => {
                Err(ErrorKind::Text { text: text.clone(), wanted: "a time such as 2026-01-02T03:04:05Z" })
            }
        },
        (Builtin::Table, [Value::List(rows), columns, ..]) => table(rows, columns, budget).map(Value::text),
        _ => Err(ErrorKind::Broken),
    }
}

/// Whether a cause was decided so.
pub(super) fn cause_member(member: CauseMember, decision: Decision) -> bool {
    match member {
        CauseMember::Suspected => decision == Decision::Suspected,
        CauseMember::RuledOut => decision == Decision::RuledOut,
        CauseMember::Open => decision == Decision::Open,
    }
}
