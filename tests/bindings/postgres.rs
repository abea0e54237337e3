//! `std.postgres` against PostgreSQL: as a role that has the rights which the module names and no others.

use std::{
    io::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
};

use quell_compiler::simulate::value::Value;
use tempfile::TempDir;

use crate::{
    carry_out::Runner,
    programs::{Running, folder, free_port, installed, path, unprivileged},
};

const ROLES: &str = "
    create role quell login createrole password 'secret';
    grant pg_monitor, pg_signal_backend, pg_checkpoint to quell;
    grant alter system on parameter default_transaction_read_only to quell;
    grant execute on function pg_reload_conf, pg_promote to quell;
    create role app login password 'secret';
    create role \"odd \"\" role\";
    create schema shop authorization quell;
    create table shop.\"Baskets\" (id int);
    alter table shop.\"Baskets\" owner to quell;
    grant usage on schema shop to app;
    grant select, update on shop.\"Baskets\" to app;
    insert into shop.\"Baskets\" values (1);
    create extension pg_stat_statements;";

fn psql(port: u16, user: &str) -> Command {
    let mut command = Command::new("psql");
    command.args([
        "-X",
        "-q",
        "-h",
        "127.0.0.1",
        "-U",
        user,
        "-d",
        "postgres",
        "-v",
        "ON_ERROR_STOP=1",
        "-p",
    ]);
    command.arg(port.to_string()).env("PGPASSWORD", "secret").stdin(Stdio::piped()).stdout(Stdio::null());
    command
}

/// A session that does what it is told and stays until it is dropped.
struct Session(Child);

impl Session {
    fn open(port: u16, user: &str, statements: &str) -> Self {
        let mut child = psql(port, user).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(statements.as_bytes()).unwrap();
        Self(child)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have been ended already; that is what some tests are about.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(folder: TempDir, port: u16) -> Running {
    let mut command = unprivileged("postgres", folder.path());
    command.arg("-D").arg(folder.path().join("data")).args(["-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=off",
        "shared_preload_libraries=pg_stat_statements",
    ] {
        command.args(["-c", setting]);
    }
    Running::start(&mut command, folder, port)
}

fn primary(port: u16) -> Running {
    let folder = folder();
    let password = folder.path().join("password");
    std::fs::write(&password, "secret").unwrap();
    let mut command = unprivileged("initdb", folder.path());
    command.arg("-D").arg(folder.path().join("data")).arg(format!("--pwfile={}", password.display()));
    run(command.args([
        "--username=admin",
        "--auth=scram-sha-256",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
    ]));
    let running = serve(folder, port);
    let mut child = (0..100).find_map(|_| {
        let ready =
            psql(port, "admin").args(["-c", "select 1"]).stderr(Stdio::null()).status().unwrap().success();
        if !ready {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        ready.then(|| psql(port, "admin").spawn().unwrap())
    });
    let child = child.as_mut().unwrap();
    child.stdin.take().unwrap().write_all(ROLES.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    running
}

fn run(command: &mut Command) {
    let output = command.env("PATH", path()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn backup(from: u16, folder: &Path) {
    let mut command = unprivileged("pg_basebackup", folder);
    command.args(["-h", "127.0.0.1", "-U", "admin", "-R", "-N", "-c", "fast", "-p", &from.to_string(), "-D"]);
    run(command.arg(folder.join("data")).env("PGPASSWORD", "secret"));
}

fn runner() -> Runner {
    let mut runner = Runner::new("use std.postgres\nuse std.postgres (Database, Server)");
    runner.secrets = vec![("POSTGRES_PASSWORD", "secret".to_owned())];
    runner
}

fn server(port: u16) -> String {
    format!("Server(host: \"127.0.0.1\", port: {port})")
}

fn write_check(port: u16) -> String {
    let server = server(port);
    format!(
        "postgres.write_check(Database(name: \"d\", endpoint: {server}, primary: {server}, replica: {server}))"
    )
}

fn ids(sessions: &Value) -> Vec<Value> {
    sessions.as_list().unwrap().iter().map(|session| session.field("id").unwrap().clone()).collect()
}

const PROGRAMS: [&str; 4] = ["psql", "initdb", "postgres", "pg_basebackup"];

#[test]
fn sessions_are_seen_and_ended() {
    if !installed(&PROGRAMS) {
        return;
    }
    let port = free_port();
    let _primary = primary(port);
    let (runner, server) = (runner(), server(port));
    let call = |action: &str, arguments: &str| format!("postgres.{action}({server}{arguments})");

    let _owner = Session::open(port, "admin", "begin; select 1;\n");
    let _holder = Session::open(port, "app", "begin; update shop.\"Baskets\" set id = 2;\n");
    let long = call("long_sessions", ", longer_than: 0s");
    let two = |it: &Value| {
        it.as_list()
            .unwrap()
            .iter()
            .filter(|s| s.field("state") == Some(&Value::text("idle in transaction")))
            .count()
            == 2
    };
    let sessions = runner.wait_for(&long, two);
    let app =
        sessions.as_list().unwrap().iter().find(|s| s.field("user") == Some(&Value::text("app"))).unwrap();
    assert_eq!(app.field("query"), Some(&Value::text("update shop.\"Baskets\" set id = 2;")));

    let _waiting = Session::open(port, "app", "update shop.\"Baskets\" set id = 3;\n");
    let blocked = runner.wait_for(&call("blocked_sessions", ""), |it| it.as_list().unwrap().len() == 1);
    let waits = &blocked.as_list().unwrap()[0];
    assert_eq!(waits.field("by"), Some(&Value::list(vec![app.field("id").unwrap().clone()])));
    let connections = runner.call(&call("connections", ""));
    assert_eq!(connections.field("idle_in_transaction"), Some(&Value::Int(2)));
    assert_eq!(connections.field("allowed"), Some(&Value::Int(100)));

    let Some(Value::Int(waiting)) = waits.field("id") else { panic!("{waits:?}") };
    assert_eq!(runner.call(&call("cancel", &format!(", session: {waiting}"))), Value::Bool(true));
    assert_eq!(runner.call(&call("cancel", ", session: 99999999")), Value::Bool(false));
    // The superuser's session stays, and doesn't keep the other from being ended.
    assert_eq!(runner.call(&call("terminate_idle", ", longer_than: 0s")), Value::Int(1));
    let left = runner.wait_for(&long, |it| ids(it).len() == 1);
    let owner = &left.as_list().unwrap()[0];
    assert_eq!(owner.field("user"), Some(&Value::text("admin")));
    let Some(Value::Int(owner)) = owner.field("id") else { panic!("{owner:?}") };
    assert!(runner.try_call(&call("terminate", &format!(", session: {owner}"))).is_err());
    let _third = Session::open(port, "app", "begin; select 1;\n");
    let sessions = runner.wait_for(&long, |it| ids(it).len() == 2);
    let others: Vec<_> = ids(&sessions).into_iter().filter(|id| *id != Value::Int(*owner)).collect();
    let [Value::Int(third)] = others[..] else { panic!("{others:?}") };
    assert_eq!(runner.call(&call("terminate", &format!(", session: {third}"))), Value::Bool(true));
    assert_eq!(runner.call(&call("terminate", &format!(", session: {third}"))), Value::Bool(false));
}

#[test]
fn tables_limits_and_writes_are_looked_after() {
    if !installed(&PROGRAMS) {
        return;
    }
    let port = free_port();
    let _primary = primary(port);
    let (runner, server) = (runner(), server(port));
    let call = |action: &str, arguments: &str| format!("postgres.{action}({server}{arguments})");

    assert!(matches!(runner.call(&call("size", "")), Value::Size(1_000_000..)));
    let tables = runner.wait_for(&call("bloated_tables", ""), |it| !it.as_list().unwrap().is_empty());
    let name = tables.as_list().unwrap()[0].field("table").unwrap().clone();
    assert_eq!(name, Value::text("shop.\"Baskets\""));
    // The name goes back as it came; nothing else is one.
    runner.call(&call("vacuum", ", table: \"shop.\\\"Baskets\\\"\""));
    assert!(runner.try_call(&call("vacuum", ", table: \"pg_class; select 1\"")).is_err());
    let slow = runner.call(&call("slow_statements", ", most: 3"));
    assert_eq!(slow.as_list().unwrap().len(), 3);

    runner.call(&call("limit_statements", ", role: \"odd \\\" role\", longest: 30s"));
    runner.call(&call("unlimit_statements", ", role: \"odd \\\" role\""));
    assert!(runner.try_call(&call("limit_statements", ", role: \"nobody\", longest: 30s")).is_err());
    runner.call(&call("checkpoint", ""));

    let check = write_check(port);
    assert_eq!(runner.call(&check).field("ok"), Some(&Value::Bool(true)));
    runner.call(&call("stop_writes", ""));
    let refused = runner.wait_for(&check, |it| it.field("ok") == Some(&Value::Bool(false)));
    assert!(
        matches!(refused.field("detail"), Some(Value::Text(said)) if said.contains("read-only")),
        "{refused:?}"
    );
    runner.call(&call("allow_writes", ""));
    runner.wait_for(&check, |it| it.field("ok") == Some(&Value::Bool(true)));
    let nobody = runner.call(&write_check(free_port()));
    assert_eq!(nobody.field("detail"), Some(&Value::text("no connection")));
}

#[test]
fn a_replica_follows_and_is_promoted() {
    if !installed(&PROGRAMS) {
        return;
    }
    let (first, second) = (free_port(), free_port());
    let primary = primary(first);
    // Whoever copies it has to be let in.
    let copy = folder();
    backup(first, copy.path());
    let _replica = serve(copy, second);
    let runner = runner();
    let lag = format!("postgres.replication_lag({})", server(second));
    assert_eq!(runner.wait_for(&lag, |it| matches!(it, Value::Duration(_))), Value::Duration(0));
    assert!(runner.try_call(&format!("postgres.replication_lag({})", server(first))).is_err());
    let replicas = format!("postgres.replicas({})", server(first));
    let replicas = runner.wait_for(&replicas, |it| it.as_list().unwrap().len() == 1);
    let replica = &replicas.as_list().unwrap()[0];
    assert_eq!(replica.field("state"), Some(&Value::text("streaming")));
    assert_eq!(replica.field("address"), Some(&Value::text("127.0.0.1/32")));
    let refused = runner.call(&write_check(second));
    assert_eq!(refused.field("ok"), Some(&Value::Bool(false)));
    drop(primary);
    runner.call(&format!("postgres.promote({})", server(second)));
    runner.wait_for(&write_check(second), |it| it.field("ok") == Some(&Value::Bool(true)));
    assert!(runner.try_call(&lag).is_err());
}
