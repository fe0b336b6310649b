//! Runs a function for several inputs on several threads.

use std::num::NonZero;
use std::panic;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What the main thread has; a thread of the library would get a quarter, and
/// a document may nest deeply.
const STACK: usize = 8 * 1024 * 1024;

/// Returns the result of `work` for each input, in their order; each core takes one input after the other, on a
/// thread of its own. Panics are propagated.
pub fn each<'a, T: Sync + 'a, R: Send>(
    inputs: impl IntoIterator<Item = &'a T>,
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    let inputs: Vec<&'a T> = inputs.into_iter().collect();
    let next = AtomicUsize::new(0);
    let share = |(): &()| {
        let mut acc = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match inputs.get(index) {
                Some(it) => acc.push((index, work(it))),
                None => return acc,
            }
        }
    };
    let threads = vec![(); cores().min(inputs.len())];
    let (shares, ()) = beside(&threads, share, || ());
    let mut acc: Vec<_> = shares.into_iter().flatten().collect();
    acc.sort_by_key(|(index, _)| *index);
    acc.into_iter().map(|(_, result)| result).collect()
}

/// Returns the result of `work` for each input, and that of `own`, which runs on this thread.
fn beside<'a, T: Sync + 'a, R: Send, A>(
    inputs: impl IntoIterator<Item = &'a T>,
    work: impl Fn(&'a T) -> R + Sync,
    own: impl FnOnce() -> A,
) -> (Vec<R>, A) {
    let work = &work;
    thread::scope(|scope| {
        let started: Vec<_> = (inputs.into_iter())
            .map(|it| {
                let builder = thread::Builder::new().stack_size(STACK);
                // If no thread can be spawned, runs the work on this one.
                builder.spawn_scoped(scope, move || work(it)).map_err(|_| work(it))
            })
            .collect();
        let own = own();
        let finish = |thread: thread::ScopedJoinHandle<'_, R>| {
            thread.join().unwrap_or_else(|it| panic::resume_unwind(it))
        };
        (started.into_iter().map(|it| it.map_or_else(|done| done, finish)).collect(), own)
    })
}

/// Returns the result of `work` for each input, in their order; all cores share the inputs, this thread among them.
/// Panics are propagated.
pub(crate) fn spread<T: Sync, R: Send>(inputs: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// Of fewer inputs a thread costs more than it gains: it has a heap of its own.
    const LEAST: usize = 64;

    if inputs.len() <= LEAST {
        return inputs.iter().map(work).collect();
    }
    let len = inputs.len().div_ceil(cores()).max(LEAST);
    let (own, others) = inputs.split_at(len);
    let shares: Vec<&[T]> = others.chunks(len).collect();
    let work = |share: &[T]| share.iter().map(&work).collect::<Vec<_>>();
    let (others, mut acc) = beside(&shares, |it| work(it), || work(own));
    acc.reserve_exact(inputs.len() - own.len());
    acc.extend(others.into_iter().flatten());
    acc
}

/// Returns how many threads run at once. The system is asked once: on Linux it reads several files.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Returns what `work` makes of the old one and the new one.
pub fn both<'a, T: Sync + 'a, R: Send>(
    old: &'a T,
    new: &'a T,
    work: impl Fn(&'a T) -> R + Sync,
) -> (R, R) {
    let mut made = each([old, new], work).into_iter();
    match (made.next(), made.next()) {
        (Some(old), Some(new)) => (old, new),
        _ => unreachable!("each input has a result"),
    }
}

/// Returns the results of two works, of which the first runs on a thread of its own. Panics are propagated.
pub fn join<A: Send, B>(first: impl Fn() -> A + Sync, second: impl FnOnce() -> B) -> (A, B) {
    let first = &first;
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
        let started = builder.spawn_scoped(scope, first);
        let second = second();
        let first = match started {
            Ok(thread) => thread.join().unwrap_or_else(|it| panic::resume_unwind(it)),
            Err(_) => first(),
        };
        (first, second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_stays_in_its_place() {
        assert_eq!(each(&[1, 2, 3], |it| it * 10), [10, 20, 30]);
    }

    #[test]
    fn the_results_of_a_list_keep_its_order() {
        for n in [0, 1, 64, 65, 128, 129, 1_000] {
            let inputs: Vec<usize> = (0..n).collect();
            let doubled: Vec<usize> = inputs.iter().map(|it| it * 2).collect();
            assert_eq!(spread(&inputs, |it| it * 2), doubled);
        }
    }

    #[test]
    fn two_works_have_their_results() {
        let text = "ab".to_owned();
        assert_eq!(join(|| text.len(), || text.to_uppercase()), (2, "AB".to_owned()));
        assert!(panic::catch_unwind(|| join(|| panic!("first"), || 1)).is_err());
    }

    #[test]
    fn a_panic_of_any_is_not_lost() {
        for bad in [1, 2] {
            let outcome = panic::catch_unwind(|| each(&[1, 2], |it| assert_ne!(*it, bad)));
            assert!(outcome.is_err());
        }
    }
}
