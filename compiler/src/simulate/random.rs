//! Chance, keyed by what is drawn for (rule 26).
//!
//! Each draw has a generator of its own, seeded by the run's seed and by the place in the playbook,
//! so that a step that is added or taken away doesn't shift what the others draw.

use rand::RngExt;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rand_distr::{Distribution, Exp1, LogNormal, StandardUniform};

use crate::graph::Nanoseconds;

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

/// The increment of SplitMix64: far from regular.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// What is drawn for; grown field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    state: [u64; 4],
}

/// A name in a [`Key`], taken apart once for many keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName {
    numbers: Box<[u64]>,
}

impl KeyName {
    /// This name.
    pub fn new(name: &str) -> KeyName {
        let chunks = name.as_bytes().chunks(8).map(|chunk| {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            u64::from_le_bytes(bytes)
        });
        KeyName { numbers: std::iter::once(u64::MAX - name.len() as u64).chain(chunks).collect() }
    }
}

/// How long something takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delay {
    /// Always as long.
    Exactly(Nanoseconds),
    /// Uniform between the two.
    Between(Nanoseconds, Nanoseconds),
    /// Lognormal through these two percentiles.
    Percentiles {
        /// The median.
        p50: Nanoseconds,
        /// Exceeded by one in twenty.
        p95: Nanoseconds,
    },
    /// Exponential with this mean.
    Mean(Nanoseconds),
}

/// A [`Delay`] that is ready to be drawn from.
#[derive(Debug, Clone, Copy)]
pub enum Sampler {
    /// Always as long.
    Exactly(Nanoseconds),
    /// Uniform between the two, which are in order.
    Between(Nanoseconds, Nanoseconds),
    /// Lognormal.
    LogNormal(LogNormal<f64>),
    /// Exponential with this mean.
    Mean(f64),
}

impl Key {
    /// All draws of a run with this seed.
    pub fn new(seed: u64) -> Key {
        Key {
            state: [
                0x9ae1_6a3b_2f90_404f,
                0x51a5_2c13_77d1_0e4b,
                0xc2b2_ae3d_27d4_eb4f,
                0x1656_67b1_9e37_79f9,
            ],
        }
        .number(seed)
    }

    /// A part of them.
    pub fn number(mut self, number: u64) -> Key {
        for (lane, state) in self.state.iter_mut().enumerate() {
            *state = mix(state.rotate_left(17) ^ number.wrapping_add(GOLDEN.wrapping_mul(lane as u64 + 1)));
        }
        self
    }

    /// The part with this name.
    pub fn name(self, name: &KeyName) -> Key {
        name.numbers.iter().fold(self, |key, number| key.number(*number))
    }

    fn generator(self) -> ChaCha8Rng {
        let mut seed = [0; 32];
        for (bytes, state) in seed.chunks_mut(8).zip(self.state) {
            bytes.copy_from_slice(&state.to_le_bytes());
        }
        ChaCha8Rng::from_seed(seed)
    }

    /// Whether something happens that happens in this share of all cases.
    pub fn happens(self, share: f64) -> bool {
        let drawn: f64 = self.generator().sample(StandardUniform);
        drawn < share
    }

    /// How long it takes this time.
    pub fn delay(self, sampler: Sampler) -> Nanoseconds {
        match sampler {
            Sampler::Exactly(value) => value,
            Sampler::Between(from, to) => self.generator().random_range(from..=to),
            Sampler::LogNormal(distribution) => clamp(distribution.sample(&mut self.generator())),
            Sampler::Mean(mean) => {
                let drawn: f64 = Exp1.sample(&mut self.generator());
                clamp(drawn * mean)
            }
        }
    }
}

impl Delay {
    /// What to draw from.
    pub fn sampler(self) -> Sampler {
        match self {
            Delay::Exactly(value) => Sampler::Exactly(value.max(0)),
            Delay::Between(from, to) => {
                let (from, to) = (from.max(0), to.max(0));
                Sampler::Between(from.min(to), from.max(to))
            }
            Delay::Percentiles { p50, p95 } => match log_normal(p50, p95) {
                Some(distribution) => Sampler::LogNormal(distribution),
                None => Sampler::Exactly(p50.max(0)),
            },
            Delay::Mean(mean) => Sampler::Mean(mean.max(0) as f64),
        }
    }

    /// The median.
    pub fn median(self) -> Nanoseconds {
        match self {
            Delay::Exactly(value) => value.max(0),
            Delay::Between(from, to) => from.max(0) / 2 + to.max(0) / 2,
            Delay::Percentiles { p50, .. } => p50.max(0),
            Delay::Mean(mean) => (mean.max(0) as f64 * std::f64::consts::LN_2) as Nanoseconds,
        }
    }
}

/// The lognormal distribution through both percentiles; none where it would have no width.
fn log_normal(p50: Nanoseconds, p95: Nanoseconds) -> Option<LogNormal<f64>> {
    if p50 <= 0 || p95 <= p50 {
        return None;
    }
    let sigma = (p95 as f64 / p50 as f64).ln() / Z95;
    LogNormal::new((p50 as f64).ln(), sigma).ok()
}

/// Within a hundred years: more would only overflow later.
fn clamp(value: f64) -> Nanoseconds {
    value.clamp(0.0, 3.2e18) as Nanoseconds
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Nanoseconds = 1_000_000_000;

    fn drawn(delay: Delay) -> Vec<Nanoseconds> {
        let mut all: Vec<_> = (0..20_000)
            .map(|seed| Key::new(seed).name(&KeyName::new("step")).delay(delay.sampler()))
            .collect();
        all.sort();
        all
    }

    fn near(value: Nanoseconds, wanted: Nanoseconds) -> bool {
        (value - wanted).abs() < wanted / 25
    }

    #[test]
    fn the_lognormal_goes_through_both_percentiles() {
        let all = drawn(Delay::Percentiles { p50: SECOND, p95: 5 * SECOND });
        assert!(near(all[10_000], SECOND), "{}", all[10_000]);
        assert!(near(all[19_000], 5 * SECOND), "{}", all[19_000]);
    }

    #[test]
    fn the_exponential_has_its_mean_and_median() {
        let all = drawn(Delay::Mean(10 * SECOND));
        assert!(near(all.iter().sum::<i64>() / 20_000, 10 * SECOND));
        assert!(near(all[10_000], Delay::Mean(10 * SECOND).median()));
    }

    #[test]
    fn the_uniform_stays_between_its_ends() {
        let all = drawn(Delay::Between(SECOND, 3 * SECOND));
        assert!(all[0] >= SECOND && all[19_999] <= 3 * SECOND);
        assert!(near(all[10_000], 2 * SECOND));
    }

    #[test]
    fn chances_come_as_often_as_they_say() {
        let share = (0..20_000).filter(|seed| Key::new(*seed).happens(0.05)).count();
        assert!((900..1_100).contains(&share), "{share}");
        assert!(!Key::new(1).happens(0.0));
        assert!(Key::new(1).happens(1.0));
    }

    #[test]
    fn keys_differ_by_every_field_and_its_place() {
        let key = Key::new(1);
        let all = [
            key,
            Key::new(2),
            key.number(0),
            key.number(1),
            key.name(&KeyName::new("a")),
            key.name(&KeyName::new("b")),
            key.name(&KeyName::new("a")).number(1),
            key.number(1).name(&KeyName::new("a")),
            key.name(&KeyName::new("")),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(all[index + 1..].iter().all(|other| other.state != one.state));
        }
    }

    #[test]
    fn nothing_drawn_overflows() {
        let drawn = |delay: Delay| Key::new(3).delay(delay.sampler());
        assert!(drawn(Delay::Mean(i64::MAX)) > 0);
        assert_eq!(drawn(Delay::Exactly(-5)), 0);
        assert_eq!(drawn(Delay::Percentiles { p50: 0, p95: 0 }), 0);
        assert!((1..=5).contains(&drawn(Delay::Between(5, 1))));
    }
}
