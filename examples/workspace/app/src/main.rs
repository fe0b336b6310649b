//! A client that another member of the workspace is: `BASE_URL=http://127.0.0.1:8080 cargo run`.

use petstore::v1::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Ok(base_url) = std::env::var("BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let pet = builder.build()?.get_pet("7").await?.into_body();
    println!("{}", pet.name);
    Ok(())
}
