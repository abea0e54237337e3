//! `std.probe` and what is read of `std.http` against a listener here.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
};

use quell_compiler::simulate::value::Value;

use crate::{
    carry_out::Runner,
    programs::{free_port, installed},
};

/// Answers each request with this status, until the process ends.
fn answer_always(status: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut heard = [0; 4096];
            // Who hangs up at once has asked nothing.
            if matches!(stream.read(&mut heard), Ok(1..)) {
                let _ =
                    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
            }
        }
    });
    port
}

#[test]
fn ports_are_tried() {
    if !installed(&["nc"]) {
        return;
    }
    let port = answer_always("200 OK");
    let runner = Runner::new("use std.probe");
    let there = runner.call(&format!("probe.tcp_from(\"here\", host: \"127.0.0.1\", port: {port})"));
    assert_eq!(there.field("ok"), Some(&Value::Bool(true)));
    let gone = runner.call(&format!("probe.tcp_from(\"here\", host: \"127.0.0.1\", port: {})", free_port()));
    assert_eq!(gone.field("ok"), Some(&Value::Bool(false)));
    // A host that looks like an option is a host that doesn't exist.
    let odd = runner.call("probe.tcp_from(\"here\", host: \"-h\", port: 1)");
    assert_eq!(odd.field("ok"), Some(&Value::Bool(false)));
}

#[test]
fn pages_are_fetched() {
    if !installed(&["curl"]) {
        return;
    }
    let (good, bad) = (answer_always("200 OK"), answer_always("503 Service Unavailable"));
    let runner = Runner::new("use std.probe");
    let page = |url: &str| runner.call(&format!("probe.page_from(\"here\", url: \"{url}\")"));
    let found = page(&format!("http://127.0.0.1:{good}/a[1-3]"));
    assert_eq!(
        (found.field("ok"), found.field("detail")),
        (Some(&Value::Bool(true)), Some(&Value::text("200")))
    );
    assert!(matches!(found.field("took"), Some(Value::Duration(1..))));
    let broken = page(&format!("http://127.0.0.1:{bad}/"));
    assert_eq!(
        (broken.field("ok"), broken.field("detail")),
        (Some(&Value::Bool(false)), Some(&Value::text("503")))
    );
    let gone = page(&format!("http://127.0.0.1:{}/", free_port()));
    assert_eq!(
        (gone.field("ok"), gone.field("detail")),
        (Some(&Value::Bool(false)), Some(&Value::text("000")))
    );
    // No address of another kind is read, and none is an option.
    for odd in ["file:///etc/hostname", "--version"] {
        assert_eq!(page(odd).field("ok"), Some(&Value::Bool(false)), "{odd}");
    }
}

#[test]
fn statuses_are_read_and_what_is_gone_is_deleted() {
    let (gone, broken) = (answer_always("404 Not Found"), answer_always("500 Internal Server Error"));
    let mut runner = Runner::new("use std.http");
    runner.secrets = vec![("T", "t".to_owned())];
    assert_eq!(runner.call(&format!("http.status_of(\"http://127.0.0.1:{broken}/\")")), Value::Int(500));
    let delete = |port: u16| format!("http.delete(\"http://127.0.0.1:{port}/a\", token: secret(\"T\"))");
    assert_eq!(runner.call(&delete(gone)), Value::Int(404));
    assert!(runner.try_call(&delete(broken)).is_err());
    assert!(runner.try_call(&format!("http.get(\"http://127.0.0.1:{gone}/\")")).is_err());
}
