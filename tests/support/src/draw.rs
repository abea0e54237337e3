//! Draws from a seed: splitmix64, so that a number means the same mutant on every machine.

/// A source of numbers that is known by its seed.
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// The source with this seed.
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds must not give neighbouring numbers.
        let mut draw = Self { state: seed ^ 0x5DEE_CE66_D1CE_4E5B };
        draw.number();
        draw
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.number() % end as u64) as usize }
    }

    /// One of some things.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of some words.
    pub fn word<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Two different numbers below `end` in order; none if there aren't two.
    pub fn two_below(&mut self, end: usize) -> Option<(usize, usize)> {
        if end < 2 {
            return None;
        }
        let (first, second) = (self.below(end), self.below(end - 1));
        let second = if second >= first { second + 1 } else { second };
        Some((first.min(second), first.max(second)))
    }
}
