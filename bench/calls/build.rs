//! Generates the client of `warehouse.oas.yaml`, as a crate of a user would.

fn main() -> Result<(), tamarack::build::Error> {
    tamarack::build::configure().spec("warehouse.oas.yaml").compile()
}
