//! Many readers, one refresh.

use crate::support::{Rig, after, status, token};

#[test]
fn fault_36_fifty_cold_readers() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    let results = rig.read_together(50);
    assert_eq!((results.len(), rig.requests()), (50, 1));
    assert!(results.iter().all(|result| result.as_ref().unwrap().expose() == "token-0"));
}

#[test]
fn fault_37_twenty_cold_readers_and_a_failing_server() {
    let rig = Rig::new(|_| after(10, status(500)));
    let results = rig.read_together(20);
    assert_eq!((results.len(), rig.requests()), (20, 3));
    let errors: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
    assert!(errors.iter().all(|error| format!("{error:?}") == format!("{:?}", errors[0])));
    assert_eq!(errors[0].status().unwrap(), 500);
}

/// The same with threads, which meet in the slot as tasks of one thread do not.
#[test]
fn fault_36_fifty_threads() {
    let rig = Rig::new(|n| token(n, 3_600));
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| assert!(rig.read().is_ok()));
        }
    });
    assert_eq!(rig.requests(), 1);
}
