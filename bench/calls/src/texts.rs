//! The bodies that both decode.

use std::fmt::Write as _;

pub(crate) const TOKEN: &str = r#"{"access_token":"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUvIn0.c2lnbmF0dXJl","token_type":"Bearer","expires_in":1800,"scope":"read write"}"#;

/// An object as a server writes it.
pub(crate) fn item(n: usize) -> String {
    format!(
        r#"{{"id":"item-{n}","name":"Crate number {n} of the morning","status":"{}","created_at":"2026-04-01T10:00:00Z","size":{},"weight":{}.5,"fragile":{},"note":"handle \"with\" care","tags":["a","bb","ccc"],"place":{{"aisle":"A{}","level":{}}}}}"#,
        ["stored", "reserved", "shipped"][n % 3],
        n * 17,
        n % 90,
        n.is_multiple_of(2),
        n % 50,
        n % 7,
    )
}

pub(crate) fn items(n: usize) -> String {
    let items: Vec<String> = (0..n).map(item).collect();
    format!(r#"{{"items":[{}],"next_cursor":"abc"}}"#, items.join(","))
}

pub(crate) fn vectors(n: usize, dimensions: usize) -> String {
    let vector = |n: usize| {
        let mut acc = format!(r#"{{"id":"v{n}","values":["#);
        for d in 0..dimensions {
            let comma = if d == 0 { "" } else { "," };
            let sign = if (n + d).is_multiple_of(2) { "" } else { "-" };
            let _ = write!(acc, "{comma}{sign}0.0{:07}", (n * 7_919 + d * 104_729) % 10_000_000);
        }
        acc + "]}"
    };
    let vectors: Vec<String> = (0..n).map(vector).collect();
    format!(r#"{{"vectors":[{}]}}"#, vectors.join(","))
}

/// A list of a union below a key.
fn union(key: &str, n: usize, of: impl Fn(usize) -> String) -> String {
    let all: Vec<String> = (0..n).map(of).collect();
    format!(r#"{{"{key}":[{}]}}"#, all.join(","))
}

pub(crate) fn tag_first(n: usize) -> String {
    union("tagged", n, |n| match n % 3 {
        0 => format!(r#"{{"kind":"box","width":{n},"height":7,"label":"number {n}"}}"#),
        1 => format!(r#"{{"kind":"barrel","litres":{n}.25,"label":"number {n}"}}"#),
        _ => format!(r#"{{"kind":"pallet","boxes":["{n}","b","c"]}}"#),
    })
}

pub(crate) fn tag_last(n: usize) -> String {
    union("tagged", n, |n| match n % 3 {
        0 => format!(r#"{{"width":{n},"height":7,"label":"number {n}","kind":"box"}}"#),
        1 => format!(r#"{{"litres":{n}.25,"label":"number {n}","kind":"barrel"}}"#),
        _ => format!(r#"{{"boxes":["{n}","b","c"],"kind":"pallet"}}"#),
    })
}

pub(crate) fn by_key(n: usize) -> String {
    union("by_key", n, |n| match n % 2 {
        0 => format!(r#"{{"arrival":{{"at":"2026-04-01T10:00:00Z","gate":"{n}"}}}}"#),
        _ => format!(
            r#"{{"departure":{{"at":"2026-04-01T10:00:00Z","lorry":"{n}","note":"late"}}}}"#
        ),
    })
}

pub(crate) fn by_kind(n: usize) -> String {
    union("by_kind", n, |n| match n % 3 {
        0 => format!("{n}"),
        1 => format!(r#""number {n}""#),
        _ => format!(r#"{{"aisle":"A{n}","level":3}}"#),
    })
}

pub(crate) fn untold(n: usize) -> String {
    union("untold", n, |n| format!(r#"{{"price":{n},"note":"for {n}"}}"#))
}
