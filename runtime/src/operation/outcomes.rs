//! The enum of an operation with several successes.

/// Makes an enum of the success responses of an operation: one variant for each status with a body of its own.
///
/// The patterns are Rust patterns: `200`, `200 | 201`, `200..=299`; the first match is taken. The
/// statuses must be those of `INFO.success`; a response with another status is undecodable.
///
/// ```
/// use tamarack_runtime::outcomes;
///
/// outcomes! {
///     /// The success responses of an operation that may take its time.
///     pub enum StartOutcome {
///         /// It is done.
///         200 => Ok(Json<u64>),
///         /// It has begun.
///         202 => Accepted(Empty<()>),
///     }
/// }
/// ```
#[macro_export]
macro_rules! outcomes {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$about:meta])* $status:pat => $variant:ident($kind:ident<$body:ty>),)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant($body),)*
        }

        impl $crate::ReadSuccess for $name {
            type Body = Self;

            const STREAMS: bool = false
                $(|| <$crate::$kind<$body> as $crate::ReadBody<$body>>::STREAMS)*;

            fn is_streamed(
                status: u16,
                content_type: ::core::option::Option<&str>,
            ) -> bool {
                match status {
                    $($status => {
                        <$crate::$kind<$body> as $crate::ReadBody<$body>>::is_streamed(content_type)
                    })*
                    #[allow(unreachable_patterns, reason = "the statuses may be all there are")]
                    _ => false,
                }
            }

            fn read(
                raw: $crate::RawReply,
            ) -> ::core::result::Result<$crate::Reply<Self>, $crate::Undecodable> {
                match raw.status().as_u16() {
                    $($status => {
                        let reply = <$crate::$kind<$body> as $crate::ReadBody<$body>>::success(raw)?;
                        ::core::result::Result::Ok(reply.map(Self::$variant))
                    })*
                    #[allow(unreachable_patterns, reason = "the statuses may be all there are")]
                    _ => ::core::result::Result::Err($crate::Undecodable::of_status(raw)),
                }
            }
        }
    };
}
