//! What is said of a macro is what the macro does: the traits of `example.rs`, as the compiler finds
//! them and as they are written out.

#[allow(dead_code, missing_docs, unreachable_pub, reason = "it is there to be looked at")]
mod example;

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use example::{
    Done, Failed, Hidden, Key, Keyed, Keys, Kinds, Metric, Read, Several, Steps, Tagged, Token,
    Told, Words,
};
use quote::ToTokens as _;
use syn::Item;
use tamarack_runtime::serde::{Deserialize, Serialize};
use tamarack_runtime::serde_json::Value;
use tamarack_runtime::{DeclaredErrors, OpenEnum, Parameter, ReadSuccess, ResponseBodies};

/// Lists the traits of types; one that a type does not have does not compile.
macro_rules! traits {
    ($($ty:ident { $($bound:path,)* })*) => {{
        let mut acc = BTreeSet::new();
        $($({
            fn has<T: $bound>() {}
            has::<$ty>();
            let bound = stringify!($bound).replace([' ', '\n'], "");
            acc.insert(format!("{}: {bound}", stringify!($ty)));
        })*)*
        acc
    }};
}

fn real() -> BTreeSet<String> {
    traits! {
        Words { Clone, Debug, PartialEq, Deserialize<'static>, Serialize, }
        Key { Clone, Debug, Deserialize<'static>, }
        Steps { Clone, Debug, Deserialize<'static>, Serialize, }
        Keys { Clone, Debug, Deserialize<'static>, }
        Metric {
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize<'static>, Serialize,
            OpenEnum, Parameter, From<String>, From<&'static str>, FromStr, Display, AsRef<str>,
        }
        Token {
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize<'static>, Serialize,
            OpenEnum, Parameter, From<String>, From<&'static str>, FromStr, Display, AsRef<str>,
        }
        Tagged { Clone, Debug, PartialEq, Deserialize<'static>, Serialize, }
        Keyed { Clone, Debug, Deserialize<'static>, }
        Kinds { Clone, Debug, PartialEq, Deserialize<'static>, Serialize, }
        Several {
            Clone, Debug, PartialEq, Deserialize<'static>, Serialize, From<Value>, From<Words>,
        }
        Hidden { Clone, Debug, Deserialize<'static>, Serialize, From<Value>, From<Words>, }
        Read { Clone, Debug, Deserialize<'static>, From<Value>, }
        Failed { Clone, Debug, DeclaredErrors, }
        Done { Clone, Debug, ReadSuccess, }
        Told { Clone, Debug, ResponseBodies, }
    }
}

/// Returns a trait by its last name, as `real` lists it.
fn short(path: &str) -> String {
    let path = path.replace(' ', "").replace("'de", "'static").replace("&str", "&'staticstr");
    let (name, arguments) = path.split_at(path.find('<').unwrap_or(path.len()));
    let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
    match arguments.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        Some(argument) => format!("{}<{}>", last(name), last(argument)),
        None => last(name),
    }
}

fn written(items: &[Item]) -> BTreeSet<String> {
    let mut acc = BTreeSet::new();
    let mut derived = |name: &syn::Ident, attributes: &[syn::Attribute]| {
        for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
            let list = attribute.meta.require_list().expect("a list").tokens.to_string();
            acc.extend(list.split(',').map(|it| format!("{name}: {}", it.trim())));
        }
    };
    for item in items {
        match item {
            Item::Enum(it) => derived(&it.ident, &it.attrs),
            Item::Struct(it) => derived(&it.ident, &it.attrs),
            _ => {}
        }
    }
    for item in items {
        if let Item::Impl(it) = item
            && let Some((path, _)) = &it.trait_
        {
            let (ty, path) = (it.self_ty.to_token_stream(), path.to_token_stream().to_string());
            acc.insert(format!("{ty}: {}", short(&path)));
        }
    }
    acc
}

#[test]
fn the_traits_are_those_of_the_compiler() {
    let file = tamarack_expand::file(include_str!("example.rs")).expect("Rust");
    assert_eq!(written(&file.items), real());
}

/// Returns the traits that the source of a macro implements, but those that only it asks for.
fn implemented(source: &str) -> BTreeSet<String> {
    let heads = source.lines().filter_map(|line| {
        let line = line.trim_start().strip_prefix("impl")?;
        let (path, _) = line.split_once(" for $name {")?;
        Some(short(path.strip_prefix("<'de>").unwrap_or(path).trim_start()))
    });
    heads.filter(|it| !["Object", "Union"].contains(&it.as_str())).collect()
}

#[test]
fn the_macros_implement_nothing_else() {
    let of = |ty: &str| -> BTreeSet<String> {
        let file = tamarack_expand::file(include_str!("example.rs")).expect("Rust");
        let impls = file.items.iter().filter(|it| matches!(it, Item::Impl(_))).cloned();
        let impls = written(&impls.collect::<Vec<_>>());
        impls
            .iter()
            .filter_map(|it| it.strip_prefix(&format!("{ty}: ")))
            .map(str::to_owned)
            .collect()
    };
    let objects = implemented(include_str!("../../../../runtime/src/object.rs"));
    assert_eq!(objects, of("Words"));
    assert_eq!(implemented(include_str!("../../../../runtime/src/open_enum.rs")), of("Token"));
    assert_eq!(implemented(include_str!("../../../../runtime/src/union.rs")), of("Tagged"));
    let mut several = of("Several");
    // The type of a branch has another name in the macro.
    several.remove("From<Words>");
    several.insert("From<$ty>".to_owned());
    assert_eq!(implemented(include_str!("../../../../runtime/src/json_union.rs")), several);
}

#[test]
fn the_documentation_is_that_of_rustdoc() {
    let file = tamarack_expand::file(include_str!("example.rs")).expect("Rust");
    let metric = file.items.iter().find_map(|it| match it {
        Item::Enum(it) if it.ident == "Metric" => Some(it),
        _ => None,
    });
    let docs = |attributes: &[syn::Attribute]| -> Vec<String> {
        let values = attributes.iter().filter_map(|it| it.meta.require_name_value().ok());
        let texts = values.filter_map(|it| match &it.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        });
        texts.collect()
    };
    let metric = metric.expect("there is one");
    assert_eq!(docs(&metric.attrs), [" A metric."]);
    let variants: Vec<_> = metric.variants.iter().map(|it| docs(&it.attrs)).collect();
    assert_eq!(variants[0], ["`cosine`", ""]);
    assert_eq!(variants[1], ["a backtick", "", " Of other texts."]);
    let names: Vec<_> = metric.variants.iter().map(|it| it.ident.to_string()).collect();
    assert_eq!(names, ["Cosine", "Odd", "Unrecognized"]);
}

#[test]
fn what_a_macro_does_not_take_is_an_error() {
    for text in [
        "json_object!(A { requird a });",
        "json_object!(A { required a } b);",
        "open_enum! { pub enum A ignoring { B = \"b\", } }",
        "open_enum! { enum A {} }",
        "union! { pub enum A by name { B(B), } }",
        "json_union! { pub struct A hidden { as_b(B), } }",
        "json_union! { pub struct A { as_b(B) into, } }",
    ] {
        assert!(tamarack_expand::file(text).is_err(), "{text}");
    }
    assert!(matches!(
        &tamarack_expand::file("other! { a }").expect("Rust").items[..],
        [Item::Macro(_)]
    ));
}
