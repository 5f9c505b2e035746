//! Places for connections, and who has to leave where all are taken: whoever has not said for two seconds who it is, of
//! the address that holds the most of them. So nobody keeps others out by keeping silent.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Nobody has to leave sooner after coming.
const GRACE: Duration = Duration::from_secs(2);
/// How long a newcomer waits before it looks again for somebody who may be asked to leave.
const AGAIN: Duration = Duration::from_millis(50);

/// A number of places.
#[derive(Debug)]
pub struct Room {
    places: Arc<Semaphore>,
    strangers: Mutex<Strangers>,
}

/// Those who may be asked to leave, by the order in which they came.
#[derive(Debug, Default)]
struct Strangers {
    next: u64,
    each: BTreeMap<u64, Stranger>,
}

#[derive(Debug)]
struct Stranger {
    came: Instant,
    address: IpAddr,
    leave: CancellationToken,
}

/// A place that is taken for as long as this lives.
#[derive(Debug)]
pub struct Guest {
    room: Arc<Room>,
    number: u64,
    leave: CancellationToken,
    _place: OwnedSemaphorePermit,
}

impl Room {
    #[must_use]
    pub fn new(places: usize) -> Arc<Self> {
        Arc::new(Self { places: Arc::new(Semaphore::new(places)), strangers: Mutex::default() })
    }

    /// A place for a connection from `address`, as soon as there is one.
    pub async fn enter(self: &Arc<Self>, address: IpAddr) -> Guest {
        let place = loop {
            if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
                break place;
            }
            self.strangers().make_room(Instant::now());
            if let Ok(Ok(place)) = timeout(AGAIN, Arc::clone(&self.places).acquire_owned()).await {
                break place;
            }
        };
        let leave = CancellationToken::new();
        let stranger = Stranger { came: Instant::now(), address: of_one(address), leave: leave.clone() };
        let number = self.strangers().add(stranger);
        Guest { room: Arc::clone(self), number, leave, _place: place }
    }

    fn strangers(&self) -> MutexGuard<'_, Strangers> {
        // a map is whole after each statement
        self.strangers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever has an IPv6 address has all of its network.
fn of_one(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(long) => Ipv6Addr::from_bits(long.to_bits() & !u128::from(u64::MAX)).into(),
        short @ IpAddr::V4(_) => short,
    }
}

impl Strangers {
    fn add(&mut self, stranger: Stranger) -> u64 {
        self.next += 1;
        self.each.insert(self.next, stranger);
        self.next
    }

    /// Asks one to leave, if there is one that may be asked.
    fn make_room(&mut self, now: Instant) {
        let mut of_address = HashMap::<IpAddr, usize>::new();
        for stranger in self.each.values() {
            *of_address.entry(stranger.address).or_default() += 1;
        }
        let long = self.each.iter().filter(|(_, stranger)| now.duration_since(stranger.came) >= GRACE);
        // of equals the last one is taken: the order is turned round, so that it is the oldest
        let chosen =
            long.rev().max_by_key(|(_, stranger)| of_address.get(&stranger.address)).map(|(&number, _)| number);
        if let Some(stranger) = chosen.and_then(|number| self.each.remove(&number)) {
            stranger.leave.cancel();
        }
    }
}

impl Guest {
    /// Resolves when the place is needed for somebody else.
    pub async fn has_to_leave(&self) {
        self.leave.cancelled().await;
    }

    /// From now on nobody asks it to leave.
    pub fn settle(&self) {
        self.room.strangers().each.remove(&self.number);
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.settle();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn strangers(of: &[u8], came: Instant) -> Strangers {
        let mut strangers = Strangers::default();
        for &last in of {
            let address = Ipv4Addr::new(127, 0, 0, last).into();
            strangers.add(Stranger { came, address, leave: CancellationToken::new() });
        }
        strangers
    }

    #[test]
    fn the_oldest_of_the_address_that_holds_the_most_leaves() {
        let came = Instant::now();
        let mut strangers = strangers(&[1, 2, 3, 2, 3, 2], came);
        strangers.make_room(came + GRACE);
        assert_eq!(strangers.each.keys().copied().collect::<Vec<_>>(), [1, 3, 4, 5, 6]);
        strangers.make_room(came + GRACE);
        assert_eq!(strangers.each.keys().copied().collect::<Vec<_>>(), [1, 4, 5, 6]);
    }

    #[test]
    fn whoever_has_just_come_stays() {
        let came = Instant::now();
        let mut strangers = strangers(&[1, 1], came);
        strangers.make_room(came + GRACE / 2);
        assert_eq!(strangers.each.len(), 2);
    }

    #[tokio::test]
    async fn a_guest_that_has_settled_is_not_asked() {
        let room = Room::new(1);
        let guest = room.enter(Ipv4Addr::LOCALHOST.into()).await;
        guest.settle();
        room.strangers().make_room(Instant::now() + GRACE);
        assert!(!guest.leave.is_cancelled());
        drop(guest);
        room.enter(Ipv4Addr::LOCALHOST.into()).await;
    }
}
