//! A style, a name and values in, the request that the runtime builds out.

use std::collections::BTreeMap;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Limits, ListStyle, Mode, RequestBuilder, RequestError,
    Transport, TransportError,
};

/// Every way in which values are written.
pub(super) const STYLES: &[&str] = &[
    "query",
    "query form exploded",
    "query form",
    "query spaceDelimited",
    "query pipeDelimited",
    "query json",
    "path",
    "path simple",
    "path json",
    "header",
    "header simple",
    "header json",
    "cookie",
    "form",
    "form map",
];

/// Is never asked.
struct Nowhere;

impl Transport for Nowhere {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(Response::new(Bytes::new())) })
    }
}

/// Returns the request; none where the runtime refuses a value.
pub(super) fn request(style: &str, name: &str, values: &[String]) -> Option<Request<Bytes>> {
    let builder = ClientBuilder::<ClientCore>::new("fuzz/1").base_url("https://example.com/v1");
    let core = builder.transport(Nowhere).build().ok()?;
    built(&core, style, name, values).ok()
}

fn built(
    core: &ClientCore,
    style: &str,
    name: &str,
    values: &[String],
) -> Result<Request<Bytes>, RequestError> {
    let first = values.first();
    let path = if style.starts_with("path") { "/a/{id}/z" } else { "/a" };
    let mut request = core.request(Method::POST, path);
    // What stands before and behind must come out as it is.
    request.query("before", &"1");
    request.cookie("before", &"1");
    match style {
        "path" => request.path("id", &first),
        "path simple" => request.path("id", &values),
        "path json" => request.path_json("id", values),
        "query" => request.query(name, &first),
        "query form exploded" => request.query_list(name, &values, ListStyle::Repeated),
        "query form" => request.query_list(name, &values, ListStyle::Comma),
        "query spaceDelimited" => request.query_list(name, &values, ListStyle::Space),
        "query pipeDelimited" => request.query_list(name, &values, ListStyle::Pipe),
        "query json" => request.query_json(name, Some(values)),
        "header" => request.header("X-A", &first),
        "header simple" => request.header_list("X-A", &values),
        "header json" => request.header_json("X-A", Some(values)),
        "cookie" => request.cookie("a", &first),
        _ => form(&mut request, style, name, values),
    }
    request.query("behind", &"2");
    request.cookie("behind", &"2");
    request.build()
}

/// Sets the body of a form: the values under one name, or each under a name of its own.
fn form(request: &mut RequestBuilder, style: &str, name: &str, values: &[String]) {
    match style {
        "form" => request.form(&BTreeMap::from([(name, values)])),
        "form map" => {
            let numbered = values.iter().enumerate();
            request.form(
                &numbered.map(|(n, it)| (format!("{n}{name}"), it)).collect::<BTreeMap<_, _>>(),
            );
        }
        _ => {}
    }
}
