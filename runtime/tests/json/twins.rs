//! The same structs twice: with serde's derive, and with `json_object!`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use tamarack_runtime::{Patch, Secret, json_newtype, json_object};

/// Writes each struct down twice, with the attributes of the derive and without.
macro_rules! twins {
    ($($(#[$of_all:meta])* struct $name:ident { $($(#[$of_one:meta])* $field:ident: $ty:ty,)* })*) => {
        pub(crate) mod derived {
            use super::*;

            $(#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            $(#[$of_all])*
            pub(crate) struct $name { $($(#[$of_one])* pub(crate) $field: $ty,)* })*
        }

        pub(crate) mod lean {
            use super::*;

            $(#[derive(Clone, Debug, PartialEq)]
            pub(crate) struct $name { $(pub(crate) $field: $ty,)* })*
        }
    };
}

twins! {
    struct Inner {
        n: i32,
        note: Option<String>,
    }

    struct Words {
        required: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        optional: Option<String>,
        nullable: Option<i32>,
        #[serde(default, skip_serializing_if = "Patch::is_absent")]
        patch: Patch<String>,
        #[serde(rename = "type")]
        r#type: String,
        #[serde(rename = "an \"odd\" näme")]
        odd: Option<bool>,
        inner: Box<Inner>,
        #[serde(skip_serializing_if = "Option::is_none")]
        list: Option<Vec<Inner>>,
        input: f64,
        property: serde_json::Value,
    }

    struct Open {
        id: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        inner: Option<Inner>,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }

    struct Counts {
        id: Option<i64>,
        #[serde(flatten)]
        rest: BTreeMap<String, i64>,
    }

    struct Empty {}

    #[serde(transparent)]
    struct Newtype {
        value: Vec<Option<i64>>,
    }
}

mod macros {
    use super::lean::{Counts, Empty, Inner, Newtype, Open, Words};
    use super::{json_newtype, json_object};

    json_object!(Inner { required n, nullable note });
    json_object!(Words {
        required required, optional optional, nullable nullable, patch patch, required r#type as "type",
        nullable odd as "an \"odd\" näme", required inner, optional list, required input,
        required property,
    });
    json_object!(Open { required id, optional inner; rest rest });
    json_object!(Counts { nullable id; rest rest });
    json_object!(Empty {});
    json_newtype!(Newtype);
}

fn text<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

#[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
fn optional_text<S: Serializer>(secret: &Option<Secret>, to: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(to)
}

/// A secret compares with nothing, so that these are not written down by `twins!`.
pub(crate) mod secret {
    use super::{Deserialize, Secret, Serialize, json_object, optional_text, text};

    pub(crate) mod derived {
        use super::{Deserialize, Secret, Serialize, optional_text, text};

        #[derive(Debug, Serialize, Deserialize)]
        pub(crate) struct Login {
            #[serde(serialize_with = "text")]
            pub(crate) password: Secret,
            #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_text")]
            pub(crate) optional: Option<Secret>,
            #[serde(serialize_with = "optional_text")]
            pub(crate) nullable: Option<Secret>,
        }
    }

    #[derive(Debug)]
    pub(crate) struct Login {
        pub(crate) password: Secret,
        pub(crate) optional: Option<Secret>,
        pub(crate) nullable: Option<Secret>,
    }

    json_object!(Login { secret password, optional_secret optional, nullable_secret nullable });
}
