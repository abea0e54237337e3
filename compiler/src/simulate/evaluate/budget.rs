//! What an evaluation may still do, and may still build.
//!
//! Whatever grows asks here before it allocates: a list for its elements, a text for its bytes. So no
//! expression takes more than [`Bounds::expression_memory`], whatever it is made of.

use super::{Bound, Bounds, ErrorKind};
use crate::simulate::value::{ALLOCATION, NODE, Value, text_within, weigh, weigh_all};

/// So many bytes are looked at in the time of a step.
const BYTES_A_STEP: u64 = 512;

/// The budget of one evaluation.
#[derive(Debug)]
pub(super) struct Budget {
    /// Steps by now.
    pub spent: u64,
    allocated: u64,
    bounds: Bounds,
}

impl Budget {
    pub(super) fn new(bounds: Bounds) -> Budget {
        Budget { spent: 0, allocated: 0, bounds }
    }

    /// Whether there are steps left.
    pub(super) fn check(&self) -> Result<(), ErrorKind> {
        match self.spent > self.bounds.expression {
            true => Err(self.exceeded(Bound::Expression)),
            false => Ok(()),
        }
    }

    fn exceeded(&self, bound: Bound) -> ErrorKind {
        ErrorKind::Exceeded(bound, bound.limit(&self.bounds))
    }

    /// Asks for so many bytes.
    pub(super) fn allocate(&mut self, bytes: u64) -> Result<(), ErrorKind> {
        self.allocated = self.allocated.saturating_add(bytes);
        match self.allocated > self.bounds.expression_memory {
            true => Err(self.exceeded(Bound::ExpressionMemory)),
            false => Ok(()),
        }
    }

    /// Asks for a list of so many elements.
    pub(super) fn list(&mut self, elements: usize) -> Result<(), ErrorKind> {
        let bytes = (elements as u64).saturating_mul(NODE).saturating_add(ALLOCATION);
        if bytes > self.bounds.value {
            return Err(self.exceeded(Bound::Value));
        }
        self.allocate(bytes)
    }

    /// Asks for a text of so many bytes.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), ErrorKind> {
        self.fits(bytes)?;
        self.allocate(bytes as u64 + ALLOCATION)
    }

    /// Whether a text may have so many bytes.
    pub(super) fn fits(&self, bytes: usize) -> Result<(), ErrorKind> {
        match bytes as u64 > self.bounds.value {
            true => Err(self.exceeded(Bound::Value)),
            false => Ok(()),
        }
    }

    /// A value as text, which is never longer than a value may be.
    pub(super) fn written(&mut self, value: &Value) -> Result<String, ErrorKind> {
        let most = usize::try_from(self.bounds.value).unwrap_or(usize::MAX);
        let written = text_within(value, most).ok_or(self.exceeded(Bound::Value))?;
        self.allocate(written.len() as u64)?;
        Ok(written)
    }

    /// Whether values together are no larger than one may be; a list that holds a list twice is as
    /// large as it is when it is written out.
    pub(super) fn holds<'v>(
        &mut self,
        values: impl IntoIterator<Item = &'v Value>,
    ) -> Result<u64, ErrorKind> {
        let weight = weigh_all(values, self.bounds.value);
        self.spent += weight / BYTES_A_STEP;
        match weight > self.bounds.value {
            true => Err(self.exceeded(Bound::Value)),
            false => Ok(weight),
        }
    }

    /// Asks for a copy of a value down to its last part.
    pub(super) fn copy(&mut self, value: &Value) -> Result<(), ErrorKind> {
        let weight = self.holds([value])?;
        self.allocate(weight)
    }

    /// Pays for looking at a whole value once, so many times.
    pub(super) fn look(&mut self, value: &Value, times: u64) {
        self.spent += (weigh(value, self.bounds.value) / BYTES_A_STEP).saturating_mul(times);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_adds_up() {
        let bounds = Bounds { expression_memory: 10_000, value: 5_000, ..Bounds::default() };
        let mut budget = Budget::new(bounds);
        assert_eq!(budget.list(1_000), Err(ErrorKind::Exceeded(Bound::Value, 5_000)));
        assert_eq!(budget.list(100), Ok(()));
        assert_eq!(budget.list(100), Ok(()));
        assert_eq!(budget.list(100), Err(ErrorKind::Exceeded(Bound::ExpressionMemory, 10_000)));
        assert_eq!(budget.text(usize::MAX), Err(ErrorKind::Exceeded(Bound::Value, 5_000)));
        let long = Value::text("x".repeat(6_000));
        assert_eq!(budget.written(&long), Err(ErrorKind::Exceeded(Bound::Value, 5_000)));
    }
}
