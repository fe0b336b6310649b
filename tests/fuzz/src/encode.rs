//! Values in, a request with them as a parameter or as a form; read back by the rules of the standards, they are the same.

mod read;
mod write;

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::stage;
use crate::tables;
use write::STYLES;

/// Pieces of values: what delimits, what is escaped, what looks like an escape.
const PIECES: &[&str] = &[
    "a",
    "B",
    "0",
    "-",
    ".",
    "_",
    "~",
    ",",
    ";",
    ":",
    "|",
    " ",
    "+",
    "%",
    "%20",
    "%2C",
    "&",
    "=",
    "?",
    "#",
    "/",
    "\\",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "@",
    "!",
    "$",
    "(",
    ")",
    "*",
    "^",
    "`",
    "\u{e4}",
    "\u{1f600}",
    "\u{0}",
    "\r\n",
    "\t",
    "\u{7f}",
    "\u{200d}",
    "..",
];

/// Makes an object that names a style and holds the values.
pub fn make(choices: &mut Choices<'_>) -> Vec<u8> {
    let style = choices.pick(STYLES);
    let n = choices.below(5);
    let values: Vec<_> = (0..n).map(|_| value(choices)).collect();
    let name = if choices.one_in(2) { "q".to_owned() } else { value(choices) };
    json!({ "style": style, "name": name, "values": values }).to_string().into_bytes()
}

fn value(choices: &mut Choices<'_>) -> String {
    match choices.below(8) {
        0 => tables::text(choices),
        1 => tables::name(choices),
        _ => {
            let n = choices.below(5);
            (0..n).map(|_| *choices.pick(PIECES)).collect()
        }
    }
}

/// Writes the values and reads them back.
pub fn run(input: &[u8]) -> Result<(), Finding> {
    let Ok(input) = serde_json::from_slice::<Value>(input) else { return Ok(()) };
    let style = input["style"].as_str().unwrap_or_default();
    let Some(style) = STYLES.iter().find(|it| **it == style) else { return Ok(()) };
    let name = input["name"].as_str().unwrap_or_default();
    let values = input["values"].as_array().into_iter().flatten();
    let mut values: Vec<String> = values.filter_map(Value::as_str).map(str::to_owned).collect();
    if read::is_single(style) {
        values.truncate(1);
        if values.is_empty() {
            return Ok(());
        }
    }
    stage::enter(style);
    let Some(request) = write::request(style, name, &values) else {
        return holds(
            read::may_be_refused(style, name, &values),
            &format!("{style}: a value is refused"),
            || format!("{values:?}"),
        );
    };
    let back = read::values(style, name, &request);
    holds(back.as_ref() == Some(&values), &format!("{style}: values are read as others"), || {
        format!("{values:?} read as {back:?} from {} {:?}", request.uri(), request.headers())
    })?;
    holds(read::is_whole(style, &request), &format!("{style}: a value changes another"), || {
        format!("{values:?} in {} {:?}", request.uri(), request.headers())
    })
}
