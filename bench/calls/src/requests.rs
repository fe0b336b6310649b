//! Building requests, without sending them.

use std::error::Error;
use std::hint::black_box;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::generated::warehouse::client::{Client, Credential};
use crate::generated::warehouse::operations::{AddItem, ListItems};
use crate::generated::warehouse::types;
use crate::hand;
use crate::pair::Pair;
use crate::texts;

pub(crate) const AGENT: &str = "warehouse/1.0.0";

/// Returns a client of this server.
pub(crate) fn client(base_url: &str) -> Result<Client, Box<dyn Error>> {
    let credential = Credential::Bearer("a-token-of-some-length".into());
    Ok(Client::builder().base_url(base_url).credential(credential).build()?)
}

/// What a client by hand keeps, made of a token that is known only at run time.
pub(crate) fn authorization() -> Result<HeaderValue, Box<dyn Error>> {
    let mut value =
        HeaderValue::try_from(format!("Bearer {}", black_box("a-token-of-some-length")))?;
    value.set_sensitive(true);
    Ok(value)
}

pub(crate) fn pairs() -> Result<Vec<Pair>, Box<dyn Error>> {
    let (client, base_url) = (client("https://warehouse.example")?, "https://warehouse.example");
    let lister = client.clone();
    let (authorization, again) = (authorization()?, authorization()?);
    let list = Pair::new(
        "build a request with a path, a query and headers",
        move || {
            let operation = ListItems::new("shelf 7").limit(100).cursor("a/b").x_trace("00-4bf9");
            let request = lister.send(operation).into_request();
            assert!(black_box(request).is_ok());
        },
        move || {
            let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
            let url = format!(
                "{}/shelves/{}/items?limit={}&cursor={}",
                black_box(base_url),
                encode(black_box("shelf 7")),
                black_box(100),
                encode(black_box("a/b")),
            );
            let request = Request::get(url)
                .header(ACCEPT, "application/json")
                .header(USER_AGENT, AGENT)
                .header(AUTHORIZATION, authorization.clone())
                .header("x-trace", black_box("00-4bf9"))
                .body(Bytes::new());
            assert!(black_box(request).is_ok());
        },
    );
    let item: types::Item = serde_json::from_str(&texts::item(42))?;
    let by_hand: hand::Item = serde_json::from_str(&texts::item(42))?;
    let add = Pair::new(
        "build a request with an object of ten properties",
        move || {
            let request = client.send(AddItem::new("shelf 7", item.clone())).into_request();
            assert!(black_box(request).is_ok());
        },
        move || assert!(black_box(add_item(black_box(base_url), &again, &by_hand.clone())).is_ok()),
    );
    Ok(vec![list, add])
}

/// Builds the request that adds an item, as a person would.
pub(crate) fn add_item(
    base_url: &str,
    authorization: &HeaderValue,
    item: &hand::Item,
) -> Result<Request<Bytes>, Box<dyn Error>> {
    let shelf = utf8_percent_encode(black_box("shelf 7"), NON_ALPHANUMERIC);
    let request = Request::post(format!("{base_url}/shelves/{shelf}/items"))
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, AGENT)
        .header(AUTHORIZATION, authorization.clone())
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from(serde_json::to_vec(item)?))?;
    Ok(request)
}
