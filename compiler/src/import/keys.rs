//! The keys that the format knows.

/// Of a step, a group, a loop.
pub const STEP: &[&str] = &[
    "name",
    "id",
    "env",
    "envFrom",
    "args",
    "runner",
    "output_parser",
    "when",
    "ignoreFailure",
    "timeout",
    "retry",
    "steps",
    "foreach",
    "description",
];
/// Of what a playbook says of itself, as far as it is converted.
pub const METADATA: &[&str] = &["name", "description"];
/// Of further attempts.
pub const RETRY: &[&str] = &[
    "count",
    "times",
    "attempts",
    "max",
    "maxAttempts",
    "limit",
    "interval",
    "delay",
    "every",
    "backoff",
    "sleep",
];
/// Of a loop.
pub const FOREACH: &[&str] = &["in", "key", "value", "break", "when", "steps"];
/// Of a parameter.
pub const PARAMETER: &[&str] =
    &["name", "type", "description", "default", "options", "required", "optional", "example", "defaultValue"];
/// Of a playbook.
pub const PLAYBOOK: &[&str] = &["apiVersion", "kind", "metadata", "parameters", "steps"];
/// Of a trigger.
pub const TRIGGER: &[&str] = &["apiVersion", "kind", "metadata", "enabled", "playbook", "scenarios"];
/// Of an event of a trigger.
pub const SCENARIO: &[&str] = &["name", "enabled", "integration", "when", "parameters", "description"];
