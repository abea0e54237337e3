//! `quell import stackpulse`: what becomes of playbooks of StackPulse.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod constructs;
mod corpus;
mod files;
mod hostile;
mod library;
mod mistakes;
mod page;
mod support;
