//! The span of an attempt, by OpenTelemetry's semantic conventions for HTTP clients.
//!
//! `url.full` is left out, which the conventions ask for: a URL may contain a secret.

#[cfg(feature = "tracing")]
pub(super) use traced::AttemptSpan;
#[cfg(not(feature = "tracing"))]
pub(super) use untraced::AttemptSpan;

#[cfg(feature = "tracing")]
mod traced {
    use http::Request;
    use tracing::field::Empty;
    use tracing::{Span, info_span};

    use super::super::exchange::{Outcome, Sent};
    use crate::body::RequestBody;

    pub(in crate::call) struct AttemptSpan(Span);

    impl AttemptSpan {
        /// Starts the span of an attempt, counted from 1.
        pub(in crate::call) fn new(
            sent: &Sent,
            request: &Request<RequestBody>,
            attempt: u32,
        ) -> Self {
            let uri = request.uri();
            let resend_count = (attempt > 1).then(|| attempt - 1);
            Self(info_span!(
                target: "tamarack_runtime::call",
                "http",
                otel.name = format_args!("{} {}", sent.method, sent.path_template),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = sent.method.as_str(),
                url.template = sent.path_template,
                server.address = uri.host(),
                server.port = port(uri),
                http.request.resend_count = resend_count,
                http.response.status_code = Empty,
                "error.type" = Empty,
                operation = sent.operation,
            ))
        }

        /// Runs a closure inside the span.
        pub(in crate::call) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
            self.0.in_scope(run)
        }

        /// Notes how the attempt ended.
        pub(in crate::call) fn end(&self, outcome: &Outcome) {
            if let Some(status) = outcome.status {
                self.0.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    self.0.record("error.type", status.as_str());
                    self.0.record("otel.status_code", "ERROR");
                }
            }
            if let Some(kind) = outcome.error {
                self.0.record("error.type", kind.word());
                self.0.record("otel.status_code", "ERROR");
            }
        }
    }

    fn port(uri: &http::Uri) -> Option<u16> {
        let by_scheme = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        uri.host().map(|_| uri.port_u16().unwrap_or(by_scheme))
    }
}

#[cfg(not(feature = "tracing"))]
mod untraced {
    use http::Request;

    use super::super::exchange::{Outcome, Sent};
    use crate::body::RequestBody;

    /// Without the feature there is none.
    pub(in crate::call) struct AttemptSpan;

    impl AttemptSpan {
        pub(in crate::call) fn new(_: &Sent, _: &Request<RequestBody>, _: u32) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "the other has a span")]
        pub(in crate::call) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
            run()
        }

        #[allow(clippy::unused_self, reason = "the other has a span")]
        pub(in crate::call) fn end(&self, _: &Outcome) {}
    }
}
