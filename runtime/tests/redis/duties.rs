//! The adapter does what a store has to, with any executor, and heals what is not its own.

use std::time::Duration;

use tamarack_runtime::BoxFuture;
use tamarack_runtime::redis1::Redis1;
use tamarack_runtime::token::TokenStore as _;

use crate::redis_server::RedisServer;
use crate::stores::{Bench, check};

const HOUR: Duration = Duration::from_secs(3_600);

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn redis_does_what_a_store_has_to() {
    let Some(server) = RedisServer::start() else { return };
    let store = Redis1::open(&server.url()).unwrap();
    let pass = |time| -> BoxFuture<'static, ()> {
        Box::pin(async move { tokio::time::sleep(time).await })
    };
    runtime().block_on(check(&Bench { store: &store, pass: &pass }));
}

/// No runtime at all: the connection has a thread of its own.
#[test]
fn no_executor_is_needed() {
    let Some(server) = RedisServer::start() else { return };
    let store = Redis1::open(&server.url()).unwrap();
    futures_lite_block_on(async {
        store.put("name", b"value", HOUR).await.unwrap();
        assert_eq!(store.get("name").await.unwrap().unwrap().value, &b"value"[..]);
    });
    // Dropped inside of a runtime, which must not block.
    runtime().block_on(async move { drop(store) });
}

/// Parks the thread between polls, and is no executor of anybody's.
fn futures_lite_block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);

    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::park();
    }
}

#[test]
fn what_others_left_is_none() {
    let Some(server) = RedisServer::start() else { return };
    let store = Redis1::open(&server.url()).unwrap();
    let (token, lease) = (b"tamarack:{name}:token", b"tamarack:{name}:lease");
    runtime().block_on(async {
        // A list, a value without an end, and a value that is far too long.
        server.command(&[b"LPUSH", token, b"x"]);
        assert!(store.get("name").await.unwrap().is_none());
        server.command(&[b"SET", token, b"x"]);
        assert!(store.get("name").await.unwrap().is_none());
        server.command(&[b"SET", token, &vec![b'x'; 1 << 20], b"PX", b"100000"]);
        assert!(store.get("name").await.unwrap().unwrap().value.len() <= (128 << 10) + 1);
        server.command(&[b"LPUSH", lease, b"x"]);
        assert!(store.lease("name", "a", HOUR).await.unwrap());
        server.command(&[b"SET", lease, b"somebody"]);
        assert!(store.lease("name", "a", HOUR).await.unwrap(), "a lease has an end");
        server.command(&[b"SET", lease, b"somebody", b"PX", b"100000"]);
        assert!(!store.lease("name", "a", HOUR).await.unwrap());
        // What was there is replaced.
        server.command(&[b"DEL", token]);
        server.command(&[b"LPUSH", token, b"x"]);
        store.remove("name", b"x").await.unwrap();
        store.put("name", b"value", HOUR).await.unwrap();
        assert_eq!(store.get("name").await.unwrap().unwrap().value, &b"value"[..]);
    });
}

#[test]
fn a_connection_that_was_lost_is_opened_again() {
    let Some(mut server) = RedisServer::start() else { return };
    let store = Redis1::open(&server.url()).unwrap();
    runtime().block_on(async {
        store.put("name", b"value", HOUR).await.unwrap();
        server.kill();
        assert!(store.get("name").await.is_err());
        server.restart();
        assert_eq!(store.get("name").await.unwrap().unwrap().value, &b"value"[..]);
        // Without a failure in between.
        server.kill();
        server.restart();
        assert_eq!(store.get("name").await.unwrap().unwrap().value, &b"value"[..]);
        // One that does not answer is given up by whoever asks, and so is its connection.
        server.signal("-STOP");
        let call = tokio::time::timeout(Duration::from_millis(100), store.get("name"));
        assert!(call.await.is_err());
        server.signal("-CONT");
        assert!(store.get("name").await.unwrap().is_some());
    });
}

#[test]
fn nothing_shows_the_url() {
    let store = Redis1::open("redis://user:hunter2@127.0.0.1:1/0").unwrap();
    assert_eq!(format!("{store:?}"), r#"Redis1 { prefix: "tamarack", .. }"#);
    let error = runtime().block_on(store.get("name")).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("user"), "{shown}");
    for url in ["", "hunter2", "http://user:hunter2@host", "redis://user:hunter2@host:port"] {
        let error = Redis1::open(url).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}
