//! Time zones: the offset of a place from UTC, including daylight saving.
//!
//! Only the compiled-in database is used, so that a run is the same on every machine.

use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZoneDatabase};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Whether this is the name of a time zone: `Europe/Berlin`.
pub fn is_time_zone(name: &str) -> bool {
    ZONES.get(name).is_ok()
}

/// The offset of a zone from UTC at a time, both in nanoseconds; `None` if there is no such zone or no such
/// time.
pub fn utc_offset(at: i64, zone: &str) -> Option<i64> {
    let zone = ZONES.get(zone).ok()?;
    let at = Timestamp::from_nanosecond(i128::from(at)).ok()?;
    Some(i64::from(zone.to_offset(at).seconds()) * 1_000_000_000)
}

/// The names of all zones, in alphabetical order.
pub fn time_zones() -> Vec<String> {
    let mut names: Vec<String> = ZONES.available().map(|name| name.to_string()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(at: &str, zone: &str) -> i64 {
        let at: Timestamp = at.parse().unwrap();
        utc_offset(at.as_nanosecond() as i64, zone).unwrap() / 60_000_000_000
    }

    #[test]
    fn clocks_go_forward_and_back() {
        for (at, zone, ahead) in [
            // Berlin: 02:00 becomes 03:00, and in autumn 03:00 becomes 02:00.
            ("2026-03-29T00:59:59Z", "Europe/Berlin", 60),
            ("2026-03-29T01:00:00Z", "Europe/Berlin", 120),
            ("2026-10-25T00:59:59Z", "Europe/Berlin", 120),
            ("2026-10-25T01:00:00Z", "Europe/Berlin", 60),
            // No daylight saving, and not by whole hours.
            ("2026-07-01T00:00:00Z", "Asia/Kolkata", 330),
            ("2026-01-01T00:00:00Z", "Asia/Kathmandu", 345),
            ("2026-01-01T00:00:00Z", "Asia/Ho_Chi_Minh", 420),
            // Half an hour of daylight saving.
            ("2026-01-01T00:00:00Z", "Australia/Lord_Howe", 660),
            ("2026-07-01T00:00:00Z", "Australia/Lord_Howe", 630),
            ("2026-07-01T00:00:00Z", "America/New_York", -240),
            ("2026-07-01T00:00:00Z", "UTC", 0),
        ] {
            assert_eq!(minutes(at, zone), ahead, "{zone} {at}");
        }
    }

    #[test]
    fn what_is_no_zone_has_no_offset() {
        for name in ["", "Europe/Berln", "Mars/Olympus", "../etc/passwd"] {
            assert!(!is_time_zone(name) && utc_offset(0, name).is_none(), "{name}");
        }
        assert!(time_zones().iter().any(|name| name == "Europe/Lisbon"));
    }
}
