//! The declared headers of a response with the constants by which the code reads them.

use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::operation::Response;
use crate::rust::Type;

impl<'a> Walk<'a> {
    /// Compares the headers of a response. A text holds any value; one that is a secret is hidden.
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
            let (Some(ty), Some(schema)) = (key, header.node.get("schema")) else { continue };
            let schema = [schema];
            let beside = response.headers.iter().map(|it| it.name);
            self.secret(&schema, &header.places, (header.name, &[], beside), ty);
            if *ty != Type::String {
                self.present(&schema, ty, Form::Text, None, "");
            }
        }
    }
}
