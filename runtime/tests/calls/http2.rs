//! Calls over HTTP/2 and TLS: the protocol is agreed on by ALPN (RFC 9113 §3.2), and what a server says that it did not
//! process is sent again (§8.7). Refused streams are those of h2, a GOAWAY is written byte by byte.

use std::collections::{BTreeSet, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use h2::Reason;
use h2::server::SendResponse;
use rcgen::CertifiedKey;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Response, Version};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{
    Call, CallResult, ClientBuilder, ClientCore, Error, Operation, RetrySettings, Secret,
    TransportErrorKind,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::notes::{GetNote, Unlock};

/// What a server does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    /// Responds as the operation says.
    Answer,
    /// Waits for this many requests on its connection, then responds to all.
    Gather(usize),
    /// Ends the stream.
    Reset(Reason),
    /// Ends the connection before it looks at the request: the connection is for this one alone.
    GoAway,
}

/// A server with TLS whose requests follow a script; without one, it answers.
#[derive(Clone, Default)]
struct Api {
    script: Arc<Mutex<VecDeque<Act>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// A request that came.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    connection: usize,
    protocol: String,
    method: Method,
}

impl Api {
    fn act(&self) -> Act {
        self.script.lock().unwrap().front().copied().unwrap_or(Act::Answer)
    }

    fn note(&self, connection: usize, protocol: &str, method: &Method) -> Act {
        let (protocol, method) = (protocol.to_owned(), method.clone());
        self.seen.lock().unwrap().push(Seen { connection, protocol, method });
        self.script.lock().unwrap().pop_front().unwrap_or(Act::Answer)
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Serves a connection by HTTP/2 until the client is gone.
    async fn serve(self, stream: TlsStream<TcpStream>, index: usize) {
        let protocol = stream.get_ref().1.alpn_protocol().unwrap_or_default();
        let protocol = String::from_utf8(protocol.to_vec()).unwrap();
        if self.act() == Act::GoAway {
            return go_away(stream, || self.note(index, &protocol, &Method::POST)).await;
        }
        let Ok(mut connection) = h2::server::handshake(stream).await else { return };
        let mut gathered = Vec::new();
        while let Some(Ok((request, mut respond))) = connection.accept().await {
            assert_eq!(request.version(), Version::HTTP_2);
            match self.note(index, &protocol, request.method()) {
                Act::Gather(n) => {
                    gathered.push((request.method().clone(), respond));
                    if gathered.len() == n {
                        gathered.drain(..).for_each(|(method, respond)| answer(&method, respond));
                    }
                }
                Act::Reset(reason) => respond.send_reset(reason),
                Act::Answer | Act::GoAway => answer(request.method(), respond),
            }
        }
    }
}

fn answer(method: &Method, mut respond: SendResponse<Bytes>) {
    let is_read = *method == Method::GET;
    let response = Response::builder().status(if is_read { 200 } else { 204 });
    let response = response.header("content-type", "application/json").body(()).unwrap();
    // The client may have gone.
    if let Ok(mut stream) = respond.send_response(response, !is_read)
        && is_read
    {
        let _ = stream.send_data(Bytes::from_static(b"7"), true);
    }
}

/// Reads frames (RFC 9113 §4.1) until a request begins, and says that no stream was looked at (§6.8).
async fn go_away(mut stream: TlsStream<TcpStream>, note: impl Fn() -> Act) {
    const PREFACE: usize = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
    const HEADERS: u8 = 1;
    const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    /// With the last stream 0 and `NO_ERROR`.
    const GOAWAY: [u8; 17] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    stream.write_all(&SETTINGS).await.unwrap();
    stream.read_exact(&mut [0; PREFACE]).await.unwrap();
    let mut head = [0; 9];
    while head[3] != HEADERS {
        stream.read_exact(&mut head).await.unwrap();
        let len = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        stream.read_exact(&mut vec![0; len as usize]).await.unwrap();
    }
    note();
    stream.write_all(&GOAWAY).await.unwrap();
    // Until the client is gone: a closed connection would be another thing to tell.
    while stream.read(&mut [0; 256]).await.is_ok_and(|n| n > 0) {}
}

/// Starts the server, which speaks these protocols, and a client that trusts it alone.
async fn start(script: &[Act]) -> (Api, ClientCore) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let mut config = config.with_single_cert(vec![cert.der().clone()], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let api = Api { script: Arc::new(Mutex::new(script.to_vec().into())), ..Api::default() };
    let served = api.clone();
    // It ends with the runtime of the test.
    tokio::spawn(async move {
        for index in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let (api, acceptor) = (served.clone(), acceptor.clone());
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    api.serve(stream, index).await;
                }
            });
        }
    });
    let root = reqwest::Certificate::from_der(cert.der()).unwrap();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([root]);
    let client = client.retry(reqwest::retry::never()).build().unwrap();
    let settings = RetrySettings::default().with_first_wait(Duration::from_millis(5));
    let builder = ClientBuilder::new("calls/1").base_url(url).retry_settings(settings);
    (api, builder.transport(Reqwest013::from_client(client)).build().unwrap())
}

fn unlock() -> Unlock {
    Unlock { password: Secret::from("open") }
}

fn kind<O: Operation>(sent: CallResult<O>) -> TransportErrorKind {
    match sent.err().unwrap() {
        Error::Transport(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn alpn_chooses_it_and_calls_at_a_time_share_a_connection() {
    // The first makes the connection; none of the others ends before all have begun.
    let script = [vec![Act::Answer], vec![Act::Gather(8); 8]].concat();
    let (api, core) = start(&script).await;
    assert_eq!(*Call::new(&core, GetNote::new()).await.unwrap().body(), 7);
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { *Call::new(&core, GetNote::new()).await.unwrap().body() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), 7);
    }
    let seen = api.seen();
    assert_eq!(seen.len(), 9);
    assert!(seen.iter().all(|it| it.protocol == "h2" && it.connection == 0), "{seen:?}");
}

/// A POST without a key: it is sent again only where nothing was done.
#[tokio::test]
async fn a_refused_stream_is_sent_again() {
    let (api, core) = start(&[Act::Reset(Reason::REFUSED_STREAM)]).await;
    Call::new(&core, unlock()).await.unwrap();
    let seen = api.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|it| it.method == Method::POST && it.connection == 0), "{seen:?}");
    let (api, core) = start(&[Act::Reset(Reason::REFUSED_STREAM)]).await;
    let sent = Call::new(&core, unlock()).retries(0).await;
    assert_eq!(kind::<Unlock>(sent), TransportErrorKind::Unprocessed);
    assert_eq!(api.seen().len(), 1);
}

/// It may have been carried out, so only an idempotent method is sent again.
#[tokio::test]
async fn a_stream_that_ended_otherwise_is_an_interrupted_request() {
    let (api, core) = start(&[Act::Reset(Reason::INTERNAL_ERROR)]).await;
    let sent = Call::new(&core, unlock()).await;
    assert_eq!(kind::<Unlock>(sent), TransportErrorKind::Interrupted);
    assert_eq!(api.seen().len(), 1);
    let (api, core) = start(&[Act::Reset(Reason::INTERNAL_ERROR)]).await;
    assert_eq!(*Call::new(&core, GetNote::new()).await.unwrap().body(), 7);
    assert_eq!(api.seen().len(), 2);
}

#[tokio::test]
async fn what_a_goaway_leaves_out_is_sent_again_on_another_connection() {
    let (api, core) = start(&[Act::GoAway]).await;
    Call::new(&core, unlock()).await.unwrap();
    let connections: BTreeSet<_> = api.seen().iter().map(|it| it.connection).collect();
    assert_eq!((api.seen().len(), connections), (2, BTreeSet::from([0, 1])));
}
