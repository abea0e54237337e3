//! `std.prometheus` against Prometheus, which looks at itself and at somebody who isn't there.

use std::process::Command;

use quell_compiler::simulate::value::Value;

use crate::{
    carry_out::Runner,
    programs::{Running, find, folder, free_port, installed},
};

fn start(port: u16, nobody: u16) -> Running {
    let folder = folder();
    let rules = "groups: [{ name: g, interval: 1s, rules: [{ alert: AlwaysThere, expr: vector(1) }] }]\n";
    std::fs::write(folder.path().join("rules.yml"), rules).unwrap();
    let config = format!(
        "global: {{ scrape_interval: 1s, scrape_timeout: 1s }}\nrule_files: [rules.yml]\nscrape_configs:\n\
         - {{ job_name: itself, static_configs: [{{ targets: ['127.0.0.1:{port}'] }}] }}\n\
         - {{ job_name: gone, static_configs: [{{ targets: ['127.0.0.1:{nobody}'] }}] }}\n"
    );
    std::fs::write(folder.path().join("prometheus.yml"), config).unwrap();
    let mut command = Command::new(find("prometheus").unwrap());
    command.arg(format!("--config.file={}", folder.path().join("prometheus.yml").display()));
    command.arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()));
    command.arg(format!("--web.listen-address=127.0.0.1:{port}"));
    Running::start(&mut command, folder, port)
}

#[test]
fn metrics_alerts_and_targets_are_read() {
    if !installed(&["prometheus"]) {
        return;
    }
    let (port, nobody) = (free_port(), free_port());
    let _server = start(port, nobody);
    let runner = Runner::new("use std.prometheus\nuse std.text (promql)");
    let server = format!("server: \"http://127.0.0.1:{port}\"");
    let value = |query: &str| format!("prometheus.value({query}, {server})");

    let up = value("\"up{job=${promql(\"itself\")}}\"");
    runner.wait_for(&up, |it| *it == Value::Float(1.0));
    assert_eq!(runner.call(&value("\"scalar(vector(3))\"")), Value::Float(3.0));
    assert_eq!(runner.call(&format!("prometheus.ratio(\"vector(0.25)\", {server})")), Value::Percent(25.0));
    let duration = runner.call(&format!("prometheus.duration(\"vector(1.5)\", {server})"));
    assert_eq!(duration, Value::Duration(1_500_000_000));

    // No data, several series, no number, no query.
    assert_eq!(runner.try_call(&value("\"nobody_there\"")).unwrap_err(), "the query returned no sample");
    runner.wait_for(&format!("prometheus.series(\"up\", {server})"), |it| it.as_list().unwrap().len() == 2);
    assert!(
        runner.try_call(&value("\"up\"")).unwrap_err().contains("returned 2 results, but needs exactly one")
    );
    assert!(runner.try_call(&value("\"vector(0) / 0\"")).is_err());
    assert!(runner.try_call(&value("\"up{\"")).unwrap_err().contains("parse error"));

    let down = format!("prometheus.targets_down({server})");
    let down = runner.wait_for(&down, |it| !it.as_list().unwrap().is_empty());
    let said = down.as_list().unwrap()[0].as_text().unwrap().to_string();
    assert!(said.starts_with(&format!("gone 127.0.0.1:{nobody}: ")) && said.contains("refused"), "{said}");

    let firing = format!("prometheus.firing({server})");
    runner.wait_for(&firing, |it| *it == Value::list(vec![Value::text("AlwaysThere")]));
    let history = format!("prometheus.history(\"vector(2)\", within: 2m, apart: 1m, {server})");
    assert_eq!(runner.call(&history), Value::list(vec![Value::Float(2.0); 3]));
}
