//! Sends operations to the servers that the documents declare for them (OpenAPI 3.0.4 §4.8.5, "Server
//! Object"), and their credentials nowhere else; and paths with characters of a URI (RFC 3986).

use std::sync::Arc;

use tamarack_goldens::golden::places;
use tamarack_goldens::golden::routes::v1::client::{Client, Credential, Server};
use tamarack_goldens::golden::routes::v1::operations::{
    AddSchema, DeleteFile, GetApp, GetBase, GetFile, GetItems, GetNext, GetSame, GetWithToken,
    PostFile, PutFile, PutNext, SERVER_FILES_ROUTES_EXAMPLE_RAW,
    SERVER_REGION_UPLOAD_ROUTES_EXAMPLE, Search,
};
use tamarack_goldens::runtime::http::Request;
use tamarack_goldens::runtime::token::{AccessToken, TokenError, TokenProvider};
use tamarack_goldens::runtime::{
    BaseUrl, BoxFuture, Call, ClientBuilder, Operation, RequestError, Secret,
};

use crate::{InMemory, ready};

fn builder() -> ClientBuilder<Client> {
    let builder = Client::builder().shared_transport(InMemory::replying(204, ""));
    builder.credential(Credential::Key("k".into()))
}

/// Builds the request that a client makes of an operation.
fn built<O: Operation>(client: &Client, operation: O) -> Request<Vec<u8>> {
    let request = Call::new(client.core(), operation).into_request().unwrap();
    assert_eq!(request.headers()["x-key"], "k");
    request.map(|body| body.to_vec())
}

fn url<O: Operation>(client: &Client, operation: O) -> String {
    built(client, operation).uri().to_string()
}

#[test]
fn an_operation_goes_to_its_own_server() {
    let client = builder().build().unwrap();
    assert_eq!(url(&client, GetBase::new()), "https://live.routes.example/v1/base");
    // One of its servers is that of the client.
    assert_eq!(url(&client, GetSame::new()), "https://live.routes.example/v1/same");
    assert_eq!(url(&client, GetFile::new()), "https://files.routes.example/raw/files");
    assert_eq!(url(&client, PutFile::new()), "https://us.upload.routes.example/files");
    assert_eq!(url(&client, DeleteFile::new()), "https://origin.routes.example/files/files");
    assert_eq!(url(&client, GetNext::new()), "https://live.routes.example/v2/next");
    assert_eq!(url(&client, PutNext::new()), "https://live.routes.example/next");
    // A variable of its server has the default that is declared there.
    assert_eq!(url(&client, PostFile::new()), "https://other.upload.routes.example/v2/files");
}

#[test]
fn a_variable_of_the_base_url_has_its_value_in_other_servers_too() {
    let client = builder().base_url(Server::new().with_stage("test")).build().unwrap();
    assert_eq!(url(&client, GetBase::new()), "https://test.routes.example/v1/base");
    assert_eq!(url(&client, PostFile::new()), "https://test.upload.routes.example/v2/files");
    // A plain base URL has none; its host is that of the paths.
    let client = builder().base_url("https://mine.example/v1").build().unwrap();
    assert_eq!(url(&client, PostFile::new()), "https://other.upload.routes.example/v2/files");
    assert_eq!(url(&client, GetNext::new()), "https://mine.example/v2/next");
}

#[test]
fn another_base_url_moves_no_other_server() {
    let client = builder().base_url("https://mine.example").build().unwrap();
    assert_eq!(url(&client, GetBase::new()), "https://mine.example/base");
    assert_eq!(url(&client, GetFile::new()), "https://files.routes.example/raw/files");
}

#[test]
fn each_server_can_be_set() {
    let client = builder().server(&SERVER_FILES_ROUTES_EXAMPLE_RAW, "http://127.0.0.1:8080/a");
    let region = SERVER_REGION_UPLOAD_ROUTES_EXAMPLE.base_url(&[("region", "eu")]).unwrap();
    let client = client.server(&SERVER_REGION_UPLOAD_ROUTES_EXAMPLE, region).build().unwrap();
    assert_eq!(url(&client, GetBase::new()), "https://live.routes.example/v1/base");
    assert_eq!(url(&client, GetFile::new()), "http://127.0.0.1:8080/a/files");
    assert_eq!(url(&client, PutFile::new()), "https://eu.upload.routes.example/files");
}

/// Gives one token.
struct One(AccessToken);

impl TokenProvider for One {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn invalidate(&self, _: &AccessToken) {}
}

#[test]
fn tokens_go_to_declared_servers_and_to_those_the_caller_names() {
    let sent = |set: fn(ClientBuilder<Client>) -> ClientBuilder<Client>| {
        let transport = InMemory::replying(204, "");
        let token = AccessToken::new(&Secret::from("hunter2")).unwrap();
        let builder = Client::builder().shared_transport(Arc::clone(&transport) as _);
        let builder = builder.credential(Credential::bearer_from(One(token)));
        let client = set(builder).build().unwrap();
        ready(client.send(GetWithToken::new())).unwrap();
        let requests = transport.requests.lock().unwrap();
        assert_eq!(requests[0].headers()["authorization"], "Bearer hunter2");
        requests[0].uri().to_string()
    };
    let declared = "https://files.routes.example/raw/token";
    assert_eq!(sent(|it| it), declared);
    assert_eq!(sent(|it| it.base_url("https://mine.example")), declared);
    let moved = sent(|it| it.server(&SERVER_FILES_ROUTES_EXAMPLE_RAW, "https://mine.example"));
    assert_eq!(moved, "https://mine.example/token");
}

/// A base URL that has a path is whole; one that has none is where the document was found.
#[test]
fn a_relative_server_is_a_path_on_the_host_of_the_caller() {
    let built = |base_url: &str| {
        let builder = places::v1::Client::builder().base_url(base_url);
        let client = builder.shared_transport(InMemory::replying(204, "")).build().unwrap();
        [
            client.get_x().into_request().unwrap().uri().to_string(),
            client.get_root().into_request().unwrap().uri().to_string(),
        ]
    };
    let [x, root] = built("https://host.example");
    assert_eq!(
        (x.as_str(), root.as_str()),
        ("https://host.example/api/v3/x", "https://host.example/root")
    );
    let [x, _] = built("https://host.example/proxy/v3");
    assert_eq!(x, "https://host.example/proxy/v3/x");
}

#[test]
fn a_value_that_does_not_fit_is_an_error_of_the_request() {
    let variables = &[("stage", "a/b")];
    assert!(BaseUrl::from_template("https://{stage}.routes.example", variables).is_err());
    let base = BaseUrl::from_template("https://a.example/{stage}", variables).unwrap();
    let client = builder().base_url(base).build().unwrap();
    let error = Call::new(client.core(), PostFile::new()).into_request().unwrap_err();
    let expected = "https://{stage}.upload.routes.example/{version}";
    assert!(matches!(error, RequestError::Server { url, .. } if url == expected));
}

#[test]
fn paths_with_characters_of_a_uri() {
    let client = builder().build().unwrap();
    let base = "https://live.routes.example/v1";
    let items = format!("{base}/items?beta=true&of=%3Call%3E%20items");
    assert_eq!(url(&client, GetItems::new()), items);
    assert_eq!(url(&client, GetItems::new().limit(5)), format!("{items}&limit=5"));
    assert_eq!(url(&client, Search::new("a b&c")), format!("{base}/search?in=a%20b%26c"));
    assert_eq!(url(&client, AddSchema::new()), format!("{base}/schema"));
    assert_eq!(url(&client, GetApp::new()), format!("{base}/app-%3Cid%3E%20x"));
}
