//! Databases, caches and search.

use super::{Argument, Kind, Known, LOOKS, Shape, Wanted, made, needs, takes};

const REDIS: Known = Known {
    arguments: &[
        made(
            "server",
            "redis.Server",
            &[
                needs("host", &["REDIS_IP", "REDIS_HOST", "HOST"], Wanted::Text),
                takes("port", &["REDIS_PORT", "PORT"], Wanted::Int),
            ],
        ),
        takes("password", &["REDIS_PASSWORD", "PASSWORD"], Wanted::Secret),
    ],
    ..LOOKS
};
const CLIENTS: Shape = Shape {
    name: "redis.Clients",
    fields: &[("connected_clients", "connected", Kind::Int), ("blocked_clients", "blocked", Kind::Int)],
    title: "connected",
};
const MEMORY: Shape = Shape {
    name: "redis.Memory",
    fields: &[
        ("used_memory_human", "used", Kind::Shown("Size")),
        ("used_memory_peak_human", "peak", Kind::Shown("Size")),
        ("maxmemory_human", "limit", Kind::Shown("Size")),
        ("maxmemory_policy", "policy", Kind::Text),
        ("mem_fragmentation_ratio", "fragmentation", Kind::Shown("Float")),
    ],
    title: "policy",
};

const ELASTIC: Known = Known {
    arguments: &[made(
        "cluster",
        "elasticsearch.Cluster",
        &[needs("url", &["HOST"], Wanted::Address { scheme: "SCHEMA", port: "PORT" })],
    )],
    left_out: &[
        ("USERNAME", "the cluster is asked with the header of `ELASTICSEARCH_AUTHORIZATION`"),
        ("PASSWORD", "the cluster is asked with the header of `ELASTICSEARCH_AUTHORIZATION`"),
        ("UNSAFE_SSL", "certificates are always checked"),
    ],
    outputs: &[],
    ..LOOKS
};
const HEALTH: Shape = Shape {
    name: "elasticsearch.Health",
    fields: &[
        ("status", "status", Kind::Text),
        ("number_of_nodes", "nodes", Kind::Int),
        ("relocating_shards", "relocating", Kind::Int),
        ("initializing_shards", "initializing", Kind::Int),
        ("unassigned_shards", "unassigned", Kind::Int),
        ("number_of_pending_tasks", "pending_tasks", Kind::Int),
    ],
    title: "status",
};

const DATABASE: Argument = made(
    "server",
    "postgres.Server",
    &[
        needs("host", &["HOST"], Wanted::Text),
        takes("port", &["PORT"], Wanted::Int),
        takes("database", &["DB"], Wanted::Text),
    ],
);
const SESSION: Shape = Shape {
    name: "postgres.Session",
    fields: &[
        ("pid", "id", Kind::Int),
        ("usename", "user", Kind::Text),
        ("application_name", "application", Kind::Text),
        ("state", "state", Kind::Text),
        ("query", "query", Kind::Text),
    ],
    title: "id",
};

pub(super) static ENTRIES: &[Known] = &[
    Known {
        image: "redis/info",
        call: "redis.clients",
        result: Kind::Record(&CLIENTS),
        outputs: &["info.Clients"],
        ..REDIS
    },
    Known {
        image: "redis/info",
        call: "redis.memory",
        result: Kind::Record(&MEMORY),
        outputs: &["info.Memory"],
        ..REDIS
    },
    Known { image: "redis/slowlog", call: "redis.slow_commands", ..REDIS },
    Known { image: "redis/slow-log", call: "redis.slow_commands", ..REDIS },
    Known {
        image: "elastic/cluster-health",
        call: "elasticsearch.health",
        result: Kind::Record(&HEALTH),
        ..ELASTIC
    },
    Known {
        image: "elastic/cluster-pending-tasks",
        call: "elasticsearch.pending_tasks",
        result: Kind::Texts,
        ..ELASTIC
    },
    Known {
        image: "psql/query/long-running-sessions",
        call: "postgres.long_sessions",
        arguments: &[
            DATABASE,
            takes("longer_than", &["LONG_DURATION_SECONDS"], Wanted::Seconds),
            takes("password", &["PASSWORD"], Wanted::Secret),
        ],
        left_out: &[("USER", "the library logs in as `quell`")],
        result: Kind::List(&SESSION),
        outputs: &["data"],
        ..LOOKS
    },
];
