//! `docs/validation.md`.

use tamarack_goldens::golden::bounds::v1::{Validate, types};

fn on_request(line: types::Line) {
    let order =
        types::Order::new("a1", vec![line]).with_discount(1.5).with_note("too long".to_owned());
    if let Err(violations) = order.validate() {
        for violation in &violations {
            println!("{} {}", violation.pointer(), violation.rule());
        }
    }
}
