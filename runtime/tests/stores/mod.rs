//! Checks that a store of tokens does what its trait promises, in virtual time or in real time.

use std::time::Duration;

use tamarack_runtime::BoxFuture;
use tamarack_runtime::token::TokenStore;

const HOUR: Duration = Duration::from_secs(3_600);
const SHORT: Duration = Duration::from_millis(200);

/// What a store is tested with.
pub(crate) struct Bench<'a> {
    pub(crate) store: &'a dyn TokenStore,
    /// Lets time pass.
    pub(crate) pass: &'a (dyn Fn(Duration) -> BoxFuture<'static, ()> + Sync),
}

/// Checks all duties; names do not occur twice.
pub(crate) async fn check(bench: &Bench<'_>) {
    values_are_kept_for_their_time(bench).await;
    any_bytes_come_back_as_they_were(bench).await;
    only_the_same_value_is_removed(bench).await;
    one_holder_has_a_lease(bench).await;
    a_lease_ends_by_itself(bench).await;
    only_its_holder_ends_a_lease(bench).await;
}

impl Bench<'_> {
    async fn value(&self, name: &str) -> Option<Vec<u8>> {
        self.store.get(name).await.unwrap().map(|stored| stored.value.to_vec())
    }
}

async fn values_are_kept_for_their_time(bench: &Bench<'_>) {
    let store = bench.store;
    assert!(store.get("kept").await.unwrap().is_none());
    store.put("kept", b"one", HOUR).await.unwrap();
    let stored = store.get("kept").await.unwrap().unwrap();
    assert_eq!(stored.value, &b"one"[..]);
    assert!(stored.left <= HOUR && stored.left + Duration::from_secs(60) > HOUR);
    assert_eq!(bench.value("other").await, None);
    store.put("kept", b"two", SHORT).await.unwrap();
    let stored = store.get("kept").await.unwrap().unwrap();
    assert!(stored.value == b"two"[..] && stored.left <= SHORT, "the new time counts");
    (bench.pass)(SHORT * 2).await;
    assert_eq!(bench.value("kept").await, None);
}

async fn any_bytes_come_back_as_they_were(bench: &Bench<'_>) {
    let all: Vec<u8> = (0..=255).cycle().take(32 * 1024).collect();
    for value in [&all[..], b"", b"\r\n$-1\r\n"] {
        bench.store.put("bytes", value, HOUR).await.unwrap();
        assert_eq!(bench.value("bytes").await.as_deref(), Some(value));
    }
}

async fn only_the_same_value_is_removed(bench: &Bench<'_>) {
    let store = bench.store;
    store.remove("removed", b"one").await.unwrap();
    store.put("removed", b"two", HOUR).await.unwrap();
    store.remove("removed", b"one").await.unwrap();
    assert_eq!(bench.value("removed").await.as_deref(), Some(&b"two"[..]));
    store.remove("removed", b"two").await.unwrap();
    assert_eq!(bench.value("removed").await, None);
}

async fn one_holder_has_a_lease(bench: &Bench<'_>) {
    let store = bench.store;
    store.put("leased", b"value", HOUR).await.unwrap();
    assert!(store.lease("leased", "a", HOUR).await.unwrap());
    assert!(!store.lease("leased", "b", HOUR).await.unwrap());
    assert!(store.lease("leased", "a", HOUR).await.unwrap(), "it has it already");
    assert!(store.lease("another", "b", HOUR).await.unwrap());
    assert_eq!(bench.value("leased").await.as_deref(), Some(&b"value"[..]), "the value is apart");
}

async fn a_lease_ends_by_itself(bench: &Bench<'_>) {
    let store = bench.store;
    assert!(store.lease("ending", "a", SHORT * 2).await.unwrap());
    (bench.pass)(SHORT).await;
    assert!(store.lease("ending", "a", SHORT * 2).await.unwrap(), "its time begins anew");
    (bench.pass)(SHORT + SHORT / 2).await;
    assert!(!store.lease("ending", "b", HOUR).await.unwrap());
    (bench.pass)(SHORT).await;
    assert!(store.lease("ending", "b", HOUR).await.unwrap());
    assert!(!store.lease("ending", "a", HOUR).await.unwrap());
}

async fn only_its_holder_ends_a_lease(bench: &Bench<'_>) {
    let store = bench.store;
    store.release("ended", "a").await.unwrap();
    assert!(store.lease("ended", "a", HOUR).await.unwrap());
    store.release("ended", "b").await.unwrap();
    assert!(!store.lease("ended", "b", HOUR).await.unwrap());
    store.release("ended", "a").await.unwrap();
    assert!(store.lease("ended", "b", HOUR).await.unwrap());
    store.release("ended", "a").await.unwrap();
    assert!(!store.lease("ended", "c", HOUR).await.unwrap(), "it is another's by now");
}
