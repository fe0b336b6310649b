//! The enum of a response with several media types.

use std::any::Any;

use crate::reply::{self, ErrorReply, RawReply, Reply, Undecodable};

/// The bodies of a response with several media types: an enum made by
/// [`response_bodies!`](crate::response_bodies).
pub trait ResponseBodies: Sized + 'static {
    /// How each variant is decoded, in the order of preference.
    const BODIES: &'static [ReadAs<Self>];

    /// Returns what the variant holds.
    fn decoded(&self) -> &dyn Any;
}

/// A variant of [`ResponseBodies`].
#[derive(Debug)]
pub struct ReadAs<E> {
    /// The media types and ranges that are decoded so.
    pub media_types: &'static [&'static str],
    /// Whether some successes are read as they arrive; see [`ReadBody::STREAMS`](crate::ReadBody::STREAMS).
    pub streams: bool,
    /// Returns whether a success of this media type is read as it arrives.
    pub is_streamed: fn(Option<&str>) -> bool,
    /// Decodes the response of a success.
    pub success: fn(RawReply) -> Result<Reply<E>, Undecodable>,
    /// Decodes the response of an error.
    pub error: fn(RawReply) -> Result<ErrorReply<E>, Undecodable>,
}

/// Returns how a response is decoded, by its media type alone.
pub(super) fn chosen<E: ResponseBodies>(raw: &RawReply) -> Option<&'static ReadAs<E>> {
    let media_types = E::BODIES.iter().map(|it| it.media_types);
    reply::choose(raw.headers(), media_types).map(|index| &E::BODIES[index])
}

/// Returns how a response of a media type is decoded.
pub(super) fn chosen_for<E: ResponseBodies>(
    media_type: Option<&str>,
) -> Option<&'static ReadAs<E>> {
    let media_types = E::BODIES.iter().map(|it| it.media_types);
    reply::choose_for(media_type, media_types).map(|index| &E::BODIES[index])
}

/// Returns whether a variant is read as it arrives.
pub(super) const fn streams<E: ResponseBodies>() -> bool {
    let mut index = 0;
    while index < E::BODIES.len() {
        if E::BODIES[index].streams {
            return true;
        }
        index += 1;
    }
    false
}

/// Makes an enum of the bodies of a response: one variant for each media type with a type of its own.
///
/// The media type of the response chooses the variant: of those that describe it, the most specific one,
/// and of equals the first. A body that does not match is an error, never another variant, and so is the
/// response of a media type that none describes. A response without one is taken for
/// `application/octet-stream` where that is declared, and for the first otherwise.
///
/// ```
/// use tamarack_runtime::response_bodies;
///
/// response_bodies! {
///     /// The response bodies of an operation.
///     pub enum ReportBody {
///         "application/json" | "application/*+json" => Json(Json<Vec<u64>>),
///         "text/csv" => Csv(Text<String>),
///         "*/*" => Any(Binary<tamarack_runtime::bytes::Bytes>),
///     }
/// }
/// ```
#[macro_export]
macro_rules! response_bodies {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$about:meta])* $($media:literal)|+ => $variant:ident($kind:ident<$body:ty>),)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $(#[doc = concat!("`", $media, "`\n")])+ $variant($body),)*
        }

        impl $crate::ResponseBodies for $name {
            const BODIES: &'static [$crate::ReadAs<Self>] = &[$($crate::ReadAs {
                media_types: &[$($media),+],
                streams: <$crate::$kind<$body> as $crate::ReadBody<$body>>::STREAMS,
                is_streamed: <$crate::$kind<$body> as $crate::ReadBody<$body>>::is_streamed,
                success: |raw| {
                    let reply = <$crate::$kind<$body> as $crate::ReadBody<$body>>::success(raw)?;
                    ::core::result::Result::Ok(reply.map(Self::$variant))
                },
                error: |raw| {
                    let reply = <$crate::$kind<$body> as $crate::ReadBody<$body>>::error(raw)?;
                    ::core::result::Result::Ok(reply.map(Self::$variant))
                },
            },)*];

            fn decoded(&self) -> &dyn ::core::any::Any {
                match self {
                    $(Self::$variant(body) => body,)*
                }
            }
        }
    };
}
