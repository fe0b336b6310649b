//! Responses: decoding a complete HTTP response into a typed value, or an error that keeps the response.

mod charset;
mod decode;
mod failure;
mod header;
mod link;
mod live;
mod location;
mod media_type;
mod message;
mod raw;
mod retry_after;
mod success;
mod undecodable;
mod whole_numbers;

pub(crate) use media_type::{MediaType, choose, choose_for};

pub use decode::{DecodeError, DecodeErrorKind};
pub(crate) use decode::{json as decode_json, text as decode_text};
pub use failure::ErrorReply;
pub use header::{ReadHeader, ResponseHeader};
pub(crate) use link::parameter_of;
pub(crate) use live::Reads;
pub(crate) use location::without_dots;
pub use raw::{MAX_KEPT, RawReply};
pub use success::Reply;
pub use undecodable::Undecodable;
