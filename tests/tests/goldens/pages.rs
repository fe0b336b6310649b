//! Lists in pages, over loopback: each page is fetched once, by each way in which the next one is named.

use serde_json::{Value, json};
use tamarack_goldens::golden::pages::v1::client::Client;
use tamarack_goldens::golden::pages::v1::operations::{ListBerths, ListShips};
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::{DecodeErrorKind, Error, Items, Operation, PagedOperation};
use tamarack_tests::server::{Request, Server, json_reply, reply};

/// How many items each list has.
const ALL: usize = 10_000;
/// How many of them are in a page.
const PAGE: usize = 100;

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url());
    builder.transport(Reqwest013::new().unwrap()).build().unwrap()
}

/// Returns a query parameter of a request, decoded.
fn parameter(request: &Request, name: &str) -> Option<String> {
    let (_, query) = request.path.split_once('?')?;
    let mut all = form_urlencoded::parse(query.as_bytes());
    all.find(|(it, _)| it == name).map(|(_, value)| value.into_owned())
}

/// Serves a list; `position` reads from a request how many items are before its page, and `page` writes the
/// items from one number to another and whether there are more.
fn server(
    position: impl Fn(&Request) -> usize + Send + Sync + 'static,
    page: impl Fn(usize, usize, bool) -> Vec<u8> + Send + Sync + 'static,
) -> Server {
    Server::answering(move |request| {
        let start = position(request).min(ALL);
        let end = (start + PAGE).min(ALL);
        page(start, end, end < ALL)
    })
}

fn number(request: &Request, name: &str) -> Option<usize> {
    parameter(request, name).map(|it| it.parse().expect("a number"))
}

async fn all<O: PagedOperation<Item = I>, I>(mut items: Items<O, I>) -> Vec<I>
where
    O::Error: std::fmt::Debug,
{
    let mut acc = Vec::new();
    while let Some(item) = items.next().await {
        acc.push(item.unwrap());
    }
    acc
}

/// Asserts that each page was asked for once: the values of the parameter, the first page without one.
#[track_caller]
fn once(server: &Server, name: &str, expected: impl Iterator<Item = String>) {
    let asked: Vec<_> = server.requests().iter().skip(1).map(|it| parameter(it, name)).collect();
    assert_eq!(asked, expected.map(Some).collect::<Vec<_>>());
    assert_eq!(parameter(&server.requests()[0], name), None);
}

fn steps(from: usize, to: usize, step: usize) -> impl Iterator<Item = String> {
    (from..to).step_by(step).map(|it| it.to_string())
}

fn names(start: usize, end: usize) -> Vec<Value> {
    (start..end).map(|it| json!({"name": it.to_string(), "id": it.to_string()})).collect()
}

#[tokio::test]
async fn ten_thousand_items_by_token() {
    let server = server(
        |it| {
            parameter(it, "pageToken").map_or(0, |it| it.trim_start_matches("t/").parse().unwrap())
        },
        |start, end, more| {
            let pagination = if more { json!({"next": format!("t/{end}")}) } else { json!({}) };
            json_reply(200, &json!({"items": names(start, end), "pagination": pagination}))
        },
    );
    let list = ListShips::new().limit(100);
    let call = client(&server).send(list).header("x-trace", "7");
    let ships = all(call.items()).await;
    assert!(ships.iter().map(|it| it.name.clone()).eq((0..ALL).map(|it| it.to_string())));
    once(&server, "pageToken", steps(PAGE, ALL, PAGE).map(|it| format!("t/{it}")));
    for request in server.requests() {
        assert_eq!(parameter(&request, "limit").as_deref(), Some("100"));
        assert_eq!(request.header("x-trace"), ["7"], "options are of each page");
    }
}

#[tokio::test]
async fn by_a_number_that_is_always_sent() {
    let server = server(
        |it| number(it, "cursor").expect("it is required"),
        |start, end, more| {
            let next = if more { json!(end) } else { Value::Null };
            json_reply(200, &json!({"next": next, "found": {"ships": names(start, end)}}))
        },
    );
    let ships = all(client(&server).list_ships_of_fleet("a/b", 0).items()).await;
    assert_eq!(ships.len(), ALL);
    let asked: Vec<_> = server
        .requests()
        .iter()
        .map(|it| (it.path.split('?').next() == Some("/fleets/a%2Fb/ships"), number(it, "cursor")))
        .collect();
    assert!(asked.into_iter().eq((0..ALL).step_by(PAGE).map(|it| (true, Some(it)))));
}

#[tokio::test]
async fn by_the_last_item() {
    let berths = server(
        |it| number(it, "starting_after").map_or(0, |it| it + 1),
        |start, end, more| json_reply(200, &json!({"data": names(start, end), "has_more": more})),
    );
    assert_eq!(all(client(&berths).list_berths().items()).await.len(), ALL);
    once(&berths, "starting_after", steps(PAGE - 1, ALL - 1, PAGE));

    // Nothing says that there are no more numbers but an empty page.
    let numbers = server(
        |it| number(it, "after").map_or(0, |it| it + 1),
        |start, end, _| json_reply(200, &json!((start..end).collect::<Vec<_>>())),
    );
    let found = all(client(&numbers).list_numbers().items()).await;
    assert!(found.into_iter().eq(0..10_000));
    once(&numbers, "after", steps(PAGE - 1, ALL, PAGE));
}

/// Neither goes to the host of the URL.
#[tokio::test]
async fn by_a_url_and_by_a_link() {
    let page = |it: &Request| number(it, "page").map_or(0, |it| (it - 1) * PAGE);
    let url = |end: usize| format!("https://elsewhere.example/x?n=1&page={}", end / PAGE + 1);
    let flags = server(page, move |start, end, more| {
        let next = if more { json!(url(end)) } else { Value::Null };
        json_reply(200, &json!({"results": vec!["NL"; end - start], "next": next}))
    });
    assert_eq!(all(client(&flags).list_flags().items()).await.len(), ALL);
    once(&flags, "page", steps(2, ALL / PAGE + 1, 1));

    let crews = server(page, move |start, end, more| {
        let next = format!("<{}>; rel=\"next\"", url(end));
        let link = if more { next.as_str() } else { "</x>; rel=\"first\"" };
        let body = Value::from(names(start, end)).to_string();
        reply(200, &[("Content-Type", "application/json"), ("Link", link)], body)
    });
    assert_eq!(all(client(&crews).list_crews().items()).await.len(), ALL);
    once(&crews, "page", steps(2, ALL / PAGE + 1, 1));
}

#[tokio::test]
async fn by_the_number_of_pages_and_of_items() {
    let docks = server(
        |it| number(it, "page").map_or(0, |it| (it - 1) * PAGE),
        |start, end, more| {
            json_reply(200, &json!({"docks": vec![Value::Null; end - start], "more": more}))
        },
    );
    assert_eq!(all(client(&docks).list_docks().items()).await, vec![None; ALL]);
    once(&docks, "page", steps(2, ALL / PAGE + 1, 1));

    let tides = server(
        |it| number(it, "offset").unwrap_or(0),
        |start, end, more| {
            // The list is missing in the empty page.
            let body =
                if start < end { json!({"tides": vec![0.5; end - start]}) } else { json!({}) };
            assert!(more || end == ALL);
            json_reply(200, &body)
        },
    );
    assert_eq!(all(client(&tides).list_tides().items()).await, vec![0.5; ALL]);
    once(&tides, "offset", steps(PAGE, ALL + 1, PAGE));

    let charts = server(
        |it| number(it, "offset").expect("it is required"),
        |start, end, more| {
            json_reply(200, &json!({"charts": vec!["a"; end - start], "more": more}))
        },
    );
    assert_eq!(all(client(&charts).list_charts(9_950).items()).await.len(), 50);
    assert_eq!(charts.requests().len(), 1);
}

/// The page is given to the caller, and the error follows it.
#[tokio::test]
async fn what_no_parameter_can_hold_is_an_error_and_not_the_end() {
    let server =
        Server::replying(json_reply(200, &json!({"results": ["NL"], "next": "/x?page=two"})));
    let mut pages = client(&server).list_flags().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().body().results.len(), 1);
    let error = pages.next().await.unwrap().unwrap_err();
    let Error::Undecodable(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status().as_u16(), error.error().kind()), (200, DecodeErrorKind::NextPage));
    assert!(!format!("{error} {error:?}").contains("two"));
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

/// A server that always names the same page, or an empty one.
#[tokio::test]
async fn a_repeated_and_an_empty_token_end_a_list() {
    for (token, n_requests) in [("a", 2), ("", 1)] {
        let page = json!({"items": [{"name": "Ada"}], "pagination": {"next": token}});
        let server = Server::replying(json_reply(200, &page));
        assert_eq!(all(client(&server).list_ships().items()).await.len(), n_requests);
        assert_eq!(server.requests().len(), n_requests);
    }
}

#[test]
fn pages_and_items_are_iterators_without_async() {
    let server = server(
        |it| number(it, "starting_after").map_or(0, |it| it + 1),
        |start, end, more| json_reply(200, &json!({"data": names(start, end), "has_more": more})),
    );
    let builder = Client::builder().base_url(server.url());
    let client = builder.blocking().build().unwrap();
    let ids = client.list_berths().items().into_iter().map(|it| it.unwrap().id);
    assert!(ids.eq((0..ALL).map(|it| it.to_string())));
    let pages = client.send(ListBerths::new()).pages().into_iter();
    assert_eq!(pages.map(|it| it.unwrap().body().data.len()).sum::<usize>(), ALL);
    assert_eq!(server.requests().len(), 2 * ALL / PAGE);
    assert_eq!(ListBerths::INFO.path, "/berths");
}
