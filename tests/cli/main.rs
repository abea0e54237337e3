//! The command on the outside: arguments, exit codes, output, files. Runs the real binary.

mod bad_input;
mod check;
mod explain;
mod output;
mod projects;
mod sandbox;
