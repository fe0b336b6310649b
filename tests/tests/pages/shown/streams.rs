//! `docs/streams.md`.

use std::fs::File;
use std::io::Write as _;

use tamarack_goldens::golden::bodies::v1 as photos;
use tamarack_goldens::golden::streams::v1::client::Client;
use tamarack_goldens::golden::streams::v1::operations::Chat;
use tamarack_goldens::golden::streams::v1::types::Question;
use tamarack_goldens::runtime::{FilePart, JsonLines, RequestBody};

use super::Done;

async fn events(client: &Client) -> Done {
    let chat = Chat::new(Question::new("who?").with_stream(true));
    let mut events = client.send(chat).stream().await?.into_body();
    while let Some(event) = events.next().await {
        print!("{}", event?.data.delta);
    }
    Ok(())
}

async fn lines(client: &Client) -> Done {
    let questions = JsonLines::iter((0..1_000_000).map(|n| Question::new(n.to_string())));
    let mut answers = client.import_records(questions).await?.into_body();
    while let Some(answer) = answers.next().await {
        println!("{}", answer?.text);
    }
    Ok(())
}

async fn download(client: &Client, mut file: File) -> Done {
    let mut body = client.get_file("chart.png").await?.into_body();
    while let Some(piece) = body.next().await {
        file.write_all(&piece?)?;
    }
    Ok(())
}

async fn upload(client: &Client) -> Done {
    let file = File::open("chart.png")?;
    let length = file.metadata()?.len();
    client.put_file("chart.png", RequestBody::reader(file).with_len(length)).await?;
    Ok(())
}

async fn part(client: &photos::client::Client, bytes: Vec<u8>) -> Done {
    use photos::types::AddPhotoRequest;

    let photo = FilePart::from(bytes).file_name("cat.png").content_type("image/png");
    client.add_photo(AddPhotoRequest::new(photo, "Cat").with_size(4)).await?;
    Ok(())
}
