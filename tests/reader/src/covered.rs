//! Whether a diagnostic tells a difference: at its node, or at the one around it by name.
//!
//! The rule is strict, so that a diagnostic about something else nearby covers nothing. A diagnostic covers
//! a difference
//!
//! - when its place, or the place of what it says is lost, is one of the difference's;
//! - when it is about a keyword of such a place that says the fact;
//! - when its place is the node around such a place and its title names what differs.

use crate::difference::Difference;
use crate::place;

/// A diagnostic, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its place.
    pub at: String,
    /// The place of what is lost.
    pub lost: Option<String>,
    /// Its title.
    pub title: String,
}

/// Returns whether one of the diagnostics tells the difference.
pub fn is_covered(difference: &Difference, diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|it| covers(it, difference))
}

fn covers(it: &Diagnostic, difference: &Difference) -> bool {
    let is_named =
        || difference.name.as_ref().is_some_and(|name| it.title.contains(&format!("`{name}`")));
    difference.places.iter().any(|place| {
        if *place == it.at || Some(place) == it.lost.as_ref() {
            return true;
        }
        let node = place::node(place);
        if place::node(&it.at) == node {
            let says =
                place::keyword(&it.at).is_none_or(|it| difference.fact.keywords().contains(&it));
            return says || is_named();
        }
        place::enclosing(place) == Some(place::node(&it.at)) && is_named()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::difference::Fact;

    const PET: &str = "#/components/schemas/Pet";

    fn covers_property(at: &str, title: &str) -> bool {
        let difference = Difference {
            fact: Fact::Property,
            places: vec![format!("{PET}/properties/age")],
            name: Some("age".to_owned()),
            what: String::new(),
        };
        let diagnostic = Diagnostic { at: at.to_owned(), lost: None, title: title.to_owned() };
        is_covered(&difference, &[diagnostic])
    }

    #[test]
    fn a_diagnostic_covers_what_it_is_about() {
        assert!(covers_property(&format!("{PET}/properties/age"), "left out"));
        assert!(covers_property(&format!("{PET}/required"), "`required` names `age`"));
        assert!(covers_property(PET, "the property `age` is left out"));
        for at in [
            PET.to_owned(),
            format!("{PET}/properties/name"),
            format!("{PET}/properties/age/minimum"),
            format!("{PET}/properties/age/items"),
            "#/components/schemas/Pets".to_owned(),
        ] {
            assert!(!covers_property(&at, "something else"), "{at}");
        }
    }
}
