//! A second, smaller account of the same rules, in whole microseconds and absolute deadlines on both
//! clocks; random operations must not tell the two apart.

use std::time::SystemTime;

use proptest::prelude::*;

use super::tests::{terminal, token};
use super::*;

/// Microseconds on the two clocks.
type Time = (i64, i64);

#[derive(Clone, Debug)]
enum Op {
    Pass(i64),
    Wall(i64),
    Read,
    Grant { life: i64, text: u8, late: i64, half: bool, stale: bool },
    Fail { passing: bool, half: bool, stale: bool },
    Lose,
    Reject { old: bool },
    Rotate,
}

fn op() -> impl Strategy<Value = Op> {
    let step = prop_oneof![0..3_000_000_i64, 0..400_000_000_i64];
    prop_oneof![
        4 => step.prop_map(Op::Pass),
        1 => (-4_000_000_000..4_000_000_000_i64).prop_map(Op::Wall),
        6 => Just(Op::Read),
        4 => (
            prop_oneof![1..5_i64, 1..400_i64, 1..100_000_i64],
            0..3_u8,
            prop_oneof![3 => Just(0), 1 => 0..20_000_000_i64],
            any::<bool>(),
            prop::bool::weighted(0.1),
        ).prop_map(|(life, text, late, half, stale)| Op::Grant { life, text, late, half, stale }),
        2 => (any::<bool>(), any::<bool>(), prop::bool::weighted(0.1))
            .prop_map(|(passing, half, stale)| Op::Fail { passing, half, stale }),
        1 => Just(Op::Lose),
        2 => any::<bool>().prop_map(|old| Op::Reject { old }),
        1 => Just(Op::Rotate),
    ]
}

#[derive(Default)]
struct Model {
    now: Time,
    /// Text, when it was sent, ages of refresh and death.
    token: Option<(u8, Time, i64, i64)>,
    /// Sequence, start, whether the credentials changed since.
    flight: Option<(u64, Time, bool)>,
    gate_until: Option<Time>,
    /// The same for a refresh ahead.
    spared_until: Option<Time>,
    n_failures: u32,
    granted: Option<Time>,
    rejected: Option<u8>,
    last_seq: u64,
}

fn add(time: Time, by: i64) -> Time {
    (time.0 + by, time.1 + by)
}

impl Model {
    fn is_past(&self, deadline: Time) -> bool {
        self.now.0 >= deadline.0 || self.now.1 >= deadline.1
    }

    /// Returns the letter of the answer and how long a refresh that starts waits.
    fn read(&mut self) -> (char, i64) {
        if self.token.is_some_and(|(_, sent, _, dead)| self.is_past(add(sent, dead))) {
            self.token = None;
        }
        if self.flight.is_some_and(|(_, start, _)| self.is_past(add(start, 30_000_000))) {
            self.flight = None;
        }
        let is_closed = self.gate_until.is_some_and(|until| !self.is_past(until));
        let is_spared = self.spared_until.is_some_and(|until| !self.is_past(until));
        let is_early = self.granted.is_some_and(|sent| !self.is_past(add(sent, 1_000_000)));
        let is_due = self.token.is_none_or(|(_, sent, due, _)| self.is_past(add(sent, due)));
        match (self.token.is_some(), self.flight.is_some()) {
            (true, _) if !is_due => ('s', 0),
            (true, true) => ('f', 0),
            (true, false) if is_closed || is_spared || is_early => ('s', 0),
            (false, true) => ('j', 0),
            (false, false) if is_closed => ('b', 0),
            (has_token, false) => {
                self.last_seq += 1;
                self.flight = Some((self.last_seq, self.now, false));
                let early = self.granted.map_or(0, |sent| {
                    let passed = (self.now.0 - sent.0).max(self.now.1 - sent.1).max(0);
                    (1_000_000 - passed).max(0)
                });
                (if has_token { 'r' } else { 'S' }, early)
            }
        }
    }

    /// Returns the letter of what became of it.
    fn grant(&mut self, seq: u64, text: u8, life: i64, sent: Time, half: bool) -> char {
        let life = life * 1_000_000;
        let window = (life / 4).min(3_600_000_000);
        // 0.75 of the window, or with a jitter of one half 0.875.
        let due = life - window * if half { 7 } else { 6 } / 8;
        let dead = life - (life / 10).min(10_000_000);
        if self.is_past(add(sent, dead)) {
            return self.fail(seq, true, half);
        }
        if self.flight.is_none_or(|flight| flight.0 != seq) {
            return 'x';
        }
        (self.flight, self.gate_until, self.n_failures) = (None, None, 0);
        self.spared_until = None;
        self.granted = Some(sent);
        self.token = Some((text, sent, due, dead));
        't'
    }

    fn fail(&mut self, seq: u64, passing: bool, half: bool) -> char {
        let Some((_, _, is_rotated)) = self.flight.filter(|flight| flight.0 == seq) else {
            return 'x';
        };
        self.flight = None;
        if is_rotated {
            return 'x';
        }
        let (first, most) = if passing { (250_000, 30_000_000) } else { (1_000_000, 60_000_000) };
        let wait = (first << self.n_failures.min(20)).min(most);
        let wait = if half { wait + wait / 8 } else { wait };
        self.n_failures += 1;
        self.gate_until = Some(add(self.now, wait));
        let left = self.token.map_or(0, |(_, sent, _, dead)| {
            dead - (self.now.0 - sent.0).max(self.now.1 - sent.1).max(0)
        });
        // Up to the next whole microsecond.
        self.spared_until = Some(add(self.now, (left.max(0) + 7) / 8));
        'e'
    }

    fn reject(&mut self) -> bool {
        let Some((text, sent, ..)) = self.token else { return false };
        if self.rejected == Some(text) && !self.is_past(add(sent, 1_000_000)) {
            return false;
        }
        (self.token, self.rejected) = (None, Some(text));
        true
    }
}

fn now(time: Time) -> Now {
    let micros = |n: i64| Duration::from_micros(n.unsigned_abs());
    Now { monotonic: micros(time.0), wall: SystemTime::UNIX_EPOCH + micros(time.1) }
}

fn letter(finished: &Finished) -> char {
    match finished {
        Finished::Token(_) => 't',
        Finished::Failed(_) => 'e',
        Finished::Superseded => 'x',
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]

    #[test]
    fn fault_57_random_operations_do_not_diverge(ops in prop::collection::vec(op(), 1..120)) {
        let mut cache = Cache::new(TokenSourceConfig::default());
        // Far from zero, so that no wall clock of the test is negative.
        let mut model = Model { now: (1_000, 1_000_000_000_000_000), ..Model::default() };
        let (mut seq, mut tokens) = (0, Vec::new());
        for op in ops {
            let jitter = |half| if half { 0.5 } else { 0.0 };
            match op {
                Op::Pass(by) => model.now = add(model.now, by),
                Op::Wall(by) => model.now.1 += by,
                Op::Read => {
                    let (expected, wait) = model.read();
                    let (found, start) = match cache.read(now(model.now)) {
                        Read::Serve(_) => ('s', None),
                        Read::ServeAndStart(_, start) => ('r', Some(start)),
                        Read::ServeInFlight(_) => ('f', None),
                        Read::Start(start) => ('S', Some(start)),
                        Read::Join => ('j', None),
                        Read::Backoff(_) => ('b', None),
                    };
                    prop_assert_eq!(found, expected);
                    if let Some(start) = start {
                        seq = start.seq;
                        prop_assert_eq!(start.wait, Duration::from_micros(wait.unsigned_abs()));
                    }
                }
                Op::Grant { life, text, late, half, stale } => {
                    let (sent, seq) = (model.now, seq - u64::from(stale && seq > 0));
                    model.now = add(model.now, late);
                    let token = token(["abc", "def", "ghi"][usize::from(text)], life.unsigned_abs());
                    tokens.push(token.clone());
                    let expected = model.grant(seq, text, life, sent, half);
                    let now_ = now(model.now);
                    let found = cache.succeed(seq, token, now(sent), now_, jitter(half));
                    prop_assert_eq!(letter(&found), expected);
                }
                Op::Fail { passing, half, stale } => {
                    let seq = seq - u64::from(stale && seq > 0);
                    let error = if passing { TokenError::timed_out() } else { terminal() };
                    let found = cache.fail(seq, error, now(model.now), jitter(half));
                    prop_assert_eq!(letter(&found), model.fail(seq, passing, half));
                }
                Op::Lose => {
                    cache.lose(seq);
                    model.flight = model.flight.filter(|flight| flight.0 != seq);
                }
                Op::Reject { old } => {
                    let current = cache.current().cloned();
                    let older = tokens.iter().rev().find(|token| {
                        current.as_ref().is_none_or(|now| now.generation() != token.generation())
                    });
                    let token = if old { older.cloned() } else { current };
                    if let Some(token) = token {
                        let expected = !old && model.reject();
                        prop_assert_eq!(cache.invalidate(&token, now(model.now)), expected);
                    }
                }
                Op::Rotate => {
                    cache.rotate();
                    (model.gate_until, model.spared_until, model.n_failures) = (None, None, 0);
                    if let Some(flight) = &mut model.flight {
                        flight.2 = true;
                    }
                }
            }
        }
    }
}
