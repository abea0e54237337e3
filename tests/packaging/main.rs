//! What a release is made of: the table of platforms, the packages made from it, and the places that name
//! them. The packages hold the binary of this build; pip, npm and the install script install them offline.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod actions;
mod container;
mod names;
mod npm;
mod packed;
mod script;
mod wheel;
