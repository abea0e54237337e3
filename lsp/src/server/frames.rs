//! Messages as they come in, before the library sees them.
//!
//! The library ends at the first message that it can't read. But a message that is no Json, or Json that
//! is no message, leaves the boundary to the next one where it is: it is answered with an error, and the
//! session goes on. So this looks at each message first and hands the library only what it can read. In
//! the place of the others it hands on a request to refuse them, so that answers keep their order and
//! there is one writer.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp_server::jsonrpc::{ErrorCode, Request, Response};

/// The request to refuse a message; no client sends it.
pub const REFUSE: &str = "quell/refuse";

/// Longer messages are passed over: no document of the protocol is that long.
const LONGEST: u64 = 64 << 20;
/// Longer lines are no headers.
const LONGEST_HEADER: u64 = 4 << 10;
const LENGTH: &[u8] = b"content-length:";

/// Reads messages from the client.
pub struct Frames<R> {
    input: R,
    /// What comes isn't part of a message, which the client was told.
    lost: bool,
    /// What the header at hand says by now.
    length: Option<u64>,
}

/// Why a message isn't handed on.
#[derive(Debug, PartialEq)]
struct Refusal {
    code: ErrorCode,
    message: &'static str,
    id: Value,
}

impl<R: BufRead> Frames<R> {
    /// From this input.
    pub fn new(input: R) -> Self {
        Self { input, lost: false, length: None }
    }

    /// The next message that the library can read, with its header; none at the end of the input.
    pub fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let body = match self.header()? {
                None => return Ok(None),
                Some(Err(refusal)) => return Ok(Some(framed(&refusal.request()))),
                Some(Ok(length)) if length > LONGEST => {
                    io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
                    let refusal =
                        Refusal::new(ErrorCode::InvalidRequest, "the message is larger than 64 MiB");
                    return Ok(Some(framed(&refusal.request())));
                }
                Some(Ok(length)) => {
                    let mut body = Vec::new();
                    self.input.by_ref().take(length).read_to_end(&mut body)?;
                    if (body.len() as u64) < length {
                        return Ok(None);
                    }
                    body
                }
            };
            if body.is_empty() {
                continue;
            }
            return Ok(Some(match examine(&body) {
                Ok(()) => framed(&body),
                Err(refusal) => framed(&refusal.request()),
            }));
        }
    }

    /// The length of the next message; none at the end of the input. Whatever isn't a header is passed
    /// over up to the next one, and refused once.
    fn header(&mut self) -> io::Result<Option<Result<u64, Refusal>>> {
        let mut line = Vec::new();
        loop {
            // The beginning of a header may lie at the end of what was too long.
            line.drain(..line.len().saturating_sub(LENGTH.len()));
            let carried = line.len();
            self.input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
            if line.len() == carried {
                return Ok(None);
            }
            let ended = line.ends_with(b"\n");
            let text = line.trim_ascii();
            if text.is_empty() && ended {
                line.clear();
                match self.length.take() {
                    Some(length) => {
                        self.lost = false;
                        return Ok(Some(Ok(length)));
                    }
                    None => continue,
                }
            }
            let at = text.windows(LENGTH.len()).position(|part| part.eq_ignore_ascii_case(LENGTH));
            let said = at.filter(|_| ended).and_then(|at| {
                let number = std::str::from_utf8(&text[at + LENGTH.len()..]).ok()?;
                number.trim().parse::<u64>().ok().map(|number| (at, number))
            });
            let is_header = match said {
                Some((at, number)) => {
                    self.length = Some(number);
                    at == 0
                }
                None => at.is_none() && ended && is_field(text),
            };
            if ended {
                line.clear();
            }
            if !is_header && !self.lost {
                self.lost = true;
                let why = "unexpected data between messages";
                return Ok(Some(Err(Refusal::new(ErrorCode::ParseError, why))));
            }
        }
    }
}

/// Whether a line is `Name: value`.
fn is_field(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < line.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
}

/// Whether the library can read a message.
fn examine(body: &[u8]) -> Result<(), Refusal> {
    let no_json = || Refusal::new(ErrorCode::ParseError, "the message isn't valid JSON");
    let text = std::str::from_utf8(body).map_err(|_| no_json())?;
    if text.trim_start().starts_with('[') {
        return Err(match serde_json::from_str::<Value>(text) {
            Ok(_) => Refusal::new(ErrorCode::InvalidRequest, "batches aren't supported"),
            Err(_) => no_json(),
        });
    }
    if serde_json::from_str::<Request>(text).is_ok() || serde_json::from_str::<Response>(text).is_ok() {
        return Ok(());
    }
    let value = serde_json::from_str::<Value>(text).map_err(|_| no_json())?;
    let id = value.get("id").filter(|id| id.is_i64() || id.is_string()).cloned().unwrap_or_default();
    let message = "the message is neither a request nor a response";
    Err(Refusal { id, ..Refusal::new(ErrorCode::InvalidRequest, message) })
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

impl Refusal {
    fn new(code: ErrorCode, message: &'static str) -> Self {
        Self { code, message, id: Value::Null }
    }

    /// The request to refuse it.
    fn request(&self) -> Vec<u8> {
        let params = json!({ "code": self.code.code(), "message": self.message });
        json!({ "jsonrpc": "2.0", "id": self.id, "method": REFUSE, "params": params })
            .to_string()
            .into_bytes()
    }
}

/// What [`REFUSE`] asks for.
#[derive(Debug, Deserialize)]
pub struct Refused {
    /// The error's code.
    pub code: i64,
    /// What is wrong.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// What is handed on of an input: methods, and codes of what is refused.
    fn handed_on(input: impl AsRef<[u8]>) -> Vec<String> {
        let mut frames = Frames::new(input.as_ref());
        let mut found = Vec::new();
        while let Some(message) = frames.next().unwrap() {
            let at = message.windows(4).position(|part| part == b"\r\n\r\n").unwrap() + 4;
            let body: Value = serde_json::from_slice(&message[at..]).unwrap();
            found.push(match body["params"]["code"].as_i64() {
                Some(code) => format!("{code} for {}", body["id"]),
                None => body["method"].as_str().unwrap_or("answer").to_owned(),
            });
        }
        found
    }

    #[test]
    fn what_is_no_message_is_refused_and_the_next_one_is_read() {
        let parse = "-32700 for null";
        let invalid = "-32600 for null";
        let cases: [(&str, &str); 13] = [
            ("{broken", parse),
            ("{\"jsonrpc\":\"2.0\",", parse),
            ("[]", invalid),
            (r#"[{"jsonrpc":"2.0","id":5,"method":"shutdown"},{"jsonrpc":"2.0","method":"exit"}]"#, invalid),
            ("[1,", parse),
            ("42", invalid),
            ("null", invalid),
            ("\"text\"", invalid),
            ("{}", invalid),
            (r#"{"jsonrpc":"1.0","id":7,"method":"ping"}"#, "-32600 for 7"),
            (r#"{"jsonrpc":"2.0","id":"a","method":7}"#, "-32600 for \"a\""),
            (r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, invalid),
            (r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":1e999}"#, parse),
        ];
        for (broken, refused) in cases {
            let input = format!("{}{}", frame(broken), frame(PING));
            assert_eq!(handed_on(&input), [refused, "ping"], "{broken}");
        }
        let deep =
            format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{}", "[".repeat(100_000));
        assert_eq!(handed_on(frame(&deep) + &frame(PING)), [parse, "ping"]);
        let mut bytes = b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec();
        bytes.extend(frame(PING).bytes());
        assert_eq!(handed_on(bytes), [parse, "ping"]);
    }

    #[test]
    fn headers_are_read_as_the_protocol_writes_them_and_garbage_is_passed_over() {
        let good = [
            format!("content-length: {}\r\n\r\n{PING}", PING.len()),
            format!(
                "Content-Type: application/vscode-jsonrpc\r\nContent-Length: {}\r\n\r\n{PING}",
                PING.len()
            ),
            format!("A: 1\r\nB: 2\r\nC: 3\r\nContent-Length:{}\r\n\r\n{PING}", PING.len()),
            format!("{}{}", frame(""), frame(PING)),
        ];
        for input in good {
            assert_eq!(handed_on(&input), ["ping"], "{input}");
        }
        let lost = [
            format!("Content-Length: -5\r\n\r\n{PING}"),
            format!("Content-Length: abc\r\n\r\n{PING}"),
            format!("Content-Length: 99999999999999999999\r\n\r\n{PING}"),
            format!("Content-Typo: 5\r\n\r\n{PING}"),
            "garbage without end".repeat(1_000),
            "\0\u{1}\r\n\r\n".to_owned(),
        ];
        for garbage in lost {
            assert_eq!(
                handed_on(format!("{garbage}{}", frame(PING))),
                ["-32700 for null", "ping"],
                "{garbage}"
            );
        }
        // A message that is longer than it says: its rest is garbage.
        let short = format!("Content-Length: 5\r\n\r\n{PING}{}{}", frame(PING), frame(PING));
        assert_eq!(handed_on(short), ["-32700 for null", "-32700 for null", "ping", "ping"]);
        // One that is cut by the end of the input.
        assert_eq!(handed_on("Content-Length: 500\r\n\r\n{}"), Vec::<String>::new());
        let huge = format!("Content-Length: {}\r\n\r\n", LONGEST + 1);
        let mut input = huge.into_bytes();
        input.resize(input.len() + LONGEST as usize + 1, b' ');
        input.extend(frame(PING).bytes());
        assert_eq!(handed_on(input), ["-32600 for null", "ping"]);
    }
}
