//! Looks up a property of a map of a document.

use serde_yaml::{Mapping, Value};

/// Up to how many keys are compared one by one: most maps have fewer, and to compare them takes less time than to
/// hash one.
const FEW: usize = 8;

/// Returns the value of a property; the keys of the map are texts.
pub(crate) fn get<'a>(members: &'a Mapping, name: &str) -> Option<&'a Value> {
    if members.len() > FEW {
        return members.get(name);
    }
    members.iter().find(|(key, _)| is(key, name)).map(|(_, value)| value)
}

/// Returns the value of a property, to be changed.
pub(crate) fn get_mut<'a>(members: &'a mut Mapping, name: &str) -> Option<&'a mut Value> {
    if members.len() > FEW {
        return members.get_mut(name);
    }
    members.iter_mut().find(|(key, _)| is(key, name)).map(|(_, value)| value)
}

/// Returns the value of a property of what may be a map.
pub(crate) fn of<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Mapping(members) => get(members, name),
        _ => None,
    }
}

fn is(key: &Value, name: &str) -> bool {
    matches!(key, Value::String(it) if it == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_maps_are_looked_up_alike() {
        for n in 0..20 {
            let mut members: Mapping =
                (0..n).map(|it| (it.to_string().into(), it.into())).collect();
            for it in 0..n + 3 {
                let wanted = (it < n).then(|| Value::from(it));
                assert_eq!(get(&members, &it.to_string()), wanted.as_ref());
                assert_eq!(get_mut(&mut members, &it.to_string()).cloned(), wanted);
            }
        }
        assert_eq!(of(&Value::Null, "a"), None);
    }
}
