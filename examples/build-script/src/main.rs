//! A client that a build script generates: `BASE_URL=http://127.0.0.1:8080 cargo run -p build-script`.
#![allow(clippy::print_stdout, reason = "a program that prints")]

include!(concat!(env!("OUT_DIR"), "/petstore.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = petstore::Client::builder();
    if let Ok(base_url) = std::env::var("BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let pet = builder.build()?.get_pet("7").await?.into_body();
    println!("{}", pet.name);
    Ok(())
}
