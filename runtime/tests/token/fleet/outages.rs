//! A store, a machine, a clock or a token server that fails: each source goes on by itself, within bounds.

use std::time::Duration;

use super::machines::Machines;
use super::memory::Mood;
use crate::support::{Act, after, ms, status, token};

const SECOND: Duration = Duration::from_secs(1);

/// A cold start with such a store; returns the requests and when the last machine had its token.
fn cold_start(mood: Mood, n: usize) -> (usize, Duration) {
    let machines = Machines::new(n, |n, _| after(300, token(n, 3_600)));
    machines.store.set(mood);
    let last = machines.read_all().into_iter().map(|(result, at)| {
        assert!(result.is_ok(), "{result:?}");
        at
    });
    let last = last.max().unwrap();
    // With the store well again, the fleet shares again, and nobody is ever without a token.
    machines.store.set(Mood::Well);
    let requests = machines.requests();
    machines.serve_for(SECOND * 3_600, SECOND * 5);
    assert!(machines.requests() - requests <= 2, "{} {}", requests, machines.requests());
    (requests, last)
}

/// Without a store: ten requests, and a token after 300 ms.
#[test]
fn a_store_that_fails_costs_one_call_at_most() {
    for (mood, at_most) in [
        (Mood::Down, ms(300)),
        (Mood::Panics, ms(300)),
        (Mood::Hangs, ms(300 + 250)),
        (Mood::Slow(SECOND * 60), ms(300 + 250)),
        (Mood::Forgets, ms(300)),
        (Mood::AnyLease, ms(300)),
    ] {
        let (requests, last) = cold_start(mood.clone(), 10);
        assert_eq!(requests, 10, "{mood:?}");
        assert!(last <= at_most, "{mood:?} {last:?}");
    }
}

/// Five seconds of waiting for another machine, and the server.
#[test]
fn a_store_that_lies_costs_the_wait_at_most() {
    for mood in [Mood::NoLease, Mood::Garbage(b"garbage".to_vec()), Mood::Garbage(Vec::new())] {
        let (requests, last) = cold_start(mood.clone(), 10);
        assert!(requests <= 10, "{mood:?} {requests}");
        assert!(last <= ms(5_000 + 300), "{mood:?} {last:?}");
    }
}

#[test]
fn a_slow_store_is_waited_for_within_its_bound() {
    let (requests, last) = cold_start(Mood::Slow(ms(200)), 10);
    assert_eq!(requests, 1);
    assert!(last <= ms(2_000), "{last:?}");
}

#[test]
fn while_there_is_a_token_no_mood_of_the_store_is_noticed() {
    for mood in [
        Mood::Down,
        Mood::Panics,
        Mood::Hangs,
        Mood::Slow(ms(200)),
        Mood::Slow(SECOND * 60),
        Mood::Forgets,
        Mood::AnyLease,
        Mood::NoLease,
        Mood::Garbage(vec![1; 100]),
    ] {
        let machines = Machines::new(10, |n, _| after(300, token(n, 3_600)));
        machines.read_all();
        machines.store.set(mood.clone());
        // Each read has a token at once, as without a store.
        machines.serve_for(SECOND * 7_200, SECOND * 5);
        // Ten machines by themselves ask about 25 times in that time.
        assert!(machines.requests() <= 1 + 10 * 3, "{mood:?} {}", machines.requests());
    }
}

#[test]
fn an_empty_store_is_filled_again() {
    let mut machines = Machines::new(5, |n, _| token(n, 3_600));
    machines.read_all();
    machines.store.wipe();
    machines.serve_for(SECOND * 600, SECOND * 5);
    assert_eq!(machines.requests(), 1, "those who have a token need none");
    machines.start(0);
    machines.start(0);
    machines.read_all();
    assert_eq!(machines.requests(), 2);
}

#[test]
fn a_machine_that_dies_with_the_lease_is_replaced_by_one() {
    let mut machines = Machines::new(10, |n, _| after(300, token(n, 3_600)));
    assert!(machines.sources[0].try_token().unwrap().is_none());
    machines.pass(ms(100));
    assert_eq!(machines.requests(), 1);
    machines.kill(0);
    for (result, at) in machines.read_all() {
        assert_eq!(result.unwrap().expose(), "token-1");
        // The lease of three seconds, a pause, and the server.
        assert!(at <= ms(3_000 + 250 + 300 + 250), "{at:?}");
    }
    assert_eq!(machines.requests(), 2);
}

#[test]
fn a_machine_that_dies_in_the_window_is_not_missed() {
    let mut machines = Machines::new(10, |n, _| after(300, token(n, 3_600)));
    machines.read_all();
    machines.pass(SECOND * 2_930);
    assert!(machines.sources[0].try_token().unwrap().is_some());
    machines.pass(ms(100));
    assert_eq!(machines.requests(), 2);
    machines.kill(0);
    machines.serve_for(SECOND * 60, SECOND);
    assert_eq!(machines.requests(), 3);
}

/// What the server of these tests gives is valid by the clock of the tests, whatever the machines' say.
#[test]
fn clocks_apart_by_a_minute_serve_no_dead_token() {
    for (life, at_most) in [(3_600, 14), (300, 180), (60, 10 * 140)] {
        let mut machines = Machines::new(0, move |n, _| after(300, token(n, life)));
        for n in 0..10 {
            machines.start([0, 60, -60, 30, -30][n % 5]);
        }
        machines.read_all();
        let asked = |n: usize| machines.time_of(n);
        let end = SECOND * if life == 60 { 1_800 } else { 36_000 };
        while machines.now() < end {
            machines.pass(SECOND * 2);
            for (result, _) in machines.read_all() {
                let token = result.unwrap();
                let n: usize = token.expose().strip_prefix("token-").unwrap().parse().unwrap();
                let age = machines.now().saturating_sub(asked(n));
                assert!(age < SECOND * u32::try_from(life).unwrap(), "{life} {n} {age:?}");
            }
        }
        assert!(machines.requests() <= at_most, "{life} {}", machines.requests());
    }
}

/// One source by itself asks five times or less in that time; fifty by themselves 50 times or more.
#[test]
fn an_outage_of_the_server_in_the_window_is_tried_by_one() {
    let is_down = |now: Duration| (2_930..2_990).contains(&now.as_secs());
    let machines = Machines::new(50, move |n, now| {
        if is_down(now) { after(20, status(503)) } else { after(300, token(n, 3_600)) }
    });
    machines.read_all();
    machines.pass(SECOND * 2_929);
    let before = machines.requests();
    machines.serve_for(SECOND * 61, ms(500));
    let during = machines.requests() - before;
    assert!((1..=5).contains(&during), "{during}");
    machines.serve_for(SECOND * 200, ms(500));
    assert_eq!(machines.requests(), before + during + 1, "it is made up for by one");
}

/// Nobody has a token: each finds out by itself, with no more requests than without a store.
#[test]
fn an_outage_of_the_server_at_a_cold_start_is_told_to_all() {
    let machines = Machines::new(10, |_, _| after(20, status(503)));
    for (result, at) in machines.read_all() {
        assert_eq!(result.unwrap_err().status().unwrap().as_u16(), 503);
        assert!(at <= SECOND * 7, "{at:?}");
    }
    assert!(machines.requests() <= 10 * 3, "{}", machines.requests());
}

#[test]
fn a_silent_server_costs_the_budget_and_no_more() {
    let machines = Machines::new(10, |_, _| Act::Hang);
    for (result, at) in machines.read_all() {
        assert!(result.is_err());
        assert!(at <= SECOND * 30 + ms(100), "{at:?}");
    }
}

#[test]
fn a_failing_store_is_told_to_the_observer() {
    let machines = Machines::new(1, |n, _| token(n, 3_600));
    machines.store.set(Mood::Down);
    machines.read(0).unwrap();
    let errors = machines.errors.lock().unwrap();
    assert_eq!(errors.len(), 1);
    let cause = std::error::Error::source(&errors[0]).unwrap().to_string();
    assert_eq!(cause, "the store is down");
}
