//! `quell dry-run --html`: what stands in the page, and what a real browser makes of it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::sandbox::Sandbox;

/// A sandbox with the page of a run in `run.html`, and its text.
fn page(target: &str, further: &[&str]) -> (Sandbox, String) {
    let sandbox = Sandbox::with_examples();
    let mut arguments = vec!["dry-run", target, "--html", "run.html"];
    arguments.extend(further);
    let run = sandbox.quell_with(&arguments);
    assert_eq!((run.code, run.out.as_str()), (0, "wrote run.html\n"), "{run}");
    let text = sandbox.read("run.html");
    (sandbox, text)
}

#[test]
fn a_page_needs_nothing_from_outside() {
    for target in ["checkout_latency", "deployment_rollback", "regional_failover", "war_room"] {
        let (_, text) = page(&format!("examples:{target}"), &[]);
        for outside in ["<script", "<link", "<img", "<iframe", " src=", " href=", "@import"] {
            assert!(!text.contains(outside), "{target}: {outside}");
        }
        let urls: Vec<&str> = text.match_indices("url(").map(|(at, _)| &text[at..at + 6]).collect();
        assert!(urls.iter().all(|url| url.starts_with("url(#")), "{target}: {urls:?}");
        assert_eq!(text.matches("<section").count(), 6, "{target}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{target}");
    }
}

#[test]
fn one_run_gives_one_page() {
    let page = || page("examples:checkout_latency", &["--seed", "7"]).1;
    assert_eq!(page(), page());
}

#[test]
fn what_an_alert_says_is_only_text() {
    let alert = r#"alert={"name": "x", "summary": "</title><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x"}"#;
    let (_, text) = page("examples:regional_failover", &["--input", alert]);
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown");
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("\" onload=\""));
}

#[test]
fn a_file_that_cannot_be_written() {
    let sandbox = Sandbox::with_examples();
    let run = sandbox.quell("dry-run examples:war_room --html nowhere/run.html");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("nowhere/run.html"), "{run}");
}

/// The browser; tests need it where everything is installed, and are skipped elsewhere.
fn chromium() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = folders.unwrap_or_default().into_iter();
    let found = found.flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file());
    if found.is_none() {
        quell_test_support::skip("chromium is not installed");
    }
    found
}

/// Opens the page in a browser without a window; gives what it prints.
fn browse(chromium: &Path, sandbox: &Sandbox, arguments: &[&str]) -> String {
    let profile = sandbox.path("profile");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(arguments)
        .arg(format!("file://{}", sandbox.path("run.html").display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_real_browser_shows_it() {
    let Some(chromium) = chromium() else { return };
    let scenario = ["--scenario", "the region is down, and Prometheus with it"];
    let (sandbox, text) = page("examples:regional_failover", &scenario);
    // What the browser understood has the same elements as what was written: nothing is left open.
    let understood = browse(&chromium, &sandbox, &["--dump-dom"]);
    for element in ["<section", "<span class=\"bar", "<article", "<g class=\"node", "<path class=\"edge"] {
        let count = text.matches(element).count();
        assert!(count > 0, "{element} isn't there");
        assert_eq!(understood.matches(element).count(), count, "{element}");
    }
    for said in ["Resolved after 14m 6s", "postgres.promote", "Ana Lopes", "no probe reaches the primary"] {
        assert!(understood.contains(said), "{said}");
    }
    // Light and dark, wide and narrow: something is drawn, and not the same.
    let mut pictures = Vec::new();
    for (name, further) in [
        ("light.png", vec!["--window-size=1240,1600"]),
        ("dark.png", vec!["--window-size=1240,1600", "--blink-settings=preferredColorScheme=0"]),
        ("narrow.png", vec!["--window-size=420,1600"]),
    ] {
        let shot = format!("--screenshot={}", sandbox.path(name).display());
        let mut arguments = vec![shot.as_str()];
        arguments.extend(further);
        browse(&chromium, &sandbox, &arguments);
        let picture = fs::read(sandbox.path(name)).unwrap();
        assert!(picture.starts_with(b"\x89PNG") && picture.len() > 40_000, "{name}: {} bytes", picture.len());
        pictures.push(picture);
    }
    assert!(pictures[0] != pictures[1], "light and dark look the same");
}
