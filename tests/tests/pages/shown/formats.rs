//! `docs/formats.md`.

use tamarack_goldens::golden::formats::v1::client::Client;
use tamarack_goldens::golden::formats::v1::operations::GetEvent;
use tamarack_goldens::runtime::jiff1::Timestamp;
use tamarack_goldens::runtime::uuid1::Uuid;

use super::Done;

async fn typed(client: &Client, id: Uuid) -> Done {
    let since: Timestamp = "2026-04-01T00:00:00Z".parse()?;
    let event = client.send(GetEvent::new(id).since(since)).await?.into_body();
    if let Some(start) = event.start.value() {
        println!("{} s", start.as_second());
    }
    Ok(())
}
