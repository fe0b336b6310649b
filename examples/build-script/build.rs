//! Generates the client of `petstore.oas.yaml` whenever that changes.

fn main() -> Result<(), tamarack::build::Error> {
    tamarack::build::configure().spec("petstore.oas.yaml").compile()
}
