//! Probes whether futures run in the mode that the transport declares.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tamarack_runtime::Mode;
use tamarack_runtime::blocking::block_on;
use tamarack_runtime::http::Response;

use crate::bench::{Bench, expect, limits};
use crate::server::{Server, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] =
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
            Poll::Pending => return Err("a future that is not ready immediately".to_owned()),
        },
        Mode::Either => block_on(sent),
        // A later version of the runtime may have one more.
        mode => return Err(format!("{mode:?}, an unknown mode")),
    };
    let found = result
        .map(|it: Response<_>| it.status())
        .map_err(|error| format!("an error of the kind {:?}, where no runtime is", error.kind()))?;
    expect(found == 200, || format!("a status of {found}"))
}
