//! Everything that a program does with an API, in one: `LIBRARY_KEY=… cargo run -p knowledge-base`.
#![allow(clippy::print_stdout, reason = "a program that prints")]

#[cfg(test)]
mod tests;

use std::error::Error;
use std::time::Duration;

use library::Client;
use library::client::Credential;
use library::operations::{AddShelfError, Ask};
use library::types::{AddBookRequest, City, Note, Problem, Question, Shelf};
use tamarack_runtime::{
    ApiError, BuildError, CallEventKind, ClientBuilder, Error as CallError, FilePart, JsonLines,
};

include!(concat!(env!("OUT_DIR"), "/library.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = std::env::var("LIBRARY_KEY")?;
    let mut builder = Client::builder().credential(Credential::Key(key.into()));
    if let Ok(base_url) = std::env::var("LIBRARY_URL") {
        builder = builder.base_url(base_url);
    }
    println!("{}", fill(&configured(builder)?).await?);
    Ok(())
}

/// What all calls have in common: a header, retries, and a line for each request.
fn configured(builder: ClientBuilder<Client>) -> Result<Client, BuildError> {
    builder
        .header("X-Team", "search")
        .retries(4)
        .observer(|event| {
            if event.kind == CallEventKind::Attempt {
                eprintln!("{} {} #{}", event.method, event.path_template, event.attempt);
            }
        })
        .build()
}

/// Fills a shelf and asks a question; returns the answer.
async fn fill(client: &Client) -> Result<String, Box<dyn Error>> {
    add_shelf(client, "tales").await.map_err(|error| advice(&error))?;

    // Pages: each is fetched when it is needed.
    let mut shelves = client.list_shelves().items();
    while let Some(shelf) = shelves.next().await {
        println!("shelf {}", shelf?.name);
    }

    // Lines of JSON, written one by one, with a time limit of this call.
    let notes = JsonLines::iter((1..=3).map(|n| Note::new(format!("note {n}"))));
    client.add_notes("tales", notes).timeout(Duration::from_secs(60)).await?;

    // An upload; its content could be a stream, too.
    let file = FilePart::from("Once upon a time …").file_name("tale.txt");
    let book = AddBookRequest::new(file).with_title("A tale");
    let book = client.add_book("tales", book).header("X-Reason", "new").await?.into_body();

    // A download behind a redirect, which gets no credentials, piece by piece.
    let found = client.locate_book(book.id).await?;
    let url = found.location().ok_or("no location")?;
    let mut content = client.core().fetch(url).await?.into_body();
    while let Some(piece) = content.next().await {
        println!("{} bytes", piece?.len());
    }

    // An answer as it is written.
    let question = Ask::new(Question::new("How does it end?").with_stream(true));
    let mut answer = String::new();
    let mut events = client.send(question).stream().await?.into_body();
    while let Some(event) = events.next().await {
        answer.push_str(&event?.data.text);
    }
    Ok(answer)
}

/// Adds a shelf unless it is there already.
async fn add_shelf(client: &Client, name: &str) -> Result<(), ApiError> {
    match client.add_shelf(Shelf::new(name, City::new("Oslo"))).await {
        Ok(_) | Err(CallError::Declared(AddShelfError::Conflict(_))) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Says what to do about an error, whatever the operation and its status.
fn advice(error: &ApiError) -> String {
    let code = error.body::<Problem>().map_or("unknown", |it| &it.code);
    match error.retry_after() {
        Some(wait) => format!("{code}: try again in {} s", wait.as_secs()),
        None => format!("{code}: {}", error.server_message().unwrap_or_default()),
    }
}
