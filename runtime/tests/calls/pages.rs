//! Lists in pages, over loopback: each page is fetched once.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use tamarack_runtime::http::Method;
use tamarack_runtime::{
    Call, ClientCore, Json, Operation, OperationInfo, RequestBuilder, Status, declared_errors,
};

use crate::server::Server;
use crate::{client, json};

#[derive(Clone, Debug, Default)]
struct ListNumbers {
    limit: Option<i32>,
    cursor: Option<String>,
    page: Option<u32>,
}

impl ListNumbers {
    fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }
}

#[derive(Debug, Deserialize)]
struct Numbers {
    numbers: Vec<u32>,
    next: Option<String>,
}

impl Operation for ListNumbers {
    type Success = Json<Numbers>;
    type Error = ListNumbersError;

    const INFO: OperationInfo = OperationInfo {
        id: "listNumbers",
        method: Method::GET,
        path: "/numbers",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[],
        security: &[],
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.query("limit", &self.limit);
        request.query("cursor", &self.cursor);
        request.query("page", &self.page.map(i64::from));
    }
}

declared_errors! {
    /// The errors of [`ListNumbers`].
    pub enum ListNumbersError for "listNumbers" {}
}

/// Returns the value of a query parameter of a request.
fn parameter<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = request.lines().next()?.split(' ').nth(1)?.split_once('?')?;
    query.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
}

fn body(start: u32, n: u32, next: &str) -> String {
    let numbers: Vec<u32> = (start..start + n).collect();
    format!(r#"{{"numbers":{numbers:?},"next":{next}}}"#)
}

/// Serves 10,000 numbers, as many in a page as it is asked for.
fn server() -> Server {
    Server::responding(|request| {
        let limit: u32 = parameter(request, "limit").unwrap().parse().unwrap();
        let start = parameter(request, "cursor").map_or(0, |it| it.parse().unwrap());
        let next = start + limit;
        let next = if next < 10_000 { format!("\"{next}\"") } else { "null".to_owned() };
        json(200, "", &body(start, limit, &next))
    })
}

fn core(server: &Server) -> ClientCore {
    client(server).build().unwrap()
}

#[tokio::test]
async fn ten_thousand_items_are_a_hundred_requests() {
    let server = server();
    let list = ListNumbers { limit: Some(100), ..Default::default() };
    let call = Call::new(&core(&server), list).header("x-trace", "7");
    let pages = call.pages_by(|page| page.body().next.clone(), ListNumbers::cursor);
    let mut items = pages.items_by(|page| page.numbers);
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, (0..10_000).collect::<Vec<u32>>());
    let requests = server.requests();
    assert_eq!(requests.len(), 100);
    for (n, request) in (0..).zip(&requests) {
        let cursor = (n > 0).then(|| (n * 100).to_string());
        assert_eq!(parameter(request, "cursor"), cursor.as_deref());
        assert_eq!(parameter(request, "limit"), Some("100"));
        assert!(request.contains("\r\nx-trace: 7\r\n"), "options are of each page");
    }
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_wanted() {
    let server = server();
    let list = ListNumbers { limit: Some(100), ..Default::default() };
    let call = Call::new(&core(&server), list);
    let mut pages = call.pages_by(|page| page.body().next.clone(), ListNumbers::cursor);
    assert_eq!(server.requests().len(), 0);
    for n in 0..3 {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!((page.body().numbers[0], server.requests().len()), (n * 100, 1));
    }
}

/// The last page has no token, an empty one, or the one of an earlier page.
#[tokio::test]
async fn a_list_ends() {
    for (nexts, n_pages) in [
        (&["null"][..], 1),
        (&[r#""""#], 1),
        (&[r#""a""#, "null"], 2),
        (&[r#""a""#, r#""""#], 2),
        (&[r#""a""#, r#""a""#], 2),
        (&[r#""a""#, r#""b""#, r#""a""#], 3),
    ] {
        let n = std::sync::Arc::new(AtomicUsize::new(0));
        let server = Server::responding(move |_| {
            json(200, "", &body(0, 1, nexts[n.fetch_add(1, Ordering::Relaxed)]))
        });
        let call = Call::new(&core(&server), ListNumbers::default());
        let mut pages = call.pages_by(|page| page.body().next.clone(), ListNumbers::cursor);
        let mut found = 0;
        while let Some(page) = pages.next().await {
            page.unwrap();
            found += 1;
        }
        assert!(pages.next().await.is_none());
        assert_eq!((found, server.requests().len()), (n_pages, n_pages), "{nexts:?}");
    }
}

/// RFC 8288: the page is a parameter of the link, and its host is not asked.
#[tokio::test]
async fn pages_by_link_and_by_number() {
    let server = Server::responding(|request| {
        let page: u32 = parameter(request, "page").map_or(1, |it| it.parse().unwrap());
        let link =
            format!("Link: <https://elsewhere.example/n?page={}>; rel=\"next\"\r\n", page + 1);
        json(200, if page < 4 { &link } else { "" }, &body(page, 1, "null"))
    });
    let call = Call::new(&core(&server), ListNumbers::default());
    let pages = call.pages_by(
        |reply| reply.next_link_parameter("page")?.parse::<u32>().ok(),
        |operation, page| ListNumbers { page: Some(page), ..operation },
    );
    let mut items = pages.items_by(|page| page.numbers);
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!((found, server.requests().len()), (vec![1, 2, 3, 4], 4));
}

#[tokio::test]
async fn an_error_ends_a_list_that_can_be_taken_up_again() {
    let n = std::sync::Arc::new(AtomicUsize::new(0));
    let server = Server::responding(move |_| match n.fetch_add(1, Ordering::Relaxed) {
        0 => json(200, "", &body(0, 2, r#""a""#)),
        1 => json(500, "", "{}"),
        _ => json(200, "", &body(2, 2, "null")),
    });
    let core = core(&server);
    let pages = |operation| {
        Call::new(&core, operation).pages_by(|page| page.body().next.clone(), ListNumbers::cursor)
    };
    let mut first = pages(ListNumbers::default());
    first.next().await.unwrap().unwrap();
    assert_eq!(first.next().await.unwrap().unwrap_err().status().unwrap().as_u16(), 500);
    assert!(first.next().await.is_none());
    let mut items = pages(first.operation().clone()).items_by(|page| page.numbers);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(parameter(&server.requests()[2], "cursor"), Some("a"));
}

#[cfg(feature = "ureq3")]
#[test]
fn pages_and_items_are_iterators_without_async() {
    let server = server();
    let builder = tamarack_runtime::ClientBuilder::<ClientCore>::new("calls/1").blocking();
    let core = builder.base_url(server.url()).build().unwrap();
    let list = ListNumbers { limit: Some(2_500), ..Default::default() };
    let pages = || {
        let call = Call::new(&core, list.clone());
        call.pages_by(|page| page.body().next.clone(), ListNumbers::cursor)
    };
    assert_eq!(
        pages().into_iter().map(|page| page.unwrap().body().numbers.len()).sum::<usize>(),
        10_000
    );
    let items = pages().items_by(|page| page.numbers);
    assert!(items.into_iter().map(Result::unwrap).eq(0..10_000));
    assert_eq!(server.requests().len(), 8);
}
