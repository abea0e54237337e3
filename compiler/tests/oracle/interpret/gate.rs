//! Approvals (rules 8 and 9).

use std::collections::BTreeSet;

use super::Run;
use crate::events::GateEnd;
use crate::model::*;
use crate::world::Verdict;

/// A gate that is open.
pub struct Gate<'p> {
    approve: &'p Approve,
    opened: Seconds,
    /// How many groups were asked by now.
    asked: usize,
    /// When the present group has had its time.
    deadline: Seconds,
    granted: BTreeSet<Person>,
    /// What people will say, the earliest first.
    verdicts: Vec<Verdict>,
}

impl<'p> Gate<'p> {
    /// Opens a gate; the first group is asked.
    pub fn open(run: &mut Run<'p>, path: &[Id], approve: &'p Approve) -> Gate<'p> {
        let mut verdicts = run.world.verdicts(path);
        verdicts.sort_by_key(|verdict| verdict.after);
        let deadline = run.now + approve.within;
        Gate { approve, opened: run.now, asked: 1, deadline, granted: BTreeSet::new(), verdicts }
    }

    /// Whether there are too few people: the answer is no at once.
    pub fn is_hopeless(run: &Run<'_>, approve: &Approve) -> bool {
        let people: BTreeSet<Person> = approve.groups.iter().flatten().copied().collect();
        people.iter().filter(|person| Some(**person) != run.starter).count() < approve.count
    }

    /// How it closed, if it does so now.
    pub fn advance(&mut self, run: &Run<'_>) -> Option<GateEnd> {
        // Rule 25: a deadline beats a grant of the same instant.
        while self.deadline <= run.now {
            if self.asked == self.approve.groups.len() {
                return Some(GateEnd::Late);
            }
            self.asked += 1;
            self.deadline += self.approve.within;
        }
        while let Some(verdict) = self.verdicts.first() {
            if self.opened + verdict.after > run.now {
                break;
            }
            let verdict = self.verdicts.remove(0);
            let mut asked = self.approve.groups[..self.asked].iter().flatten();
            // Who wasn't asked, or started the run, doesn't count.
            if !asked.any(|person| *person == verdict.person) || Some(verdict.person) == run.starter {
                continue;
            }
            if verdict.refused {
                return Some(GateEnd::Refused);
            }
            self.granted.insert(verdict.person);
            if self.granted.len() >= self.approve.count {
                return Some(GateEnd::Approved);
            }
        }
        None
    }

    /// When it may change next.
    pub fn next(&self) -> Option<Seconds> {
        let verdict = self.verdicts.first().map(|verdict| self.opened + verdict.after);
        Some(verdict.map_or(self.deadline, |verdict| verdict.min(self.deadline)))
    }
}
