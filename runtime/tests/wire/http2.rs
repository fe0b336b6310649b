//! HTTP/2 over loopback, by prior knowledge (RFC 9113 §3.3): the server is hyper's.

use std::convert::Infallible;
use std::net::Ipv4Addr;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response, Version};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{ClientBuilder, ClientCore, RequestBody, TransportErrorKind};

/// Answers with the version and the body of the request.
async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_http2 = request.version() == Version::HTTP_2;
    let body = request
        .into_body()
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    let mut response = Response::new(Full::from(body));
    response.headers_mut().insert("x-is-http2", is_http2.to_string().parse().unwrap());
    Ok(response)
}

async fn core(max_body: usize) -> ClientCore {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // It ends with the runtime of the test.
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(async move { connection.await.is_ok() });
        }
    });
    let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy();
    let client = client.redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let builder = ClientBuilder::new("wire-test/1").base_url(url).max_body(max_body);
    builder.transport(Reqwest013::from_client(client)).build().unwrap()
}

fn post(core: &ClientCore, body: Vec<u8>) -> Request<Bytes> {
    let mut request = core.request(Method::POST, "/x");
    request.bytes("text/plain", &body.into());
    request.build().unwrap()
}

#[tokio::test]
async fn requests_share_a_connection_and_come_back_whole() {
    let core = core(1 << 20).await;
    let sent = vec![b'x'; 1 << 20];
    for _ in 0..3 {
        let reply = core.send(post(&core, sent.clone())).await.unwrap();
        assert_eq!(
            (&reply.headers()["x-is-http2"], &reply.bytes()[..]),
            (&"true".parse().unwrap(), &sent[..])
        );
    }
    let streamed = post(&core, sent.clone()).map(RequestBody::from);
    let response = core.stream(streamed).await.unwrap();
    assert_eq!(response.into_body().bytes().await.unwrap(), sent);
}

#[tokio::test]
async fn the_limit_of_a_body_holds() {
    let core = core(1000).await;
    let error = core.send(post(&core, vec![b'x'; 1001])).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    assert!(core.send(post(&core, vec![b'x'; 1000])).await.is_ok());
}
