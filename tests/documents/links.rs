//! Links lead somewhere.

use std::fs;

use crate::root;

/// Each link of a page to a file leads to one.
#[test]
fn links_lead_somewhere() {
    let pages = ignore::Walk::new(root()).map(Result::unwrap).map(ignore::DirEntry::into_path);
    let pages: Vec<_> = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    let (mut links, mut dead) = (0, Vec::new());
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        // Brackets in a block of code are no link.
        let outside = text.split("\n```").step_by(2);
        for target in
            outside.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
        {
            let file = target.split('#').next().unwrap();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            links += 1;
            if !page.parent().unwrap().join(file).exists() {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(links > 300, "{links}");
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
