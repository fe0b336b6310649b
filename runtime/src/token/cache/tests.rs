//! The rules of the behaviour that concern time, one by one, in virtual time.

use std::time::SystemTime;

use super::super::access_token::Lifetime;
use super::*;

pub(super) fn token(text: &str, seconds: u64) -> AccessToken {
    let lifetime = Lifetime::Stated(Duration::from_secs(seconds));
    AccessToken::granted(&text.into(), lifetime, None).unwrap()
}

pub(super) fn terminal() -> TokenError {
    TokenError::of(TokenErrorKind::OAuth)
}

fn at(seconds: f64) -> Now {
    let monotonic = Duration::from_secs_f64(seconds);
    Now { monotonic, wall: SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000) + monotonic }
}

/// The wall clock alone goes another way.
fn wall_off(now: Now, seconds: i64) -> Now {
    let by = Duration::from_secs(seconds.unsigned_abs());
    Now { wall: if seconds < 0 { now.wall - by } else { now.wall + by }, ..now }
}

fn cache() -> Cache {
    Cache::new(TokenSourceConfig::default())
}

fn started(cache: &mut Cache, now: Now) -> Start {
    match cache.read(now) {
        Read::Start(start) | Read::ServeAndStart(_, start) => start,
        other => panic!("a refresh starts, not {other:?}"),
    }
}

/// A cache with a token that was asked for at zero; without jitter.
fn with_token(seconds: u64) -> (Cache, AccessToken) {
    let mut cache = cache();
    let token = token("abc", seconds);
    let start = started(&mut cache, at(0.0));
    assert!(matches!(
        cache.succeed(start.seq, token.clone(), at(0.0), at(0.0), 0.0),
        Finished::Token(_)
    ));
    (cache, token)
}

/// One letter for each answer.
fn letter(read: &Read) -> char {
    match read {
        Read::Serve(_) => 's',
        Read::ServeAndStart(..) => 'r',
        Read::ServeInFlight(_) => 'f',
        Read::Start(_) => 'S',
        Read::Join => 'j',
        Read::Backoff(_) => 'b',
    }
}

fn reads(cache: &mut Cache, times: &[f64]) -> String {
    times.iter().map(|&time| letter(&cache.read(at(time)))).collect()
}

/// D1, D2, D4: a lifetime of 100 s is refreshed at 81.25 s and over at 90 s; E5 ends the refresh
/// that began at 81.25 s at 111.25 s.
#[test]
fn fresh_window_dead() {
    let (mut cache, _) = with_token(100);
    let times = [0.0, 81.249, 81.25, 81.26, 89.999, 90.0, 111.24, 111.25, 111.26];
    assert_eq!(reads(&mut cache, &times), "ssrffjjSj");
}

/// D3, F4: a failure in the window hides nothing, and the next attempt comes after an eighth of the
/// 8 s that the token is still served.
#[test]
fn a_failure_hides_no_usable_token() {
    let (mut cache, _) = with_token(100);
    let start = started(&mut cache, at(82.0));
    assert!(matches!(
        cache.fail(start.seq, TokenError::timed_out(), at(82.0), 0.0),
        Finished::Failed(_)
    ));
    assert_eq!(reads(&mut cache, &[82.0, 82.999, 83.0, 83.01]), "ssrf");
}

/// The longer wait is for refreshes ahead alone: without a token the gate opens after its own.
#[test]
fn a_rejected_token_is_not_held_back_longer() {
    let (mut cache, token) = with_token(3_600);
    let start = started(&mut cache, at(3_000.0));
    let _ = cache.fail(start.seq, TokenError::timed_out(), at(3_000.0), 0.0);
    assert_eq!(reads(&mut cache, &[3_000.0, 3_010.0]), "ss");
    assert!(cache.invalidate(&token, at(3_010.0)));
    assert_eq!(reads(&mut cache, &[3_010.0]), "S");
}

#[test]
fn the_gate_doubles_and_fails_fast() {
    for (error, waits) in [
        (terminal(), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]),
        (TokenError::timed_out(), [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0]),
    ] {
        let (mut cache, mut now) = (cache(), 0.0);
        for wait in waits {
            let start = started(&mut cache, at(now));
            let _ = cache.fail(start.seq, error.clone(), at(now), 0.0);
            assert_eq!(reads(&mut cache, &[now, now + wait - 0.001]), "bb", "{wait}");
            let Read::Backoff(backoff) = cache.read(at(now)) else { panic!("closed") };
            assert_eq!(backoff.retry_after(), Some(Duration::from_secs_f64(wait)));
            now += wait;
        }
        // E11: new credentials open it.
        let start = started(&mut cache, at(now));
        let _ = cache.fail(start.seq, error, at(now), 0.0);
        cache.rotate();
        assert_eq!(reads(&mut cache, &[now]), "S");
    }
}

/// F3, F4: `Retry-After` is a lower bound, up to an hour; jitter lengthens.
#[test]
fn the_server_may_ask_for_more() {
    for (asked, jitter, wait) in
        [(7, 0.0, 7.0), (7, 1.0, 7.0625), (0, 0.0, 0.25), (0, 1.0, 0.3125), (9_000, 0.0, 3_600.0)]
    {
        let mut cache = cache();
        let start = started(&mut cache, at(0.0));
        let error = TokenError::from_parts(super::super::error::Parts {
            transient: true,
            retry_after: Some(Duration::from_secs(asked)),
            ..super::super::error::Parts::of(TokenErrorKind::Status)
        });
        let _ = cache.fail(start.seq, error, at(0.0), jitter);
        assert_eq!(reads(&mut cache, &[wait - 0.001, wait]), "bS");
    }
}

/// D5: either clock makes a token old, and none makes it young.
#[test]
fn fault_44_clocks_that_jump() {
    let year = 365 * 86_400;
    for (now, expected) in [
        (wall_off(at(50.0), -3_600), 's'),
        (wall_off(at(90.0), -3_600), 'S'),
        (wall_off(at(50.0), 3_600), 'S'),
        (wall_off(at(50.0), 10 * year), 'S'),
        // Two hours asleep: the monotonic clock stood still.
        (wall_off(at(1.0), 7_200), 'S'),
        (wall_off(at(1.0), 82), 'r'),
    ] {
        let (mut cache, _) = with_token(100);
        assert_eq!(letter(&cache.read(now)), expected, "{now:?}");
    }
    // What is dead stays dead, and the jump costs one refresh.
    let (mut cache, old) = with_token(100);
    let start = started(&mut cache, wall_off(at(50.0), 3_600));
    assert_eq!(reads(&mut cache, &[50.0]), "j");
    let now = wall_off(at(50.0), 3_600);
    let _ = cache.succeed(start.seq, token("def", 100), now, now, 0.0);
    assert_eq!(letter(&cache.read(wall_off(at(51.0), 3_600))), 's');
    assert!(!cache.invalidate(&old, now));
}

/// D6: the lifetime counts from the request.
#[test]
fn fault_45_a_token_that_arrives_too_late() {
    for (received, is_token) in [(8.999, true), (9.0, false), (10.0, false), (100.0, false)] {
        let mut cache = cache();
        let start = started(&mut cache, at(0.0));
        match cache.succeed(start.seq, token("abc", 10), at(0.0), at(received), 0.0) {
            Finished::Token(_) => assert!(is_token),
            Finished::Failed(error) => {
                assert!(!is_token && error.is_transient());
                assert_eq!(error.kind(), &TokenErrorKind::ExpiredOnArrival);
                assert_eq!(reads(&mut cache, &[received]), "b");
            }
            Finished::Superseded => panic!("it is the one under way"),
        }
    }
}

/// D7: reads every 10 ms for a time that covers several lives.
#[test]
fn fault_46_short_lives_do_not_stampede() {
    for seconds in [1_u32, 2, 5, 10, 30, 60, 299, 300, 301] {
        for jitter in [0.0, 0.999] {
            let mut cache = cache();
            let (mut sent, mut total) = (Vec::new(), 0.0);
            let span = f64::from(seconds) * 4.0 + 10.0;
            while total < span {
                if let Read::Start(start) | Read::ServeAndStart(_, start) = cache.read(at(total)) {
                    // What waits is sent when the wait is over; nobody reads meanwhile.
                    total += start.wait.as_secs_f64();
                    sent.push(total);
                    let token = token("abc", seconds.into());
                    let _ = cache.succeed(start.seq, token, at(total), at(total), jitter);
                }
                total += 0.01;
            }
            let least = (f64::from(seconds) / 4.0).clamp(1.0, 3_600.0);
            for pair in sent.windows(2) {
                assert!(pair[1] - pair[0] >= least - 1e-6, "{seconds}: {pair:?}");
            }
            assert!(sent.len() >= 4, "{seconds}: {sent:?}");
        }
    }
}

/// E8: late rejections of one token cost one refresh.
#[test]
fn fault_47_late_rejections_of_an_old_token() {
    let (mut cache, old) = with_token(3_600);
    assert!(cache.invalidate(&old, at(100.0)));
    let start = started(&mut cache, at(100.0));
    assert!(!cache.invalidate(&old, at(100.1)));
    assert_eq!(reads(&mut cache, &[100.1]), "j");
    let _ = cache.succeed(start.seq, token("def", 3_600), at(100.0), at(100.2), 0.0);
    for n in 0..10 {
        let now = 100.2 + f64::from(n) * 0.4;
        assert!(!cache.invalidate(&old, at(now)));
        assert_eq!(reads(&mut cache, &[now]), "s");
    }
}

/// E9: the server gives the same text again and again.
#[test]
fn a_token_reissued_is_not_rejected_at_once() {
    let (mut cache, old) = with_token(3_600);
    assert!(cache.invalidate(&old, at(0.1)));
    let start = started(&mut cache, at(0.1));
    assert_eq!(start.wait, Duration::from_millis(900));
    let again = token("abc", 3_600);
    let _ = cache.succeed(start.seq, again.clone(), at(1.0), at(1.1), 0.0);
    assert!(!cache.invalidate(&again, at(1.9)));
    assert_eq!(reads(&mut cache, &[1.9]), "s");
    assert!(cache.invalidate(&again, at(2.0)));
    assert_eq!(started(&mut cache, at(2.0)).wait, Duration::ZERO);
}

/// E11: a failure with the old credentials does not count against the new ones; a token does.
#[test]
fn rotation_while_a_refresh_is_under_way() {
    let mut cache = cache();
    let start = started(&mut cache, at(0.0));
    cache.rotate();
    assert_eq!(reads(&mut cache, &[0.0]), "j");
    assert!(matches!(cache.fail(start.seq, terminal(), at(1.0), 0.0), Finished::Superseded));
    let start = started(&mut cache, at(1.0));
    cache.rotate();
    let finished = cache.succeed(start.seq, token("abc", 60), at(1.0), at(1.0), 0.0);
    assert!(matches!(finished, Finished::Token(_)));
    cache.rotate();
    assert_eq!(reads(&mut cache, &[2.0]), "s");
}

/// E5, E7: what is abandoned or lost neither counts nor blocks.
#[test]
fn late_results_do_not_count() {
    let mut cache = cache();
    let old = started(&mut cache, at(0.0));
    let new = started(&mut cache, at(30.0));
    let late = cache.succeed(old.seq, token("old", 60), at(0.0), at(30.0), 0.0);
    assert!(matches!(late, Finished::Superseded));
    assert!(matches!(cache.fail(old.seq, terminal(), at(30.0), 0.0), Finished::Superseded));
    cache.lose(old.seq);
    assert_eq!(reads(&mut cache, &[30.0]), "j");
    cache.lose(new.seq);
    assert_eq!(reads(&mut cache, &[30.0]), "S");
}

/// E6: one panic costs one sequence, a second in a row closes the gate.
#[test]
fn panics_in_a_row_close_the_gate() {
    let mut cache = cache();
    for (time, after) in [(0.0, "S"), (0.0, "b")] {
        let seq = cache.flight.map_or_else(|| started(&mut cache, at(time)).seq, |f| f.seq);
        let _ = cache.fail(seq, TokenError::aborted(), at(time), 0.0);
        assert_eq!(reads(&mut cache, &[time]), after);
    }
}
