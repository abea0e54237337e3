//! "Did you mean": the nearest name to a misspelt one.

/// How many candidates are compared letter by letter. Files with thousands of unknown names would
/// compare each with each otherwise.
const COMPARED: usize = 256;

/// The candidate nearest to `name`, if one is near enough to be meant: at most a third of the
/// letters differ (optimal string alignment distance), and at least one edit is allowed. Ties go to
/// the first candidate. Of very many candidates only those are compared that have the most letters
/// in common with it.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    let lower = name.to_lowercase();
    closest(name, limit, candidates)
        .into_iter()
        .map(|(_, _, place, candidate)| {
            (strsim::osa_distance(&lower, &candidate.to_lowercase()), place, candidate)
        })
        // Two names of one letter have nothing in common.
        .filter(|(distance, _, candidate)| {
            *distance <= limit && *distance < candidate.chars().count().max(length)
        })
        .min_by_key(|(distance, place, _)| (*distance, *place))
        .map(|(_, _, candidate)| candidate)
}

/// The candidates that so few edits may reach, at most [`COMPARED`]: how many it takes at least, how many
/// letters lie between what both begin and end with, the place among all, and the candidate.
fn closest<'a>(
    name: &str,
    limit: usize,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Vec<(usize, usize, usize, &'a str)> {
    let own = Letters::of(name);
    let mut near: Vec<(usize, usize, usize, &str)> = candidates
        .into_iter()
        .enumerate()
        .filter(|(_, candidate)| *candidate != name)
        .map(|(place, candidate)| (own.edits_at_least(&Letters::of(candidate)), 0, place, candidate))
        .filter(|(edits, _, _, _)| *edits <= limit)
        .collect();
    if near.len() > COMPARED {
        near.iter_mut().for_each(|(_, between, _, candidate)| *between = letters_between(name, candidate));
        near.select_nth_unstable(COMPARED);
        near.truncate(COMPARED);
    }
    near
}

/// How many letters of the longer name lie between what both begin and what both end with.
fn letters_between(one: &str, other: &str) -> usize {
    let same = |(one, other): &(char, char)| one.eq_ignore_ascii_case(other);
    let begin = one.chars().zip(other.chars()).take_while(same).count();
    let end = one.chars().rev().zip(other.chars().rev()).take_while(same).count();
    one.chars().count().max(other.chars().count()).saturating_sub(begin + end)
}

/// How many letters a name has, and which: a bit for each, some with the same.
struct Letters {
    count: usize,
    which: u64,
}

impl Letters {
    fn of(name: &str) -> Letters {
        let mut letters = Letters { count: 0, which: 0 };
        for letter in name.chars() {
            letters.count += 1;
            for lower in letter.to_lowercase() {
                letters.which |= 1 << (u32::from(lower) % 64);
            }
        }
        letters
    }

    /// An edit changes the number of letters by one at most, takes one letter away and adds one at most.
    fn edits_at_least(&self, other: &Letters) -> usize {
        let only = |own: &Letters, other: &Letters| (own.which & !other.which).count_ones() as usize;
        only(self, other).max(only(other, self)).max(self.count.abs_diff(other.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_and_only_the_near() {
        assert_eq!(nearest("sevrity", ["owner", "severity"]), Some("severity"));
        assert_eq!(nearest("Major", ["major"]), Some("major"));
        assert_eq!(nearest("pod", ["step", "severity"]), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(nearest("aa", ["a"]), Some("a"));
        assert_eq!(nearest("GRÖSSE", ["größe", "grösse"]), Some("grösse"));
        assert_eq!(nearest("ba", ["ab", "aa"]), Some("ab"));
    }

    /// What is passed over without a comparison can't be reached by so few edits.
    #[test]
    fn the_letters_in_common_bound_the_edits_from_below() {
        let mut state = 1u64;
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut word = || -> String {
            (0..draw(9)).map(|_| char::from_u32(u32::from(b'a') + draw(6) as u32).unwrap_or('ä')).collect()
        };
        for _ in 0..20_000 {
            let (one, other) = (word(), word());
            let edits = strsim::osa_distance(&one, &other);
            let least = Letters::of(&one).edits_at_least(&Letters::of(&other));
            assert!(least <= edits, "{one:?} and {other:?}: {least} and {edits}");
        }
    }

    /// A thousand unknown names among as many known ones: the letters are compared of a few.
    #[test]
    fn few_of_many_candidates_are_compared_letter_by_letter() {
        let known: Vec<String> = (0..50_000).map(|number| format!("HighLatency{number:05}")).collect();
        let candidates = || known.iter().map(String::as_str);
        assert_eq!(closest("HighLatenci04711", 5, candidates()).len(), COMPARED);
        assert_eq!(nearest("HighLatenci04711", candidates()), Some("HighLatency04711"));
        assert_eq!(nearest("highlatency4711", candidates()), Some("HighLatency04711"));
    }
}
