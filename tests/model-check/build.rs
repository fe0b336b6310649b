//! Turns the sources of the runtime into those that a model checker runs.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cfg=model_check");
}
