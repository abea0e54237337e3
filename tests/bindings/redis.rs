//! `std.redis` against redis-server.

use std::process::Command;

use quell_compiler::simulate::value::Value;

use crate::{
    carry_out::Runner,
    programs::{Running, find, folder, free_port, installed},
};

fn start(port: u16, further: &[&str]) -> Running {
    let mut command = Command::new(find("redis-server").unwrap());
    let folder = folder();
    command.args([
        "--port",
        &port.to_string(),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--requirepass",
        "secret",
    ]);
    command.args(["--masterauth", "secret", "--dir"]).arg(folder.path()).args(further);
    Running::start(&mut command, folder, port)
}

fn runner() -> Runner {
    let mut runner = Runner::new("use std.redis\nuse std.redis (Server)");
    runner.secrets = vec![("REDIS_PASSWORD", "secret".to_owned())];
    runner
}

#[test]
fn a_server_is_looked_at_and_changed() {
    if !installed(&["redis-server", "redis-cli"]) {
        return;
    }
    let port = free_port();
    let _server = start(port, &[]);
    let runner = runner();
    let server = format!("Server(host: \"127.0.0.1\", port: {port})");
    let call = |action: &str, arguments: &str| runner.call(&format!("redis.{action}({server}{arguments})"));

    assert_eq!(call("ping", ""), Value::Bool(true));
    let memory = call("memory", "");
    assert_eq!(memory.field("limit"), Some(&Value::Size(0)));
    assert_eq!(memory.field("policy"), Some(&Value::text("noeviction")));
    assert!(matches!(memory.field("used"), Some(Value::Size(used)) if *used > 100_000), "{memory:?}");

    call("set_memory_limit", ", limit: 64MiB");
    call("set_eviction", ", policy: \"allkeys-lfu\"");
    let memory = call("memory", "");
    assert_eq!(memory.field("limit"), Some(&Value::Size(64 << 20)));
    assert_eq!(memory.field("policy"), Some(&Value::text("allkeys-lfu")));

    let statistics = call("statistics", "");
    assert_eq!(statistics.field("evicted"), Some(&Value::Int(0)));
    assert_eq!(call("replication", "").field("role"), Some(&Value::text("master")));
    assert!(matches!(call("clients", "").field("connected"), Some(Value::Int(1..))));
    assert!(matches!(call("latency_report", ""), Value::Text(report) if report.contains("atency")));

    set(port, "-n", "1");
    set(port, "basket:4711", "2");
    assert_eq!(call("key_count", ""), Value::Int(2));
    // A key that looks like an option stays a key.
    assert_eq!(call("delete_key", ", key: \"-n\""), Value::Bool(true));
    assert_eq!(call("delete_key", ", key: \"-n\""), Value::Bool(false));
    call("delete_all", "");
    assert_eq!(call("key_count", ""), Value::Int(0));

    call("pause_writes", ", lasting: 20s");
    call("resume_writes", "");
    call("disconnect_clients", "");
    call("save", "");
    redis_cli(port, &["config", "set", "slowlog-log-slower-than", "0"]);
    call("ping", "");
    assert!(
        matches!(call("slow_commands", ", last: 1"), Value::Text(slow) if slow.contains("1) 1) (integer)"))
    );
}

#[test]
fn what_the_server_refuses_fails() {
    if !installed(&["redis-server", "redis-cli"]) {
        return;
    }
    let port = free_port();
    let _server = start(port, &[]);
    let mut runner = runner();
    let server = format!("Server(host: \"127.0.0.1\", port: {port})");
    let refused = runner.try_call(&format!("redis.set_eviction({server}, policy: \"at random\")"));
    assert!(refused.unwrap_err().contains("ended with 1"));
    // Without a replica nobody can take over.
    assert!(runner.try_call(&format!("redis.fail_over({server})")).is_err());
    runner.secrets = vec![("REDIS_PASSWORD", "wrong".to_owned())];
    assert!(runner.try_call(&format!("redis.memory({server})")).is_err());
    assert!(runner.try_call(&format!("redis.key_count({server})")).is_err());
    let nobody = free_port();
    assert!(runner.try_call(&format!("redis.ping(Server(host: \"127.0.0.1\", port: {nobody}))")).is_err());
}

#[test]
fn a_replica_takes_over() {
    if !installed(&["redis-server", "redis-cli"]) {
        return;
    }
    let (first, second) = (free_port(), free_port());
    let _master = start(first, &["--repl-diskless-sync-delay", "0"]);
    let _replica = start(second, &["--replicaof", &format!("127.0.0.1 {first}")]);
    let runner = runner();
    let replication = |port: u16| format!("redis.replication(Server(host: \"127.0.0.1\", port: {port}))");
    runner.wait_for(&replication(second), |it| it.field("connected") == Some(&Value::Bool(true)));
    runner.wait_for(&replication(first), |it| it.field("replicas") == Some(&Value::Int(1)));
    runner.wait_for(&format!("redis.fail_over(Server(host: \"127.0.0.1\", port: {first}))"), |_| true);
    runner.wait_for(&replication(first), |it| it.field("role") == Some(&Value::text("slave")));
    runner.wait_for(&replication(second), |it| it.field("role") == Some(&Value::text("master")));
}

fn set(port: u16, key: &str, value: &str) {
    redis_cli(port, &["set", key, value]);
}

fn redis_cli(port: u16, arguments: &[&str]) {
    let output = Command::new("redis-cli")
        .args(["-e", "-p", &port.to_string()])
        .args(arguments)
        .env("REDISCLI_AUTH", "secret")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}
