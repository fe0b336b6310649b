//! What readers see while a token lives, is refreshed, dies.

use std::time::Duration;

use tamarack_runtime::TransportErrorKind;
use tamarack_runtime::token::{Clock as _, TokenErrorKind};

use crate::support::{Act, Rig, after, ms, status, token};

#[test]
fn a_fresh_token_costs_no_request() {
    let rig = Rig::new(|n| token(n, 3_600));
    let first = rig.read().unwrap();
    for _ in 0..100 {
        rig.clock.advance(ms(20_000));
        assert_eq!(rig.read_at_once().unwrap().generation(), first.generation());
    }
    assert_eq!(rig.requests(), 1);
    assert_eq!(rig.source.try_token().unwrap().unwrap().expose(), "token-0");
    let header = rig.run(rig.source.authorization()).unwrap();
    assert!(header.is_sensitive() && header == "Bearer token-0");
}

#[test]
pub(crate) fn fault_41_a_failing_server_in_the_window() {
    // The longest gate is 30 s, with jitter up to a quarter more: 665 s x (7/8)^8 leaves 228 s for
    // gates of 30 s, 665 s x (7/8)^6 leaves 298 s for gates of 37.5 s.
    for (jitter, n_eighths, n_gates) in [(0.0, 8, 7), (1.0, 6, 7)] {
        let script = |n| if n == 0 { token(0, 3_600) } else { status(503) };
        let rig = Rig::with(script, |builder| builder.jitter(move || jitter));
        rig.read().unwrap();
        // Refreshed from 2925 s on, dead at 3590 s.
        rig.clock.advance(ms(2_925_000));
        for _ in 0..1_000 {
            assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
            rig.clock.advance(ms(60));
        }
        // One at once; the next after an eighth of the 665 s that the token is still served.
        assert_eq!(rig.requests(), 2);
        while rig.seconds() < 3_589.0 {
            assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
            rig.clock.advance(ms(500));
        }
        let times = rig.times()[1..].to_vec();
        for (pair, wait) in times.windows(2).zip(gates()) {
            assert!(pair[1] >= pair[0] + wait, "{jitter}: {times:?}");
        }
        // An eighth of what is left each time while that is more than the gate, then each gate.
        assert_eq!(times.len(), 1 + n_eighths + n_gates, "{jitter}: {times:?}");
    }
}

/// How long nothing is sent after each failure in a row: F4, for those that pass.
fn gates() -> impl Iterator<Item = Duration> {
    (0..32).map(|n| ms(250 << n).min(ms(30_000)))
}

#[test]
pub(crate) fn fault_42_a_silent_server_in_the_window() {
    let rig = Rig::new(|n| if n == 0 { token(0, 3_600) } else { Act::Hang });
    rig.read().unwrap();
    rig.clock.advance(ms(2_925_000));
    for _ in 0..1_000 {
        assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
        rig.clock.advance(ms(20));
    }
    assert_eq!(rig.requests(), 2);
}

#[test]
fn a_refresh_ahead_is_taken_in_by_a_later_read() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    assert_eq!(rig.read().unwrap().expose(), "token-0");
    rig.clock.advance(ms(2_925_000));
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    rig.clock.advance(ms(300));
    let _ = rig.read_at_once().unwrap();
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-1");
    assert_eq!(rig.requests(), 2);
}

#[test]
pub(crate) fn fault_43_a_dead_token_is_not_served() {
    let rig = Rig::new(|n| if n == 0 { token(0, 60) } else { status(503) });
    rig.read().unwrap();
    rig.clock.advance(ms(54_000));
    assert_eq!(rig.read().unwrap_err().status().unwrap(), 503);
}

#[test]
pub(crate) fn fault_44_the_wall_clock_jumps() {
    let rig = Rig::new(|n| token(n, 3_600));
    rig.read().unwrap();
    let wall = rig.clock.now().wall;
    rig.clock.set_wall(wall - ms(3_600_000));
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    rig.clock.set_wall(wall + ms(3_600_000));
    assert_eq!(rig.read().unwrap().expose(), "token-1");
    rig.clock.set_wall(wall + ms(10 * 366 * 86_400_000));
    assert_eq!(rig.read().unwrap().expose(), "token-2");
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-2");
    assert_eq!(rig.requests(), 3);
    // Two hours asleep: monotonic time stood still.
    rig.clock.set_wall(rig.clock.now().wall + ms(2 * 3_600_000));
    assert_eq!(rig.read().unwrap().expose(), "token-3");
    assert_eq!(rig.requests(), 4);
}

#[test]
pub(crate) fn fault_45_a_token_that_arrives_dead() {
    let rig = Rig::new(|n| after(9_500, token(n, 10)));
    let error = rig.read().unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::ExpiredOnArrival);
    assert_eq!(rig.requests(), 1);
}

#[test]
pub(crate) fn fault_46_short_lives() {
    for seconds in [1_u32, 2, 5, 10, 30, 60, 299, 300, 301] {
        let rig = Rig::new(move |n| token(n, seconds.into()));
        let span = f64::from(seconds) * 5.0 + 10.0;
        while rig.seconds() < span {
            assert!(rig.read().is_ok());
            rig.clock.advance(ms(10));
        }
        let n_requests = f64::from(u32::try_from(rig.requests()).unwrap());
        let least = (f64::from(seconds) / 4.0).max(1.0);
        // One each life at least, one each floor at most.
        assert!(n_requests >= (span / f64::from(seconds)).floor(), "{seconds}: {n_requests}");
        assert!(n_requests <= (span / least).ceil() + 1.0, "{seconds}: {n_requests}");
        // What is more: they live most of their time.
        let used = (f64::from(seconds) * 0.75).max(1.0);
        assert!(n_requests <= (span / used).ceil() + 1.0, "{seconds}: {n_requests}");
    }
}

#[test]
pub(crate) fn fault_47_late_rejections() {
    let rig = Rig::new(|n| token(n, 3_600));
    let old = rig.read().unwrap();
    rig.clock.advance(ms(60_000));
    for _ in 0..10 {
        rig.source.invalidate(&old);
        rig.read().unwrap();
        rig.clock.advance(ms(400));
    }
    assert_eq!(rig.requests(), 2);
}

#[test]
pub(crate) fn fault_48_the_same_token_rejected_again_and_again() {
    let rig = Rig::new(|_| token(7, 3_600));
    while rig.seconds() < 20.0 {
        let token = rig.read().unwrap();
        rig.source.invalidate(&token);
        rig.clock.advance(ms(10));
    }
    assert!((15..=21).contains(&rig.requests()), "{} in {} s", rig.requests(), rig.seconds());
    crate::support::assert_a_second_apart(&rig.times());
}

#[test]
pub(crate) fn fault_51_a_clock_that_goes_back() {
    let rig = Rig::new(|n| token(n, 3_600));
    rig.clock.advance(ms(100_000));
    rig.read().unwrap();
    rig.clock.set_monotonic(ms(0));
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    rig.clock.advance(ms(3_590_000));
    assert_eq!(rig.read().unwrap().expose(), "token-1");
}

#[test]
fn the_budget_covers_the_wire_too() {
    let rig = Rig::new(|_| after(20_000, Act::Fail(TransportErrorKind::Interrupted)));
    let error = rig.read().unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::Transport(TransportErrorKind::Timeout));
    assert_eq!((rig.requests(), rig.seconds()), (2, 30.0));
}
