//! Programs that read one of their arguments as code: which argument, and in which language.

/// A language that a program reads, with its own way to quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// A line for a POSIX shell.
    Shell,
    /// A statement for a database.
    Sql,
    /// Code that knows no safe way to quote: Python, Lua, PowerShell.
    Code,
}

/// How a program reads its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// What follows one of these flags is code; without one, standard input is.
    Flag(Language, &'static [&'static str]),
    /// The same, but standard input is data.
    FlagOnly(Language, &'static [&'static str]),
    /// A shell: what follows `-c`, also as a part of `-lc`; without it, standard input.
    Shell,
    /// The arguments from this one on, of those that are no options; standard input where there are fewer.
    Positional(Language, usize),
    /// All that follows the name of a host is one line for a shell.
    Remote,
    /// It runs another program, which stands somewhere behind it.
    Runs,
    /// It runs another program; what follows one of these flags is a line for a shell.
    RunsOrFlag(&'static [&'static str]),
}

use Language::{Code, Shell, Sql};

/// The name of a program without its folder, its version and `.exe`.
fn base(program: &str) -> String {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    name.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.').to_owned()
}

/// How the program of this name reads its arguments; none for those that take them as they are.
pub fn reads(program: &str) -> Option<Reads> {
    Some(match base(program).as_str() {
        "sh" | "bash" | "dash" | "zsh" | "ksh" | "mksh" | "ash" | "csh" | "tcsh" | "fish" => Reads::Shell,
        "cmd" => Reads::Flag(Code, &["/c", "/k", "/C", "/K"]),
        "powershell" | "pwsh" => {
            Reads::Flag(Code, &["-Command", "-command", "-c", "-C", "-EncodedCommand", "-CommandWithArgs"])
        }
        "python" | "pypy" => Reads::Flag(Code, &["-c"]),
        "perl" => Reads::Flag(Code, &["-e", "-E"]),
        "ruby" => Reads::Flag(Code, &["-e"]),
        "node" | "deno" | "bun" => Reads::Flag(Code, &["-e", "--eval", "-p", "--print"]),
        "php" => Reads::Flag(Code, &["-r"]),
        "lua" | "osascript" => Reads::Flag(Code, &["-e"]),
        "awk" | "gawk" | "mawk" => Reads::Positional(Code, 0),
        "psql" | "duckdb" => Reads::Flag(Sql, &["-c", "--command"]),
        "mysql" | "mariadb" | "cqlsh" | "cockroach" | "trino" | "presto" => {
            Reads::Flag(Sql, &["-e", "--execute"])
        }
        "clickhouse" | "clickhouse-client" => Reads::Flag(Sql, &["-q", "--query"]),
        "snowsql" => Reads::Flag(Sql, &["-q", "--query"]),
        "sqlcmd" => Reads::Flag(Sql, &["-Q", "-q"]),
        "usql" => Reads::Flag(Sql, &["-c", "--command"]),
        "influx" => Reads::FlagOnly(Sql, &["-execute", "--execute"]),
        "sqlplus" => Reads::Positional(Sql, 9),
        "sqlite" => Reads::Positional(Sql, 1),
        "mongo" | "mongosh" => Reads::Flag(Code, &["--eval"]),
        "redis-cli" | "valkey-cli" => Reads::FlagOnly(Code, &["eval", "EVAL", "--eval"]),
        "ssh" | "autossh" => Reads::Remote,
        "env" => Reads::RunsOrFlag(&["-S", "--split-string"]),
        "su" | "runuser" | "flock" | "script" | "vagrant" => Reads::RunsOrFlag(&["-c", "--command"]),
        "gcloud" => Reads::RunsOrFlag(&["--command"]),
        "az" => Reads::RunsOrFlag(&["--scripts"]),
        "watch" | "eval" | "parallel" => Reads::Positional(Shell, 0),
        "sudo" | "doas" | "nohup" | "timeout" | "nice" | "ionice" | "setsid" | "stdbuf" | "time"
        | "xargs" | "chroot" | "unshare" | "nsenter" | "systemd-run" | "strace" | "exec" | "command"
        | "busybox" | "docker" | "podman" | "nerdctl" | "crictl" | "ctr" | "docker-compose" | "kubectl"
        | "oc" | "lxc" | "incus" | "heroku" | "fly" | "flyctl" | "sshpass" | "torsocks" | "chpst"
        | "setpriv" | "unbuffer" | "winpty" | "wsl" | "ansible" => Reads::Runs,
        _ => return None,
    })
}

/// The options of one letter of a program that take no value, so that others can follow in the same
/// argument: `psql -tAc`.
pub fn switches(program: &str) -> &'static str {
    match base(program).as_str() {
        "psql" => "aAbeElLnqsStxXwW01z",
        "mysql" | "mariadb" => "ABCEfgGHiILnNqrsStvwWX",
        "sqlcmd" => "bCeEgGIjkLmMNprRuvVxXyYz",
        "python" | "pypy" => "bBdEhiIOPqsSuvx",
        "perl" => "acflnpsStTuUvwWX0",
        "ruby" => "aclnpsSvwW",
        "node" | "deno" | "bun" => "i",
        "lua" => "EivW",
        "su" | "runuser" => "flmpP",
        "flock" => "enosuxFv",
        "script" => "aefq",
        "env" => "0iv",
        _ => "",
    }
}

/// Options of `ssh` that take what follows them.
pub const SSH_OPTIONS: &str = "BbcDEeFIiJLlmOoPpQRSWw";
