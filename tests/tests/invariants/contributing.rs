//! CONTRIBUTING.md names existing files, and at most eight for each kind of change.

use std::fs;

use tamarack_tests::specs;

/// The most files that one kind of change may touch.
const MOST_FILES: usize = 8;

#[test]
fn the_files_of_a_change_are_there_and_few() {
    let text = fs::read_to_string(specs::root().join("CONTRIBUTING.md")).expect("it is there");
    let mut n_changes = 0;
    for part in text.split("\n**A new ").skip(1) {
        let (title, rest) = part.split_once("**").expect("a title is closed");
        let table: Vec<_> = rest.lines().skip_while(|it| !it.starts_with('|')).collect();
        let rows = table.iter().take_while(|it| it.starts_with('|')).skip(2);
        let mut n_files = 0;
        for row in rows {
            let first = row.split('|').nth(1).expect("a row has cells");
            // Of a list of alternatives a change touches one.
            let is_choice = first.contains('…') || first.contains(" or ");
            let names: Vec<_> = first.split('`').skip(1).step_by(2).collect();
            n_files += if is_choice { 1 } else { names.len().max(1) };
            for name in names.iter().filter(|it| !it.contains('…')) {
                let places =
                    [specs::root().join("generator/src").join(name), specs::root().join(name)];
                assert!(places.iter().any(|it| it.exists()), "{title}: {name} is not there");
            }
        }
        assert!((1..=MOST_FILES).contains(&n_files), "{title}: {n_files} files");
        n_changes += 1;
    }
    assert_eq!(n_changes, 4);
}
