//! The methods of a client: those that every client has, and one for each operation.

use quote::ToTokens as _;
use syn::{ImplItem, Item};
use tamarack::strict::Mode;
use tamarack_tests::one;
use tamarack_tests::specs::{self, CLIENTS, GOLDENS};

/// Returns the public methods of `Client` in a file, each with what it returns.
fn methods(text: &str) -> Vec<(String, String)> {
    let file = syn::parse_file(text).unwrap();
    let mut acc = Vec::new();
    for item in file.items {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() || block.self_ty.to_token_stream().to_string() != "Client" {
            continue;
        }
        for member in block.items {
            let ImplItem::Fn(method) = member else { panic!("methods only") };
            assert!(method.sig.asyncness.is_none(), "a call is awaited or waited for");
            let returned = method.sig.output.to_token_stream().to_string();
            acc.push((method.sig.ident.to_string(), returned));
        }
    }
    acc
}

/// One client serves both ways: there is a constructor for each, and what a method returns is awaited
/// or waited for.
#[test]
fn every_client_is_made_and_called_both_ways() {
    for (target, least) in [(CLIENTS, 6), (GOLDENS, 18)] {
        let mut n_calls = 0;
        let files = specs::files(target);
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/client.rs")) {
            let methods = methods(text);
            let names: Vec<_> = methods.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names[..5], ["new", "blocking", "builder", "core", "send"], "{path}");
            for (name, returned) in &methods[5..] {
                let is_call = returned.starts_with("-> Call < operations :: ");
                assert!(
                    is_call || returned == "-> TokenSourceBuilder",
                    "{path}: {name} {returned}"
                );
                n_calls += usize::from(is_call);
            }
        }
        assert!(n_calls >= least, "{}: {n_calls}", target.out);
    }
}

/// Operations that are called like what every client has, and a server whose one variable has values.
const CLASHES: &str = r"
openapi: 3.0.3
info: {title: Clashes, version: '1'}
servers:
  - url: https://{region}.example.com
    variables: {region: {enum: [eu, us], default: eu}}
paths:
  /a: {get: {operationId: new, responses: {'204': {description: none}}}}
  /b: {get: {operationId: builder, responses: {'204': {description: none}}}}
  /c: {get: {operationId: core, responses: {'204': {description: none}}}}
  /d: {get: {operationId: from, responses: {'204': {description: none}}}}
  /e: {get: {operationId: token_source, responses: {'204': {description: none}}}}
  /f: {get: {operationId: block_on, responses: {'204': {description: none}}}}
  /g: {get: {operationId: send, responses: {'204': {description: none}}}}
  /h: {get: {operationId: blocking, responses: {'204': {description: none}}}}
  /i: {get: {operationId: clone, responses: {'204': {description: none}}}}
";

#[test]
fn operations_that_are_called_like_what_every_client_has() {
    let outcome = one::generate(&one::input(CLASHES), Mode::Lenient);
    let mut names: Vec<_> =
        methods(&outcome.files["client.rs"]).into_iter().map(|(name, _)| name).collect();
    // The five that every client has, and the nine of the document.
    assert_eq!(names.len(), 14, "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 14, "a name is of one method alone: {names:?}");
    assert!(!names.iter().any(|name| name == "clone" || name == "from"), "{names:?}");
}
