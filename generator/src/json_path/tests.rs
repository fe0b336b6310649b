//! Selections of RFC 9535, each by the rule of its section.

use super::JsonPath;
use crate::pointer::Pointer;

const TREE: &str = r#"
store:
  book:
  - {category: reference, price: 8.95, tags: [a, b]}
  - {category: fiction, price: 12.99, isbn: "1"}
  - {category: fiction, price: 8.99, isbn: "2", "it's": {x: null}}
  bicycle: {price: 399, colour: red}
limit: 10
"#;

fn select(path: &str) -> Vec<String> {
    let tree = serde_yaml::from_str(TREE).expect("YAML");
    let path = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    let found = path.select(&tree).expect("few nodes");
    found.iter().map(|it: &Pointer| it.as_str()[1..].to_owned()).collect()
}

fn books(path: &str) -> Vec<usize> {
    let index = |it: &String| it.strip_prefix("/store/book/").expect("a book").parse();
    select(path).iter().map(|it| index(it).expect("an index")).collect()
}

#[test]
fn names_indexes_and_slices() {
    assert_eq!(select("$"), [""]);
    assert_eq!(select("$.store.bicycle.colour"), ["/store/bicycle/colour"]);
    assert_eq!(select("$['store']['book'][2]['it\\'s']"), ["/store/book/2/it's"]);
    assert_eq!(select("$ [ 'limit' , \"store\" ] ['nothing']"), [""; 0]);
    assert_eq!(books("$.store.book[-1]"), [2]);
    assert_eq!(books("$.store.book[3]"), [0; 0]);
    for (slice, expected) in [
        ("1:", vec![1, 2]),
        (":-1", vec![0, 1]),
        ("::2", vec![0, 2]),
        ("::-1", vec![2, 1, 0]),
        ("2:0:-1", vec![2, 1]),
        ("0:3:0", vec![]),
        ("-100:100", vec![0, 1, 2]),
    ] {
        assert_eq!(books(&format!("$.store.book[{slice}]")), expected, "{slice}");
    }
}

#[test]
fn wildcards_and_descendants() {
    assert_eq!(books("$.store.book[*]"), [0, 1, 2]);
    assert_eq!(select("$.store.*"), ["/store/book", "/store/bicycle"]);
    assert_eq!(select("$..price").len(), 4);
    assert_eq!(select("$..['isbn']").len(), 2);
    assert_eq!(select("$..book[0].tags[*]"), ["/store/book/0/tags/0", "/store/book/0/tags/1"]);
    // Each node once.
    assert_eq!(select("$.limit[*]"), [""; 0]);
    assert_eq!(select("$..*..*").len(), select("$.*..*").len());
}

#[test]
fn filters() {
    for (filter, expected) in [
        ("@.isbn", vec![1, 2]),
        ("(@.isbn)", vec![1, 2]),
        ("!@.isbn", vec![0]),
        ("@.category == 'fiction' && @.price < 10", vec![2]),
        ("@.category == 'reference' || @.isbn == '1'", vec![0, 1]),
        ("!(@.category == 'fiction') || @.price >= 12.99", vec![0, 1]),
        ("@.price < $.limit", vec![0, 2]),
        ("@['it\\'s'].x == null", vec![2]),
        // A node that is not there equals only another one that is not there.
        ("@.isbn == @.other", vec![0]),
        ("@.other == null", vec![]),
        ("@.price != '8.95'", vec![0, 1, 2]),
        ("@.category < 'g'", vec![1, 2]),
        ("length(@.tags) == 2", vec![0]),
        ("length(@.category) > 8", vec![0]),
        ("count(@.*) == 3", vec![0, 1]),
        ("value(@..x) == null", vec![2]),
        ("@.tags[?@ == 'b']", vec![0]),
        ("@.price == 8.95e0", vec![0]),
        ("true == true", vec![0, 1, 2]),
    ] {
        assert_eq!(books(&format!("$.store.book[?{filter}]")), expected, "{filter}");
    }
    assert_eq!(select("$.store[?@.colour]"), ["/store/bicycle"]);
}

#[test]
fn what_is_no_expression_is_refused_with_its_place() {
    for (text, index) in [
        ("", 0),
        ("store", 0),
        ("$store", 1),
        ("$.", 2),
        ("$.paths./pets", 8),
        ("$[", 2),
        ("$['a", 4),
        ("$[01]", 2),
        ("$[1.5]", 3),
        ("$[?@.a =]", 7),
        ("$[?@.a == @..b]", 10),
        ("$[?'a']", 6),
        ("$[?match(@.a, 'b')]", 3),
        ("$[?(@.a]", 7),
        ("$['\\q']", 4),
        ("$ ", 1),
    ] {
        let error = JsonPath::parse(text).expect_err(text);
        assert_eq!(error.index, index, "{text}: {}", error.message);
    }
    let deep = format!("$[?{}@.a{}]", "(".repeat(500), ")".repeat(500));
    assert!(JsonPath::parse(&deep).expect_err("too deep").message.contains("too deep"));
}

#[test]
fn an_expression_that_visits_too_much_ends() {
    let wide = format!("[{}]", vec!["[]"; 100].join(","));
    let tree = serde_yaml::from_str(&wide).expect("YAML");
    let path = JsonPath::parse("$[?count($[*]) > 0]").expect("an expression");
    // Each of a hundred elements looks at a hundred.
    assert!(path.select_within(&tree, 5_000).is_err());
    assert_eq!(path.select_within(&tree, 20_000).expect("enough").len(), 100);
}
