//! `std.kubernetes` and `std.flux` through the real `kubectl`, against a server here that keeps objects and
//! notes what is sent to it.

mod api;

use quell_compiler::simulate::value::Value;
use serde_json::{Value as Json, json};

use crate::{
    carry_out::Runner,
    programs::{folder, installed},
};
use api::Api;

const CHECKOUT: &str =
    "Workload(name: \"checkout\", namespace: \"shop\", image: \"host:5000/shop/checkout\")";
const DEPLOYMENT: &str = "/apis/apps/v1/namespaces/shop/deployments/checkout";

fn metadata(name: &str) -> Json {
    json!({ "name": name, "namespace": "shop", "uid": name, "creationTimestamp": "2026-01-02T03:00:00Z" })
}

fn template(tag: &str) -> Json {
    json!({
        "metadata": { "labels": { "app": "checkout" } },
        "spec": { "containers": [
            { "name": "proxy", "image": "proxy:v1" },
            { "name": "checkout", "image": format!("host:5000/shop/checkout{tag}") },
        ] },
    })
}

fn deployment() -> Json {
    let mut deployment = json!({
        "kind": "Deployment", "apiVersion": "apps/v1", "metadata": metadata("checkout"),
        "spec": {
            "replicas": 3, "selector": { "matchLabels": { "app": "checkout" } }, "template": template(":v2"),
            "strategy": { "type": "RollingUpdate" }, "progressDeadlineSeconds": 600,
        },
        "status": {
            "observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "readyReplicas": 2,
            "availableReplicas": 3,
        },
    });
    deployment["metadata"]["annotations"] = json!({ "deployment.kubernetes.io/revision": "2" });
    deployment["metadata"]["generation"] = json!(1);
    deployment
}

fn replica_set(revision: &str, tag: &str, owner: &str) -> Json {
    let mut set = json!({
        "kind": "ReplicaSet", "apiVersion": "apps/v1", "metadata": metadata(&format!("{owner}-{revision}")),
        "spec": { "replicas": 0, "selector": { "matchLabels": { "app": "checkout" } }, "template": template(tag) },
    });
    set["metadata"]["annotations"] = json!({ "deployment.kubernetes.io/revision": revision });
    set["metadata"]["labels"] = json!({ "app": "checkout" });
    set["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "apps/v1", "kind": "Deployment", "name": owner, "uid": owner, "controller": true,
    }]);
    set
}

fn pod(name: &str, phase: &str, container: Json) -> Json {
    let mut pod = json!({
        "kind": "Pod", "apiVersion": "v1", "metadata": metadata(name),
        "spec": { "containers": [{ "name": "proxy" }, { "name": "checkout" }] },
        "status": { "phase": phase, "containerStatuses": [container] },
    });
    pod["metadata"]["labels"] = json!({ "app": "checkout" });
    pod
}

fn api() -> Api {
    let api = Api::start();
    api.keep(DEPLOYMENT, deployment());
    api.keep(&format!("{DEPLOYMENT}/scale"), json!({
        "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata("checkout"), "spec": { "replicas": 3 },
    }));
    let sets = "/apis/apps/v1/namespaces/shop/replicasets";
    for (revision, tag, owner) in [
        ("1", ":v1", "checkout"),
        ("2", ":v2", "checkout"),
        ("9", ":v9", "other"),
        ("3", "@sha256:ab", "checkout"),
    ] {
        api.keep(&format!("{sets}/{owner}-{revision}"), replica_set(revision, tag, owner));
    }
    let pods = "/api/v1/namespaces/shop/pods";
    let waiting = json!({ "restartCount": 7, "state": { "waiting": { "reason": "CrashLoopBackOff" } } });
    let killed =
        json!({ "restartCount": 1, "state": { "terminated": { "reason": "OOMKilled", "exitCode": 137 } } });
    api.keep(
        &format!("{pods}/checkout-a"),
        pod("checkout-a", "Running", json!({ "restartCount": 0, "state": {} })),
    );
    api.keep(&format!("{pods}/checkout-b"), pod("checkout-b", "Running", waiting));
    api.keep(&format!("{pods}/checkout-c"), pod("checkout-c", "Running", killed));
    api
}

fn runner(api: &Api, home: &std::path::Path) -> Runner {
    let config = home.join("config");
    std::fs::write(
        &config,
        json!({
            "kind": "Config", "apiVersion": "v1", "current-context": "here",
            "clusters": [{ "name": "here", "cluster": { "server": api.url() } }],
            "contexts": [{ "name": "here", "context": { "cluster": "here", "user": "nobody" } }],
            "users": [{ "name": "nobody", "user": {} }],
        })
        .to_string(),
    )
    .unwrap();
    let mut runner = Runner::new("use std.kubernetes\nuse std.kubernetes (Workload)\nuse std.flux");
    runner.variables =
        vec![("KUBECONFIG", config.display().to_string()), ("HOME", home.display().to_string())];
    runner
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let written = |it: &Value| quell_compiler::simulate::value::text(it.field(field).unwrap());
    list.as_list().unwrap().iter().map(written).collect()
}

#[test]
fn objects_are_read() {
    if !installed(&["kubectl"]) {
        return;
    }
    let (api, home) = (api(), folder());
    let runner = runner(&api, home.path());
    let now = runner.call(&format!("kubernetes.deployment({CHECKOUT})"));
    assert_eq!(now.field("tag"), Some(&Value::text("v2")));
    assert_eq!((now.field("revision"), now.field("ready")), (Some(&Value::Int(2)), Some(&Value::Int(2))));
    let revisions = runner.call(&format!("kubernetes.revisions({CHECKOUT})"));
    assert_eq!(texts(&revisions, "number"), ["3", "2", "1"]);
    assert_eq!(texts(&revisions, "tag"), ["sha256:ab", "v2", "v1"]);
    let pods = runner.call("kubernetes.pods(\"checkout\", namespace: \"shop\")");
    assert_eq!(texts(&pods, "status"), ["Running", "CrashLoopBackOff", "OOMKilled"]);

    let event = |name: &str, last: Json, at: Json| {
        json!({
            "kind": "Event", "apiVersion": "v1", "metadata": metadata(name), "type": "Warning",
            "involvedObject": { "kind": "Pod", "name": name }, "reason": "BackOff", "message": "m",
            "lastTimestamp": last, "eventTime": at,
        })
    };
    let events = "/api/v1/namespaces/shop/events";
    api.keep(&format!("{events}/a"), event("late", json!("2026-01-02T05:00:00Z"), Json::Null));
    api.keep(&format!("{events}/b"), event("early", Json::Null, json!("2026-01-02T04:00:00.000000Z")));
    let events = runner.call("kubernetes.events(namespace: \"shop\")");
    assert_eq!(texts(&events, "object"), ["Pod/early", "Pod/late"]);
    assert!(api.asked().iter().any(|asked| asked.contains("fieldSelector=type%3DWarning")));

    let log = runner.call(&format!("kubernetes.logs({CHECKOUT}, since: 1m, lines: 5)"));
    for pod in ["a", "b", "c"] {
        let line = format!("[pod/checkout-{pod}/checkout] a line of checkout-{pod}");
        assert!(matches!(&log, Value::Text(log) if log.contains(&line)), "{log:?}");
    }
    assert!(runner.try_call("kubernetes.job(\"none\", namespace: \"shop\")").is_err());
}

#[test]
fn changes_are_what_they_say() {
    if !installed(&["kubectl"]) {
        return;
    }
    let (api, home) = (api(), folder());
    let runner = runner(&api, home.path());
    runner.call(&format!("kubernetes.deploy({CHECKOUT}, tag: \"sha256:cd\")"));
    let sent = api.last_patch(DEPLOYMENT);
    let image = "host:5000/shop/checkout@sha256:cd";
    assert_eq!(
        sent["spec"]["template"]["spec"]["containers"][0],
        json!({ "image": image, "name": "checkout" })
    );

    runner.call(&format!("kubernetes.scale({CHECKOUT}, replicas: 6)"));
    assert_eq!(api.last_patch(&format!("{DEPLOYMENT}/scale"))["spec"], json!({ "replicas": 6 }));
    runner.call(&format!("kubernetes.pause_rollout({CHECKOUT})"));
    assert_eq!(api.last_patch(DEPLOYMENT), json!({ "spec": { "paused": true } }));
    runner.call(&format!("kubernetes.restart({CHECKOUT})"));
    let sent = api.last_patch(DEPLOYMENT);
    let restarted = &sent["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"];
    assert!(restarted.is_string(), "{sent}");
    runner.call(&format!("kubernetes.set_memory_limit({CHECKOUT}, limit: 1GiB)"));
    let container = api.last_patch(DEPLOYMENT)["spec"]["template"]["spec"]["containers"][0].clone();
    assert_eq!(container, json!({ "name": "checkout", "resources": { "limits": { "memory": "1Gi" } } }));
    runner.call(&format!("kubernetes.rollback({CHECKOUT}, revision: 1)"));
    assert!(api.last_patch(DEPLOYMENT).to_string().contains("host:5000/shop/checkout:v1"));
    assert!(runner.try_call(&format!("kubernetes.rollback({CHECKOUT}, revision: 7)")).is_err());
    assert!(runner.try_call(&format!("kubernetes.rollback({CHECKOUT}, revision: 0)")).is_err());

    let node = json!({ "kind": "Node", "apiVersion": "v1", "metadata": { "name": "node-1" }, "spec": {} });
    api.keep("/api/v1/nodes/node-1", node);
    runner.call("kubernetes.cordon(\"node-1\")");
    assert_eq!(api.last_patch("/api/v1/nodes/node-1")["spec"], json!({ "unschedulable": true }));
    assert!(runner.try_call("kubernetes.cordon(\"--all\")").is_err());

    let jobs = "/apis/batch/v1/namespaces/shop";
    api.keep(
        &format!("{jobs}/cronjobs/invoices"),
        json!({
            "kind": "CronJob", "apiVersion": "batch/v1", "metadata": metadata("invoices"),
            "spec": { "schedule": "0 * * * *", "jobTemplate": { "spec": { "template": template(":v1") } } },
        }),
    );
    runner.call("kubernetes.run_cron_job(\"invoices\", job: \"by-hand\", namespace: \"shop\")");
    let created = format!("POST {jobs}/jobs?");
    assert!(api.asked().iter().any(|asked| asked.starts_with(&created)));
    runner.call("kubernetes.suspend_cron_job(\"invoices\", namespace: \"shop\")");
    assert_eq!(api.last_patch(&format!("{jobs}/cronjobs/invoices")), json!({ "spec": { "suspend": true } }));
    api.keep(&format!("{jobs}/jobs/old"), json!({
        "kind": "Job", "apiVersion": "batch/v1", "metadata": metadata("old"), "spec": {}, "status": { "failed": 3 },
    }));
    assert_eq!(
        runner.call("kubernetes.job(\"old\", namespace: \"shop\")").field("failed"),
        Some(&Value::Int(3))
    );
    runner.call("kubernetes.delete_job(\"old\", namespace: \"shop\")");
    runner.call("kubernetes.delete_job(\"old\", namespace: \"shop\")");
}

#[test]
fn flux_is_held_and_pinned() {
    if !installed(&["kubectl"]) {
        return;
    }
    let (api, home) = (api(), folder());
    let runner = runner(&api, home.path());
    let checkout = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/checkout";
    let shop = "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/shop";
    let ready = json!([{ "type": "Ready", "status": "True", "message": "Applied revision: main@sha1:9f" }]);
    api.keep(checkout, json!({
        "kind": "Kustomization", "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "metadata": metadata("checkout"),
        "spec": { "suspend": true }, "status": { "conditions": ready, "lastAppliedRevision": "main@sha1:9f" },
    }));
    api.keep(shop, json!({
        "kind": "GitRepository", "apiVersion": "source.toolkit.fluxcd.io/v1", "metadata": metadata("shop"),
        "spec": { "ref": { "branch": "main" } },
    }));
    let now = runner.call("flux.kustomization(\"checkout\")");
    assert_eq!(
        (now.field("ready"), now.field("suspended")),
        (Some(&Value::Bool(true)), Some(&Value::Bool(true)))
    );
    assert_eq!(now.field("revision"), Some(&Value::text("main@sha1:9f")));
    runner.call("flux.unlock(\"checkout\")");
    assert_eq!(api.last_patch(checkout), json!({ "spec": { "suspend": false } }));
    assert!(runner.try_call("flux.lock(\"none\")").is_err());
    let source = runner.call("flux.source(\"shop\")");
    assert_eq!(
        (source.field("ready"), source.field("pinned")),
        (Some(&Value::Bool(false)), Some(&Value::None))
    );
    runner.call("flux.pin(\"shop\", commit: \"41b07ae\")");
    assert_eq!(api.last_patch(shop), json!({ "spec": { "ref": { "commit": "41b07ae" } } }));
    runner.call("flux.unpin(\"shop\")");
    assert_eq!(api.last_patch(shop), json!({ "spec": { "ref": { "commit": null } } }));
}
