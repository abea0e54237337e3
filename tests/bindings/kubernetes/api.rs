//! As much of the API of Kubernetes as `kubectl` needs: which kinds there are, objects by their paths, lists
//! of them, and a note of what was asked and sent.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use serde_json::{Value as Json, json};

/// Group with its version, and its kinds with their names.
const KINDS: [(&str, &[(&str, &str)]); 5] = [
    ("v1", &[("pods", "Pod"), ("events", "Event"), ("nodes", "Node"), ("services", "Service")]),
    ("apps/v1", &[("deployments", "Deployment"), ("replicasets", "ReplicaSet"), ("daemonsets", "DaemonSet")]),
    ("batch/v1", &[("jobs", "Job"), ("cronjobs", "CronJob")]),
    ("kustomize.toolkit.fluxcd.io/v1", &[("kustomizations", "Kustomization")]),
    ("source.toolkit.fluxcd.io/v1", &[("gitrepositories", "GitRepository")]),
];

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Json>,
    asked: Vec<String>,
    patches: Vec<(String, Json)>,
}

/// The server; it ends with the process.
pub struct Api {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Api {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                // Who hangs up early hears nothing.
                std::thread::spawn(move || drop(serve(stream, &state)));
            }
        });
        Self { port, state }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn keep(&self, path: &str, object: Json) {
        self.state.lock().unwrap().objects.insert(path.to_owned(), object);
    }

    /// Methods, paths and queries, in order.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }

    #[track_caller]
    pub fn last_patch(&self, path: &str) -> Json {
        let state = self.state.lock().unwrap();
        let patch = state.patches.iter().rev().find(|(patched, _)| patched == path);
        patch.unwrap_or_else(|| panic!("{path} wasn't patched; asked: {:#?}", state.asked)).1.clone()
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        match header.trim().to_ascii_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap_or(0),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, kind, answer) = answer(method, target, &body, &mut state.lock().unwrap());
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
        answer.len()
    )
}

fn answer(
    method: &str,
    target: &str,
    body: &[u8],
    state: &mut State,
) -> (&'static str, &'static str, String) {
    state.asked.push(format!("{method} {target}"));
    let path = target.split('?').next().unwrap_or_default();
    let sent: Json = serde_json::from_slice(body).unwrap_or_default();
    let found = match method {
        "POST" => Some(sent),
        "PATCH" => {
            state.patches.push((path.to_owned(), sent));
            state.objects.get(path).cloned()
        }
        "DELETE" => state
            .objects
            .remove(path)
            .map(|_| json!({ "kind": "Status", "apiVersion": "v1", "status": "Success" })),
        _ if path.ends_with("/log") => {
            let pod = path.rsplit('/').nth(1).unwrap_or_default();
            return ("200 OK", "text/plain", format!("a line of {pod}\n"));
        }
        _ => discovery(path).or_else(|| state.objects.get(path).cloned()).or_else(|| list(path, state)),
    };
    match found {
        Some(document) => ("200 OK", "application/json", document.to_string()),
        None => {
            let missing = json!({
                "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
                "message": format!("{path} not found"),
            });
            ("404 Not Found", "application/json", missing.to_string())
        }
    }
}

fn list(path: &str, state: &State) -> Option<Json> {
    let (group, name) =
        (path.trim_start_matches("/apis/").trim_start_matches("/api/"), path.rsplit('/').next()?);
    let known = KINDS.iter().find_map(|(version, kinds)| {
        let kind = kinds.iter().find(|(plural, _)| *plural == name)?.1;
        group.starts_with(&format!("{version}/")).then_some((version, kind))
    });
    let (version, kind) = known?;
    let below = format!("{path}/");
    let items: Vec<&Json> = state
        .objects
        .iter()
        .filter(|(path, _)| path.strip_prefix(&below).is_some_and(|name| !name.contains('/')))
        .map(|(_, object)| object)
        .collect();
    Some(json!({
        "kind": format!("{kind}List"), "apiVersion": version, "metadata": { "resourceVersion": "1" }, "items": items,
    }))
}

fn discovery(path: &str) -> Option<Json> {
    if path == "/api" {
        return Some(json!({ "kind": "APIVersions", "versions": ["v1"] }));
    }
    if path == "/apis" {
        let groups: Vec<Json> = KINDS
            .iter()
            .filter_map(|(version, _)| {
                let at = json!({ "groupVersion": version, "version": "v1" });
                let group = version.split_once('/')?.0;
                Some(json!({ "name": group, "versions": [at], "preferredVersion": at }))
            })
            .collect();
        return Some(json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": groups }));
    }
    let (version, kinds) = KINDS
        .iter()
        .find(|(version, _)| path == format!("/apis/{version}") || (*version == "v1" && path == "/api/v1"))?;
    let verbs = ["get", "list", "watch", "patch", "create", "delete", "update"];
    let resources: Vec<Json> = kinds
        .iter()
        .flat_map(|(plural, kind)| {
            let namespaced = *kind != "Node";
            let whole = json!({
                "name": plural, "singularName": kind.to_lowercase(), "namespaced": namespaced, "kind": kind,
                "verbs": verbs,
            });
            let scale = json!({
                "name": format!("{plural}/scale"), "singularName": "", "namespaced": namespaced, "kind": "Scale",
                "group": "autoscaling", "version": "v1", "verbs": verbs,
            });
            [whole, scale]
        })
        .collect();
    Some(
        json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": resources }),
    )
}
