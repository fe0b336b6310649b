//! Generates the client of `library.oas.yaml` whenever that or its overlay changes.

fn main() -> Result<(), tamarack::build::Error> {
    tamarack::build::configure().spec("library.oas.yaml").overlay("library.overlay.toml").compile()
}
