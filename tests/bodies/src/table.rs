//! The operations that are called, and what their requests hold.

use serde_json::{Value, json};
use tamarack_tests::programs::Document;

/// A document of which a program calls operations.
pub(crate) struct Api {
    /// The name of crate and program.
    pub(crate) word: &'static str,
    pub(crate) document: Document<'static>,
    /// The `main.rs` of the program, which calls the operation of its second argument.
    pub(crate) program: &'static str,
    pub(crate) calls: Vec<Call>,
}

/// A call of an operation.
pub(crate) struct Call {
    /// The name by which the program knows it.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// The media type of the request.
    pub(crate) media_type: &'static str,
    /// The content of the request: a value, lines, or parts with name, file name, media type and content.
    pub(crate) content: Value,
    pub(crate) response: Response,
}

/// How a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    Nothing,
    Whole,
    Events,
}

const FILES: &str = "/files/{assistant_name}";
const FILE: &str = "/files/{assistant_name}/{assistant_file_id}";
const CHAT: &str = "/chat/{assistant_name}";
const COMPLETIONS: &str = "/chat/{assistant_name}/chat/completions";
const RECORDS: &str = "/records/namespaces/{namespace}/upsert";

pub(crate) fn table() -> [Api; 2] {
    let message = json!({"role": "user", "content": "who?"});
    let octets = "application/octet-stream";
    let upload = |name, method, path, parts| Call {
        name,
        method,
        path,
        media_type: "multipart/form-data",
        content: parts,
        response: Response::Whole,
    };
    let chat = |name, path, content, response| Call {
        name,
        method: "post",
        path,
        media_type: "application/json",
        content,
        response,
    };
    let assistant = Api {
        word: "assistant",
        document: Document {
            file: "pinecone/2026-04/assistant_data_2026-04.oas.yaml",
            overlay: None,
        },
        program: include_str!("../programs/assistant.rs"),
        calls: vec![
            upload(
                "upload",
                "post",
                FILES,
                json!([
                    ["file", "a \u{fc}.txt", "text/plain", "--a\\r\\n\\x00\\xff"],
                    ["metadata", null, "application/json", {"tags": ["x", "y"]}],
                ]),
            ),
            upload("replace", "put", FILE, json!([["file", "file", octets, "onetwo"]])),
            chat("chat", CHAT, json!({"messages": [message]}), Response::Whole),
            chat(
                "chat-events",
                CHAT,
                json!({"messages": [message], "stream": true}),
                Response::Events,
            ),
            chat(
                "completion-events",
                COMPLETIONS,
                json!({"messages": [message], "stream": true}),
                Response::Events,
            ),
        ],
    };
    let records = Api {
        word: "records",
        document: Document {
            file: "pinecone/2026-04/db_data_2026-04.oas.yaml",
            // The document says it in a description only: "All other fields are stored as metadata."
            overlay: Some(
                "[[add]]\nat = \"#/components/schemas/UpsertRecord/additionalProperties\"\nvalue = true\n\
                 reason = \"All other properties are stored as metadata.\"\n",
            ),
        },
        program: include_str!("../programs/records.rs"),
        calls: vec![Call {
            name: "upsert",
            method: "post",
            path: RECORDS,
            media_type: "application/x-ndjson",
            content: json!([
                {"_id": "a", "text": "one\ntwo"},
                {"_id": "b", "text": "\u{2028}\u{fc}", "n": [1, null]},
            ]),
            response: Response::Nothing,
        }],
    };
    [assistant, records]
}
