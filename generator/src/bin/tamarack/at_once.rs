//! Two inputs and a function in, both results out, made on two threads.

use std::panic;
use std::thread;

/// What the main thread has; a thread of the library would get a quarter, and
/// a document may nest deeply.
const STACK: usize = 8 * 1024 * 1024;

/// Returns what `work` makes of each; a panic of either goes on here.
pub(crate) fn both<'a, T: Sync, R: Send>(
    old: &'a T,
    new: &'a T,
    work: impl Fn(&'a T) -> R + Sync,
) -> (R, R) {
    thread::scope(|scope| {
        let other = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || work(new));
        let old = work(old);
        match other {
            Ok(thread) => (old, thread.join().unwrap_or_else(|it| panic::resume_unwind(it))),
            // No thread is to be had: one after the other is the same.
            Err(_) => (old, work(new)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_stays_at_its_side() {
        assert_eq!(both(&1, &2, |it| it * 10), (10, 20));
    }

    #[test]
    fn a_panic_of_either_side_is_not_lost() {
        for bad in [1, 2] {
            let outcome = panic::catch_unwind(|| both(&1, &2, |it| assert_ne!(*it, bad)));
            assert!(outcome.is_err());
        }
    }
}
