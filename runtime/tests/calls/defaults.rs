//! What a client sends with each request, and what several clients share, over loopback.

use std::sync::Arc;

use tamarack_runtime::http::Method;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{
    BaseUrl, BuildError, Call, ClientBuilder, ClientCore, Credential, DeclaredServer, Json,
    Operation, OperationInfo, RequestBuilder, Status, Transport, declared_errors,
};

use crate::notes::GetNote;
use crate::server::Server;
use crate::{client, json};

const SECRET: &str = "Bearer SlAV32hkKG-aV9-2";

fn api() -> Server {
    Server::answering(json(200, "", "7"))
}

/// Returns the values of a header of the only request.
fn header(server: &Server, name: &str) -> Vec<String> {
    let requests = server.requests();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    let prefix = format!("{name}: ");
    request.lines().filter_map(|line| line.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[tokio::test]
async fn default_headers_go_with_each_request_unless_it_has_its_own() {
    let server = api();
    let with = || client(&server).header("X-Team", "search").header("accept", "text/csv");
    let core = with().build().unwrap();
    Call::new(&core, GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "x-team"), ["search"]);
    Call::new(&core, GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "accept"), ["application/json"], "what the operation says");
    Call::new(&core, GetNote::new()).header("X-Team", "other").await.unwrap();
    assert_eq!(header(&server, "x-team"), ["other"]);
    core.send(core.request(Method::GET, "/x").build().unwrap()).await.unwrap();
    assert_eq!(header(&server, "x-team"), ["search"]);
    let core = with().header("X-Team", "last").build().unwrap();
    Call::new(&core, GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "x-team"), ["last"]);
}

#[tokio::test]
async fn a_document_without_security_has_its_authorization_by_a_header() {
    let server = api();
    let builder = client(&server).header("Authorization", SECRET);
    assert!(!format!("{builder:?}").contains(SECRET), "{builder:?}");
    let core = builder.build().unwrap();
    let request = Call::new(&core, GetNote::new()).into_request().unwrap();
    assert!(request.headers()["authorization"].is_sensitive());
    Call::new(&core, GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "authorization"), [SECRET]);
    // It is a secret of the request like any other.
    let body = format!(r#"{{"message":"{SECRET} is unknown"}}"#);
    let refusing = Server::answering(json(404, "", &body));
    let core = client(&refusing).header("Authorization", SECRET).build().unwrap();
    let error = Call::new(&core, GetNote::new()).await.unwrap_err();
    assert_eq!(error.server_message(), None);
}

/// An operation with a server of its own.
struct Upload;

const FILES: DeclaredServer = DeclaredServer { url: "https://files.example", variables: &[] };

impl Operation for Upload {
    type Success = Json<u64>;
    type Error = UploadError;

    const INFO: OperationInfo = OperationInfo {
        id: "upload",
        method: Method::PUT,
        path: "/upload",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[],
        security: &[],
    };
    const SERVER: Option<DeclaredServer> = Some(FILES);

    fn request(&self, _: &mut RequestBuilder) {}
}

declared_errors! {
    /// The errors of [`Upload`].
    pub enum UploadError for "upload" {}
}

#[tokio::test]
async fn default_headers_go_to_declared_servers_and_nowhere_else() {
    let (server, files, foreign) = (api(), api(), api());
    let builder = client(&server).header("X-Team", "search");
    let core = builder.server(&FILES, files.url()).build().unwrap();
    Call::new(&core, Upload).await.unwrap();
    assert_eq!(header(&files, "x-team"), ["search"]);
    let base = BaseUrl::parse(&foreign.url()).unwrap();
    let request = core.request_to(&base, Method::GET, "/x").build().unwrap();
    core.send(request).await.unwrap();
    assert_eq!(header(&foreign, "x-team"), [] as [String; 0]);
}

/// Of one call, and of no other.
#[tokio::test]
async fn a_call_has_a_server_of_its_own() {
    let (server, other, files) = (api(), api(), api());
    let builder = client(&server).credential(("bearer", Credential::Token("b-7".into())));
    let core = builder.server(&FILES, files.url()).build().unwrap();
    let base = || BaseUrl::parse(&other.url()).unwrap();
    Call::new(&core, GetNote::new()).base_url(base()).await.unwrap();
    assert_eq!(header(&other, "authorization"), ["Bearer b-7"]);
    assert_eq!(server.requests(), [] as [String; 0]);
    Call::new(&core, GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "authorization"), ["Bearer b-7"]);
    // One that the document declares for the operation stays.
    Call::new(&core, Upload).base_url(base()).await.unwrap();
    assert_eq!((files.requests().len(), other.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_user_agent_has_products() {
    let server = api();
    let core = client(&server).user_agent_suffix("my-app/1.2").user_agent_suffix("(tests)");
    Call::new(&core.build().unwrap(), GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "user-agent"), ["calls/1 my-app/1.2 (tests)"]);
    let core = client(&server).user_agent("mine").user_agent_suffix("my-app/1.2");
    Call::new(&core.build().unwrap(), GetNote::new()).await.unwrap();
    assert_eq!(header(&server, "user-agent"), ["mine my-app/1.2"]);
}

#[test]
fn what_cannot_be_sent_is_an_error_of_the_builder() {
    let server = api();
    for (name, value, shown) in [
        ("a b", "x", "default header has a name that cannot be sent"),
        ("X-A", "a\nb", "default header `x-a` has a value that cannot be sent"),
    ] {
        let error = client(&server).header(name, value).header("X-B", "b").build().unwrap_err();
        assert!(matches!(error, BuildError::Header { .. }));
        assert_eq!(error.to_string(), shown);
    }
    let error = client(&server).user_agent_suffix("a\nb").build().unwrap_err();
    assert!(matches!(error, BuildError::UserAgent));
}

/// Two clients of two tenants over one pool: each with its own base URL, headers and credentials.
#[tokio::test]
async fn clients_on_one_pool_share_nothing_else() {
    let (one, other) = (api(), api());
    let pool: Arc<dyn Transport> = Arc::new(Reqwest013::new().unwrap());
    let tenant = |server: &Server, name: &str| -> ClientCore {
        let builder = ClientBuilder::new("calls/1").base_url(server.url()).header("X-Tenant", name);
        let key = ("key", Credential::Token(format!("key-of-{name}").into()));
        builder.shared_transport(Arc::clone(&pool)).credential(key).build().unwrap()
    };
    let clients = [tenant(&one, "one"), tenant(&other, "other")];
    for client in &clients {
        Call::new(client, GetNote::new()).await.unwrap();
    }
    assert_eq!(header(&one, "x-tenant"), ["one"]);
    assert_eq!(header(&other, "x-tenant"), ["other"]);
    for client in &clients {
        Call::new(client, GetNote::new()).await.unwrap();
    }
    assert_eq!(header(&one, "x-key"), ["key-of-one"]);
    assert_eq!(header(&other, "x-key"), ["key-of-other"]);
}
