//! The defaults of HTTP clients break the duties that they should.

use std::collections::BTreeSet;
use std::time::Instant;

use tamarack_conformance::Duty;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::{BoxFuture, Limits, Transport, TransportError, TransportErrorKind};

use crate::with_tokio;

/// Follows redirects, knows no deadline, reads all there is and looks at its size then.
struct Wicked(reqwest::Client);

impl Transport for Wicked {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).unwrap();
            let failed = |_| TransportError::new(TransportErrorKind::Interrupted);
            let mut head = self.0.execute(request).await.map_err(failed)?;
            let mut reply = Response::new(Bytes::new());
            *reply.status_mut() = head.status();
            *reply.headers_mut() = head.headers().clone();
            let mut body = Vec::new();
            loop {
                match head.chunk().await {
                    Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                    Ok(None) => break,
                    Err(error) => {
                        *reply.body_mut() = Bytes::from(body);
                        let partial = tamarack_runtime::RawReply::new(reply);
                        return Err(failed(error).with_partial(partial));
                    }
                }
            }
            if body.len() > limits.max_body {
                return Err(TransportError::new(TransportErrorKind::BodyTooLarge));
            }
            *reply.body_mut() = Bytes::from(body);
            Ok(reply)
        })
    }
}

#[test]
fn what_follows_waits_and_reads_all_is_found_out() {
    // Whatever features another crate of the build turns on.
    let client = reqwest::Client::builder().no_gzip().no_brotli().no_deflate().no_zstd();
    let client = client.referer(false).no_proxy().tls_certs_only([]);
    let start = Instant::now();
    let report = with_tokio(Wicked(client.build().unwrap()));
    // It ends, however many probes wait in vain; a busy machine takes its time.
    assert!(start.elapsed().as_secs() < 300, "{:?}", start.elapsed());
    let expected =
        BTreeSet::from([Duty::NoRedirect, Duty::TotalDeadline, Duty::BodyCap, Duty::HeadCap]);
    assert_eq!(report.failed(), expected, "{report}");
    let found = |duty: Duty, probe: &str| {
        let breaches = report.breaches().iter();
        breaches.filter(|it| it.duty == duty && it.probe == probe).count()
    };
    for probe in ["a GET is sent elsewhere", "a POST is sent elsewhere"] {
        assert_eq!(found(Duty::NoRedirect, probe), 1, "{report}");
    }
    for probe in ["a silent server", "a head that drips", "a body that drips"] {
        assert_eq!(found(Duty::TotalDeadline, probe), 1, "{report}");
    }
    assert_eq!(found(Duty::BodyCap, "a chunked body without end"), 1, "{report}");
    assert_eq!(found(Duty::BodyCap, "a body at the cap"), 0, "{report}");
    assert_eq!(found(Duty::HeadCap, "a head larger than allowed"), 1, "{report}");
}
