//! The webhooks of the document, and the callbacks of its operations, with the requests that the code reads.

use super::{Form, Walk, counterpart};
use crate::difference::Fact;
use crate::document::operation::{Operation as Declared, Parameter};
use crate::rust::{Type, Webhook};

/// The headers that no parameter describes (OpenAPI 3.1.1 §4.8.12.1).
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Walk<'a> {
    /// Compares all of them.
    pub(super) fn webhooks(&mut self) {
        for (name, declared) in self.document.webhooks() {
            self.webhook(&name, &declared);
        }
        for operation in self.document.operations() {
            let Some(found) = counterpart(&operation, self.code) else { continue };
            for (name, declared) in self.document.callbacks(&operation) {
                self.webhook(&format!("{} {name}", found.id), &declared);
            }
        }
    }

    fn webhook(&mut self, name: &str, declared: &Declared<'a>) {
        let code = self.code;
        let is_it = |it: &&Webhook| it.name == name && it.method == declared.method;
        let found = code.webhooks.iter().find(is_it);
        let places = [declared.node.at.clone()];
        self.check(Fact::Operation, found.is_some(), &places, None, || {
            format!("`{} {name}` is no webhook of the code", declared.method)
        });
        let Some(found) = found else { return };
        for parameter in &declared.parameters {
            self.webhook_parameter(parameter, declared, found);
        }
        self.webhook_body(declared, found);
    }

    fn webhook_parameter(&mut self, it: &Parameter<'a>, declared: &Declared<'a>, code: &Webhook) {
        let is_header = it.location == "header";
        let name = if is_header { it.name.to_ascii_lowercase() } else { it.name.to_owned() };
        if is_header && IGNORED.contains(&name.as_str()) {
            return;
        }
        let mut reads = code.reads.iter();
        let read = reads.find(|own| own.method == it.location && own.name.as_ref() == Some(&name));
        self.check(Fact::Parameter, read.is_some(), &it.places, Some(it.name), || {
            format!("the parameter `{}` of a webhook is not read", it.name)
        });
        let Some(read) = read else { return };
        let is_required = !read.is_optional;
        self.check(Fact::Required, is_required == it.required, &it.places, Some(it.name), || {
            format!("the parameter `{}` of a webhook is required in one of both", it.name)
        });
        let (_, Some(schema)) = it.schema() else { return };
        let schema = [schema];
        if *read.ty.present() != Type::String {
            self.present(&schema, read.ty.present(), Form::Text, None, "");
        }
        let beside = declared.parameters.iter().map(|it| it.name);
        self.secret(&schema, &it.places, (it.name, &[], beside), &read.ty);
    }

    fn webhook_body(&mut self, declared: &Declared<'a>, code: &Webhook) {
        let read = code.reads.iter().find(|it| it.name.is_none());
        let content = declared.body.as_ref().map(|it| it.content.as_slice()).unwrap_or_default();
        for (name, media) in content {
            let is_it = |it: &String| it.eq_ignore_ascii_case(name.trim());
            let read = read.filter(|_| code.media_type.as_ref().is_some_and(is_it));
            let places = [media.at.clone()];
            self.check(Fact::RequestBody, read.is_some(), &places, Some(name), || {
                format!("no body of a webhook is read as `{name}`")
            });
            let (Some(read), Some(schema)) = (read, media.get("schema")) else { continue };
            if read.method == "json" {
                self.present(&[schema], read.ty.present(), Form::Json, None, "");
            }
        }
        if let (Some(body), Some(read)) = (&declared.body, read) {
            let says = body.node.get("required").and_then(|it| it.value.as_bool());
            let holds = read.is_optional == (says == Some(false));
            self.check(Fact::Required, holds, &body.places, None, || {
                "the body of a webhook is required in one of both".to_owned()
            });
        }
    }
}
