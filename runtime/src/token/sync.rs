//! The locks of a refresh; `tests/model-check` replaces them with those of a model checker.

#[cfg(model_check)]
pub(super) use shuttle::sync::{Mutex, MutexGuard};
#[cfg(not(model_check))]
pub(super) use std::sync::{Mutex, MutexGuard};
