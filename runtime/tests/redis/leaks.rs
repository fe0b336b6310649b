//! What crosses the network to Redis, what Redis logs and what it writes has no secret in it, in any form.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::member::{KEY, PATIENT, SECRET, limits, source};
use crate::proxy::Proxy;
use crate::redis_server::RedisServer;
use crate::shown::{Hidden, logs, renderings};
use crate::token_server::TokenServer;

/// All but the number at its end.
const TOKEN: &str = "t0k3n~?>/of+~?>~the=tests";

/// Each byte is a character, so that nothing is changed.
fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Reads what the server says of each command.
fn monitor(address: &str) -> std::thread::JoinHandle<Vec<u8>> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"MONITOR\r\n").unwrap();
    std::thread::spawn(move || {
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard);
        heard
    })
}

#[test]
fn fault_53_no_secret_reaches_redis() {
    logs::keep();
    let Some(mut redis) = RedisServer::start() else { return };
    let tokens = TokenServer::start(TOKEN, 3_600, Duration::from_millis(20));
    let proxy = Proxy::to(redis.address());
    let heard = monitor(&redis.address());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let make = || source(&tokens.url, &format!("redis://{}", proxy.address), limits(PATIENT));
    runtime.block_on(async {
        let first = make();
        let token = first.token().await.unwrap();
        assert_eq!(token.expose(), format!("{TOKEN}0"));
        // Taken, rejected, removed, replaced, waited for.
        let second = make();
        assert_eq!(second.token().await.unwrap().expose(), token.expose());
        tokio::time::sleep(Duration::from_secs(1)).await;
        first.invalidate(&token);
        let (one, other) = (make(), make());
        let (replaced, _, _) = tokio::join!(first.token(), one.token(), other.token());
        assert_eq!(replaced.unwrap().expose(), format!("{TOKEN}1"));
    });
    let slow = redis.command(&[b"SLOWLOG", b"GET", b"-1"]);
    redis.command(&[b"SAVE"]);
    redis.kill();
    tokens.set_down(true);
    let error = runtime.block_on(async { make().token().await.unwrap_err() });
    let heard = heard.join().unwrap();
    let recorded = proxy.recorded();
    let files = redis.files();
    // All of it is there to be looked at.
    let holds = |bytes: &[u8], word: &str| text(bytes).contains(word);
    assert!(holds(&recorded, "tamarack:{") && holds(&heard, "tamarack:{") && holds(&slow, "EVAL"));
    for kind in ["dump.rdb", ".aof", "redis.log"] {
        assert!(
            files.iter().any(|(path, bytes)| {
                path.to_str().unwrap().ends_with(kind) && !bytes.is_empty()
            })
        );
    }
    assert!(files.iter().any(|(_, bytes)| holds(bytes, "tamarack:{")));
    let key = std::str::from_utf8(&KEY).unwrap();
    let hidden = Hidden::new(&[TOKEN, SECRET, "client-of-the-tests", key]);
    let files = files.into_iter().map(|(_, bytes)| bytes);
    let bytes = files.chain([recorded, heard, slow]);
    let lines = logs::lines();
    assert!(lines.iter().any(|line| line.contains("token store failed")));
    let own = renderings(&error).into_iter().chain(lines);
    let texts: Vec<String> = bytes.map(|bytes| text(&bytes)).chain(own).collect();
    hidden.assert_absent(&texts);
}
