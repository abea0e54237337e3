//! The blocks of code on the pages, with what their first line says about them.

use std::fs;

use crate::root;

/// A block of code on a page.
#[derive(Debug, Clone)]
pub struct Block {
    /// The page's path from the root of the repository.
    pub page: String,
    /// The line of the first backticks, from 1.
    pub line: usize,
    /// The last heading before the block, with its marks: `## Bad`.
    pub heading: String,
    /// The first word after the backticks.
    pub language: String,
    /// The other words: `wrong`, `file=NAME`.
    pub marks: Vec<String>,
    pub text: String,
}

impl Block {
    pub fn is_marked(&self, mark: &str) -> bool {
        self.marks.iter().any(|it| it == mark)
    }

    /// The file that the block is, if it is a whole one.
    pub fn file(&self) -> Option<&str> {
        self.marks.iter().find_map(|mark| mark.strip_prefix("file="))
    }

    /// Where it is, for a failure.
    pub fn place(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

/// All pages of the repository, with their texts, sorted.
pub fn pages() -> Vec<(String, String)> {
    let files = ignore::Walk::new(root()).map(Result::unwrap).map(ignore::DirEntry::into_path);
    let mut pages: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    pages.sort();
    pages
}

/// The blocks of a page, and its text without them.
pub fn of_page(page: &str, text: &str) -> (Vec<Block>, String) {
    let (mut blocks, mut words) = (Vec::new(), String::new());
    let mut open: Option<(Block, String)> = None;
    let mut heading = String::new();
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        match &mut open {
            Some((_, fence)) if trimmed.trim_end() == *fence => {
                blocks.extend(open.take().map(|(block, _)| block))
            }
            Some((block, _)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None if trimmed.starts_with("```") => {
                let (fence, marks) = trimmed.split_at(trimmed.len() - trimmed.trim_start_matches('`').len());
                let mut marks = marks.split_whitespace().map(str::to_owned);
                let block = Block {
                    page: page.to_owned(),
                    line: index + 1,
                    heading: heading.clone(),
                    language: marks.next().unwrap_or_default(),
                    marks: marks.collect(),
                    text: String::new(),
                };
                open = Some((block, fence.to_owned()));
            }
            None => {
                if line.starts_with('#') {
                    line.trim_end().clone_into(&mut heading);
                }
                words.push_str(line);
                words.push('\n');
            }
        }
    }
    assert!(open.is_none(), "{page}: a block isn't closed");
    (blocks, words)
}

/// The blocks of a page that are whole files: names and texts.
pub fn named_files(page: &str) -> Vec<(String, String)> {
    let (blocks, _) = of_page("", page);
    blocks.into_iter().filter_map(|block| Some((block.file()?.to_owned(), block.text.clone()))).collect()
}
