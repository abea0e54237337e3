//! The phrases that are refused, each with what to write instead.

use std::collections::HashMap;

/// A phrase: words separated by blanks. `a|b` is either word; `` ` `` is a name in backticks.
/// After `!` come words that may not follow, and after `<` words that may not precede.
const PHRASES: &[(&str, &str)] = &[
    // What is where.
    (
        "stand|stands|stood in|at|above|below|behind|beside|before|inside|outside|there|alone|on|around ! for",
        "`is`, `appears`, `is written`",
    ),
    ("behind it|them|that|this|which|operators|what < servers pods people machines hosts is", "`after`"),
    ("pages|page|comes|come|came behind", "`after`, `next`"),
    ("lay|lays|laid|laying out", "`format`, `arrange`"),
    // Reading.
    (
        "a|one|two|each|every|last|second|these|both|all|late|such look|looks ! like",
        "`read-only step`, `read`",
    ),
    ("only|may|most look|looks ! like for as", "`read`, `is read-only`"),
    ("looks at", "`reads`, `checks`, `watches`"),
    ("look before you", "`review before applying`"),
    ("is|are|was|were looked", "`checked`, `diagnosed`, `searched for`"),
    ("look|looks|looking|looked back", "`review`, `post-mortem`"),
    ("the looking", "`the read-only steps`"),
    ("overlook|overlooks", "`keep track of`, `miss`: `overlook` means to fail to notice"),
    // Saying and telling.
    (", says", "the source in parentheses, `2.4s (prometheus.duration)`"),
    ("say|says of", "`declare`, `document`"),
    ("isn't|aren't|wasn't|not|never said", "`not set`, `missing`"),
    ("may|can be said", "`can be set`, `is repeatable`"),
    (
        "tells what|whether|which|why|how|when|any|none|apart",
        "`prints`, `reports`, `shows`; `tell` is for people",
    ),
    ("tells|puts|calls|leaves nobody", "`posts no`, `assigns no`, `never escalates`"),
    ("hear|hears|heard of it", "`is told`"),
    ("is|are called `", "`is named`"),
    ("it|which|that gives < who she he", "`returns`, `prints`, `has`"),
    ("gives whether|none|nothing|back|each|every", "`returns`"),
    // Running.
    ("go|goes|gone|went on ! call duty strike holiday vacation", "`continue`, `go next`, `happen`"),
    ("comes|came to ! mind", "`reaches`, `results in`, `means`"),
    ("begins|began|begin at", "`starts at`"),
    ("that|word|line|which begins nothing", "`unknown`, `unexpected`"),
    ("mend|mends|mended|mending", "`fix`"),
    ("take|takes|took|taken|taking back", "`revert`, `roll back`, `undo`"),
    ("put|puts|putting back", "`undone`, `restored`"),
    ("take|takes|took|taken|taking away", "`remove`"),
    ("hold|holds|held|holding against", "`compare with`, `check against`"),
    ("shrug|shrugs|shrugged off", "`ignore`"),
    ("without need", "`needlessly`, `doesn't need to`"),
    ("be rid of", "`deprecated`"),
    ("anybody's|anyone's hands", "`could be automated`"),
    ("stand|stands in a chain", "`can't be chained`"),
    // People and practice.
    ("who|whoever|you|nobody command|commands ! line", "`the incident commander`"),
    ("a|another|one|that|same|each|second|other|this medium", "`contact channel`"),
    ("no good practice", "`risky`, `risky practice`"),
];

pub struct Found {
    /// The words as they are written.
    pub phrase: String,
    pub instead: &'static str,
    /// The line of the text, from 0.
    pub line: usize,
    /// The text around the phrase, in one line.
    pub context: String,
}

struct Phrase {
    before: Vec<&'static str>,
    words: Vec<Vec<&'static str>>,
    after: Vec<&'static str>,
    instead: &'static str,
}

struct Word {
    text: String,
    start: usize,
    end: usize,
}

pub struct Phrases {
    all: Vec<Phrase>,
    /// Which phrases start with a word.
    by_first: HashMap<&'static str, Vec<usize>>,
}

impl Phrases {
    pub fn new() -> Self {
        let phrase = |&(pattern, instead): &(&'static str, &'static str)| {
            let (pattern, before) = pattern.split_once(" < ").unwrap_or((pattern, ""));
            let (words, after) = pattern.split_once(" ! ").unwrap_or((pattern, ""));
            Phrase {
                before: before.split_whitespace().collect(),
                words: words.split_whitespace().map(|word| word.split('|').collect()).collect(),
                after: after.split_whitespace().collect(),
                instead,
            }
        };
        let all: Vec<Phrase> = PHRASES.iter().map(phrase).collect();
        let mut by_first: HashMap<_, Vec<_>> = HashMap::new();
        for (number, phrase) in all.iter().enumerate() {
            for first in &phrase.words[0] {
                by_first.entry(*first).or_default().push(number);
            }
        }
        Self { all, by_first }
    }

    /// All refused phrases of a text.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let words = words(text);
        let mut found = Vec::new();
        for start in 0..words.len() {
            for number in self.by_first.get(&*words[start].text).into_iter().flatten() {
                let phrase = &self.all[*number];
                if phrase.is_at(&words, start) {
                    found.push(found_at(text, &words[start..start + phrase.words.len()], phrase.instead));
                }
            }
        }
        found
    }
}

impl Phrase {
    fn is_at(&self, words: &[Word], start: usize) -> bool {
        let end = start + self.words.len();
        let fits = |(word, any): (&Word, &Vec<&str>)| any.contains(&&*word.text);
        end <= words.len()
            && words[start..end].iter().zip(&self.words).all(fits)
            && !words.get(end).is_some_and(|next| self.after.contains(&&*next.text))
            && !start.checked_sub(1).is_some_and(|it| self.before.contains(&&*words[it].text))
    }
}

fn found_at(text: &str, words: &[Word], instead: &'static str) -> Found {
    let (start, end) = (words[0].start, words[words.len() - 1].end);
    let from = text[..start].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(60).map_or(text.len(), |(at, _)| end + at);
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Found {
        phrase: line(&text[start..end]),
        instead,
        line: text[..start].matches('\n').count(),
        context: line(&text[from..to]),
    }
}

/// The words and signs of a text; what is in backticks is one sign.
fn words(text: &str) -> Vec<Word> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_' || it == '\'' || it == '’';
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(first) = text[rest..].chars().next() {
        let start = rest;
        if first.is_whitespace() {
            rest += first.len_utf8();
            continue;
        }
        let word = if is_word(first) {
            rest += text[rest..].find(|it| !is_word(it)).unwrap_or(text.len() - rest);
            text[start..rest].trim_matches('\'').replace('’', "'").to_lowercase()
        } else {
            rest += first.len_utf8();
            if first == '`'
                && let Some(end) = text[rest..].find(['`', '\n'])
                && text[rest + end..].starts_with('`')
            {
                rest += end + 1;
            }
            first.to_string()
        };
        words.push(Word { text: word, start, end: rest });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(text: &str) -> Vec<String> {
        Phrases::new().find(text).into_iter().map(|found| found.phrase).collect()
    }

    #[test]
    fn phrases_are_found_across_lines_and_in_any_case() {
        assert_eq!(phrases("What it\nLooks\n at is unknown"), ["Looks at"]);
        let found = Phrases::new().find("one\ntwo\nit goes on");
        assert_eq!((found.len(), found[0].line), (1, 2));
    }

    #[test]
    fn exceptions_and_names_are_left_alone() {
        assert!(phrases("lin goes on call; `look back` is a name; it `goes on` here").is_empty());
        assert!(phrases("a look_back of it, which comes to mind. Each looks like it").is_empty());
        assert_eq!(phrases("it is called `x`"), ["is called `x`"]);
    }

    #[test]
    fn each_phrase_can_be_found() {
        let all = Phrases::new();
        for phrase in &all.all {
            let text: Vec<_> = phrase.words.iter().map(|any| any[0]).collect();
            let text = text.join(" ");
            assert!(all.find(&text).iter().any(|found| found.instead == phrase.instead), "{text}");
        }
    }
}
