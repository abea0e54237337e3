//! The bindings of the standard library, carried out: each call makes the command line or the request that
//! its action describes, a real program on this machine answers, and the action reads its answer.
//!
//! A test is skipped where its programs aren't installed; `.ci/programs` lists them. All programs are started
//! here, listen on loopback only and are ended with the test.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod carry_out;
mod http;
mod programs;

mod alertmanager;
mod aws;
mod kubernetes;
mod linux;
mod postgres;
mod probe;
mod prometheus;
mod rabbitmq;
mod redis;
