//! What a source should tell its readers, in milliseconds and absolute deadlines on both clocks: one
//! refresh at a time, its outcome for all who wait for it, a gate after each failure, a longer one while a
//! token serves.

/// Milliseconds on the monotonic and the wall clock.
type Time = (i64, i64);

const BUDGET: i64 = 30_000;
/// How often a reader begins anew.
const MAX_LOSSES: u32 = 3;

/// What a reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Token(usize),
    Backoff,
    Failed,
    /// Its refreshes came to nothing again and again.
    Lost,
    Waits,
}

/// How a refresh ended for those who waited.
#[derive(Clone, Copy)]
enum End {
    Told(Outcome),
    ReadAgain,
}

#[derive(Clone, Copy)]
struct Token {
    n: usize,
    due: Time,
    dead: Time,
}

/// A refresh, which may be too old to count and still have those who wait for it.
#[derive(Clone, Copy)]
struct Refresh {
    n: usize,
    start: Time,
    counts: bool,
    is_rotated: bool,
    answer: Option<Answer>,
}

/// What the server says: a token of so many seconds, or that there is none.
#[derive(Clone, Copy)]
enum Answer {
    Token(i64),
    Failure,
}

struct Waiter {
    refresh: usize,
    n_losses: u32,
}

pub(super) struct Account {
    now: Time,
    token: Option<Token>,
    refresh: Option<Refresh>,
    ends: Vec<(usize, End)>,
    waiters: Vec<Waiter>,
    gate: Option<Time>,
    /// The gate of a refresh ahead: an eighth of the time that the token was still served.
    gate_ahead: Option<Time>,
    n_failures: u32,
    n_requests: usize,
}

fn add(time: Time, by: i64) -> Time {
    (time.0 + by, time.1 + by)
}

impl Account {
    pub(super) fn new() -> Self {
        Self {
            now: (0, 0),
            token: None,
            refresh: None,
            ends: Vec::new(),
            waiters: Vec::new(),
            gate: None,
            gate_ahead: None,
            n_failures: 0,
            n_requests: 0,
        }
    }

    pub(super) fn requests(&self) -> usize {
        self.n_requests
    }

    pub(super) fn pass(&mut self, by: i64) {
        self.now = add(self.now, by);
    }

    pub(super) fn set_wall(&mut self, by: i64) {
        self.now.1 += by;
    }

    pub(super) fn rotate(&mut self) {
        (self.gate, self.gate_ahead, self.n_failures) = (None, None, 0);
        if let Some(refresh) = &mut self.refresh {
            refresh.is_rotated = true;
        }
    }

    pub(super) fn reject(&mut self, n: usize) {
        self.token = self.token.filter(|token| token.n != n);
    }

    pub(super) fn answer(&mut self, n: usize, life: Option<i64>) {
        if let Some(refresh) = self.refresh.as_mut().filter(|refresh| refresh.n == n) {
            refresh.answer.get_or_insert(life.map_or(Answer::Failure, Answer::Token));
        }
    }

    pub(super) fn drop_waiter(&mut self, n: usize) {
        self.waiters.remove(n);
    }

    /// A new reader.
    pub(super) fn read(&mut self) -> Outcome {
        let waiter = Waiter { refresh: usize::MAX, n_losses: 0 };
        let (outcome, waiter) = self.go_on(waiter);
        self.waiters.extend((outcome == Outcome::Waits).then_some(waiter));
        outcome
    }

    pub(super) fn poll_all(&mut self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for waiter in std::mem::take(&mut self.waiters) {
            let (outcome, waiter) = match self.wait(waiter.refresh) {
                Some(End::Told(outcome)) => (outcome, waiter),
                Some(End::ReadAgain) => self.lose(waiter),
                None => (Outcome::Waits, waiter),
            };
            self.waiters.extend((outcome == Outcome::Waits).then_some(waiter));
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Reads the cache until there is something to tell, or to wait for.
    fn go_on(&mut self, mut waiter: Waiter) -> (Outcome, Waiter) {
        let Some(n) = self.look() else {
            let outcome = self.token.map_or(Outcome::Backoff, |token| Outcome::Token(token.n));
            return (outcome, waiter);
        };
        if let Some(token) = self.token {
            self.advance();
            return (Outcome::Token(token.n), waiter);
        }
        waiter.refresh = n;
        match self.wait(n) {
            Some(End::Told(outcome)) => (outcome, waiter),
            Some(End::ReadAgain) => self.lose(waiter),
            None => (Outcome::Waits, waiter),
        }
    }

    fn lose(&mut self, mut waiter: Waiter) -> (Outcome, Waiter) {
        waiter.n_losses += 1;
        if waiter.n_losses > MAX_LOSSES { (Outcome::Lost, waiter) } else { self.go_on(waiter) }
    }

    /// Returns the refresh under way, which begins here if there is reason to; none if the token will
    /// do or the gate is closed.
    fn look(&mut self) -> Option<usize> {
        self.token = self.token.filter(|token| !self.is_past(token.dead));
        if self.token.is_some_and(|token| !self.is_past(token.due)) {
            return None;
        }
        let is_old = |refresh: &Refresh| self.is_past(add(refresh.start, BUDGET));
        if self.refresh.as_ref().is_some_and(is_old)
            && let Some(refresh) = &mut self.refresh
        {
            refresh.counts = false;
        }
        if let Some(refresh) = self.refresh.filter(|refresh| refresh.counts) {
            return Some(refresh.n);
        }
        let ahead = self.gate_ahead.filter(|_| self.token.is_some());
        if [self.gate, ahead].into_iter().flatten().any(|until| !self.is_past(until)) {
            return None;
        }
        if let Some(old) = self.refresh.take() {
            self.ends.push((old.n, End::Told(Outcome::Failed)));
        }
        let (n, start) = (self.n_requests, self.now);
        self.n_requests += 1;
        self.refresh = Some(Refresh { n, start, counts: true, is_rotated: false, answer: None });
        Some(n)
    }

    /// One who waits looks whether it is over, and if not drives it.
    fn wait(&mut self, n: usize) -> Option<End> {
        let end =
            |ends: &[(usize, End)]| ends.iter().find(|(ended, _)| *ended == n).map(|(_, end)| *end);
        end(&self.ends).or_else(|| {
            self.advance();
            end(&self.ends)
        })
    }

    /// Takes in the answer, or the end of the time for it.
    fn advance(&mut self) {
        let Some(refresh) = self.refresh else { return };
        let is_late = self.now.0 >= refresh.start.0 + BUDGET;
        let Some(answer) = refresh.answer.or(is_late.then_some(Answer::Failure)) else { return };
        self.refresh = None;
        let end = self.settle(refresh, answer);
        self.ends.push((refresh.n, end));
    }

    fn settle(&mut self, refresh: Refresh, answer: Answer) -> End {
        let life = match answer {
            Answer::Token(seconds) => seconds * 1_000,
            // Over before it began.
            Answer::Failure => 0,
        };
        let dead = add(refresh.start, life - (life / 10).min(10_000));
        let is_good = !self.is_past(dead);
        if !refresh.counts || (!is_good && refresh.is_rotated) {
            return End::ReadAgain;
        }
        if !is_good {
            self.gate = Some(add(self.now, (250 << self.n_failures.min(20)).min(30_000)));
            let left = |token: Token| (token.dead.0 - self.now.0).min(token.dead.1 - self.now.1);
            let left = self.token.map_or(0, left).max(0);
            // In whole milliseconds, which is all that passes here.
            self.gate_ahead = Some(add(self.now, (left + 7) / 8));
            self.n_failures += 1;
            return End::Told(Outcome::Failed);
        }
        (self.gate, self.gate_ahead, self.n_failures) = (None, None, 0);
        // Three quarters of a quarter of its life before its end.
        let due = add(refresh.start, life - life * 3 / 16);
        self.token = Some(Token { n: refresh.n, due, dead });
        End::Told(Outcome::Token(refresh.n))
    }

    fn is_past(&self, deadline: Time) -> bool {
        self.now.0 >= deadline.0 || self.now.1 >= deadline.1
    }
}
