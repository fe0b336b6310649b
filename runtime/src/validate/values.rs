//! How values of the types of fields are checked by the rules of their places.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::decimal::Decimal;
use super::{Report, Rule, Validate, all_differ, format, pattern};
use crate::{AsReceived, FilePart, OpenEnum, Patch, Secret, Typed};

/// Checks a text.
pub(super) fn check_text(text: &str, rules: &[Rule], report: &mut Report) {
    if rules.is_empty() {
        return;
    }
    let length = text.chars().count() as u64;
    for rule in rules {
        let is_right = match *rule {
            Rule::MinLength(least) => length >= least,
            Rule::MaxLength(most) => length <= most,
            Rule::Pattern(it) => pattern::is_match(it, true, text),
            Rule::LegacyPattern(it) => pattern::is_match(it, false, text),
            Rule::Format(it) => format::is_valid(it, text),
            _ => true,
        };
        if !is_right {
            report.add(*rule);
        }
    }
}

/// Checks a number that is written like this. What has too many digits to tell is as declared.
fn check_number(text: &str, rules: &[Rule], report: &mut Report) {
    let Some(number) = Decimal::of(text) else { return };
    for rule in rules {
        let compare = |bound| Decimal::of(bound).and_then(|bound| number.compare(bound));
        let is_right = match *rule {
            Rule::Minimum(it) => compare(it).is_none_or(Ordering::is_ge),
            Rule::Maximum(it) => compare(it).is_none_or(Ordering::is_le),
            Rule::ExclusiveMinimum(it) => compare(it).is_none_or(Ordering::is_gt),
            Rule::ExclusiveMaximum(it) => compare(it).is_none_or(Ordering::is_lt),
            Rule::MultipleOf(it) => {
                Decimal::of(it).and_then(|it| number.is_multiple_of(it)).unwrap_or(true)
            }
            _ => true,
        };
        if !is_right {
            report.add(*rule);
        }
    }
}

/// Checks a list, and each of its items.
fn check_list<T: Validate>(items: &[T], rules: &[Rule], report: &mut Report) {
    let mut of_items: &[Rule] = &[];
    for rule in rules {
        let is_right = match *rule {
            Rule::MinItems(least) => items.len() as u64 >= least,
            Rule::MaxItems(most) => items.len() as u64 <= most,
            Rule::UniqueItems => all_differ(items),
            Rule::Items(inner) => {
                of_items = inner;
                true
            }
            _ => true,
        };
        if !is_right {
            report.add(*rule);
        }
    }
    for (index, item) in items.iter().enumerate() {
        if report.is_full() {
            break;
        }
        report.item(index, item, of_items);
    }
}

/// Checks how many properties an object has.
pub(super) fn check_members(n: usize, rules: &[Rule], report: &mut Report) {
    for rule in rules {
        let is_right = match *rule {
            Rule::MinProperties(least) => n as u64 >= least,
            Rule::MaxProperties(most) => n as u64 <= most,
            _ => true,
        };
        if !is_right {
            report.add(*rule);
        }
    }
}

fn of_values(rules: &[Rule]) -> &'static [Rule] {
    let of = |rule: &Rule| match rule {
        Rule::Values(inner) => Some(*inner),
        _ => None,
    };
    rules.iter().find_map(of).unwrap_or_default()
}

/// Returns the JSON of a value, with the names in order and each number in one spelling.
pub(super) fn equal_text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
        Value::Number(number) => number_text(&number.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(equal_text_of).collect();
            format!("[{}]", items?.join(","))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                Some((Value::from(name.as_str()).to_string(), equal_text_of(value)?))
            });
            let members: Option<BTreeMap<_, _>> = members.collect();
            let members = members?.into_iter().map(|(name, value)| format!("{name}:{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    };
    Some(text)
}

fn number_text(text: &str) -> String {
    Decimal::of(text).map_or_else(|| text.to_owned(), Decimal::text)
}

macro_rules! numbers {
    ($form:literal: $($ty:ty)*) => {
        $(impl Validate for $ty {
            fn check(&self, rules: &[Rule], report: &mut Report) {
                if !rules.is_empty() {
                    check_number(&format!($form, self), rules, report);
                }
            }

            fn equal_text(&self) -> Option<String> {
                Some(number_text(&format!($form, self)))
            }
        })*
    };
}

numbers!("{}": i32 i64 u32 u64);
// Without the zeros of a large or small one.
numbers!("{:e}": f32 f64);

impl Validate for bool {
    fn check(&self, _: &[Rule], _: &mut Report) {}

    fn equal_text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Validate for String {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_text(self, rules, report);
    }

    fn equal_text(&self) -> Option<String> {
        Some(Value::from(self.as_str()).to_string())
    }
}

impl<T> Validate for Typed<T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_text(self.as_str(), rules, report);
    }

    fn equal_text(&self) -> Option<String> {
        Some(Value::from(self.as_str()).to_string())
    }
}

/// No copy is made of a secret, so two of them are not compared.
impl Validate for Secret {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_text(self.expose(), rules, report);
    }
}

/// As it was received, it is on the wire.
impl<E: OpenEnum + Validate> Validate for AsReceived<E> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        self.value().check_received(self.as_str(), rules, report);
    }

    fn equal_text(&self) -> Option<String> {
        Some(Value::from(self.as_str()).to_string())
    }
}

impl Validate for FilePart {
    fn check(&self, _: &[Rule], _: &mut Report) {}
}

impl Validate for Bytes {
    fn check(&self, _: &[Rule], _: &mut Report) {}
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        if let Some(value) = self {
            value.check(rules, report);
        }
    }

    fn equal_text(&self) -> Option<String> {
        self.as_ref().map_or_else(|| Some("null".to_owned()), T::equal_text)
    }
}

impl<T: Validate> Validate for Patch<T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        if let Some(value) = self.value() {
            value.check(rules, report);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        (**self).check(rules, report);
    }

    fn equal_text(&self) -> Option<String> {
        (**self).equal_text()
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_list(self, rules, report);
    }

    fn equal_text(&self) -> Option<String> {
        let items: Option<Vec<_>> = self.iter().map(T::equal_text).collect();
        Some(format!("[{}]", items?.join(",")))
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_members(self.len(), rules, report);
        report.rest(self, of_values(rules));
    }

    fn equal_text(&self) -> Option<String> {
        let members = self.iter().map(|(name, value)| {
            Some(format!("{}:{}", Value::from(name.as_str()), value.equal_text()?))
        });
        let members: Option<Vec<_>> = members.collect();
        Some(format!("{{{}}}", members?.join(",")))
    }
}

impl Validate for Map<String, Value> {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        check_members(self.len(), rules, report);
        let inner = of_values(rules);
        if !inner.is_empty() {
            for (name, value) in self {
                report.property(name, value, inner);
            }
        }
    }

    fn equal_text(&self) -> Option<String> {
        equal_text_of(&Value::Object(self.clone()))
    }
}

/// Each rule says something of one kind of value.
impl Validate for Value {
    fn check(&self, rules: &[Rule], report: &mut Report) {
        match self {
            _ if rules.is_empty() => {}
            Self::Null | Self::Bool(_) => {}
            Self::Number(number) => check_number(&number.to_string(), rules, report),
            Self::String(text) => check_text(text, rules, report),
            Self::Array(items) => check_list(items, rules, report),
            Self::Object(members) => members.check(rules, report),
        }
    }

    fn equal_text(&self) -> Option<String> {
        equal_text_of(self)
    }
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro makes public items")]
mod tests {
    use crate::validate::Validate;
    use crate::{AsReceived, json_object, open_enum, validated};

    open_enum! {
        pub enum Kind ignoring case {
            Bearer = "bearer",
        }
    }

    validated!(text Kind { Pattern("^[a-z]+$") });

    struct Token {
        kinds: Vec<AsReceived<Kind>>,
    }

    json_object!(Token { required kinds });

    validated!(Token { kinds [UniqueItems] });

    /// What is on the wire counts, not what it stands for.
    #[test]
    fn a_text_is_checked_as_it_was_received() {
        let token = |kinds: &[&str]| Token {
            kinds: kinds.iter().map(|it| AsReceived::received(*it)).collect(),
        };
        assert_eq!(token(&["bearer", "other"]).validate(), Ok(()));
        let violations = token(&["bearer", "BEARER"]).validate().unwrap_err();
        assert_eq!(violations.to_string(), "`/kinds/1` does not match `^[a-z]+$` (pattern)");
        let violations = token(&["bearer", "bearer"]).validate().unwrap_err();
        assert_eq!(violations.to_string(), "`/kinds` has equal items (uniqueItems)");
    }
}
