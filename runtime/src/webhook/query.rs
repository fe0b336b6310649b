//! Reads the values of a parameter from a query (`application/x-www-form-urlencoded`, WHATWG URL §5.1).

/// Returns the values that stand behind a name, in order.
pub(super) fn values(query: &str, name: &str) -> Vec<String> {
    let pairs = query.split('&').filter(|it| !it.is_empty());
    let pairs = pairs.map(|it| it.split_once('=').unwrap_or((it, "")));
    pairs.filter(|(key, _)| decoded(key) == name).map(|(_, value)| decoded(value)).collect()
}

/// Decodes `%41` and `+`; a `%` without two hexadecimal digits is itself.
fn decoded(text: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let mut acc = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let pair = match after {
            [high, low, ..] if *byte == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                acc.push(high * 16 + low);
                rest = &after[2..];
            }
            None => acc.push(if *byte == b'+' { b' ' } else { *byte }),
        }
    }
    String::from_utf8_lossy(&acc).into_owned()
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn values_are_decoded_in_order() {
        for (query, expected) in [
            ("a=1&b=2&a=3", &["1", "3"][..]),
            ("%61=x+y%20z%2B", &["x y z+"]),
            ("a", &[""]),
            ("a=%zz%4", &["%zz%4"]),
            ("&&b=2", &[]),
        ] {
            assert_eq!(values(query, "a"), expected, "{query}");
        }
    }
}
