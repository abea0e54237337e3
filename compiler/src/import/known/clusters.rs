//! Kubernetes, and what brings new versions to it.

use super::{Argument, Effect, Kind, Known, LOOKS, Shape, Wanted, always, made, needs, takes};

const POD: Shape = Shape {
    name: "kubernetes.Pod",
    fields: &[
        ("name", "name", Kind::Text),
        ("status", "status", Kind::Text),
        ("restarts", "restarts", Kind::Int),
        ("age", "age", Kind::Shown("Duration")),
    ],
    title: "name",
};
const WORKLOAD: Shape =
    Shape { name: "kubernetes.Workload", fields: &[("name", "name", Kind::Text)], title: "name" };

const NAMESPACE: Argument = takes("namespace", &["NAMESPACE"], Wanted::Text);
const WORKLOAD_FIELDS: &[Argument] =
    &[needs("name", &["NAME"], Wanted::Text), NAMESPACE, needs("image", &["NAME"], Wanted::Text)];
const COMMAND_FIELDS: &[Argument] = &[
    needs("name", &["@3"], Wanted::Text),
    takes("namespace", &["-n", "--namespace"], Wanted::Text),
    needs("image", &["@3"], Wanted::Text),
];
const CONTAINERS: &[(&str, &str)] = &[
    ("ALL_CONTAINERS", "the action reads the logs of the pod's first container"),
    ("CONTAINER_NAME", "the action reads the logs of the pod's first container"),
];

pub(super) static ENTRIES: &[Known] = &[
    Known {
        image: "kubectl/get-pods",
        call: "kubernetes.pods",
        arguments: &[
            needs("name_contains", &["NAME_CONTAINS", "POD_NAMES", "POD_NAME"], Wanted::Text),
            NAMESPACE,
        ],
        left_out: &[("ORDER_BY", "pods come in the order of their names")],
        result: Kind::List(&POD),
        outputs: &["items", "filtered", "pods"],
        ..LOOKS
    },
    Known {
        image: "kubectl/get-pods",
        call: "kubernetes.pods",
        arguments: &[always("name_contains", "\"\""), NAMESPACE],
        left_out: &[("ORDER_BY", "pods come in the order of their names")],
        result: Kind::List(&POD),
        outputs: &["items", "filtered", "pods"],
        ..LOOKS
    },
    Known {
        image: "kubectl/logs",
        fixed: &[("PREVIOUS", "true")],
        call: "kubernetes.crash_logs",
        arguments: &[needs("pod", &["POD_NAME"], Wanted::Text), NAMESPACE],
        left_out: CONTAINERS,
        outputs: &["output", "logs"],
        ..LOOKS
    },
    Known {
        image: "kubectl/logs",
        call: "kubernetes.pod_logs",
        arguments: &[needs("pod", &["POD_NAME"], Wanted::Text), NAMESPACE],
        left_out: CONTAINERS,
        outputs: &["output", "logs"],
        ..LOOKS
    },
    Known {
        image: "kubectl/delete",
        fixed: &[("RESOURCE_TYPE", "pod")],
        call: "kubernetes.delete_pod",
        effect: Effect::Changes,
        arguments: &[needs("pod", &["RESOURCES_NAMES"], Wanted::Text), NAMESPACE],
        left_out: &[
            ("GRACE_PERIOD", "a pod ends as its own specification says"),
            ("FORCE", "a pod ends as its own specification says"),
        ],
        ..LOOKS
    },
    Known {
        image: "kubectl/delete",
        fixed: &[("RESOURCE_TYPE", "job")],
        call: "kubernetes.delete_job",
        effect: Effect::Changes,
        arguments: &[needs("job", &["RESOURCES_NAMES"], Wanted::Text), NAMESPACE],
        ..LOOKS
    },
    Known {
        image: "k8s/deploy",
        call: "kubernetes.deploy",
        effect: Effect::Changes,
        arguments: &[
            made("workload", "kubernetes.Workload", WORKLOAD_FIELDS),
            needs("tag", &["TAG"], Wanted::Text),
        ],
        left_out: &[("ENV", "the workload says where it runs")],
        result: Kind::Record(&WORKLOAD),
        outputs: &[],
        says_no_undo: true,
        ..LOOKS
    },
    Known {
        image: "kubectl/cmd",
        words: &["rollout", "restart", "deployment"],
        call: "kubernetes.restart",
        effect: Effect::Changes,
        arguments: &[made("workload", "kubernetes.Workload", COMMAND_FIELDS)],
        result: Kind::Record(&WORKLOAD),
        outputs: &[],
        ..LOOKS
    },
    Known {
        image: "kubectl/cmd",
        words: &["describe"],
        call: "kubernetes.describe",
        arguments: &[
            needs("kind", &["@1"], Wanted::Text),
            needs("name", &["@2"], Wanted::Text),
            takes("namespace", &["-n", "--namespace"], Wanted::Text),
        ],
        ..LOOKS
    },
];
