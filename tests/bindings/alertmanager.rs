//! `std.alertmanager` against Alertmanager, and `std.grafana` as far as its API is the same.

use std::process::Command;

use quell_compiler::simulate::value::{Value, literal};
use serde_json::json;

use crate::{
    carry_out::Runner,
    http::Request,
    programs::{Running, find, folder, free_port, installed},
};

fn start(port: u16) -> Running {
    let folder = folder();
    let config = folder.path().join("alertmanager.yml");
    std::fs::write(&config, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n").unwrap();
    let mut command = Command::new(find("prometheus-alertmanager").unwrap());
    command.arg(format!("--config.file={}", config.display()));
    command.arg(format!("--storage.path={}", folder.path().display()));
    command.arg(format!("--web.listen-address=127.0.0.1:{port}")).arg("--cluster.listen-address=");
    Running::start(&mut command, folder, port)
}

fn fire(port: u16, name: &str) {
    let mut request = Request::new("POST", &format!("http://127.0.0.1:{port}/api/v2/alerts"));
    request.json(&json!([{
        "labels": { "alertname": name, "service": "checkout \"eu\"" },
        "annotations": { "summary": "2 s" },
        "generatorURL": "http://prometheus:9090/graph",
    }]));
    let (status, said) = request.send().unwrap();
    assert_eq!(status, 200, "{said}");
}

#[test]
fn alerts_are_seen_silenced_and_heard_again() {
    if !installed(&["prometheus-alertmanager"]) {
        return;
    }
    let port = free_port();
    let _server = start(port);
    // The second begins as a matcher for others would: it has to stay a name.
    fire(port, "CheckoutLatency");
    fire(port, "~.*");
    let runner = Runner::new("use std.alertmanager\nuse std.alertmanager (Silence)\nuse std.text (promql)");
    let server = format!("server: \"http://127.0.0.1:{port}\"");
    let firing = format!("alertmanager.firing(\"service=${{promql(\"checkout \\\"eu\\\"\")}}\", {server})");
    let alerts = runner.wait_for(&firing, |alerts| alerts.as_list().unwrap().len() == 2);
    let names: Vec<_> =
        alerts.as_list().unwrap().iter().map(|alert| alert.field("name").unwrap().clone()).collect();
    assert!(
        names.contains(&Value::text("CheckoutLatency")) && names.contains(&Value::text("~.*")),
        "{names:?}"
    );
    let alert = alerts.as_list().unwrap().first().unwrap().clone();
    assert_eq!(alert.field("summary"), Some(&Value::text("2 s")));
    assert!(matches!(alert.field("started"), Some(Value::Time(_))));

    let silence =
        runner.call(&format!("alertmanager.silence(\"~.*\", lasting: 1.5h, why: \"a test\", {server})"));
    let left = runner.wait_for(&firing, |alerts| alerts.as_list().unwrap().len() == 1);
    assert_eq!(left.as_list().unwrap()[0].field("name"), Some(&Value::text("CheckoutLatency")));

    let expire = format!("alertmanager.expire({}, {server})", literal(&silence));
    runner.call(&expire);
    runner.wait_for(&firing, |alerts| alerts.as_list().unwrap().len() == 2);
    runner.call(&expire);
    let unknown =
        format!("alertmanager.expire(Silence(id: \"b3ede22e-ca14-4aa0-932c-ca2f3445f926\"), {server})");
    assert!(runner.try_call(&unknown).is_err());
}
