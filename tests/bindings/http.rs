//! Requests to servers on this machine: a connection each, without encryption.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value as Json;

/// What is sent.
pub struct Request {
    method: String,
    url: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    body: String,
}

impl Request {
    pub fn new(method: &str, url: &str) -> Self {
        let (method, url) = (method.to_owned(), url.to_owned());
        Self { method, url, query: Vec::new(), headers: Vec::new(), body: String::new() }
    }

    /// `auth bearer E`, `auth basic USER, PASSWORD`, `auth header NAME, E`.
    pub fn authorize(&mut self, scheme: &str, values: &[String]) {
        let (name, value) = match (scheme, values) {
            ("bearer", [token]) => ("Authorization", format!("Bearer {token}")),
            ("basic", [user, password]) => {
                ("Authorization", format!("Basic {}", base64(&format!("{user}:{password}"))))
            }
            ("header", [name, value]) => (name.as_str(), value.clone()),
            _ => panic!("{scheme} with {} values", values.len()),
        };
        self.headers.push((name.to_owned(), value));
    }

    pub fn json(&mut self, document: &Json) {
        self.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        self.body = document.to_string();
    }

    /// The status and the body of the answer.
    pub fn send(&self) -> Result<(u16, String), String> {
        let answer = self.exchange().map_err(|error| format!("{}: {error}", self.url))?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no end of its head")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status")?;
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        Ok((status, if chunked { joined(body) } else { body.to_owned() }))
    }

    fn exchange(&self) -> std::io::Result<String> {
        let rest =
            self.url.strip_prefix("http://").unwrap_or_else(|| panic!("{} isn't reached here", self.url));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        assert!(authority.starts_with("127.0.0.1:"), "{authority} isn't on this machine");
        let mut stream = TcpStream::connect(authority)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut head =
            format!("{} /{path}{} HTTP/1.1\r\nHost: {authority}\r\n", self.method, self.written_query());
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Connection: close\r\nContent-Length: {}\r\n\r\n{}", self.body.len(), self.body);
        stream.write_all(head.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn written_query(&self) -> String {
        let pairs = self.query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// A body that came in pieces, each behind its length.
fn joined(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).unwrap_or(0);
        if length == 0 {
            break;
        }
        whole.push_str(&rest[..length]);
        body = rest[length..].trim_start_matches("\r\n");
    }
    whole
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three
            .iter()
            .enumerate()
            .fold(0u32, |bits, (index, byte)| bits | u32::from(*byte) << (16 - 8 * index));
        for digit in 0..4 {
            let known = digit <= three.len();
            let value = (bits >> (18 - 6 * digit)) & 63;
            out.push(if known { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    out
}

#[test]
fn texts_are_written_for_headers_and_queries() {
    assert_eq!(base64("quell:secret"), "cXVlbGw6c2VjcmV0");
    assert_eq!(base64("a"), "YQ==");
    assert_eq!(encoded("a b&c"), "a%20b%26c");
    assert_eq!(joined("4\r\nwhol\r\n1\r\ne\r\n0\r\n\r\n"), "whole");
}
