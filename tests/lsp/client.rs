//! A client of the language server: the real program over its standard input and output.

use std::{
    collections::VecDeque,
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// A running server.
pub struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i64,
    /// Notifications that nobody asked for yet.
    pub notifications: VecDeque<Value>,
    /// What the server asked for.
    requests: Vec<String>,
    /// Answers that came before they were waited for.
    answers: Vec<Value>,
}

impl Client {
    /// Starts the server; nothing is said yet.
    pub fn start(program: &str, cache: &Path) -> Self {
        Self::run(Command::new(program).arg("lsp").env("XDG_CACHE_HOME", cache)).unwrap()
    }

    /// Starts any server.
    pub fn run(command: &mut Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Ok(Self {
            child,
            input,
            output,
            next: 0,
            notifications: VecDeque::new(),
            requests: Vec::new(),
            answers: Vec::new(),
        })
    }

    /// Says hello for a folder; gives what the server offers.
    pub fn initialize(&mut self, folder: &Path, capabilities: Value) -> Value {
        self.initialize_with(folder, capabilities, Value::Null)
    }

    /// The same with options.
    pub fn initialize_with(&mut self, folder: &Path, capabilities: Value, options: Value) -> Value {
        let uri = format!("file://{}", folder.display());
        let offered = self.request(
            "initialize",
            json!({
                "processId": null, "rootUri": uri, "capabilities": capabilities,
                "initializationOptions": options, "workspaceFolders": [{ "uri": uri, "name": "test" }],
            }),
        );
        self.notify("initialized", json!({}));
        offered
    }

    /// The number of the server's process.
    #[allow(dead_code, reason = "the benchmark asks")]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    /// Sends bytes as they are.
    #[allow(dead_code, reason = "the benchmark sends messages only")]
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits for an answer to what had no number that could be read: the code of its error.
    #[allow(dead_code, reason = "as above")]
    pub fn refusal(&mut self) -> i64 {
        loop {
            if let Some(at) = self.answers.iter().position(|it| it["id"].is_null()) {
                return self.answers.swap_remove(at)["error"]["code"].as_i64().unwrap();
            }
            self.read();
        }
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and doesn't wait.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Sends a request and waits for what comes of it; an error is given as such.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Waits for an answer: its result, or the whole of it if it is an error.
    pub fn answer(&mut self, id: i64) -> Value {
        loop {
            if let Some(at) = self.answers.iter().position(|it| it["id"] == id) {
                let answer = self.answers.swap_remove(at);
                return if answer.get("error").is_some() { answer } else { answer["result"].clone() };
            }
            self.read();
        }
    }

    /// Waits for a notification for which `wanted` holds; earlier ones are dropped.
    pub fn notification(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            while let Some(message) = self.notifications.pop_front() {
                if wanted(&message) {
                    return message;
                }
            }
            self.read();
        }
    }

    /// Waits until the server has asked for something.
    #[allow(dead_code, reason = "the benchmark doesn't wait for that")]
    pub fn asked(&mut self, method: &str) {
        loop {
            if let Some(at) = self.requests.iter().position(|it| it == method) {
                self.requests.remove(at);
                return;
            }
            self.read();
        }
    }

    /// Waits for the findings of a document in a version.
    pub fn findings(&mut self, uri: &str, version: i64) -> Value {
        let message = self.notification(|it| {
            let params = &it["params"];
            it["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        message["params"]["diagnostics"].clone()
    }

    fn read(&mut self) {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server went away");
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            if let Some(number) = line.strip_prefix("Content-Length: ") {
                length = number.parse().unwrap();
            }
        }
        let mut bytes = vec![0; length];
        self.output.read_exact(&mut bytes).unwrap();
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        match (message.get("method"), message.get("id")) {
            (Some(method), Some(id)) => {
                // What the server asks of its client is granted.
                let answer = json!({ "jsonrpc": "2.0", "id": id, "result": null });
                self.requests.push(method.as_str().unwrap_or_default().to_owned());
                self.send(&answer);
            }
            (Some(_), None) => self.notifications.push_back(message),
            _ => self.answers.push(message),
        }
    }

    /// Says goodbye; the exit code of the server.
    pub fn stop(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null);
        self.exit()
    }

    /// Says that it goes, whether it asked for the end or not; the exit code.
    pub fn exit(mut self) -> Option<i32> {
        self.notify("exit", Value::Null);
        self.child.wait().unwrap().code()
    }
}

/// Parameters of a request at a place.
pub fn at(uri: &str, line: u64, character: u64) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// Opens a document.
pub fn open(client: &mut Client, uri: &str, text: &str) {
    open_as(client, uri, "quell", text);
}

/// Opens a document of any language.
pub fn open_as(client: &mut Client, uri: &str, language: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
}

/// Replaces a range of an open document.
pub fn change(client: &mut Client, uri: &str, version: i64, from: (u64, u64), to: (u64, u64), text: &str) {
    let range = json!({
        "start": { "line": from.0, "character": from.1 }, "end": { "line": to.0, "character": to.1 },
    });
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "range": range, "text": text }],
        }),
    );
}
