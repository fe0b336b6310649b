//! Readers that give up.

use std::task::Poll;

use crate::support::{Rig, after, ms, poll, token};

#[test]
pub(crate) fn fault_38_impatient_readers() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    for _ in 0..5 {
        let mut read = Box::pin(rig.source.token());
        assert!(poll(&mut read.as_mut()).is_pending());
        rig.clock.advance(ms(50));
    }
    rig.clock.advance(ms(150));
    assert_eq!(rig.read_at_once().unwrap().expose(), "token-0");
    assert_eq!(rig.requests(), 1);
}

#[test]
pub(crate) fn fault_39_the_reader_that_began_gives_up() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    let mut first = Box::pin(rig.source.token());
    assert!(poll(&mut first.as_mut()).is_pending());
    let mut others: Vec<_> = (0..10).map(|_| Box::pin(rig.source.token())).collect();
    for read in &mut others {
        assert!(poll(&mut read.as_mut()).is_pending());
    }
    drop(first);
    rig.clock.advance(ms(300));
    for read in &mut others {
        assert!(matches!(poll(&mut read.as_mut()), Poll::Ready(Ok(_))));
    }
    assert_eq!(rig.requests(), 1);
}

#[test]
pub(crate) fn fault_40_all_give_up() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    let mut read = Box::pin(rig.source.token());
    assert!(poll(&mut read.as_mut()).is_pending());
    drop(read);
    assert_eq!(rig.read().unwrap().expose(), "token-0");
    // With the last handle goes all that waits.
    rig.clock.advance(ms(4_000_000));
    let mut read = Box::pin(rig.source.token());
    assert!(poll(&mut read.as_mut()).is_pending());
    drop(read);
    let clock = rig.clock.clone();
    assert_eq!(clock.sleepers(), 2);
    drop(rig);
    assert_eq!(clock.sleepers(), 0);
}
