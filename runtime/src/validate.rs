//! Checks values against what their document demands beyond their types, when a caller asks for it.

mod decimal;
mod format;
mod pattern;
mod report;
mod rule;
mod values;

use std::collections::HashSet;

use serde::Serialize;

use report::Whole;
pub use report::{Report, Violation, Violations};
pub use rule::Rule;

/// A value that can be checked against its document: bounds, lengths, patterns and formats.
///
/// Nothing is checked by itself: no call refuses a request or a response for what its document demands of values.
///
/// Generated crates implement it for their types behind the feature `validate`, with [`validated!`](crate::validated!).
///
/// ```
/// use tamarack_runtime::validate::Validate;
/// use tamarack_runtime::{json_object, validated};
///
/// struct Toy {
///     name: String,
///     prices: Vec<f64>,
/// }
///
/// json_object!(Toy { required name, required prices });
///
/// validated!(Toy {
///     name [MinLength(1), MaxLength(5)],
///     prices [MinItems(1), Items([Minimum("0"), MultipleOf("0.01")])],
/// });
///
/// let toy = Toy { name: "duck".to_owned(), prices: vec![9.99] };
/// assert!(toy.validate().is_ok());
///
/// let toy = Toy { name: "crocodile".to_owned(), prices: vec![9.99, -0.5] };
/// let violations = toy.validate().unwrap_err();
/// assert_eq!(
///     violations.to_string(),
///     "2 values are not as declared: `/name` is longer than 5 characters (maxLength); \
///      `/prices/1` is less than 0 (minimum)",
/// );
/// assert_eq!(violations.iter().next().map(|it| it.pointer()), Some("/name"));
/// ```
pub trait Validate {
    /// Checks the value and all values in it.
    ///
    /// What the type does not keep is not checked, and neither is whether a value of an enum is a declared one, since
    /// enums can grow, nor the inside of a union whose branches overlap.
    fn validate(&self) -> Result<(), Violations> {
        let mut report = Report::default();
        self.check(&[], &mut report);
        report.into_result()
    }

    /// Checks the value by the rules of the place where it stands, and by its own.
    #[doc(hidden)]
    fn check(&self, rules: &[Rule], report: &mut Report);

    /// Like `check`, of an enum that was received as this text.
    #[doc(hidden)]
    fn check_received(&self, _: &str, rules: &[Rule], report: &mut Report) {
        self.check(rules, report);
    }

    /// Returns a text that equal values have in common, and no others; `None` where there is none.
    #[doc(hidden)]
    fn equal_text(&self) -> Option<String> {
        None
    }
}

/// Implements [`Validate`](crate::validate::Validate) by the rules of a type and of its fields.
///
/// Of a struct, the fields are listed that have rules or hold a value that has; each with the name in JSON if it
/// differs, and its rules: those of [`Rule`](crate::validate::Rule). Rules before the fields are those of the object as a
/// whole. `rest` and `variant` stand for the same fields as in [`json_object!`](crate::json_object!); `counted` is a
/// `variant` whose branches say how many properties there are.
///
/// Of an enum that [`union!`](crate::union!) makes, the variants are listed, with the key for a union by keys, and
/// before them the rules of each value. `text` stands before an enum that [`open_enum!`](crate::open_enum!) makes.
///
/// `opaque` stands before a type whose values are not compared, since they hold a secret or a file. `newtype` is
/// for what [`json_newtype!`](crate::json_newtype!) is for, and `unruled` lists types without rules.
///
/// `operation` stands before an operation: each field has the location of its parameter before it, or `body`.
#[macro_export]
macro_rules! validated {
    (@rules $($rule:ident $(($($argument:tt)*))?),*) => {
        &[$($crate::validated!(@rule $rule $(($($argument)*))?)),*]
    };
    (@rule Items([$($inner:tt)*])) => {
        $crate::validate::Rule::Items($crate::validated!(@rules $($inner)*))
    };
    (@rule Values([$($inner:tt)*])) => {
        $crate::validate::Rule::Values($crate::validated!(@rules $($inner)*))
    };
    (@rule $rule:ident $(($argument:expr))?) => { $crate::validate::Rule::$rule $(($argument))? };
    (@list) => { &[] };
    (@list [$($rules:tt)*]) => { $crate::validated!(@rules $($rules)*) };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@equal [opaque]) => {};
    (@equal []) => {
        fn equal_text(&self) -> ::core::option::Option<::std::string::String> {
            $crate::validate::json_text(self)
        }
    };
    (@own [opaque] $value:expr, $own:expr, $rules:ident, $report:ident) => {
        let _ = $rules;
    };
    (@own [] $value:expr, $own:expr, $rules:ident, $report:ident) => {
        $crate::validate::check_whole($value, &[$own, $rules], $report);
    };
    (@further $opaque:tt rest $report:ident, $value:expr, $rest:expr, $rules:expr) => {
        $report.rest($rest, $rules)
    };
    (@further $opaque:tt variant $report:ident, $value:expr, $rest:expr, $rules:expr) => {
        $report.variant($rest, $rules)
    };
    (@further [opaque] counted $report:ident, $value:expr, $rest:expr, $rules:expr) => {
        $report.part(::core::option::Option::None, $rest, $rules)
    };
    (@further [] counted $report:ident, $value:expr, $rest:expr, $rules:expr) => {
        $report.part($crate::validate::n_properties($value), $rest, $rules)
    };
    (@object $opaque:tt $ty:path, $own:expr, {
        $($field:ident $(as $name:literal)? $([$($rules:tt)*])?),* $(,)?
        $(; $how:ident $rest:ident $([$($rest_rules:tt)*])?)?
    }) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, rules: &[$crate::validate::Rule], report: &mut $crate::validate::Report) {
                $crate::validated!(@own $opaque self, $own, rules, report);
                $(report.property(
                    $crate::validated!(@name $field $($name)?),
                    &self.$field,
                    $crate::validated!(@list $([$($rules)*])?),
                );)*
                $($crate::validated!(
                    @further $opaque $how report,
                    self,
                    &self.$rest,
                    $crate::validated!(@list $([$($rest_rules)*])?)
                );)?
            }

            $crate::validated!(@equal $opaque);
        }
    };
    (@union $opaque:tt $ty:path, $own:expr, {
        $($variant:ident $(at $key:literal)? $([$($rules:tt)*])?),* $(,)?
    }) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, rules: &[$crate::validate::Rule], report: &mut $crate::validate::Report) {
                $crate::validated!(@own $opaque self, $own, rules, report);
                match self {
                    $(Self::$variant(it) => {
                        let rules = $crate::validated!(@list $([$($rules)*])?);
                        $crate::validated!(@variant it, rules, report $(, $key)?);
                    })*
                    _ => {}
                }
            }

            $crate::validated!(@equal $opaque);
        }
    };
    (@variant $it:ident, $rules:ident, $report:ident) => { $report.variant($it, $rules) };
    (@variant $it:ident, $rules:ident, $report:ident, $key:literal) => {
        $report.property($key, $it, $rules)
    };
    (@newtype $opaque:tt $ty:path, $rules:expr) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, _: &[$crate::validate::Rule], report: &mut $crate::validate::Report) {
                report.variant(&self.value, $rules);
            }

            $crate::validated!(@equal $opaque);
        }
    };
    (@text $ty:path, $rules:expr) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, rules: &[$crate::validate::Rule], report: &mut $crate::validate::Report) {
                self.check_received($crate::OpenEnum::as_str(self), rules, report);
            }

            fn check_received(
                &self,
                text: &str,
                rules: &[$crate::validate::Rule],
                report: &mut $crate::validate::Report,
            ) {
                report.text(text, $rules);
                report.text(text, rules);
            }

            $crate::validated!(@equal []);
        }
    };
    (@unruled $opaque:tt $ty:path) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, _: &[$crate::validate::Rule], _: &mut $crate::validate::Report) {}

            $crate::validated!(@equal $opaque);
        }
    };
    (@operation $ty:path, {
        $($place:ident $field:ident $(as $name:literal)? $([$($rules:tt)*])?),* $(,)?
    }) => {
        impl $crate::validate::Validate for $ty {
            fn check(&self, _: &[$crate::validate::Rule], report: &mut $crate::validate::Report) {
                $($crate::validated!(
                    @argument $place,
                    report,
                    &self.$field,
                    $crate::validated!(@name $field $($name)?),
                    $crate::validated!(@list $([$($rules)*])?)
                );)*
            }
        }
    };
    (@argument body, $report:ident, $value:expr, $name:expr, $rules:expr) => {
        $report.property("body", $value, $rules)
    };
    (@argument $place:ident, $report:ident, $value:expr, $name:expr, $rules:expr) => {
        $report.parameter(stringify!($place), $name, $value, $rules)
    };
    (operation $ty:path { $($arguments:tt)* }) => {
        $crate::validated!(@operation $ty, { $($arguments)* });
    };
    (unruled $($ty:path),* $(,)?) => { $($crate::validated!(@unruled [] $ty);)* };
    (opaque unruled $($ty:path),* $(,)?) => { $($crate::validated!(@unruled [opaque] $ty);)* };
    (union $ty:path { [$($own:tt)*] $($variants:tt)* }) => {
        $crate::validated!(@union [] $ty, $crate::validated!(@rules $($own)*), { $($variants)* });
    };
    (union $ty:path { $($variants:tt)* }) => {
        $crate::validated!(@union [] $ty, &[], { $($variants)* });
    };
    (opaque union $ty:path { $($variants:tt)* }) => {
        $crate::validated!(@union [opaque] $ty, &[], { $($variants)* });
    };
    (text $ty:path { $($rules:tt)* }) => {
        $crate::validated!(@text $ty, $crate::validated!(@rules $($rules)*));
    };
    (newtype $ty:path { $($rules:tt)* }) => {
        $crate::validated!(@newtype [] $ty, $crate::validated!(@rules $($rules)*));
    };
    (opaque newtype $ty:path { $($rules:tt)* }) => {
        $crate::validated!(@newtype [opaque] $ty, $crate::validated!(@rules $($rules)*));
    };
    (opaque $ty:path { $($fields:tt)* }) => {
        $crate::validated!(@object [opaque] $ty, &[], { $($fields)* });
    };
    ($ty:path { [$($own:tt)*] $($fields:tt)* }) => {
        $crate::validated!(@object [] $ty, $crate::validated!(@rules $($own)*), { $($fields)* });
    };
    ($ty:path { $($fields:tt)* }) => {
        $crate::validated!(@object [] $ty, &[], { $($fields)* });
    };
}

/// Checks a value as a whole; it is written only where there is such a rule. What is a part of an object has the
/// properties of all of it.
#[doc(hidden)]
pub fn check_whole<T: Serialize + ?Sized>(value: &T, rules: &[&[Rule]], report: &mut Report) {
    if rules.iter().all(|rules| rules.is_empty()) {
        return;
    }
    match report.whole() {
        Whole::Uncounted => {}
        Whole::Of(n) => {
            for rules in rules {
                values::check_members(n, rules, report);
            }
        }
        Whole::Itself => {
            let Ok(value) = serde_json::to_value(value) else { return };
            for rules in rules {
                value.check(rules, report);
            }
        }
    }
}

/// Returns how many properties an object has.
#[doc(hidden)]
pub fn n_properties<T: Serialize + ?Sized>(value: &T) -> Option<usize> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(members)) => Some(members.len()),
        _ => None,
    }
}

/// Returns the JSON of a value, by which two of them are compared.
#[doc(hidden)]
pub fn json_text<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    values::equal_text_of(&value)
}

/// Returns whether no two values are equal, as far as they can be compared.
fn all_differ<T: Validate>(items: &[T]) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().all(|it| it.equal_text().is_none_or(|text| seen.insert(text)))
}
