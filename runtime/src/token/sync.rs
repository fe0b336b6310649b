//! Turns the locks of a refresh into those of a model checker, where `tests/model-check` compiles them.

#[cfg(model_check)]
pub(super) use shuttle::sync::{Mutex, MutexGuard};
#[cfg(not(model_check))]
pub(super) use std::sync::{Mutex, MutexGuard};
