//! The macro that makes the enum of the declared errors of an operation.

use super::Error;
use crate::reply::{ErrorReply, Undecodable};

/// Makes an enum of the declared errors of an operation: one variant for each status.
///
/// The patterns are Rust patterns: `404`, `400..=499`, `_`. The first match is taken, so put exact
/// statuses before ranges and the default last. Each variant holds an [`ErrorReply`] of the type of its
/// body.
///
/// ```
/// use tamarack_runtime::declared_errors;
///
/// declared_errors! {
///     /// The errors of an operation.
///     pub enum GetPetError for "getPet" {
///         /// There is no such pet.
///         404 => NotFound(Empty<()>),
///         /// Another mistake of the caller.
///         400..=499 => ClientError(Text<String>),
///         /// Whatever else happens.
///         _ => Default(Json<Vec<String>>),
///     }
/// }
/// ```
#[macro_export]
macro_rules! declared_errors {
    ($(#[$meta:meta])* pub enum $name:ident for $operation:literal {
        $($(#[$about:meta])* $status:pat => $variant:ident($kind:ident<$body:ty>),)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant($crate::ErrorReply<$body>),)*
        }

        impl $crate::DeclaredErrors for $name {
            const OPERATION: &'static str = $operation;

            fn read(raw: $crate::RawReply) -> $crate::Error<Self> {
                match raw.status().as_u16() {
                    $($status => $crate::declared(
                        <$crate::$kind<$body> as $crate::ReadBody<$body>>::error(raw),
                        Self::$variant,
                    ),)*
                    #[allow(unreachable_patterns, reason = "the default may be declared")]
                    _ => $crate::Error::Undeclared(raw.bounded()),
                }
            }

            fn reply(&self) -> &dyn $crate::AnyErrorReply {
                match *self {
                    $(Self::$variant(ref reply) => reply,)*
                }
            }

            fn decoded(&self) -> &dyn ::core::any::Any {
                match *self {
                    $(Self::$variant(ref reply) => {
                        <$crate::$kind<$body> as $crate::ReadBody<$body>>::decoded(reply.body())
                    })*
                }
            }
        }
    };
}

/// Makes the error of a declared status; shared by all arms of [`declared_errors!`](crate::declared_errors).
#[doc(hidden)]
pub fn declared<E, T>(
    reply: Result<ErrorReply<T>, Undecodable>,
    variant: fn(ErrorReply<T>) -> E,
) -> Error<E> {
    match reply {
        Ok(reply) => Error::Declared(variant(reply)),
        Err(error) => Error::Undecodable(error),
    }
}
