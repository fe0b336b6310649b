//! Notes which secrets a piece of code uses, so that a text of a server can be searched for them.

use std::cell::{Cell, RefCell};

use http::header::ACCEPT;
use http::{HeaderName, HeaderValue};

use super::Secret;

thread_local! {
    /// The secrets that were exposed on this thread since [`during`] began.
    static NOTED: RefCell<Option<Vec<Secret>>> = const { RefCell::new(None) };
    /// How many secrets were exposed on this thread.
    static N_EXPOSED: Cell<u64> = const { Cell::new(0) };
}

/// Runs a closure and returns the secrets that it exposed.
pub(crate) fn during<T>(run: impl FnOnce() -> T) -> (T, Vec<Secret>) {
    let _end = End(NOTED.replace(Some(Vec::new())));
    let value = run();
    (value, NOTED.take().unwrap_or_default())
}

/// Puts back what was noted before, whatever the end of the closure.
struct End(Option<Vec<Secret>>);

impl Drop for End {
    fn drop(&mut self) {
        NOTED.replace(self.0.take());
    }
}

/// Returns how many secrets were exposed on this thread so far: a piece of code that changes the number has
/// used one.
pub(crate) fn n_exposed() -> u64 {
    N_EXPOSED.try_with(Cell::get).unwrap_or_default()
}

/// Notes a secret.
pub(crate) fn note(text: &str) {
    // A thread that ends builds no request any more.
    let _ = N_EXPOSED.try_with(|it| it.set(it.get().wrapping_add(1)));
    note_text(text);
}

/// Notes a text, if somebody wants to know.
fn note_text(text: &str) {
    // A thread that ends has no list any more; a list in use is not one to add to.
    let _ = NOTED.try_with(|noted| {
        if let Ok(mut noted) = noted.try_borrow_mut()
            && let Some(noted) = noted.as_mut()
        {
            noted.push(Secret::from(text));
        }
    });
}

/// Notes a header that the caller set, which may be a credential. Values that are too short for one, and
/// media types, are what a server may well repeat.
pub(crate) fn note_header(name: &HeaderName, value: &HeaderValue) {
    const MIN_LEN: usize = 8;

    if value.is_sensitive() || (value.len() >= MIN_LEN && name != ACCEPT) {
        note_text(&String::from_utf8_lossy(value.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(secrets: &[Secret]) -> Vec<&str> {
        secrets.iter().map(Secret::expose).collect()
    }

    #[test]
    fn secrets_are_noted_only_while_somebody_wants_to_know() {
        let secret = Secret::from("hunter2");
        let _ = secret.expose();
        let (inner, outer) = during(|| {
            let _ = secret.expose();
            let ((), inner) = during(|| note("hunter3"));
            let _ = Secret::from("hunter4").expose();
            inner
        });
        assert_eq!(texts(&inner), ["hunter3"]);
        assert_eq!(texts(&outer), ["hunter2", "hunter4"]);
        let panicked = std::panic::catch_unwind(|| during(|| panic!("of the caller")));
        assert!(panicked.is_err());
        let _ = secret.expose();
        assert!(NOTED.take().is_none());
    }
}
