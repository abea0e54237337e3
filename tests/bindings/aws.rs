//! `std.aws` through the `aws` command, against a stand-in for Amazon (moto) here. What counts is that the
//! command takes each call's options and parameters, and that an answer reads as the action says.

use std::{
    path::Path,
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

use quell_compiler::simulate::value::Value;

use crate::{
    carry_out::Runner,
    programs::{Running, find, folder, free_port, installed, path},
};

/// Calls that find nothing, or change what isn't there.
const CALLS: [&str; 36] = [
    "aws.instances(\"checkout\")",
    "aws.reboot_instance(\"i-0a1b2c3d4e5f60718\")",
    "aws.stop_instance(\"i-0a1b2c3d4e5f60718\")",
    "aws.start_instance(\"i-0a1b2c3d4e5f60718\")",
    "aws.terminate_instance(\"i-0a1b2c3d4e5f60718\")",
    "aws.snapshot_volume(\"vol-0123456789abcdef0\", description: \"--x\")",
    "aws.grow_volume(\"vol-0123456789abcdef0\", size: 200GiB)",
    "aws.group(\"checkout\")",
    "aws.group_activities(\"checkout\", last: 5)",
    "aws.set_group_size(\"checkout\", desired: 2)",
    "aws.suspend_group(\"checkout\", [\"ReplaceUnhealthy\"])",
    "aws.resume_group(\"checkout\", [\"ReplaceUnhealthy\"])",
    "aws.replace_instance(\"i-0a1b2c3d4e5f60718\")",
    "aws.targets(\"arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/c/6d0ecf831eec9f09\")",
    "aws.database(\"orders-1\")",
    "aws.database_events(\"orders-1\", within: 3h)",
    "aws.reboot_database(\"orders-1\")",
    "aws.fail_over_database(\"orders-1\")",
    "aws.fail_over_cluster(\"orders\", to: \"orders-2\")",
    "aws.promote_replica(\"orders-1\")",
    "aws.snapshot_database(\"orders-1\", name: \"before\")",
    "aws.grow_database(\"orders-1\", storage: 750GiB)",
    "aws.function(\"resize\")",
    "aws.limit_function(\"resize\", concurrency: 0)",
    "aws.unlimit_function(\"resize\")",
    "aws.point_alias(\"checkout\", alias: \"live\", version: \"41\")",
    "aws.alarms(prefix: \"checkout-\")",
    "aws.log_lines(\"/aws/lambda/resize\", pattern: \"ERROR\", within: 30m)",
    "aws.run_document(\"i-0a1b2c3d4e5f60718\", \"AWS-RunPatchBaseline\", parameters: { Operation: [\"Install\"] })",
    "aws.service_tasks(\"shop\", service: \"checkout\")",
    "aws.scale_service(\"shop\", service: \"checkout\", desired: 4)",
    "aws.restart_service(\"shop\", service: \"checkout\")",
    "aws.redrive(\"arn:aws:sqs:eu-central-1:123456789012:dead\")",
    "aws.point_name(\"Z0123456789\", name: \"shop.example.com\", to: \"eu.example.com\")",
    "aws.rotate_secret(\"prod/orders-db\")",
    "aws.purge_queue(\"http://127.0.0.1:1/123456789012/thumbnails\")",
];

/// What the command says when it is asked in a way that it doesn't know.
const MISUNDERSTOOD: [&str; 5] =
    ["usage:", "Unknown options", "Parameter validation failed", "Error parsing parameter", "Invalid JSON"];

fn runner(port: u16, folder: &Path) -> Runner {
    let mut runner = Runner::new("use std.aws");
    // As version 2 has it by itself.
    let config = folder.join("config");
    std::fs::write(&config, "[default]\ncli_timestamp_format = iso8601\n").unwrap();
    runner.variables = [
        ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ("AWS_DEFAULT_REGION", "eu-central-1".to_owned()),
        ("AWS_CONFIG_FILE", config.display().to_string()),
        ("AWS_MAX_ATTEMPTS", "1".to_owned()),
        // Version 1 asks Amazon itself for queues and databases: nothing leaves this machine.
        ("HTTPS_PROXY", "http://127.0.0.1:9".to_owned()),
        ("NO_PROXY", "127.0.0.1".to_owned()),
    ]
    .into();
    runner
}

/// Asks the stand-in for what a test needs.
fn aws(runner: &Runner, arguments: &str) -> String {
    let mut command = Command::new(find("aws").unwrap());
    command.args(arguments.split(' ')).envs(runner.variables.iter().cloned()).env("PATH", path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_command_takes_what_it_is_given() {
    if !installed(&["aws", "moto_server"]) {
        return;
    }
    let port = free_port();
    let mut command = Command::new(find("moto_server").unwrap());
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    let _amazon = Running::start(&mut command, folder(), port);
    let home = folder();
    let runner = runner(port, home.path());
    for call in CALLS {
        if let Err(failure) = runner.try_call(call) {
            assert!(MISUNDERSTOOD.iter().all(|words| !failure.contains(words)), "{call}\n{failure}");
        }
    }

    let machine = aws(
        &runner,
        "ec2 run-instances --image-id ami-12345678 --output text --query Instances[0].InstanceId",
    );
    aws(&runner, &format!("ec2 create-tags --resources {machine} --tags Key=Name,Value=checkout"));
    let machines = runner.call("aws.instances(\"checkout\")");
    assert_eq!(machines.as_list().unwrap()[0].field("state"), Some(&Value::text("running")));
    let sent = runner.call(&format!("aws.run_command(\"{machine}\", [\"echo\", \"it's\"])"));
    let done =
        runner.call(&format!("aws.command_result(\"{}\", instance: \"{machine}\")", sent.as_text().unwrap()));
    assert_eq!(done.field("status"), Some(&Value::text("Success")));
    aws(&runner, "logs create-log-group --log-group-name g");
    assert_eq!(runner.call("aws.log_lines(\"g\")"), Value::list(Vec::new()));
    // The period that is asked for ends now, without this second.
    let earlier = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() - 90;
    let put = "cloudwatch put-metric-data --namespace N --metric-name m --value 3 --timestamp";
    aws(&runner, &format!("{put} {earlier}"));
    let metric = "aws.metric(\"N\", name: \"m\", dimensions: [])";
    assert_eq!(runner.call(metric), Value::Float(3.0));
    aws(&runner, "iam create-user --user-name deployer");
    let key = aws(
        &runner,
        "iam create-access-key --user-name deployer --output text --query AccessKey.AccessKeyId",
    );
    let leaked = format!("aws.AccessKey(user: \"deployer\", id: \"{key}\")");
    runner.call(&format!("aws.disable_key({leaked})"));
    let keys = runner.call("aws.access_keys(\"deployer\")");
    assert_eq!(keys.as_list().unwrap()[0].field("status"), Some(&Value::text("Inactive")));
    runner.call(&format!("aws.enable_key({leaked})"));
    runner.call(&format!("aws.delete_key({leaked})"));
}
