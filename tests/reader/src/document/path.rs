//! What the keys of `paths` say beside names: expressions of RFC 6570 and constraints of routes.

use std::collections::BTreeMap;

/// A key of `paths` as requests go there.
#[derive(Clone, Debug, Default)]
pub struct Path {
    /// The template with nothing but names in braces, without its fragment.
    pub template: String,
    /// The operator of each name that has one, and whether it is exploded.
    pub forms: BTreeMap<String, Form>,
}

/// How an expression writes a value (RFC 6570 §3.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What stands before the names.
    pub operator: Option<char>,
    /// Whether `*` stands behind the name.
    pub explode: bool,
}

impl Path {
    /// Reads a key; what is declared as a parameter of the path is its name, whatever it looks like.
    pub fn read(key: &str, is_declared: impl Fn(&str) -> bool) -> Self {
        let mut acc = Self::default();
        let mut rest = key;
        while let Some((before, (inside, after))) =
            rest.split_once('{').and_then(|(before, it)| Some((before, it.split_once('}')?)))
        {
            if let Some((before, _)) = before.split_once('#') {
                acc.template.push_str(before);
                return acc;
            }
            acc.template.push_str(before);
            if is_declared(inside) {
                acc.name(inside);
            } else if inside.starts_with('#') {
                return acc;
            } else {
                acc.expression(inside, &is_declared);
            }
            rest = after;
        }
        acc.template.push_str(rest.split('#').next().unwrap_or_default());
        acc
    }

    fn name(&mut self, name: &str) {
        self.template.extend(["{", name, "}"]);
    }

    fn expression(&mut self, inside: &str, is_declared: impl Fn(&str) -> bool) {
        let operator = inside.chars().next().filter(|it| "+./;?&".contains(*it));
        let names = operator.map_or(inside, |it| &inside[it.len_utf8()..]);
        let between = match operator {
            Some('?' | '&') => return,
            Some('/') => "/",
            Some('.' | ';') => "",
            _ => ",",
        };
        for (index, text) in names.split(',').enumerate() {
            let name = text.trim().trim_end_matches('*');
            let form = Form { operator, explode: name != text.trim() };
            if index > 0 || operator == Some('/') {
                self.template.push_str(between);
            }
            // What routers add to a name.
            let bare = name.split(':').next().unwrap_or_default();
            let bare = bare.trim_matches(['*', '+', '?']);
            let name = if is_declared(bare) { bare } else { name };
            self.name(name);
            self.forms.insert(name.to_owned(), form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_braces_becomes_names() {
        for (key, expected) in [
            ("/a/{id}/b?c={d}#e{f}", "/a/{id}/b?c={d}"),
            ("/a{?b,c}", "/a"),
            ("/a{/id*,x}", "/a/{id}/{x}"),
            ("/a/{;id,x}", "/a/{id}{x}"),
            ("/a/{+id}/{x,y}", "/a/{id}/{x},{y}"),
            ("/a/{id:int}/{other:int}", "/a/{id}/{other:int}"),
            ("/a/{x+}/{y*}", "/a/{x+}/{y*}"),
            ("/a{#id}/b", "/a"),
        ] {
            let is_declared = |name: &str| ["id", "x+", "y*"].contains(&name);
            assert_eq!(Path::read(key, is_declared).template, expected, "{key}");
        }
        let forms = Path::read("/{.id*}", |it| it == "id").forms;
        assert_eq!(forms["id"], Form { operator: Some('.'), explode: true });
    }
}
