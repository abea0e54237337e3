//! `std.rabbitmq` against RabbitMQ with its management plugin.

use std::process::Command;

use quell_compiler::simulate::value::Value;
use serde_json::{Value as Json, json};

use crate::{
    carry_out::Runner,
    http::Request,
    programs::{Running, find, folder, free_port, installed, unprivileged},
};

/// The broker and what it needs to find itself by; where its plugin listens.
fn start() -> (Running, Running, u16) {
    let (port, amqp, daemon, distribution) = (free_port(), free_port(), free_port(), free_port());
    let mut names = Command::new(find("epmd").unwrap());
    names.args(["-port", &daemon.to_string(), "-address", "127.0.0.1"]);
    let names = Running::start(&mut names, folder(), daemon);
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let config = format!(
        "listeners.tcp.1 = 127.0.0.1:{amqp}\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {port}\n\
         collect_statistics_interval = 500\n"
    );
    std::fs::write(at("rabbitmq.conf"), config).unwrap();
    std::fs::write(at("plugins"), "[rabbitmq_management,rabbitmq_shovel,rabbitmq_shovel_management].")
        .unwrap();
    let mut broker = unprivileged("rabbitmq-server", folder.path());
    broker.env("HOME", folder.path()).env("ERL_EPMD_PORT", daemon.to_string());
    broker.env("RABBITMQ_NODENAME", "quell@localhost").env("RABBITMQ_DIST_PORT", distribution.to_string());
    broker.env("RABBITMQ_MNESIA_BASE", at("data")).env("RABBITMQ_LOG_BASE", at("logs"));
    broker
        .env("RABBITMQ_CONFIG_FILE", at("rabbitmq.conf"))
        .env("RABBITMQ_ENABLED_PLUGINS_FILE", at("plugins"));
    broker.env("RABBITMQ_CONF_ENV_FILE", at("none"));
    broker.env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
    (Running::start(&mut broker, folder, port), names, port)
}

fn ask(port: u16, method: &str, path: &str, document: &Json) {
    let mut request = Request::new(method, &format!("http://127.0.0.1:{port}/api/{path}"));
    request.authorize("basic", &["guest".to_owned(), "guest".to_owned()]);
    request.json(document);
    let (status, said) = request.send().unwrap();
    assert!((200..300).contains(&status), "{path}: {status} {said}");
}

#[test]
fn queues_are_looked_at_relieved_moved_and_purged() {
    if !installed(&["rabbitmq-server", "epmd"]) {
        return;
    }
    let (_broker, _names, port) = start();
    let all = json!({ "configure": ".*", "write": ".*", "read": ".*" });
    ask(port, "PUT", "vhosts/shop%2Feu", &json!({}));
    ask(port, "PUT", "permissions/shop%2Feu/guest", &all);
    for queue in ["orders%20%2B", "parked"] {
        ask(port, "PUT", &format!("queues/shop%2Feu/{queue}"), &json!({ "durable": true }));
    }
    for _ in 0..3 {
        let message = json!({ "properties": {}, "routing_key": "orders +", "payload": "x", "payload_encoding": "string" });
        ask(port, "POST", "exchanges/shop%2Feu/amq.default/publish", &message);
    }
    let mut runner = Runner::new("use std.rabbitmq\nuse std.rabbitmq (Broker, Connection, Queue)");
    runner.secrets = vec![("RABBITMQ_PASSWORD", "guest".to_owned())];
    let broker = format!("Broker(url: \"http://127.0.0.1:{port}\", user: \"guest\")");
    let queue = |name: &str| format!("Queue(broker: {broker}, name: \"{name}\", virtual_host: \"shop/eu\")");
    let ready = |count: i64| move |it: &Value| it.field("ready") == Some(&Value::Int(count));
    let orders = queue("orders +");

    let depth = runner.wait_for(&format!("rabbitmq.depth({orders})"), ready(3));
    assert_eq!(
        (depth.field("consumers"), depth.field("unacknowledged")),
        (Some(&Value::Int(0)), Some(&Value::Int(0)))
    );
    let queues = runner.call(&format!("rabbitmq.queues({broker}, virtual_host: \"shop/eu\")"));
    assert_eq!(queues.as_list().unwrap()[0].field("queue"), Some(&Value::text("orders +")));
    assert_eq!(runner.call(&format!("rabbitmq.healthy({broker})")), Value::Bool(true));
    let nodes = runner.wait_for(&format!("rabbitmq.nodes({broker})"), |it| {
        matches!(it.as_list().unwrap()[0].field("memory_used"), Some(Value::Size(1..)))
    });
    assert_eq!(nodes.as_list().unwrap()[0].field("running"), Some(&Value::Bool(true)));
    assert_eq!(runner.call(&format!("rabbitmq.connections({broker})")), Value::list(Vec::new()));

    let policy = format!(
        "rabbitmq.set_policy({broker}, name: \"relief/1\", pattern: \"^orders\", definition: {{ \"max-length\": 9 }}, \
         virtual_host: \"shop/eu\")"
    );
    runner.call(&policy);
    runner.call(&policy);
    let gone = format!("rabbitmq.delete_policy({broker}, \"relief/1\", virtual_host: \"shop/eu\")");
    runner.call(&gone);
    runner.call(&gone);
    let nobody = "Connection(name: \"127.0.0.1:1 -> 127.0.0.1:2\", user: \"u\", state: \"running\")";
    runner.call(&format!("rabbitmq.close_connection({broker}, connection: {nobody}, why: \"two\\nlines\")"));

    runner.call(&format!("rabbitmq.move_messages({orders}, to: \"parked\")"));
    runner.wait_for(&format!("rabbitmq.depth({orders})"), ready(0));
    runner.wait_for(&format!("rabbitmq.depth({})", queue("parked")), ready(3));
    runner.call(&format!("rabbitmq.purge({})", queue("parked")));
    runner.wait_for(&format!("rabbitmq.depth({})", queue("parked")), ready(0));
    assert!(runner.try_call(&format!("rabbitmq.purge({})", queue("none"))).is_err());
}
