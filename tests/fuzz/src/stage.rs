//! Which stage a run is in, told before it begins: what aborts cannot tell it any more.

use std::sync::OnceLock;

static LISTENER: OnceLock<fn(&str)> = OnceLock::new();

/// Names the function that is told of each stage, once for the process.
pub fn listen(listener: fn(&str)) {
    let _ = LISTENER.set(listener);
}

/// Says that a stage begins.
pub fn enter(stage: &str) {
    if let Some(listener) = LISTENER.get() {
        listener(stage);
    }
}
