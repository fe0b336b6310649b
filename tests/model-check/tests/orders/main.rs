//! A refresh that several threads wait for, leave, drive, drop and end, in every order that the model
//! checker comes to: no wake-up is lost, everybody ends, and one request is made.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use shuttle::thread;
use tamarack_model_check::BoxFuture;
use tamarack_model_check::token::TokenErrorKind;

use support::{Answer, Server, StoppedClock, explore, poll_once, read, read_impatiently, source};

/// Runs each closure on a thread of its own, to the end.
fn together(scenes: Vec<Box<dyn FnOnce() + Send>>) {
    let threads: Vec<_> = scenes.into_iter().map(thread::spawn).collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Three readers, of whom one or two leave, and a server that answers at any moment.
#[test]
fn fault_57_readers_that_leave() {
    for leaving in [[0, 0], [0, 1], [1, 1], [1, 2]] {
        explore(move || {
            let server = Server::new(Answer::Token);
            let source = source(&server).build().unwrap();
            let mut scenes: Vec<Box<dyn FnOnce() + Send>> = Vec::new();
            for n_polls in leaving {
                let source = source.clone();
                scenes.push(if n_polls == 0 {
                    Box::new(move || assert_eq!(read(&source).unwrap().expose(), "token-0"))
                } else {
                    Box::new(move || read_impatiently(&source, n_polls))
                });
            }
            let (reader, opener) = (source.clone(), server.clone());
            scenes.push(Box::new(move || assert!(read(&reader).is_ok())));
            scenes.push(Box::new(move || opener.open()));
            together(scenes);
            assert_eq!(read(&source).unwrap().expose(), "token-0");
            assert_eq!(server.requests(), 1);
        });
    }
}

/// All leave; whoever comes next goes on with what is there.
#[test]
fn fault_57_all_readers_leave() {
    explore(|| {
        let server = Server::new(Answer::Token);
        let source = source(&server).build().unwrap();
        let (one, other, opener) = (source.clone(), source.clone(), server.clone());
        together(vec![
            Box::new(move || read_impatiently(&one, 1)),
            Box::new(move || read_impatiently(&other, 2)),
            Box::new(move || opener.open()),
        ]);
        assert!(read(&source).is_ok());
        assert_eq!(server.requests(), 1);
    });
}

/// A refusal is everybody's, and those who come later are told at once.
#[test]
fn fault_57_a_failure_is_shared() {
    explore(|| {
        let server = Server::new(Answer::Refusal);
        let source = source(&server).build().unwrap();
        let mut scenes: Vec<Box<dyn FnOnce() + Send>> = Vec::new();
        for _ in 0..3 {
            let source = source.clone();
            scenes.push(Box::new(move || {
                let error = read(&source).unwrap_err();
                assert_eq!(error.status().unwrap(), 401);
            }));
        }
        let opener = server.clone();
        scenes.push(Box::new(move || opener.open()));
        together(scenes);
        assert_eq!(read(&source).unwrap_err().kind(), &TokenErrorKind::Backoff);
        assert_eq!(server.requests(), 1);
    });
}

/// What a task does with the refresh that it owns.
#[derive(Clone, Copy)]
enum Fate {
    Runs,
    Dropped { after_polls: usize },
}

/// Spawns threads; all but the last tasks have another fate.
fn spawner(fate: Fate) -> impl Fn(BoxFuture<'static, ()>) + Send + Sync {
    let n_tasks = Arc::new(AtomicUsize::new(0));
    move |mut task| {
        let n = n_tasks.fetch_add(1, Ordering::SeqCst);
        drop(thread::spawn(move || match fate {
            Fate::Dropped { after_polls } if n == 0 => shuttle::future::block_on(async move {
                for _ in 0..after_polls {
                    let _ = poll_once(task.as_mut()).await;
                }
            }),
            _ => shuttle::future::block_on(task),
        }));
    }
}

/// A task owns the refresh, and runs or is dropped while readers wait, join and leave.
#[test]
fn fault_57_tasks_that_are_dropped() {
    let fates = [
        (Fate::Runs, 1),
        (Fate::Dropped { after_polls: 0 }, 2),
        (Fate::Dropped { after_polls: 1 }, 2),
        (Fate::Dropped { after_polls: 2 }, 2),
    ];
    for (fate, most) in fates {
        explore(move || {
            let server = Server::new(Answer::Token);
            let source = source(&server).spawner(spawner(fate)).build().unwrap();
            let (one, other) = (source.clone(), source.clone());
            let (leaver, opener) = (source.clone(), server.clone());
            together(vec![
                Box::new(move || assert!(read(&one).is_ok())),
                Box::new(move || assert!(read(&other).is_ok())),
                Box::new(move || read_impatiently(&leaver, 1)),
                Box::new(move || opener.open()),
            ]);
            assert!((1..=most).contains(&server.requests()), "{}", server.requests());
            assert!(source.try_token().unwrap().is_some());
        });
    }
}

/// A panic costs those who waited for it one read, and nobody a lock.
#[test]
fn fault_57_work_that_panics() {
    explore(|| {
        let server = Server::new(Answer::PanicAndToken);
        let source = source(&server).build().unwrap();
        let mut scenes: Vec<Box<dyn FnOnce() + Send>> = Vec::new();
        for _ in 0..2 {
            let source = source.clone();
            scenes.push(Box::new(move || {
                if let Err(error) = read(&source) {
                    assert_eq!(error.kind(), &TokenErrorKind::Aborted);
                }
                assert!(read(&source).is_ok());
            }));
        }
        let opener = server.clone();
        scenes.push(Box::new(move || opener.open()));
        together(scenes);
        assert_eq!(server.requests(), 2);
    });
}

/// The last handle goes while a task runs: the task ends, and with it its thread.
#[test]
fn fault_57_the_last_handle_goes() {
    explore(|| {
        let server = Server::new(Answer::Token);
        let threads = Arc::new(shuttle::sync::Mutex::new(Vec::new()));
        let spawned = Arc::clone(&threads);
        let spawn = move |task| {
            spawned.lock().unwrap().push(thread::spawn(|| shuttle::future::block_on(task)));
        };
        let source = source(&server).spawner(spawn).build().unwrap();
        let (leaver, handle) = (source.clone(), source);
        together(vec![
            Box::new(move || read_impatiently(&leaver, 1)),
            Box::new(move || drop(handle)),
        ]);
        // The server never answers.
        let threads = std::mem::take(&mut *threads.lock().unwrap());
        for thread in threads {
            thread.join().unwrap();
        }
        assert!(server.requests() <= 1);
    });
}

/// A refresh that hangs longer than its budget is left behind: those who wait for it are told, and one
/// other begins, whoever comes first.
#[test]
fn fault_57_a_refresh_that_is_left_behind() {
    explore(|| {
        let (server, clock) = (Server::new(Answer::Token), StoppedClock::default());
        let source = source(&server).clock(clock.clone()).build().unwrap();
        read_impatiently(&source, 1);
        assert_eq!(server.requests(), 1);
        let (waiter, one, other) = (source.clone(), source.clone(), source.clone());
        let opener = server.clone();
        together(vec![
            Box::new(move || {
                if let Err(error) = read(&waiter) {
                    let timeout = tamarack_model_check::TransportErrorKind::Timeout;
                    assert_eq!(error.kind(), &TokenErrorKind::Transport(timeout));
                }
            }),
            Box::new(move || {
                clock.advance(31);
                assert!(read(&one).is_ok());
            }),
            Box::new(move || read_impatiently(&other, 1)),
            Box::new(move || opener.open()),
        ]);
        assert!(read(&source).is_ok());
        assert!((1..=2).contains(&server.requests()), "{}", server.requests());
    });
}

/// Rejections and new secrets while a refresh is under way cost at most one more each.
#[test]
fn fault_57_rejections_and_new_secrets() {
    explore(|| {
        let server = Server::new(Answer::Token);
        server.open();
        let source = source(&server).build().unwrap();
        let token = read(&source).unwrap();
        let (one, other, rotated) = (source.clone(), source.clone(), source.clone());
        let again = token.clone();
        together(vec![
            Box::new(move || {
                one.invalidate(&token);
                assert_ne!(read(&one).unwrap().expose(), "token-0");
            }),
            Box::new(move || {
                other.invalidate(&again);
                assert_ne!(read(&other).unwrap().expose(), "token-0");
            }),
            Box::new(move || {
                rotated.rotate_secret("another").unwrap();
                assert!(read(&rotated).is_ok());
            }),
        ]);
        assert_eq!(server.requests(), 2);
    });
}
