//! Amazon's command line, and commands on other machines.

use super::{Argument, Effect, Kind, Known, LOOKS, Shape, Wanted, always, made, needs, takes};

const AWS: Known = Known {
    image: "amazon/aws-cli",
    left_out: &[("--output", "the action reads what it needs by itself")],
    outputs: &["output"],
    ..LOOKS
};
const CHANGE: Known = Known { effect: Effect::Changes, ..AWS };

const REGION: Argument = takes("region", &["--region"], Wanted::Text);
const GROUP_NAME: Argument = needs("name", &["--auto-scaling-group-name"], Wanted::Text);
/// All that a group does by itself: what the command means where it names none.
const PROCESSES: Argument = always(
    "processes",
    "[\"Launch\", \"Terminate\", \"AddToLoadBalancer\", \"AlarmNotification\", \"AZRebalance\", \"HealthCheck\", \"InstanceRefresh\", \"ReplaceUnhealthy\", \"ScheduledActions\"]",
);

const GROUP: Shape = Shape {
    name: "aws.Group",
    fields: &[
        ("AutoScalingGroupName", "name", Kind::Text),
        ("DesiredCapacity", "desired", Kind::Int),
        ("MinSize", "minimum", Kind::Int),
        ("MaxSize", "maximum", Kind::Int),
    ],
    title: "name",
};
const TARGET: Shape = Shape {
    name: "aws.Target",
    fields: &[
        ("Target.Id", "id", Kind::Text),
        ("TargetHealth.State", "state", Kind::Text),
        ("TargetHealth.Reason", "reason", Kind::Text),
    ],
    title: "id",
};

pub(super) static ENTRIES: &[Known] = &[
    Known {
        words: &["autoscaling", "describe-auto-scaling-groups"],
        call: "aws.group",
        arguments: &[needs("name", &["--auto-scaling-group-names"], Wanted::Text), REGION],
        result: Kind::Record(&GROUP),
        outputs: &["AutoScalingGroups[0]"],
        ..AWS
    },
    Known {
        words: &["autoscaling", "suspend-processes"],
        call: "aws.suspend_group",
        arguments: &[GROUP_NAME, PROCESSES, REGION],
        ..CHANGE
    },
    Known {
        words: &["autoscaling", "resume-processes"],
        call: "aws.resume_group",
        arguments: &[GROUP_NAME, PROCESSES, REGION],
        ..CHANGE
    },
    Known {
        words: &["autoscaling", "set-desired-capacity"],
        call: "aws.set_group_size",
        arguments: &[GROUP_NAME, needs("desired", &["--desired-capacity"], Wanted::Int), REGION],
        says_no_undo: true,
        ..CHANGE
    },
    Known {
        words: &["elbv2", "describe-target-health"],
        call: "aws.targets",
        arguments: &[needs("target_group", &["--target-group-arn"], Wanted::Text), REGION],
        result: Kind::List(&TARGET),
        outputs: &["TargetHealthDescriptions"],
        ..AWS
    },
    Known {
        words: &["ec2", "reboot-instances"],
        call: "aws.reboot_instance",
        arguments: &[needs("instance", &["--instance-ids"], Wanted::Text), REGION],
        ..CHANGE
    },
    Known {
        words: &["ec2", "stop-instances"],
        call: "aws.stop_instance",
        arguments: &[needs("instance", &["--instance-ids"], Wanted::Text), REGION],
        ..CHANGE
    },
    Known {
        words: &["ec2", "start-instances"],
        call: "aws.start_instance",
        arguments: &[needs("instance", &["--instance-ids"], Wanted::Text), REGION],
        ..CHANGE
    },
    Known {
        words: &["rds", "reboot-db-instance"],
        call: "aws.reboot_database",
        arguments: &[needs("id", &["--db-instance-identifier"], Wanted::Text), REGION],
        ..CHANGE
    },
    Known {
        image: "ssh/command",
        call: "ssh.execute",
        effect: Effect::Changes,
        arguments: &[made("host", "ssh.Host", HOST), needs("arguments", &["COMMAND"], Wanted::Shell)],
        left_out: HOST_LEFT_OUT,
        outputs: &["output", "stdout"],
        ..LOOKS
    },
];

/// The machine that a command is for.
pub const HOST: &[Argument] = &[
    needs("name", &["HOSTNAME", "HOST"], Wanted::Text),
    takes("user", &["USERNAME", "USER"], Wanted::Text),
    takes("port", &["PORT"], Wanted::Int),
];
/// What OpenSSH knows by itself.
const HOST_LEFT_OUT: &[(&str, &str)] =
    &[("PRIVATE_KEY", "OpenSSH takes the key that belongs to the host, where Quell runs")];
