//! Names the arguments of generated functions, apart from our own arguments.

use std::collections::BTreeSet;

use super::ValueIdent;
use super::scope::Scope;

/// Names the arguments of a function that has one of our own, for example `credentials`. An argument is no
/// name of the document's and clashes with nothing in it, so nobody is told.
pub fn arguments_beside(own: &str, fields: &[&ValueIdent]) -> Vec<ValueIdent> {
    let mut scope = Scope::new("argument", &[own]);
    for field in fields {
        scope.reserve(field.as_str());
    }
    let mut given = BTreeSet::from([own]);
    (fields.iter())
        .map(|field| {
            if given.insert(field.as_str()) {
                field.to_string()
            } else {
                scope.free(|ordinal| match ordinal {
                    2 => field.followed_by("value"),
                    ordinal => field.followed_by(format!("value_{}", ordinal - 1)),
                })
            }
        })
        .map(ValueIdent::given)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_argument_keeps_its_name_and_so_do_the_others() {
        let fields = ["scope", "credentials", "credentials_value"].map(ValueIdent::new);
        let fields: Vec<_> = fields.iter().collect();
        let names = arguments_beside("credentials", &fields);
        let names: Vec<_> = names.iter().map(ValueIdent::as_str).collect();
        assert_eq!(names, ["scope", "credentials_value_2", "credentials_value"]);
    }
}
