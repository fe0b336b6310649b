//! Fifty processes: how many tokens they ask for, and what a read costs them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::member::{Answer, Member};
use crate::redis_server::RedisServer;
use crate::token_server::TokenServer;

/// Lets all read at once.
pub(crate) fn read_all(members: &mut [Member]) -> Vec<Answer> {
    members.iter_mut().for_each(Member::ask);
    members.iter_mut().map(Member::answer).collect()
}

pub(crate) fn start(n: usize, tokens: &TokenServer, redis_url: &str) -> Vec<Member> {
    (0..n).map(|_| Member::start(&tokens.url, redis_url)).collect()
}

#[test]
fn fifty_processes_start_with_one_request() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 3_600, Duration::from_millis(300));
    let mut members = start(50, &tokens, &redis.url());
    let found: BTreeSet<_> = read_all(&mut members).into_iter().map(|it| it.token).collect();
    assert_eq!(found, BTreeSet::from([Some("t0k3n-0".to_owned())]));
    assert_eq!(tokens.requests(), 1);
    // Whoever comes later finds it.
    let mut late = Member::start(&tokens.url, &redis.url());
    late.ask();
    assert_eq!(late.answer().token.as_deref(), Some("t0k3n-0"));
    // From now on nobody asks anybody: with no store and no server it is the same.
    drop(redis);
    let micros: BTreeSet<u64> = read_all(&mut members).into_iter().map(|it| it.micros).collect();
    assert!(micros.first().is_some_and(|least| *least < 1_000), "{micros:?}");
    assert_eq!(tokens.requests(), 1);
}

#[test]
fn each_lifetime_costs_one_request() {
    let Some(redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start("t0k3n-", 8, Duration::from_millis(50));
    let mut members = start(20, &tokens, &redis.url());
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(20) {
        for answer in read_all(&mut members) {
            let token = answer.token.expect("there is always one");
            let number = token.strip_prefix("t0k3n-").unwrap().parse().unwrap();
            let end = tokens.granted(number) + Duration::from_secs(8);
            assert!(answer.at < end, "{token}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    // Refreshed after 6 to 6.5 seconds: three times in twenty.
    assert!((3..=5).contains(&tokens.requests()), "{}", tokens.requests());
}
