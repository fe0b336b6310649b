//! Turns both clients of a module into their methods, which are the same but for waiting.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{ImplItem, Item, Signature};
use tamarack::strict::Mode;
use tamarack_tests::one;
use tamarack_tests::specs::{self, CLIENTS, GOLDENS};

/// Returns the public methods of `Client` in a file.
fn methods(text: &str) -> BTreeMap<String, Signature> {
    let file = syn::parse_file(text).unwrap();
    let mut acc = BTreeMap::new();
    for item in file.items {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() || block.self_ty.to_token_stream().to_string() != "Client" {
            continue;
        }
        for member in block.items {
            let ImplItem::Fn(method) = member else { panic!("methods only") };
            let name = method.sig.ident.to_string();
            assert!(acc.insert(name, method.sig).is_none(), "a name of one method alone");
        }
    }
    acc
}

fn returned(signature: &Signature) -> String {
    signature.output.to_token_stream().to_string()
}

/// Asserts that both have the same methods; returns how many wait.
fn check(name: &str, client: &str, blocking: &str) -> usize {
    let (ours, theirs) = (methods(client), methods(blocking));
    let names = |methods: &BTreeMap<_, _>| methods.keys().cloned().collect::<Vec<String>>();
    assert_eq!(names(&ours), names(&theirs), "{name}");
    let mut n_waiting = 0;
    for (method, mut expected) in ours {
        let found = &theirs[&method];
        assert!(found.asyncness.is_none(), "{name}: {method}");
        n_waiting += usize::from(expected.asyncness.take().is_some());
        if returned(&expected).contains("token :: TokenSource") {
            // Each returns its own kind.
            assert!(returned(found).contains("blocking :: TokenSource"), "{name}: {method}");
            expected.output = found.output.clone();
        }
        let text = |it: &Signature| {
            // What stands beside the async client is reached by a path.
            it.to_token_stream().to_string().replace("super :: client :: ", "").replace(" ,)", ")")
        };
        assert_eq!(text(&expected), text(found), "{name}: {method}");
    }
    n_waiting
}

#[test]
fn every_module_has_the_same_methods_twice() {
    for (target, least) in [(CLIENTS, 6), (GOLDENS, 18)] {
        let files = specs::files(target);
        let mut n_waiting = 0;
        for (path, blocking) in files.iter().filter(|(path, _)| path.ends_with("/blocking.rs")) {
            let client = &files[&path.replace("/blocking.rs", "/client.rs")];
            n_waiting += check(path, client, blocking);
        }
        assert!(n_waiting >= least, "{}: {n_waiting}", target.out);
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
";

#[test]
fn operations_that_are_called_like_what_every_client_has() {
    let outcome = one::generate(&one::input(CLASHES), Mode::Lenient);
    let (client, blocking) = (&outcome.files["client.rs"], &outcome.files["blocking.rs"]);
    assert_eq!(check("clashes", client, blocking), 6);
    let names: Vec<String> = methods(blocking).into_keys().collect();
    // The three that every client has, and the six of the document.
    assert_eq!(names.len(), 9, "{names:?}");
}
