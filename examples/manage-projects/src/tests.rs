//! Runs the program over a transport that expects its calls.

use std::{env, fs};

use serde_json::{Value, json};
use tamarack_runtime::Transport;
use tamarack_runtime::http::Response;
use tamarack_runtime::mock::{Mock, Recorder};

use super::{CreateProjectRequest, admin, advice, configured, ensure};

fn client(transport: impl Transport + 'static) -> admin::Client {
    let token = admin::Credential::BearerAuth("the-token".into());
    let builder = admin::Client::builder().credential(token).transport(transport);
    configured(builder).expect("a client")
}

fn project(id: &str, name: &str) -> Value {
    json!({
        "id": id, "name": name, "max_pods": 0, "force_encryption_with_cmek": false,
        "organization_id": "o1",
    })
}

#[tokio::test]
async fn a_project_is_found_or_created() {
    let mock = Mock::new();
    let client = client(mock.clone());
    let create = || client.create_project(CreateProjectRequest::new("chat").with_max_pods(0));
    mock.expect(client.list_projects()).reply(200, &json!({"data": [project("p1", "search")]}));
    assert_eq!(ensure(&client, "search").await.expect("an id"), "p1");
    mock.expect(client.list_projects()).reply(200, &json!({"data": []}));
    mock.expect(create().header("X-Reason", "not there")).reply(200, &project("p2", "chat"));
    assert_eq!(ensure(&client, "chat").await.expect("an id"), "p2");
    mock.verify().expect("nothing else");
}

#[tokio::test]
async fn an_error_says_what_to_do() {
    let mock = Mock::new();
    let client = client(mock.clone());
    let body =
        json!({"status": 429, "error": {"code": "RESOURCE_EXHAUSTED", "message": "too many"}});
    for (status, header, value, expected) in [
        (429, "retry-after", "3600", "try again in 3600 s"),
        (401, "x-request-id", "r-7", "change the request"),
    ] {
        let response = Response::builder().status(status).header(header, value);
        let response = response.header("content-type", "application/json");
        mock.expect(client.list_projects())
            .response(response.body(body.to_string().into()).expect("a response"));
        let error = ensure(&client, "search").await.expect_err("an error");
        let request = if status == 401 { "r-7" } else { "unknown" };
        assert_eq!(
            advice(&error),
            format!(
                "{expected}; code Some(\"RESOURCE_EXHAUSTED\"), the server says: too many; \
                 request {request}"
            )
        );
    }
    mock.verify().expect("nothing else");
}

#[tokio::test]
async fn what_was_recorded_once_is_replayed() {
    // In the place of the real server.
    let real = Mock::new();
    let call = self::client(real.clone()).list_projects();
    real.expect(call).reply(200, &json!({"data": [project("p1", "search")]}));
    let path = env::temp_dir().join(format!("manage-projects-{}.json", std::process::id()));

    let recorder = Recorder::new(real);
    assert_eq!(ensure(&client(recorder.clone()), "search").await.expect("an id"), "p1");
    recorder.save(&path).expect("a file");

    let mock = Mock::new();
    let file = fs::read_to_string(&path).expect("a file");
    mock.expect_recorded(&file).expect("a recording");
    assert_eq!(ensure(&client(mock.clone()), "search").await.expect("an id"), "p1");
    mock.verify().expect("nothing else");

    assert!(!file.contains("the-token"), "{file}");
    fs::remove_file(&path).expect("a file");
}
