//! Turns what a transport says of its futures into a request that is run in just that way.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::Response;

use super::bench::{Bench, expect, limits};
use super::server::{Server, reply};
use super::{Duty, Finding, Probe};
use crate::transport::{Mode, TransportError};

pub(super) const PROBES: &[Probe] =
    &[Probe { duty: Duty::Mode, name: "a thread without a runtime", look: without_a_runtime }];

/// Here is no runtime, and nothing that a waker could wake.
fn without_a_runtime(bench: &Bench) -> Finding {
    let server = Server::answering(reply(200, "", "ok"));
    let (transport, limits) = (bench.transport(), limits(Duration::from_secs(5)));
    let mut sent = pin!(transport.send(server.get(), &limits));
    let result = match transport.mode() {
        // How it is run by a runtime is seen by all other probes.
        Mode::Async => return Ok(()),
        Mode::Blocking => match sent.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => return Err("a future that is not ready at once".to_owned()),
        },
        Mode::Either => waited_for(sent),
    };
    let found = result
        .map(|it: Response<_>| it.status())
        .map_err(|error| format!("an error of the kind {:?}, where no runtime is", error.kind()))?;
    expect(found == 200, || format!("a status of {found}"))
}

#[cfg(feature = "blocking")]
fn waited_for(
    sent: impl Future<Output = Result<Response<bytes::Bytes>, TransportError>>,
) -> Result<Response<bytes::Bytes>, TransportError> {
    crate::blocking::block_on(sent)
}

/// Without the feature nobody waits.
#[cfg(not(feature = "blocking"))]
fn waited_for<F>(_: F) -> Result<Response<bytes::Bytes>, TransportError> {
    Ok(Response::new(bytes::Bytes::new()))
}
