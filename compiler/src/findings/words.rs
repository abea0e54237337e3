//! Words that several findings need: enumerations of names.

/// "`a`", "`a` and `b`", "`a`, `b` and `c`".
pub fn list(names: &[&str]) -> String {
    joined(names, "and")
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub fn either(names: &[&str]) -> String {
    joined(names, "or")
}

/// "a step", "an item".
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

fn joined(names: &[&str], word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {word} {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{either, list};

    #[test]
    fn names_are_enumerated_as_people_do() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(either(&["a", "b"]), "`a` or `b`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
