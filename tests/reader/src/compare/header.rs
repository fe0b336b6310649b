//! The declared headers of a response with the constants by which the code reads them.

use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::operation::Response;
use crate::rust::Type;

impl<'a> Walk<'a> {
    /// Compares the headers of a response. A text holds any value.
    pub(super) fn headers(&mut self, response: &Response<'a>) {
        for header in &response.headers {
            let name = header.name.to_ascii_lowercase();
            // OpenAPI 3.1.1 §4.8.17.1.
            if name == "content-type" {
                continue;
            }
            let code = self.code;
            let key = code.headers.get(&name);
            self.check(Fact::Header, key.is_some(), &header.places, Some(header.name), || {
                format!("no constant reads the header `{name}`")
            });
            let schema = header.node.get("schema");
            if let (Some(ty), Some(schema)) = (key.filter(|it| **it != Type::String), schema) {
                self.present(&[schema], ty, Form::Text, None, "");
            }
        }
    }
}
