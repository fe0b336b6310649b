//! What readers see while a token lives, is refreshed, dies.

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
fn fault_41_a_failing_server_in_the_window() {
    // Refreshed from 2925 s on, dead at 3590 s.
    let rig = Rig::new(|n| if n == 0 { token(0, 3_600) } else { status(503) });
    rig.read().unwrap();
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
    // An eighth of the rest each time while that is more than the 30 s of the gate, eight times,
    // then 30 s with up to a quarter more: 240 s of them.
    assert!((2 + 8 + 6..=2 + 8 + 9).contains(&rig.requests()), "{}", rig.requests());
}

#[test]
fn fault_42_a_silent_server_in_the_window() {
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
fn fault_43_a_dead_token_is_not_served() {
    let rig = Rig::new(|n| if n == 0 { token(0, 60) } else { status(503) });
    rig.read().unwrap();
    rig.clock.advance(ms(54_000));
    assert_eq!(rig.read().unwrap_err().status().unwrap(), 503);
}

#[test]
fn fault_44_the_wall_clock_jumps() {
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
}

#[test]
fn fault_45_a_token_that_arrives_dead() {
    let rig = Rig::new(|n| after(9_500, token(n, 10)));
    let error = rig.read().unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::ExpiredOnArrival);
    assert_eq!(rig.requests(), 1);
}

#[test]
fn fault_46_short_lives() {
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
fn fault_47_late_rejections() {
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
fn fault_48_the_same_token_rejected_again_and_again() {
    let rig = Rig::new(|_| token(7, 3_600));
    while rig.seconds() < 20.0 {
        let token = rig.read().unwrap();
        rig.source.invalidate(&token);
        rig.clock.advance(ms(10));
    }
    assert!(rig.requests() <= 22, "{} in {} s", rig.requests(), rig.seconds());
}

#[test]
fn fault_51_a_clock_that_goes_back() {
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
