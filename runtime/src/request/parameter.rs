//! The trait of parameter values, which have no, one or several texts.

use std::fmt::Display;

use crate::{AsReceived, OpenEnum, Secret};

/// The value of a path, query, header or cookie parameter: any number of texts.
///
/// A scalar is one text, an absent `Option` none, a list one for each element. The trait is
/// object-safe, so that a request is put together by code that is compiled once.
pub trait Parameter {
    /// Calls `visit` with each text, in order.
    fn each(&self, visit: &mut dyn FnMut(&dyn Display));

    /// Returns the text of a value that is always a single one and in memory, which need not be formatted.
    #[doc(hidden)]
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// Returns whether the texts are secrets, which are hidden wherever a request is shown.
    fn is_secret(&self) -> bool {
        false
    }
}

macro_rules! one_text {
    ($($ty:ty),*) => {$(
        impl Parameter for $ty {
            fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
                visit(&self);
            }
        }
    )*};
}

one_text!(bool, i32, i64, u32, u64, f32, f64, serde_json::Value);

/// What is a text itself.
macro_rules! text {
    ($($ty:ty),*) => {$(
        impl Parameter for $ty {
            fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
                visit(&self);
            }

            fn as_text(&self) -> Option<&str> {
                Some(self)
            }
        }
    )*};
}

text!(str, String);

impl Parameter for Secret {
    fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
        visit(&self.expose());
    }

    fn as_text(&self) -> Option<&str> {
        Some(self.expose())
    }

    fn is_secret(&self) -> bool {
        true
    }
}

impl<E: OpenEnum> Parameter for AsReceived<E> {
    fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
        visit(&self.as_str());
    }

    fn as_text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
        if let Some(value) = self {
            value.each(visit);
        }
    }

    fn as_text(&self) -> Option<&str> {
        self.as_ref()?.as_text()
    }

    fn is_secret(&self) -> bool {
        self.iter().any(Parameter::is_secret)
    }
}

impl<T: Parameter> Parameter for [T] {
    fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
        for value in self {
            value.each(visit);
        }
    }

    fn is_secret(&self) -> bool {
        self.iter().any(Parameter::is_secret)
    }
}

/// What stands behind a pointer is the value.
macro_rules! pointer {
    ($([$($generics:tt)*] $ty:ty),*) => {$(
        impl<$($generics)*> Parameter for $ty {
            fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
                (**self).each(visit);
            }

            fn as_text(&self) -> Option<&str> {
                (**self).as_text()
            }

            fn is_secret(&self) -> bool {
                (**self).is_secret()
            }
        }
    )*};
}

pointer!(
    [T: Parameter] Vec<T>,
    [T: Parameter + ?Sized] Box<T>,
    [T: Parameter + ?Sized] &T
);

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: &dyn Parameter) -> Vec<String> {
        let mut acc = Vec::new();
        value.each(&mut |text| acc.push(text.to_string()));
        acc
    }

    #[test]
    fn one_none_or_many() {
        assert_eq!(texts(&true), ["true"]);
        assert_eq!(texts(&-7i64), ["-7"]);
        assert_eq!(texts(&1.5f32), ["1.5"]);
        assert_eq!(texts(&"a b"), ["a b"]);
        assert_eq!(texts(&serde_json::json!({"a": [1]})), [r#"{"a":[1]}"#]);
        assert_eq!(texts(&Some("a".to_owned())), ["a"]);
        assert!(texts(&None::<i32>).is_empty());
        assert_eq!(texts(&Box::new(vec![1, 2])), ["1", "2"]);
        assert_eq!(texts(&Some(vec!["a", "b"])), ["a", "b"]);
        assert_eq!(texts(&["a", "b"].as_slice()), ["a", "b"]);
        assert!(texts(&Vec::<String>::new()).is_empty());
    }

    #[test]
    fn a_text_in_memory_is_the_only_one() {
        let (text, secret) = ("a b".to_owned(), Secret::from("c"));
        let all: [&dyn Parameter; 6] =
            [&"e", &text, &secret, &Some("f"), &Box::new("g"), &Some(&"h")];
        for value in all {
            assert_eq!(value.as_text().map(str::to_owned), texts(value).pop());
            assert_eq!(texts(value).len(), 1);
        }
        let none: [&dyn Parameter; 5] =
            [&1, &true, &None::<String>, &vec!["a"], &serde_json::json!("a")];
        assert!(none.into_iter().all(|value| value.as_text().is_none()));
    }

    #[test]
    fn secrets_are_told_through_every_wrapper() {
        let secret = || Secret::from("hunter2");
        assert_eq!(texts(&secret()), ["hunter2"]);
        let all: [&dyn Parameter; 5] =
            [&secret(), &Some(secret()), &vec![secret()], &Box::new(secret()), &&secret()];
        assert!(all.into_iter().all(Parameter::is_secret));
        let none: [&dyn Parameter; 3] = [&"hunter2", &None::<Secret>, &Some(1)];
        assert!(!none.into_iter().any(Parameter::is_secret));
    }
}
