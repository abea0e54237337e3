//! Input that no one should have to fear: each has a clear finding or failure, and an exit code.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

fn check(content: impl AsRef<[u8]>) -> String {
    let sandbox = Sandbox::new([]);
    sandbox.write("a.quell", content);
    sandbox.quell("check a.quell").to_string()
}

#[test]
fn an_empty_file_is_only_mentioned() {
    assert_snapshot!(check(""));
}

#[test]
fn a_byte_order_mark_is_only_mentioned() {
    assert_snapshot!(check("\u{FEFF}type Tag = Text\n"));
}

#[test]
fn windows_line_ends_are_only_mentioned() {
    assert_snapshot!(check("record Disk {\r\n  mount: Text,\r\n}\r\n"));
}

#[test]
fn tabs_are_only_mentioned() {
    assert_snapshot!(check("record Disk {\n\tmount: Text,\n\tsize: Size,\n}\n"));
}

#[test]
fn bytes_that_are_not_utf8_are_shown_where_they_stand() {
    assert_snapshot!(check(b"let greeting: Text = \"Gr\xFCezi\"\nlet other: Int = 1\n"));
}

#[test]
fn utf16_is_recognized() {
    assert_snapshot!(check(b"\xFF\xFEt\0y\0p\0e\0"));
}

#[test]
fn a_binary_file_is_no_crash() {
    let bytes: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(check(bytes).starts_with("exit code 1"));
}

#[test]
fn a_file_of_ten_megabytes_is_refused() {
    assert_snapshot!(check("// 16 bytes long\n".repeat(10 << 16)));
}

#[test]
fn a_hundred_thousand_parentheses_are_too_deep() {
    let deep = format!("let deep: Int = {}1{}\n", "(".repeat(100_000), ")".repeat(100_000));
    assert_snapshot!(check(deep));
}

#[test]
fn a_hundred_thousand_open_parentheses_are_too_deep() {
    let deep = format!("let deep: Int = {}", "(\n".repeat(100_000));
    assert_snapshot!(check(deep));
}

#[test]
fn a_hundred_thousand_blocks_are_too_deep() {
    let deep = format!("task deep() {{\n{}{}}}\n", "if true {\n".repeat(100_000), "}\n".repeat(100_000));
    assert_snapshot!(check(deep));
}

#[test]
fn a_hundred_thousand_blocks_that_never_close_are_too_deep() {
    assert_snapshot!(check(format!("task deep() {{\n{}", "if true {\n".repeat(100_000))));
}

#[test]
fn a_string_that_never_ends_hurts_only_its_line() {
    assert_snapshot!(check("let greeting: Text = \"hello\nlet other: Int = 1\n"));
}

#[test]
fn a_long_text_that_never_ends() {
    assert_snapshot!(check("let greeting: Text = \"\"\"\nhello\n"));
}

#[test]
fn a_block_that_never_ends() {
    assert_snapshot!(check("record Disk {\n  mount: Text,\n"));
}

#[test]
fn a_path_that_leads_nowhere() {
    let sandbox = Sandbox::new([("disk_full.quell", "type Tag = Text\n")]);
    assert_snapshot!(sandbox.quell("check disk_fill.quell"));
}

#[test]
fn a_path_in_a_folder_that_is_not_there() {
    assert_snapshot!(Sandbox::new([]).quell("check playbooks/disk_full.quell"));
}

#[test]
fn each_of_several_wrong_paths_is_named() {
    let run = Sandbox::new([]).quell("check one two");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`one`") && run.err.contains("`two`"), "{run}");
}

#[test]
fn a_file_of_another_kind() {
    assert_snapshot!(Sandbox::new([("notes.md", "# Notes\n")]).quell("check notes.md"));
}

#[test]
fn a_folder_without_quell_files() {
    assert_snapshot!(Sandbox::new([("notes/readme.md", "# Notes\n")]).quell("check notes"));
}

#[test]
fn a_broken_project_file() {
    let sandbox =
        Sandbox::new([("quell.toml", "[package\nname = \"a\"\n"), ("a.quell", "type Tag = Text\n")]);
    assert_snapshot!(sandbox.quell("check ."));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new([("a.quell", "type Tag = Text\n")]);
    std::fs::set_permissions(sandbox.path("a.quell"), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(sandbox.path("a.quell")).is_ok() {
        return; // whoever runs this may read everything
    }
    assert_snapshot!(sandbox.quell("check a.quell"));
}

#[test]
fn a_line_of_a_megabyte_does_not_fill_the_screen() {
    let run = check(format!("let long: Int = \"{}\"\n", "long ".repeat(200_000)));
    assert!(run.starts_with("exit code 1") && run.len() < 5_000, "{} bytes", run.len());
}

#[test]
fn names_that_are_there_twice() {
    assert_snapshot!(check("record Disk {\n  mount: Text,\n  mount: Text,\n}\n\ntype Disk = Text\n"));
}

#[test]
fn a_use_that_leads_nowhere() {
    assert_snapshot!(check("use std.slak\nuse std.prelude (Severty)\n"));
}

#[test]
fn a_file_that_uses_itself() {
    assert_snapshot!(check("use a\n"));
}

#[test]
fn a_folder_without_playbooks_has_no_graph() {
    let sandbox = Sandbox::new([("lib/hosts.quell", "type Host = Text\n")]);
    assert_eq!(sandbox.quell("check lib").code, 0, "it is fine in itself");
    assert_snapshot!(sandbox.quell("graph lib"));
}
