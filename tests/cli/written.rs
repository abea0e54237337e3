//! What commands write, and what they leave alone.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};

use assert_cmd::cargo::cargo_bin;

use crate::sandbox::{Run, Sandbox};

const BOOK: &str = r#"let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")

let web: Team = Team(name: "web", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  owner web

  communicate {
    step hello: Text = ask(run.starter, "Greet?", within: 5m)
  }
}

scenario "it is said" for greet {
  expect hello skipped
}

scenario "it is recorded" for greet {
  expect snapshot
}
"#;

const PROJECT: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n";

/// Each command that writes a result, with `FILE` where its name goes.
const RESULTS: [&str; 6] = [
    "dry-run a.quell --html FILE",
    "simulate a.quell --runs 3 --output-file FILE",
    "simulate a.quell --runs 3 --output-format json --output-file FILE",
    "test a.quell -k said --output-format json --output-file FILE",
    "test a.quell -k said --output-format junit --output-file FILE",
    "test a.quell -k said --lcov FILE",
];
/// The same, for findings.
const BASELINE: &str = "lint a.quell --profile strict --update-baseline --baseline FILE";

fn results() -> impl Iterator<Item = &'static str> {
    RESULTS.into_iter().chain([BASELINE])
}

fn sandbox() -> Sandbox {
    Sandbox::new([("a.quell", BOOK)])
}

fn write_to(sandbox: &Sandbox, command: &str, file: &str) -> Run {
    sandbox.quell(&command.replace("FILE", file))
}

fn make(program: &str, arguments: &[&str], path: &Path) -> bool {
    Command::new(program)
        .args([path.as_os_str()])
        .args(arguments)
        .status()
        .is_ok_and(|status| status.success())
}

/// Nothing half-written lies in the folder.
fn assert_clean(sandbox: &Sandbox) {
    let names = fs::read_dir(sandbox.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with(".quell-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn older_results_are_replaced() {
    for command in results() {
        let sandbox = sandbox();
        for _ in 0..2 {
            let run = write_to(&sandbox, command, "result");
            assert_eq!(run.code, 0, "{command}: {run}");
            assert!(sandbox.read("result").len() > 20, "{command}");
        }
        assert_clean(&sandbox);
    }
}

#[test]
fn what_is_somebodys_stays_unless_forced() {
    for command in results() {
        let sandbox = sandbox();
        sandbox.write("result", "mine\n");
        let run = write_to(&sandbox, command, "result");
        assert_eq!(run.code, 2, "{command}: {run}");
        assert!(run.err.contains("`result` is not replaced: Quell didn't write it"), "{command}: {run}");
        assert!(run.err.contains("--force"), "{command}: {run}");
        assert_eq!(sandbox.read("result"), "mine\n", "{command}");
        let run = write_to(&sandbox, &format!("{command} --force"), "result");
        assert_eq!(run.code, 0, "{command}: {run}");
        assert_ne!(sandbox.read("result"), "mine\n", "{command}");
    }
}

#[test]
fn sources_stay_whatever_stands_in_them() {
    for command in results() {
        let sandbox = sandbox();
        sandbox.write("quell.toml", PROJECT);
        sandbox.write("b.quell", "// mine\n");
        #[cfg(unix)]
        std::os::unix::fs::symlink("b.quell", sandbox.path("link.html")).unwrap();
        let targets = if cfg!(unix) { vec!["b.quell", "quell.toml", "link.html"] } else { vec!["b.quell"] };
        for target in targets {
            let run = write_to(&sandbox, command, target);
            assert_eq!(run.code, 2, "{command} {target}: {run}");
            assert!(run.err.contains("it is a source"), "{command} {target}: {run}");
            let before = if target == "quell.toml" { PROJECT } else { "// mine\n" };
            assert_eq!(sandbox.read(target), before, "{command} {target}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_told() {
    for command in results() {
        let sandbox = sandbox();
        sandbox.write("folder/file", "");
        for (target, why) in [("folder", "it is a folder"), ("nowhere/a", "there is no folder `nowhere`")] {
            let run = write_to(&sandbox, command, target);
            assert_eq!(run.code, 2, "{command} {target}: {run}");
            assert!(run.err.contains(why), "{command} {target}: {run}");
        }
        assert!(!sandbox.path("nowhere").exists());
    }
}

#[test]
fn pages_of_others_stay_and_then_nothing_is_written() {
    let sandbox = sandbox();
    sandbox.write("wiki/README.md", "mine\n");
    let run = sandbox.quell("doc a.quell --output-dir wiki");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`wiki/README.md` is not replaced: Quell didn't write it"), "{run}");
    assert_eq!(fs::read_dir(sandbox.path("wiki")).unwrap().count(), 1, "nothing else was written");
    assert_eq!(sandbox.read("wiki/README.md"), "mine\n");
    // Its own pages it knows again.
    for arguments in ["--force", ""] {
        let run = sandbox.quell(&format!("doc a.quell --output-dir wiki {arguments}"));
        assert_eq!(run.code, 0, "{run}");
        assert!(sandbox.read("wiki/README.md").starts_with("<!-- Made by `quell doc`"));
    }
    sandbox.write("wiki/greet.md", "# my notes\n");
    assert_eq!(sandbox.quell("doc a.quell --output-dir wiki").code, 2);
    assert_eq!(sandbox.read("wiki/greet.md"), "# my notes\n");
}

#[test]
fn snapshots_of_other_tools_stay() {
    let sandbox = sandbox();
    sandbox.write("a.snap", "// Jest Snapshot v1\n");
    let run = sandbox.quell("test --update");
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(sandbox.read("a.snap"), "// Jest Snapshot v1\n");
    assert_eq!(sandbox.quell("test --update --force").code, 0);
    assert_eq!(sandbox.quell("test").code, 0);
    // And where no scenario expects one any more, only its own file goes.
    sandbox.write("a.quell", BOOK.split("scenario \"it is recorded\"").next().unwrap());
    assert_eq!(sandbox.quell("test --update").code, 0);
    assert!(!sandbox.path("a.snap").exists());
}

#[test]
fn a_result_that_is_the_same_keeps_its_time() {
    let sandbox = sandbox();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for command in ["dry-run a.quell --html result", "fmt a.quell"] {
        assert_eq!(sandbox.quell(command).code, 0);
        let file = sandbox.path(if command.starts_with("fmt") { "a.quell" } else { "result" });
        fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(sandbox.quell(command).code, 0);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), long_ago, "{command}");
    }
}

#[test]
fn a_new_project_ignores_half_written_files() {
    let sandbox = Sandbox::new([("old/.gitignore", "target\n")]);
    assert_eq!(sandbox.quell("new shop").code, 0);
    assert!(sandbox.read("shop/.gitignore").lines().any(|line| line == ".quell-*.tmp"));
    assert_eq!(sandbox.quell("new old").code, 0);
    assert_eq!(sandbox.read("old/.gitignore"), "target\n");
}

#[cfg(unix)]
mod unix {
    //! What only such systems have.

    use std::{
        os::unix::{
            fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink},
            net::UnixListener,
            process::ExitStatusExt,
        },
        process::ExitStatus,
        time::Instant,
    };

    use super::*;

    #[test]
    fn pipes_are_written_into() {
        for command in results() {
            let sandbox = sandbox();
            let pipe = sandbox.path("pipe");
            assert!(make("mkfifo", &[], &pipe));
            let reader = thread::spawn({
                let pipe = pipe.clone();
                move || fs::read_to_string(pipe).unwrap()
            });
            let run = write_to(&sandbox, command, "pipe");
            assert_eq!(run.code, 0, "{command}: {run}");
            assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "{command}");
            assert!(reader.join().unwrap().len() > 20, "{command}");
        }
    }

    #[test]
    fn sockets_are_written_into() {
        let sandbox = sandbox();
        let listener = UnixListener::bind(sandbox.path("socket")).unwrap();
        let reader = thread::spawn(move || {
            let mut text = String::new();
            listener.accept().unwrap().0.read_to_string(&mut text).unwrap();
            text
        });
        let run = sandbox.quell("dry-run a.quell --html socket");
        assert_eq!(run.code, 0, "{run}");
        assert!(reader.join().unwrap().contains("</html>"));
        assert!(fs::symlink_metadata(sandbox.path("socket")).unwrap().file_type().is_socket());
    }

    #[test]
    fn devices_are_written_into() {
        for command in results() {
            let sandbox = sandbox();
            let (null, full) = (sandbox.path("null"), sandbox.path("full"));
            if !make("mknod", &["c", "1", "3"], &null) || !make("mknod", &["c", "1", "7"], &full) {
                println!("devices can't be made here, so none is tried");
                return;
            }
            let run = write_to(&sandbox, command, "null");
            assert_eq!(run.code, 0, "{command}: {run}");
            let run = write_to(&sandbox, command, "full");
            assert_eq!(run.code, 2, "{command}: {run}");
            assert!(run.err.contains("o space left"), "{command}: {run}");
            for device in [null, full] {
                assert!(fs::symlink_metadata(&device).unwrap().file_type().is_char_device(), "{command}");
            }
        }
    }

    #[test]
    fn standard_output_is_a_file_too() {
        let sandbox = sandbox();
        for name in
            ["/dev/stdout", "/proc/self/fd/1", "/dev/fd/1"].into_iter().filter(|it| Path::new(it).exists())
        {
            let run = sandbox.quell(&format!("dry-run a.quell --html {name}"));
            assert_eq!(run.code, 0, "{name}: {run}");
            assert!(run.out.starts_with("<!DOCTYPE html>") && run.out.ends_with("</html>"), "{name}: {run}");
            // A file that a shell opened: nothing takes its place, and nothing before the page is lost.
            let file = fs::File::create(sandbox.path("page")).unwrap();
            let inode = file.metadata().unwrap().ino();
            let mut command = Command::new(cargo_bin!("quell"));
            command.args(["test", "a.quell", "-k", "said", "--lcov", name]).current_dir(sandbox.path(""));
            assert!(command.stdout(file).status().unwrap().success());
            let text = sandbox.read("page");
            assert!(text.starts_with("TN:") && text.contains("1 passed"), "{name}: {text}");
            assert_eq!(fs::metadata(sandbox.path("page")).unwrap().ino(), inode, "{name}");
        }
    }

    #[test]
    fn files_keep_their_mode_owner_and_links() {
        let spoil = |sandbox: &Sandbox| sandbox.write("a.quell", BOOK.replace("  ", "      "));
        for command in ["fmt .", "fmt link.quell", "check a.quell --fix"] {
            let sandbox = sandbox();
            let file = sandbox.path("a.quell");
            spoil(&sandbox);
            if command.starts_with("check") {
                sandbox.write("a.quell", format!("use std.slack\n{BOOK}"));
            }
            symlink("a.quell", sandbox.path("link.quell")).unwrap();
            fs::hard_link(&file, sandbox.path("other name")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o6640)).unwrap();
            let given = chown(&file, Some(1234), Some(2345)).is_ok();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
            let before = fs::metadata(&file).unwrap();
            let run = sandbox.quell(command);
            assert!(run.code < 2, "{command}: {run}");
            let after = fs::metadata(&file).unwrap();
            assert_eq!(sandbox.read("a.quell"), BOOK, "{command}");
            assert_eq!(sandbox.read("other name"), BOOK, "{command}");
            let known = |data: &fs::Metadata| (data.mode(), data.uid(), data.gid(), data.nlink(), data.ino());
            assert_eq!(known(&before), known(&after), "{command}, owner given away: {given}");
            assert!(fs::symlink_metadata(sandbox.path("link.quell")).unwrap().is_symlink(), "{command}");
        }
        // With one name only, another file takes the place, and belongs to the same people.
        let sandbox = sandbox();
        spoil(&sandbox);
        let file = sandbox.path("a.quell");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
        let _ = chown(&file, Some(1234), Some(2345));
        let before = fs::metadata(&file).unwrap();
        assert_eq!(sandbox.quell("fmt .").code, 0);
        let after = fs::metadata(&file).unwrap();
        assert_ne!(before.ino(), after.ino());
        assert_eq!((before.mode(), before.uid(), before.gid()), (after.mode(), after.uid(), after.gid()));
    }

    #[test]
    fn a_file_with_many_names_is_written_once() {
        let names: Vec<String> = (0..40).map(|number| format!("name_{number}.quell")).collect();
        for command in ["fmt .", "check . --fix"] {
            let sandbox = sandbox();
            sandbox.write("a.quell", format!("use std.slack\n\n{BOOK}").replace("  ", "      "));
            for (number, name) in names.iter().enumerate() {
                match number % 2 {
                    0 => symlink("a.quell", sandbox.path(name)).unwrap(),
                    _ => fs::hard_link(sandbox.path("a.quell"), sandbox.path(name)).unwrap(),
                }
            }
            let run = sandbox.quell(command);
            assert!(run.code < 2 && !run.err.contains("can't be written"), "{command}: {run}");
            let text = sandbox.read("a.quell");
            assert!(text.contains("playbook"), "{command}: {text}");
            assert!(names.iter().all(|name| sandbox.read(name) == text), "{command}");
            assert_ne!(sandbox.quell("fmt . --check").code, 2);
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_yet_is_followed() {
        let sandbox = sandbox();
        symlink("page.html", sandbox.path("link.html")).unwrap();
        assert_eq!(sandbox.quell("dry-run a.quell --html link.html").code, 0);
        assert!(fs::symlink_metadata(sandbox.path("link.html")).unwrap().is_symlink());
        assert!(sandbox.read("page.html").contains("</html>"));
        symlink("circle", sandbox.path("circle")).unwrap();
        let run = sandbox.quell("dry-run a.quell --html circle");
        assert_eq!(run.code, 2, "{run}");
        assert!(run.err.contains("circle"), "{run}");
    }

    #[test]
    fn what_is_read_only_stays() {
        let sandbox = sandbox();
        sandbox.write("a.quell", BOOK.replace("  ", "      "));
        let before = sandbox.read("a.quell");
        fs::set_permissions(sandbox.path("a.quell"), fs::Permissions::from_mode(0o444)).unwrap();
        let run = sandbox.quell("fmt .");
        assert_eq!(run.code, 2, "{run}");
        assert!(run.err.contains("it is read-only"), "{run}");
        assert_eq!(sandbox.read("a.quell"), before);
        fs::set_permissions(sandbox.path("a.quell"), fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(sandbox.path(""), fs::Permissions::from_mode(0o555)).unwrap();
        let run = sandbox.quell("fmt .");
        fs::set_permissions(sandbox.path(""), fs::Permissions::from_mode(0o755)).unwrap();
        // Nothing is read-only to root.
        if fs::metadata(sandbox.path("a.quell")).unwrap().uid() != 0 {
            assert_eq!(run.code, 2, "{run}");
            assert!(run.err.contains("its folder is read-only"), "{run}");
            assert_eq!(sandbox.read("a.quell"), before);
        }
    }

    /// A file that is larger than the system lets it be: like a full disk, but to be had everywhere.
    #[test]
    fn a_full_disk_leaves_everything_as_it_was() {
        let sandbox = sandbox();
        let long = format!("//   {}\n", "a".repeat(80)).repeat(200);
        for links in [1, 2] {
            sandbox.write("a.quell", format!("let   a = 1\n{long}"));
            let before = sandbox.read("a.quell");
            if links == 2 {
                fs::hard_link(sandbox.path("a.quell"), sandbox.path("other name")).unwrap();
            }
            let mut command = Command::new("bash");
            let script = format!("ulimit -f 4; exec '{}' fmt a.quell", cargo_bin!("quell").display());
            let output = command.args(["-c", &script]).current_dir(sandbox.path("")).output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{links}: {error}");
            assert!(error.contains("too large") || error.contains("can't be written"), "{links}: {error}");
            assert_eq!(sandbox.read("a.quell"), before, "{links}");
            assert_clean(&sandbox);
        }
    }

    #[test]
    fn nothing_half_written_is_left_when_it_is_told_to_end() {
        for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
            let status = ended(signal);
            assert_eq!(status.signal(), Some(number), "{signal}: {status:?}");
        }
    }

    /// `quell`, which listens to signals even where whoever runs the tests has them ignored, as a shell does
    /// with what it runs in the background. Only GNU's `env` can do that.
    fn not_ignoring_signals() -> Command {
        let quell = cargo_bin!("quell");
        let reset = ["--default-signal=INT,TERM,HUP"];
        let works = Command::new("env").args(reset).arg("true").stderr(Stdio::null()).status();
        if !works.is_ok_and(|status| status.success()) {
            return Command::new(quell);
        }
        let mut command = Command::new("env");
        command.args(reset).arg(quell);
        command
    }

    /// Formats many files and sends a signal in the middle.
    fn ended(signal: &str) -> ExitStatus {
        let spoilt = BOOK.replace("  ", "      ");
        let files: Vec<String> = (0..3000).map(|number| format!("m{number}.quell")).collect();
        let sandbox = Sandbox::new(files.iter().map(|path| (path.as_str(), spoilt.as_str())));
        let mut child = not_ignoring_signals()
            .args(["fmt", "."])
            .current_dir(sandbox.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begin = Instant::now();
        // The work is cut in halves, and these are the first of them.
        let writes = || [0, 1500].iter().any(|first| sandbox.read(&files[*first]) == BOOK);
        while !writes() && begin.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(1));
        }
        let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success(), "it was over before it could be told to end");
        let status = child.wait().unwrap();
        assert_clean(&sandbox);
        for file in &files {
            let text = sandbox.read(file);
            assert!(text == BOOK || text == spoilt, "{file} is half written");
        }
        status
    }

    /// `nohup` and shells in the background have signals ignored, and that holds.
    #[test]
    fn a_signal_that_is_ignored_stays_ignored() {
        let sandbox = sandbox();
        sandbox.write("a.quell", BOOK.replace("  ", "      "));
        let script = format!(
            "trap '' HUP; '{}' test --watch --lcov c.info >log 2>&1 & pid=$!; \
             until grep -q 'waiting' log; do sleep 0.05; done; kill -HUP $pid; kill -0 $pid; alive=$?; \
             kill -TERM $pid; wait $pid; echo $alive $?",
            cargo_bin!("quell").display()
        );
        let output =
            Command::new("bash").args(["-c", &script]).current_dir(sandbox.path("")).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "0 143");
    }
}
