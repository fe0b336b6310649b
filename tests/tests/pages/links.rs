//! Each relative link of a page leads to a file, and its anchor to a heading of it.

use std::path::{Component, Path, PathBuf};

use tamarack_tests::specs::root;

use crate::markdown::{Page, pages};

/// Returns the path below the root of the repository that a link of a page leads to, without looking at the disk;
/// none if it leaves the repository.
pub(crate) fn target(page: &str, link: &str) -> Option<PathBuf> {
    let mut acc = PathBuf::from(page);
    acc.pop();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir if !acc.pop() => return None,
            Component::Normal(name) => acc.push(name),
            _ => {}
        }
    }
    Some(acc)
}

/// Returns the fault of a link.
fn fault(page: &Page, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(it, to)| (it, Some(to)));
    let target = if path.is_empty() {
        PathBuf::from(&page.path)
    } else {
        match target(&page.path, path) {
            Some(target) => target,
            None => return Some("leaves the repository".to_owned()),
        }
    };
    if !root().join(&target).exists() {
        return Some(format!("there is no {}", target.display()));
    }
    let anchor = anchor?;
    let there = Page::read(target.to_str().expect("a name in UTF-8"));
    (!there.anchors().contains(anchor)).then(|| format!("{} has no such heading", there.path))
}

#[test]
fn each_link_leads_to_a_file_and_a_heading() {
    let (mut faults, mut n_links) = (Vec::new(), 0);
    for page in pages() {
        for link in page.links() {
            if link.contains("://") {
                assert!(link.starts_with("https://"), "{}: {link}", page.path);
                continue;
            }
            n_links += 1;
            if let Some(fault) = fault(&page, &link) {
                faults.push(format!("{}: `{link}`: {fault}", page.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_links > 40, "{n_links}");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let page = |text: &str| Page { path: "docs/x.md".into(), text: text.into() };
    for (text, is_fine) in [
        ("[a](../README.md)", true),
        ("[a](../README.md#two-commands)", true),
        ("[a](../README.md#three-commands)", false),
        ("[a](README2.md)", false),
        ("[a](../../elsewhere.md)", false),
        ("[a]\n\n[a]: nowhere.md", false),
    ] {
        let page = page(text);
        let links = page.links();
        assert_eq!(links.len(), 1, "{text}");
        assert_eq!(fault(&page, &links[0]).is_none(), is_fine, "{text}");
    }
    // What stands in code is no link.
    assert_eq!(page("`[a](b)`\n\n    [a](b)\n").links(), Vec::<String>::new());
}
