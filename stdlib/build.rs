//! Has the library embedded anew when a module comes, goes or changes.

fn main() {
    println!("cargo::rerun-if-changed=std");
}
