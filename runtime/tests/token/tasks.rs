//! Refreshes as tasks of a runtime.

use std::time::Duration;

use crate::support::{Act, Rig, ms, token};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// Lets the runtime's tasks run until something is so.
async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came to that");
}

#[test]
pub(crate) fn fault_38_a_task_outlives_its_readers() {
    runtime().block_on(async {
        let rig = Rig::new(|n| crate::support::after(300, token(n, 3_600)));
        for _ in 0..5 {
            let read = tokio::time::timeout(Duration::from_millis(10), rig.source.token());
            assert!(read.await.is_err());
        }
        // The budget and the reply.
        until(|| rig.clock.sleepers() == 2).await;
        rig.clock.advance(ms(300));
        until(|| rig.source.try_token().unwrap().is_some()).await;
        assert_eq!(rig.requests(), 1);
    });
}

#[test]
pub(crate) fn fault_39_the_task_that_began_is_aborted() {
    runtime().block_on(async {
        let rig = Rig::new(|n| crate::support::after(300, token(n, 3_600)));
        let read = |source: tamarack_runtime::token::TokenSource| {
            tokio::spawn(async move { source.token().await })
        };
        let first = read(rig.source.clone());
        until(|| rig.clock.sleepers() == 2).await;
        let others: Vec<_> = (0..10).map(|_| read(rig.source.clone())).collect();
        first.abort();
        tokio::time::sleep(Duration::from_millis(20)).await;
        rig.clock.advance(ms(300));
        for other in others {
            assert!(other.await.unwrap().is_ok());
        }
        assert_eq!(rig.requests(), 1);
    });
}

#[test]
pub(crate) fn fault_42_a_task_hangs_in_the_window() {
    runtime().block_on(async {
        let rig = Rig::new(|n| if n == 0 { token(0, 3_600) } else { Act::Hang });
        rig.source.token().await.unwrap();
        rig.clock.advance(ms(2_930_000));
        for _ in 0..1_000 {
            assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
        }
        until(|| rig.requests() == 2).await;
        assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    });
}

#[test]
pub(crate) fn fault_49_the_runtime_of_a_refresh_ends() {
    let rig = Rig::new(|n| if n == 0 { Act::Hang } else { token(n, 3_600) });
    let first = runtime();
    first.block_on(async {
        let read = tokio::time::timeout(Duration::from_millis(20), rig.source.token());
        assert!(read.await.is_err());
        until(|| rig.requests() == 1).await;
    });
    drop(first);
    let token = runtime().block_on(rig.source.token()).unwrap();
    assert_eq!((token.expose(), rig.requests()), ("token-1", 2));
}

#[test]
pub(crate) fn fault_49_a_reader_waits_while_the_runtime_ends() {
    let rig = Rig::new(|n| if n == 0 { Act::Hang } else { token(n, 3_600) });
    let first = runtime();
    first.block_on(async {
        assert!(rig.source.try_token().unwrap().is_none());
        until(|| rig.requests() == 1).await;
    });
    let source = rig.source.clone();
    let reader = std::thread::spawn(move || runtime().block_on(source.token()));
    std::thread::sleep(Duration::from_millis(50));
    drop(first);
    assert_eq!(reader.join().unwrap().unwrap().expose(), "token-1");
}

#[test]
pub(crate) fn fault_40_a_task_ends_with_the_last_handle() {
    runtime().block_on(async {
        let rig = Rig::new(|_| Act::Hang);
        assert!(rig.source.try_token().unwrap().is_none());
        let clock = rig.clock.clone();
        until(|| clock.sleepers() == 1).await;
        drop(rig);
        until(|| clock.sleepers() == 0).await;
    });
}
