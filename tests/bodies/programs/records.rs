//! Makes the call of its second argument.

use api_records::client::{Client, Credential};
use api_records::types::UpsertRecord;
use serde_json::json;
use tamarack_runtime::JsonLines;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().collect();
    let builder = Client::builder().base_url(arguments[1].as_str()).blocking();
    let client = builder.credential(Credential::ApiKeyAuth("k".into())).build()?;
    match arguments[2].as_str() {
        "upsert" => {
            let records = [
                ("a", json!({"text": "one\ntwo"})),
                ("b", json!({"text": "\u{2028}\u{fc}", "n": [1, null]})),
            ];
            // One by one, as they may come from a file.
            let records = records.into_iter().map(|(id, properties)| {
                let mut record = UpsertRecord::new(id);
                record.additional.extend(properties.as_object().cloned().unwrap_or_default());
                record
            });
            client.upsert_records_namespace("ns", JsonLines::iter(records)).wait()?;
        }
        other => return Err(format!("no call `{other}`").into()),
    }
    Ok(())
}
