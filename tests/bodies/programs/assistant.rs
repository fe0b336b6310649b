//! Makes the call of its second argument and prints what it reads, a JSON value on each line.

use std::io;

use api_assistant::client::{Client, Credential};
use api_assistant::operations::{ChatAssistant, ChatCompletionAssistant};
use api_assistant::types::{ChatRequest, FileData, MessageModel, SearchCompletions};
use serde_json::json;
use tamarack_runtime::{FilePart, RequestBody};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().collect();
    let builder = Client::builder().base_url(arguments[1].as_str()).blocking();
    let client = builder.credential(Credential::ApiKeyAuth("k".into())).build()?;
    let messages = || vec![MessageModel::new().with_role("user").with_content("who?")];
    match arguments[2].as_str() {
        "upload" => {
            let file = FilePart::from(b"--a\r\n\0\xff").file_name("a \u{fc}.txt");
            let metadata = json!({"tags": ["x", "y"]});
            let metadata = metadata.as_object().cloned().ok_or("no object")?;
            let body = FileData::new(file.content_type("text/plain")).with_metadata(metadata);
            let response = client.upload_file("an assistant", body).wait()?;
            println!("{}", json!(response.body()));
        }
        "replace" => {
            let pieces = ["one", "two"].map(Ok::<_, io::Error>);
            let body = FileData::new(FilePart::new(RequestBody::iter(pieces)));
            let response = client.upsert_file("a", "id-1", body).wait()?;
            println!("{}", json!(response.body()));
        }
        "chat" => {
            let response = client.chat_assistant("a", ChatRequest::new(messages())).wait()?;
            println!("{}", json!(response.body()));
        }
        "chat-events" => {
            let body = ChatRequest::new(messages()).with_stream(true);
            let events = client.send(ChatAssistant::new("a", body)).stream().wait()?;
            for event in events.into_body() {
                let event = event?;
                println!("{}", json!({"event": event.event, "id": event.id, "data": event.data}));
            }
        }
        "completion-events" => {
            let body = SearchCompletions::new(messages()).with_stream(true);
            let operation = ChatCompletionAssistant::new("a", body);
            for event in client.send(operation).stream().wait()?.into_body() {
                let event = event?;
                println!("{}", json!({"event": event.event, "id": event.id, "data": event.data}));
            }
        }
        other => return Err(format!("no call `{other}`").into()),
    }
    Ok(())
}
