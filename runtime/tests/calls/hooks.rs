//! What an observer hears of calls, and the spans of attempts, under virtual time.

use std::future::IntoFuture as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use tamarack_runtime::http::HeaderValue;
use tamarack_runtime::{Call, CallEvent, Credential};

use crate::notes::{AddNote, GetNote, Unlock};
use crate::scripted::Scripted;
use crate::server::Server;
use crate::spans::Spans;
use crate::{client, json};

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn hear(&self, it: &CallEvent<'_>) {
        let status = it.status.map_or(0, |status| status.as_u16());
        self.0.lock().unwrap().push(format!(
            "{:?} {} {} {} #{} {}ms status={status} error={:?} sizes={:?}/{:?} retry={:?}",
            it.kind,
            it.operation,
            it.method,
            it.path_template,
            it.attempt,
            it.elapsed.as_millis(),
            it.error,
            it.request_size,
            it.response_size,
            it.retry_in.map(|it| it.as_millis()),
        ));
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn observer(heard: &Heard) -> impl Fn(&CallEvent<'_>) + Send + Sync + 'static {
    let heard = heard.clone();
    move |event| heard.hear(event)
}

#[test]
fn each_attempt_and_the_end_of_a_call_are_told() {
    let heard = Heard::default();
    let api = Scripted::new("connect~20 503~30 200~40");
    let core = api.builder().observer(observer(&heard)).build().unwrap();
    api.run(Call::new(&core, GetNote::new())).unwrap();
    let getting = "getNote GET /notes/{id}";
    let expected = [
        format!(
            "Attempt {getting} #1 20ms status=0 error=Some(Connect) sizes=Some(0)/None retry=Some(500)"
        ),
        format!(
            "Attempt {getting} #2 30ms status=503 error=None sizes=Some(0)/Some(1) retry=Some(1000)"
        ),
        format!("Attempt {getting} #3 40ms status=200 error=None sizes=Some(0)/Some(1) retry=None"),
        format!("End {getting} #3 1590ms status=200 error=None sizes=Some(0)/Some(1) retry=None"),
    ];
    assert_eq!(heard.lines(), expected);
    // A body of 21 bytes, and a failure that is not retried.
    api.extend("interrupted");
    let unlock = Unlock { password: "hunter".into() };
    api.run(Call::new(&core, unlock)).unwrap_err();
    let lines = heard.lines();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].ends_with("error=Some(Interrupted) sizes=Some(21)/None retry=None"),
        "{lines:?}"
    );
}

#[test]
fn a_call_that_is_dropped_is_told_if_it_had_begun() {
    let heard = Heard::default();
    let api = Scripted::new("503 503~100");
    let core = api.builder().observer(observer(&heard)).build().unwrap();
    drop(Call::new(&core, GetNote::new()).into_future());
    assert_eq!(heard.lines(), [] as [String; 0]);
    let mut call = Box::pin(Call::new(&core, GetNote::new()).into_future());
    let context = &mut Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(context).is_pending());
    api.clock.advance(Duration::from_millis(500));
    assert!(call.as_mut().poll(context).is_pending());
    heard.lines();
    drop(call);
    let lines = heard.lines();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("Dropped getNote GET /notes/{id} #2 500ms"), "{lines:?}");
}

/// Neither the observer nor a span sees a value that the caller or the server chose.
#[tokio::test]
async fn nothing_of_bodies_headers_and_urls_is_told() {
    let heard = Heard::default();
    let spans = Spans::default();
    let server = Server::answering(json(403, "X-Echo: hunter2\r\n", r#"{"code":"hunter2"}"#));
    let builder = client(&server).observer(observer(&heard));
    let core = builder.credential(("key", Credential::Token("hunter2".into()))).build().unwrap();
    let call = Call::new(&core, Unlock { password: "hunter2".into() }).header("x-a", "hunter2");
    spans.watch(call.into_future()).await.unwrap_err();
    let note = GetNote { id: "hunter2".to_owned() };
    spans.watch(Call::new(&core, note).into_future()).await.unwrap_err();
    let shown = format!("{:?} {:?}", heard.lines(), spans.lines());
    assert!(shown.contains("/notes/{id}") && shown.contains("403"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

/// OpenTelemetry, "Semantic conventions for HTTP spans", section "HTTP client": a span for each request that
/// is sent, with the number of resends from the second on.
#[test]
fn spans_follow_the_conventions() {
    let spans = Spans::default();
    let api = Scripted::new("503 connect 404");
    let core = api.builder().build().unwrap();
    api.run(spans.watch(Call::new(&core, GetNote::new()).into_future())).unwrap_err();
    let common = "http otel.name=GET /notes/{id} otel.kind=client http.request.method=GET \
                  url.template=/notes/{id} server.address=api.example.com server.port=443";
    let expected = [
        format!(
            "{common} operation=getNote http.response.status_code=503 error.type=503 otel.status_code=ERROR"
        ),
        format!(
            "{common} http.request.resend_count=1 operation=getNote error.type=connect otel.status_code=ERROR"
        ),
        format!(
            "{common} http.request.resend_count=2 operation=getNote http.response.status_code=404 error.type=404 otel.status_code=ERROR"
        ),
    ];
    assert_eq!(spans.lines(), expected);
}

/// W3C Trace Context: what the program has of a trace goes with each attempt, here with another parent id.
#[tokio::test]
async fn a_trace_goes_on_with_each_attempt() {
    let n_seen = Arc::new(Mutex::new(0));
    let server = Server::start(move |stream| {
        let mut n_seen = n_seen.lock().unwrap();
        let reply = if *n_seen == 0 { json(503, "", "{}") } else { json(201, "", "9") };
        *n_seen += 1;
        let _ = stream.write_all(reply.as_bytes());
    });
    let n_asked = Mutex::new(0);
    let core = client(&server).propagator(move |headers| {
        let mut n_asked = n_asked.lock().unwrap();
        *n_asked += 1;
        let parent = format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333{n_asked}-01");
        headers.insert("traceparent", HeaderValue::try_from(parent).unwrap());
    });
    let core = core.jitter(|| 0.0).build().unwrap();
    Call::new(&core, AddNote::new("text")).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for (n, request) in (1..).zip(&requests) {
        let parent =
            format!("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333{n}-01\r\n");
        assert!(request.contains(&parent), "{request}");
    }
}
