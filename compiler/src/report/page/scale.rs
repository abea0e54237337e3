//! Time drawn so that both seconds and hours can be seen: the longer nothing happens, the less room a
//! stretch gets for each second.

use crate::graph::{Nanoseconds, SECOND};

/// From times to places between 0 and 100.
#[derive(Debug)]
pub(super) struct Scale {
    /// Times at which something happens, with their places.
    stops: Vec<(Nanoseconds, f64)>,
}

impl Scale {
    /// For these times.
    pub fn new(times: impl IntoIterator<Item = Nanoseconds>) -> Self {
        let mut times: Vec<Nanoseconds> = times.into_iter().chain([0]).collect();
        times.sort();
        times.dedup();
        let mut stops = Vec::with_capacity(times.len());
        let mut place = 0.0;
        let mut before = times.first().copied().unwrap_or(0);
        for time in times {
            place += (1.0 + (time - before) as f64 / SECOND as f64).ln();
            before = time;
            stops.push((time, place));
        }
        let whole = if place > 0.0 { place } else { 1.0 };
        stops.iter_mut().for_each(|(_, place)| *place *= 100.0 / whole);
        Scale { stops }
    }

    /// The place of a time; between two stops as the clock goes.
    pub fn place(&self, time: Nanoseconds) -> f64 {
        let behind = self.stops.partition_point(|(stop, _)| *stop < time);
        let Some((after, to)) = self.stops.get(behind).copied() else {
            return self.stops.last().map_or(0.0, |(_, place)| *place);
        };
        match behind.checked_sub(1).and_then(|before| self.stops.get(before)) {
            Some((before, from)) => {
                from + (to - from) * (time - before) as f64 / (after - before).max(1) as f64
            }
            None => to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_order_and_long_waits_shrink() {
        let scale = Scale::new([0, SECOND, 2 * SECOND, 3600 * SECOND]);
        let places: Vec<f64> =
            [0, SECOND, 2 * SECOND, 3600 * SECOND].iter().map(|time| scale.place(*time)).collect();
        assert!(places.is_sorted() && places[0] == 0.0 && (places[3] - 100.0).abs() < 1e-9, "{places:?}");
        assert!(places[1] > 5.0, "a second can be seen beside an hour: {places:?}");
        assert!(scale.place(1800 * SECOND) < 100.0 && scale.place(1800 * SECOND) > places[2]);
        assert_eq!(Scale::new([]).place(5), 0.0);
    }
}
