//! Many tenants.

use tamarack_runtime::token::{KeyedTokenSource, TokenError};

use crate::support::{Act, Rig, poll, token};

#[test]
pub(crate) fn fault_52_a_thousand_keys_one_of_which_hangs() {
    let keyed = KeyedTokenSource::new();
    let hanging = Rig::new(|_| Act::Hang);
    let stuck = keyed.source(&0, || Ok(hanging.source.clone())).unwrap();
    let mut read = Box::pin(stuck.token());
    assert!(poll(&mut read.as_mut()).is_pending());
    for key in 1..1_000 {
        let rig = Rig::new(|n| token(n, 3_600));
        let source = keyed.source(&key, || Ok(rig.source.clone())).unwrap();
        assert!(rig.run(source.token()).is_ok());
        // Used all the time, so it stays.
        let again = keyed.source(&0, || panic!("it is there")).unwrap();
        assert!(again.try_token().unwrap().is_none());
        assert!(keyed.len() <= 64);
    }
    assert_eq!((keyed.len(), hanging.requests()), (64, 1));
    keyed.remove(&0);
    assert_eq!(keyed.len(), 63);
}

#[test]
fn a_source_that_cannot_be_made_takes_no_place() {
    let keyed = KeyedTokenSource::bounded(2);
    assert!(keyed.source(&"a", || Err(TokenError::unavailable("no such tenant"))).is_err());
    assert!(keyed.is_empty());
}
