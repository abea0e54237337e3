//! "Did you mean": the nearest name to a misspelt one.

/// The candidate nearest to `name`, if one is near enough to be meant: at most a third of the
/// letters differ (optimal string alignment distance), and at least one edit is allowed. Ties go to
/// the first candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        // One edit changes the length by one at most: most of many candidates are out at once.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        // Two names of one letter have nothing in common.
        .filter(|(distance, candidate)| {
            *distance <= limit && *distance < candidate.chars().count().max(length)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_near_and_only_the_near() {
        assert_eq!(nearest("sevrity", ["owner", "severity"]), Some("severity"));
        assert_eq!(nearest("Major", ["major"]), Some("major"));
        assert_eq!(nearest("pod", ["step", "severity"]), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(nearest("aa", ["a"]), Some("a"));
    }
}
