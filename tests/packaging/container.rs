//! The container image, as far as it can be seen without a daemon: what its Dockerfile copies is there, and
//! what it starts is what it copied.

use std::fs;

use crate::packed::{packed, platforms};

#[test]
fn the_dockerfile_finds_its_files() {
    let folder = packed().join("container");
    let text = fs::read_to_string(folder.join("Dockerfile")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert_eq!(lines[0], "FROM scratch");
    let mut targets = Vec::new();
    let platforms: Vec<String> = platforms().into_iter().filter_map(|platform| platform.container).collect();
    assert_eq!(platforms, ["amd64", "arm64"]);
    for line in lines.iter().filter_map(|line| line.strip_prefix("COPY ")) {
        let (from, to) = line.split_once(' ').unwrap();
        targets.push(to);
        for platform in &platforms {
            let file = folder.join(from.replace("${TARGETARCH}", platform));
            assert!(file.is_file(), "{}", file.display());
        }
    }
    let start = lines.iter().find_map(|line| line.strip_prefix("ENTRYPOINT ")).unwrap();
    let start: Vec<String> = serde_json::from_str(start).unwrap();
    assert!(targets.contains(&start[0].as_str()), "{start:?} is one of {targets:?}");
    assert!(lines.iter().any(|line| line.starts_with("USER ") && !line.contains("root")), "{text}");
}
