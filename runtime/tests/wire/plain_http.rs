//! Plain http to a private network: what is sent there, and what never leaves. The name of the server is resolved to
//! this machine by the HTTP client.

use std::error::Error as _;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::header::{AUTHORIZATION, COOKIE, HeaderValue};
use tamarack_runtime::http::{Method, Request};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::token::{ClientCredentials, StaticToken, TokenErrorKind, TokenGrant};
use tamarack_runtime::{
    BuildError, Call, ClientBuilder, ClientCore, Credential, DeclaredServer, Empty, Operation,
    OperationInfo, PlainHttpError, RequestBuilder, RequestError, Scheme, Secret, Status,
    TransportErrorKind, declared_errors, json_object,
};

use crate::server::Server;

const TOKEN: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 59\r\n\
    Connection: close\r\n\r\n{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":9}";

/// A server that has names on a private network, and one that anybody may have.
struct Network {
    server: Server,
}

impl Network {
    fn new() -> Self {
        Self { server: Server::answering(TOKEN) }
    }

    fn url(&self, host: &str) -> String {
        format!("http://{host}:{}", self.server.port())
    }

    /// Returns a client of the server called `prism`.
    fn client(&self) -> ClientBuilder<ClientCore> {
        let mut builder = reqwest::Client::builder().no_proxy();
        for name in ["prism", "files.internal", "example.com"] {
            builder = builder.resolve(name, ([127, 0, 0, 1], 0).into());
        }
        let transport = Reqwest013::from_client(builder.build().unwrap());
        ClientBuilder::new("wire-test/1").base_url(self.url("prism")).transport(transport)
    }

    fn assert_nothing_came(&self) {
        assert_eq!(self.server.requests(), Vec::<String>::new());
    }
}

/// A login as a generated crate has it, with a key and at a server of its own where it is told so.
#[derive(Clone)]
struct Login<const KEYED: bool, const ELSEWHERE: bool> {
    password: Option<Secret>,
}

type Plain = Login<false, false>;

const FILES: DeclaredServer = DeclaredServer { url: "http://files.internal:1", variables: &[] };

struct Body {
    password: Option<Secret>,
}

json_object!(Body { optional_secret password });

impl<const KEYED: bool, const ELSEWHERE: bool> Operation for Login<KEYED, ELSEWHERE> {
    type Success = Empty;
    type Error = LoginError;

    const INFO: OperationInfo = OperationInfo {
        id: "login",
        method: Method::POST,
        path: "/login",
        success: &[Status::Exact(200)],
        accept: "*/*",
        headers: &[],
        security: if KEYED { &[&[Scheme::Header { scheme: "key", name: "x-key" }]] } else { &[] },
    };
    const SERVER: Option<DeclaredServer> = if ELSEWHERE { Some(FILES) } else { None };

    fn request(&self, request: &mut RequestBuilder) {
        request.json(&Body { password: self.password.clone() });
    }
}

declared_errors! {
    /// The errors of `login`.
    pub enum LoginError for "login" {}
}

#[tokio::test]
async fn nothing_is_sent_until_the_client_allows_it() {
    let network = Network::new();
    let error = network.client().build().unwrap_err();
    assert!(matches!(error, BuildError::PlainHttp(PlainHttpError::NotAllowed)), "{error:?}");
    assert!(error.source().unwrap().to_string().contains("`ClientBuilder::allow_plain_http`"));
    // That credentials are allowed says nothing of plain http itself.
    let builder = network.client().allow_credentials_over_plain_http();
    assert!(matches!(builder.build(), Err(BuildError::PlainHttp(PlainHttpError::NotAllowed))));
    network.assert_nothing_came();

    let core = network.client().allow_plain_http().build().unwrap();
    Call::new(&core, Plain { password: None }).await.unwrap();
    let requests = network.server.requests();
    let host = format!("host: prism:{}\r\n", network.server.port());
    assert!(requests.len() == 1 && requests[0].contains(&host), "{requests:?}");
}

#[tokio::test]
async fn a_credential_of_the_client_needs_a_word_of_its_own() {
    let network = Network::new();
    let key = || ("key", Credential::Token("hunter2".into()));
    let builder = || network.client().allow_plain_http();
    let cookie = HeaderValue::from_static("sid=hunter2");
    for builder in [
        builder().credential(key()),
        builder().header(AUTHORIZATION, "Bearer hunter2"),
        builder().header(COOKIE, cookie.clone()),
    ] {
        let error = builder.build().unwrap_err();
        assert!(matches!(error, BuildError::PlainHttp(PlainHttpError::Credential)), "{error:?}");
        let said = error.source().unwrap().to_string();
        assert!(said.contains("`ClientBuilder::allow_credentials_over_plain_http`"), "{said}");
    }
    network.assert_nothing_came();

    let core = builder().allow_credentials_over_plain_http().credential(key()).build().unwrap();
    Call::new(&core, Login::<true, false> { password: None }).await.unwrap();
    let requests = network.server.requests();
    assert!(requests.len() == 1 && requests[0].contains("x-key: hunter2\r\n"), "{requests:?}");
}

#[tokio::test]
async fn a_credential_of_one_call_is_one() {
    let network = Network::new();
    let core: ClientCore = network.client().allow_plain_http().build().unwrap();
    let refused = Err(RequestError::PlainHttp(PlainHttpError::Credential));
    let call = || Call::new(&core, Plain { password: None });
    let built = |call: Call<Plain>| call.into_request().map(|_| ());
    assert_eq!(built(Call::new(&core, Plain { password: Some("hunter2".into()) })), refused);
    assert_eq!(built(call().header(AUTHORIZATION, "Basic aHVudGVyMg==")), refused);
    let mut value = HeaderValue::from_static("hunter2");
    value.set_sensitive(true);
    assert_eq!(built(call().header("x-key", value)), refused);
    assert_eq!(built(call().header("x-trace", "7")), Ok(()));
    // Of a request by hand.
    let mut request = core.request(Method::GET, "/x");
    request.query("key", &Secret::from("hunter2"));
    assert_eq!(request.build().map(|_| ()), refused);
    let mut request = core.request(Method::GET, "/x");
    request.query("limit", &7);
    assert!(request.build().is_ok());
    // One that was awaited says the same.
    let error = call().header(AUTHORIZATION, "Basic aHVudGVyMg==").await.unwrap_err();
    assert!(error.to_string().contains("plain http"), "{error}");
    network.assert_nothing_came();
}

#[tokio::test]
async fn what_others_have_built_is_looked_at_as_well() {
    let network = Network::new();
    let kind = |host: &str, name: &str, core: &ClientCore| {
        let request = Request::post(network.url(host)).header(name, "hunter2");
        let (core, request) = (core.clone(), request.body(Bytes::new()).unwrap());
        async move {
            let error = core.send(request).await.err()?;
            assert_eq!(error.kind(), TransportErrorKind::PlainHttp);
            error.source().unwrap().downcast_ref::<PlainHttpError>().copied()
        }
    };
    let strict = network.client().base_url("https://a.example").build().unwrap();
    let some = network.client().allow_plain_http().build().unwrap();
    let all = network.client().allow_plain_http().allow_credentials_over_plain_http();
    let all = all.build().unwrap();
    assert_eq!(kind("prism", "x-a", &strict).await, Some(PlainHttpError::NotAllowed));
    assert_eq!(kind("prism", "cookie", &some).await, Some(PlainHttpError::Credential));
    for core in [&strict, &some, &all] {
        let error = kind("example.com", "x-a", core).await;
        assert_eq!(error, Some(PlainHttpError::PublicHost));
    }
    network.assert_nothing_came();
    assert_eq!(kind("PRISM", "x-a", &some).await, None);
    assert_eq!(kind("prism", "cookie", &all).await, None);
    assert_eq!(kind("127.0.0.1", "cookie", &strict).await, None);
    assert_eq!(network.server.requests().len(), 3);
}

#[tokio::test]
async fn a_server_of_an_operation_is_no_exception() {
    let network = Network::new();
    let here = || network.client().base_url("https://a.example");
    let built = |core: &ClientCore| {
        let login = Login::<false, true> { password: None };
        Call::new(core, login).into_request().map(|_| ())
    };
    let core = here().build().unwrap();
    assert_eq!(built(&core), Err(RequestError::PlainHttp(PlainHttpError::NotAllowed)));
    assert_eq!(built(&here().allow_plain_http().build().unwrap()), Ok(()));
    let moved = || here().server(&FILES, network.url("files.internal"));
    let error = moved().build().unwrap_err();
    assert!(matches!(error, BuildError::PlainHttp(PlainHttpError::NotAllowed)), "{error:?}");
    // A credential goes where the operation goes, so the base URL is not asked alone.
    let key = ("key", Credential::Token("hunter2".into()));
    let core: ClientCore = moved().allow_plain_http().credential(key.clone()).build().unwrap();
    let login = || Login::<true, true> { password: None };
    let built = Call::new(&core, login()).into_request().map(|_| ());
    assert_eq!(built, Err(RequestError::PlainHttp(PlainHttpError::Credential)));
    network.assert_nothing_came();
    let all = moved().allow_plain_http().allow_credentials_over_plain_http().credential(key);
    Call::new(&all.build().unwrap(), login()).await.unwrap();
    assert!(network.server.requests()[0].contains("x-key: hunter2\r\n"));
}

#[tokio::test]
async fn a_token_request_is_a_credential() {
    let network = Network::new();
    let grant = || {
        let client = ClientCredentials::new("id", "hunter2");
        TokenGrant::client_credentials(network.url("prism"), client)
    };
    let https = || network.client().base_url("https://a.example");
    for (core, expected) in [
        (https(), PlainHttpError::NotAllowed),
        (https().allow_plain_http(), PlainHttpError::Credential),
        (network.client().allow_plain_http(), PlainHttpError::Credential),
    ] {
        let error = grant().source(&core.build().unwrap()).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), &TokenErrorKind::Config);
        let cause = error.source().unwrap().downcast_ref();
        assert_eq!(cause, Some(&expected));
    }
    // A relative URL is one of the server.
    let core: ClientCore = network.client().allow_plain_http().build().unwrap();
    assert!(grant().token_url("/token").source(&core).is_err());
    // As the credential of a client, it is an error of building the client.
    let builder = https().credential(("login", Credential::grant(grant())));
    assert!(matches!(builder.build(), Err(BuildError::Token(_))));
    network.assert_nothing_came();

    let all = https().allow_plain_http().allow_credentials_over_plain_http().build().unwrap();
    let source = grant().source(&all).unwrap().build().unwrap();
    assert_eq!(source.authorization().await.unwrap(), "Bearer abc");
    assert_eq!(network.server.requests().len(), 1);
}

#[tokio::test]
async fn the_token_operation_of_an_api_is_a_credential() {
    use tamarack_runtime::token::TokenSource;

    let network = Network::new();
    let credentials = ClientCredentials::new("id", "hunter2");
    let core: ClientCore = network.client().allow_plain_http().build().unwrap();
    // Whatever the operation makes of the credentials.
    let source = TokenSource::of_operation(&core, credentials, |_| Plain { password: None });
    let error = source.build().unwrap().authorization().await.unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::Request);
    let cause = error.source().unwrap().downcast_ref();
    assert_eq!(cause, Some(&RequestError::PlainHttp(PlainHttpError::Credential)));
    network.assert_nothing_came();
}

/// The token of a provider comes when the request is sent.
#[tokio::test]
async fn the_token_of_a_source_is_a_credential() {
    let network = Network::new();
    let token = || ("key", Credential::provider(StaticToken::new("abc").unwrap()));
    let builder = network.client().allow_plain_http().credential(token());
    assert!(matches!(builder.build(), Err(BuildError::PlainHttp(PlainHttpError::Credential))));
    let core: ClientCore = network.client().allow_plain_http().build().unwrap();
    let request = core.request(Method::GET, "/x").build().unwrap();
    let token = StaticToken::new("abc").unwrap();
    let sent = tamarack_runtime::token::send_authorized(
        &core,
        &token,
        request,
        tamarack_runtime::token::Rejection::Named,
    );
    let error = sent.await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("plain http"), "{error:?}");
    network.assert_nothing_came();
}
