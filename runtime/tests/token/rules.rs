//! What is asked of the source besides the table of faults: idle time, jitter, the end of a life.

use std::time::Duration;

use tamarack_runtime::token::{
    AccessToken, ClientCredentials, Clock as _, KeyedTokenSource, TokenErrorKind, TokenKey,
    TokenSourceConfig,
};
use tamarack_runtime::{Credential, Secret};

use crate::support::{Act, Rig, after, ms, poll, status, token};

/// D4: a token is served to the very end of its life if one says so.
#[test]
fn the_margin_can_be_given_up() {
    for (serve_until_expiry, last) in [(false, 54_000), (true, 60_000)] {
        let mut config = TokenSourceConfig::default();
        config.serve_until_expiry = serve_until_expiry;
        let script = |n| if n == 0 { token(0, 60) } else { status(503) };
        let rig = Rig::with(script, |builder| builder.config(config));
        rig.read().unwrap();
        rig.clock.advance(ms(last - 1));
        assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
        rig.clock.advance(ms(1));
        assert!(rig.read().is_err());
    }
}

/// D8: a moment of its own for each source and each token, within the first quarter of the window.
#[test]
fn refreshes_are_spread_out() {
    let mut moments = Vec::new();
    for _ in 0..8 {
        let rig = Rig::with_own_jitter(|n| token(n, 3_600), |builder| builder);
        rig.read().unwrap();
        for n in 2..4 {
            let start = rig.clock.now().monotonic;
            while rig.requests() < n {
                rig.clock.advance(ms(1_000));
                rig.read_at_once().unwrap();
            }
            rig.run(rig.source.drive());
            moments.push(rig.clock.now().monotonic.saturating_sub(start).as_secs());
        }
    }
    // A window of 900 s, and reads each second.
    assert!(moments.iter().all(|moment| (2_699..=2_926).contains(moment)), "{moments:?}");
    moments.sort_unstable();
    moments.dedup();
    assert!(moments.len() >= 4, "{moments:?}");
}

/// D9: while nobody reads, nothing waits and nothing is asked for.
#[test]
fn nothing_happens_while_nobody_reads() {
    let rig = Rig::new(|n| token(n, 3_600));
    rig.read().unwrap();
    for _ in 0..1_000 {
        rig.clock.advance(ms(60_000));
        assert_eq!((rig.clock.sleepers(), rig.requests()), (0, 1));
    }
    assert_eq!(rig.read().unwrap().expose(), "token-1");
    assert_eq!((rig.clock.sleepers(), rig.requests()), (0, 2));
}

/// E5: a refresh that is older than its budget is left behind, with all that it holds.
#[test]
fn a_refresh_that_hangs_is_left_behind() {
    let rig = Rig::new(|n| if n == 0 { Act::Hang } else { token(n, 3_600) });
    let mut read = Box::pin(rig.source.token());
    assert!(poll(&mut read.as_mut()).is_pending());
    drop(read);
    rig.clock.advance(ms(30_000));
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-1");
    assert_eq!((rig.requests(), rig.clock.sleepers()), (2, 0));
}

/// F5: whoever observes hears of every failure that readers with a usable token do not.
#[test]
fn failures_ahead_are_observed() {
    for (act, kind, n_events) in [
        (status(503), TokenErrorKind::Status, 3),
        (after(9_500, token(1, 10)), TokenErrorKind::ExpiredOnArrival, 1),
        (Act::Panic, TokenErrorKind::Aborted, 1),
    ] {
        let rig = Rig::new(move |n| if n == 0 { token(0, 3_600) } else { act.clone() });
        rig.read().unwrap();
        rig.clock.advance(ms(2_930_000));
        assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
        rig.run(rig.source.drive());
        let errors = rig.errors();
        assert_eq!((errors.len(), errors[0].kind()), (n_events, &kind));
        assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    }
}

/// F2: anything up to a time that doubles to five seconds.
#[test]
fn waits_between_attempts_double() {
    let mut config = TokenSourceConfig::default();
    config.max_attempts = 8;
    for (jitter, waits) in [
        (1.0, [200, 400, 800, 1_600, 3_200, 5_000, 5_000]),
        (0.5, [100, 200, 400, 800, 1_600, 2_500, 2_500]),
        (0.0, [0; 7]),
    ] {
        let config = config.clone();
        let rig =
            Rig::with(|_| status(503), |builder| builder.config(config).jitter(move || jitter));
        assert!(rig.read().is_err());
        let times = rig.times();
        let found: Vec<_> = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
        assert_eq!(found, waits.map(Duration::from_millis));
    }
}

/// E10: clients that differ in their secret alone have sources of their own.
#[test]
fn a_key_tells_secrets_apart() {
    let keyed = KeyedTokenSource::new();
    let rig = Rig::new(|n| token(n, 3_600));
    for secret in ["one", "other", "one"] {
        let credentials = ClientCredentials::new("id", secret);
        let key = TokenKey::new("https://login.example.com", &credentials);
        keyed.source(&key, || Ok(rig.source.clone())).unwrap();
    }
    assert_eq!(keyed.len(), 2);
}

/// Fails to compile where a type has a trait: the second implementation makes the call ambiguous.
macro_rules! assert_not {
    ($type:ty: $($bounds:tt)+) => {{
        trait Is<T> {
            fn check() {}
        }
        struct Has;
        impl<T: ?Sized> Is<()> for T {}
        impl<T: ?Sized + $($bounds)+> Is<Has> for T {}
        <$type as Is<_>>::check();
    }};
}

/// G1, G3: nothing shows a secret by accident, and nothing compares one in a time that tells.
#[test]
fn secrets_have_no_traits_that_show_or_compare_them() {
    macro_rules! check {
        ($($type:ty),*) => {$(
            assert_not!($type: std::fmt::Display);
            assert_not!($type: std::ops::Deref<Target = str>);
            assert_not!($type: AsRef<str>);
            assert_not!($type: AsRef<[u8]>);
            assert_not!($type: Into<String>);
            assert_not!($type: PartialEq);
            assert_not!($type: std::hash::Hash);
            assert_not!($type: serde::Serialize);
        )*};
    }
    check!(Secret, AccessToken, ClientCredentials, Credential);
}
