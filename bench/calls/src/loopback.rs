//! Full calls and large bodies, with a server on loopback.

use std::convert::Infallible;
use std::error::Error;
use std::hint::black_box;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use tamarack_runtime::RequestBody;
use tokio::runtime::{Builder, Runtime};

use crate::generated::warehouse::operations::{AddItem, Download, Upload};
use crate::generated::warehouse::types;
use crate::hand;
use crate::pair::Pair;
use crate::requests::{AGENT, add_item, authorization, client};
use crate::server::{self, LARGE, PIECE};
use crate::texts;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn runtime() -> Outcome<Rc<Runtime>> {
    Ok(Rc::new(Builder::new_current_thread().enable_all().build()?))
}

/// The client of reqwest that a person would make: with the settings that ours has, some of which cost or save
/// something with each call.
fn by_hand() -> Outcome<reqwest::Client> {
    let builder = reqwest::Client::builder().no_proxy().tls_certs_only([]);
    Ok(builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .timeout(Duration::from_secs(30))
        .build()?)
}

/// Sends an object and decodes the one that comes back.
pub(crate) fn calls() -> Outcome<Pair> {
    let runtime = runtime()?;
    let base_url = server::start_on(&runtime)?;
    let (client, http) = (client(&base_url)?, by_hand()?);
    let item: types::Item = serde_json::from_str(&texts::item(42))?;
    let item_by_hand: hand::Item = serde_json::from_str(&texts::item(42))?;
    let (again, authorization) = (runtime.clone(), authorization()?);
    Ok(Pair::new(
        "a full call on loopback",
        move || {
            let reply =
                runtime.block_on(client.send(AddItem::new("shelf 7", item.clone())).into_future());
            assert!(black_box(reply).is_ok());
        },
        move || {
            let call = async {
                let request = add_item(&base_url, &authorization, &item_by_hand.clone())?;
                let response = http.execute(request.try_into()?).await?.error_for_status()?;
                let item: hand::Item = serde_json::from_slice(&response.bytes().await?)?;
                Ok::<_, Box<dyn Error>>(item)
            };
            assert!(black_box(again.block_on(call)).is_ok());
        },
    ))
}

/// Sends and receives 100 MB.
pub(crate) fn bodies() -> Outcome<[Pair; 2]> {
    let base_url = server::start()?;
    let url = format!("{base_url}/file");
    let runtime = runtime()?;
    let (client, http) = (client(&base_url)?, by_hand()?);
    let (down, again, down_http, down_url) =
        (client.clone(), runtime.clone(), http.clone(), url.clone());
    let (up, up_again) = (runtime.clone(), runtime.clone());
    let (authorization, up_authorization) = (authorization()?, authorization()?);
    let download = Pair::new(
        "down",
        move || {
            let call = async {
                let mut body = down.send(Download::new()).await?.into_body();
                let mut n = 0;
                while let Some(piece) = body.next().await {
                    n += piece?.len();
                }
                Ok::<_, Box<dyn Error>>(n)
            };
            assert!(matches!(runtime.block_on(call), Ok(LARGE)));
        },
        move || {
            let call = async {
                let request = down_http.get(&down_url).header(USER_AGENT, AGENT);
                let response = request.header(AUTHORIZATION, authorization.clone()).send().await?;
                let mut response = response.error_for_status()?;
                let mut n = 0;
                while let Some(piece) = response.chunk().await? {
                    n += piece.len();
                }
                Ok::<_, Box<dyn Error>>(n)
            };
            assert!(matches!(again.block_on(call), Ok(LARGE)));
        },
    );
    let upload = Pair::new(
        "up",
        move || {
            let body = RequestBody::stream(Pieces::all()).with_len(LARGE as u64);
            let reply = up.block_on(client.send(Upload::new(body)).into_future());
            assert!(reply.is_ok(), "{:?}", reply.err());
        },
        move || {
            let call = async {
                let request = http.put(&url).header(USER_AGENT, AGENT);
                let request = request.header(AUTHORIZATION, up_authorization.clone());
                let request = request.header(CONTENT_TYPE, "application/octet-stream");
                let request = request.header(CONTENT_LENGTH, LARGE);
                let body = reqwest::Body::wrap_stream(Pieces::all());
                request.body(body).send().await?.error_for_status()
            };
            assert!(up_again.block_on(call).is_ok());
        },
    );
    Ok([upload, download])
}

/// A large body in pieces that share their bytes.
struct Pieces {
    piece: Bytes,
    left: usize,
}

impl Pieces {
    fn all() -> Self {
        Self { piece: Bytes::from(vec![b'a'; PIECE]), left: LARGE }
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let n = self.left.min(PIECE);
        self.left -= n;
        Poll::Ready((n > 0).then(|| Ok(self.piece.slice(..n))))
    }
}
