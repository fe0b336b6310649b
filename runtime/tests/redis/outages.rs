//! Redis down, silent, wiped and full of garbage; a process that dies; the token server down.

use std::time::Duration;

use crate::member::Member;
use crate::processes::{read_all, start};
use crate::redis_server::RedisServer;
use crate::token_server::TokenServer;

const LATENCY: Duration = Duration::from_millis(100);

#[test]
fn without_redis_each_asks_by_itself() {
    let Some(mut redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 3_600, LATENCY);
    redis.kill();
    let mut members = start(10, &tokens, &redis.url());
    assert!(read_all(&mut members).iter().all(|answer| answer.token.is_some()));
    assert_eq!(tokens.requests(), 10);
}

#[test]
fn a_silent_redis_costs_its_bound() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 3_600, LATENCY);
    redis.signal("-STOP");
    let start = |_| Member::start_with(&tokens.url, &redis.url(), 250);
    let mut members: Vec<_> = (0..5).map(start).collect();
    for answer in read_all(&mut members) {
        assert!(answer.token.is_some());
        // One call of 250 ms, the server, and what a busy machine takes; not the wait for another.
        assert!(answer.micros < 10_000_000, "{answer:?}");
    }
    assert_eq!(tokens.requests(), 5);
    redis.signal("-CONT");
}

#[test]
fn a_redis_that_was_wiped_or_filled_with_garbage_is_made_good() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 3_600, LATENCY);
    let mut members = start(3, &tokens, &redis.url());
    read_all(&mut members);
    for (n, spoil) in [&[&b"FLUSHALL"[..]][..], &[b"SET", b"KEY", b"garbage", b"PX", b"3600000"]]
        .into_iter()
        .enumerate()
    {
        let key = redis.keys().into_iter().find(|key| key.ends_with(":token")).unwrap();
        let words = spoil.iter().map(|word| if *word == b"KEY" { key.as_bytes() } else { word });
        redis.command(&words.collect::<Vec<_>>());
        members.extend(start(3, &tokens, &redis.url()));
        assert!(read_all(&mut members).iter().all(|answer| answer.token.is_some()));
        assert_eq!(tokens.requests(), n + 2);
    }
}

#[test]
fn a_process_that_dies_with_the_lease_is_replaced_by_one() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 3_600, Duration::from_secs(1));
    let mut members = start(10, &tokens, &redis.url());
    let mut first = Member::start(&tokens.url, &redis.url());
    first.ask();
    while tokens.requests() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    first.kill();
    for answer in read_all(&mut members) {
        assert!(answer.token.is_some());
        // At most the wait, after which each asks by itself.
        assert!(answer.micros < 14_000_000, "{answer:?}");
    }
    assert_eq!(tokens.requests(), 2);
}

#[test]
fn an_outage_of_the_token_server_is_tried_by_one() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 40, LATENCY);
    let mut members = start(20, &tokens, &redis.url());
    read_all(&mut members);
    // The window begins after 30 to 32.5 seconds; for half of it the others wait.
    let age = || tokens.granted(0).elapsed().unwrap();
    std::thread::sleep(Duration::from_millis(29_500).saturating_sub(age()));
    tokens.set_down(true);
    while age() < Duration::from_secs(33) {
        assert!(read_all(&mut members).iter().all(|answer| answer.token.is_some()));
        std::thread::sleep(Duration::from_millis(200));
    }
    // Twenty by themselves ask at least twenty times.
    assert!((2..=8).contains(&tokens.requests()), "{}", tokens.requests());
}
