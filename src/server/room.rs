//! Room for connections of which nobody knows yet what they are worth. It is never closed: where it is full, the
//! connection that has been there longest leaves, of the place that has most of them. So whoever opens many makes room
//! with his own, and nobody waits for his time-outs.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// Places for guests, who are told apart by where they come from.
#[derive(Debug)]
pub struct Room<K: Eq + Hash + Clone> {
    places: usize,
    guests: Mutex<Guests<K>>,
}

#[derive(Debug)]
struct Guests<K> {
    all: usize,
    next: u64,
    /// Those of one place, oldest first.
    of: HashMap<K, VecDeque<(u64, CancellationToken)>>,
}

/// One who has a place until this is dropped.
#[derive(Debug)]
pub struct Guest<K: Eq + Hash + Clone> {
    room: Arc<Room<K>>,
    from: K,
    number: u64,
    leave: CancellationToken,
}

/// Where a connection comes from: an address, of IPv6 the network that one customer has.
#[must_use]
pub fn origin(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() & !u128::from(u64::MAX))),
        short @ IpAddr::V4(_) => short,
    }
}

impl<K: Eq + Hash + Clone> Room<K> {
    #[must_use]
    pub fn new(places: usize) -> Arc<Self> {
        Arc::new(Self { places, guests: Mutex::new(Guests { all: 0, next: 0, of: HashMap::new() }) })
    }

    /// Takes a place, at once; somebody else may be asked to leave for that. So many places are `taken` otherwise.
    #[must_use]
    pub fn enter(self: &Arc<Self>, from: K, taken: usize) -> Guest<K> {
        let leave = CancellationToken::new();
        let mut guests = self.guests();
        let number = guests.next;
        guests.next += 1;
        guests.all += 1;
        guests.of.entry(from.clone()).or_default().push_back((number, leave.clone()));
        if guests.all.saturating_add(taken) > self.places {
            guests.send_one_away();
        }
        drop(guests);
        Guest { room: Arc::clone(self), from, number, leave }
    }

    fn guests(&self) -> MutexGuard<'_, Guests<K>> {
        // the lists are whole after each statement
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Clone> Guests<K> {
    fn send_one_away(&mut self) {
        let most = self.of.values_mut().max_by_key(|guests| guests.len());
        if let Some((_, leave)) = most.and_then(VecDeque::pop_front) {
            self.all -= 1;
            leave.cancel();
        }
    }

    fn forget(&mut self, from: &K, number: u64) {
        let Some(guests) = self.of.get_mut(from) else { return };
        let before = guests.len();
        guests.retain(|(other, _)| *other != number);
        self.all -= before - guests.len();
        if guests.is_empty() {
            self.of.remove(from);
        }
    }
}

impl<K: Eq + Hash + Clone> Guest<K> {
    /// Done when the place is needed for somebody else.
    #[must_use]
    pub fn leave(&self) -> CancellationToken {
        self.leave.clone()
    }
}

impl<K: Eq + Hash + Clone> Drop for Guest<K> {
    fn drop(&mut self) {
        self.room.guests().forget(&self.from, self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_most_places_makes_room_oldest_first() {
        let room = Room::new(3);
        let (first, second) = (room.enter("crowd", 0), room.enter("crowd", 0));
        let alone = room.enter("alone", 0);
        let third = room.enter("crowd", 0);
        assert!(first.leave().is_cancelled());
        assert!(![&second, &alone, &third].iter().any(|guest| guest.leave().is_cancelled()));
        let other = room.enter("other", 0);
        assert!(second.leave().is_cancelled());
        assert!(![&alone, &third, &other].iter().any(|guest| guest.leave().is_cancelled()));
    }

    #[test]
    fn a_place_that_is_left_is_free() {
        let room = Room::new(2);
        let first = room.enter(1, 0);
        drop(room.enter(1, 0));
        drop(room.enter(2, 0));
        let (second, third) = (room.enter(1, 0), room.enter(2, 0));
        assert!(first.leave().is_cancelled());
        assert!(!second.leave().is_cancelled() && !third.leave().is_cancelled());
        let fourth = room.enter(3, 1);
        assert!(second.leave().is_cancelled() || third.leave().is_cancelled() || fourth.leave().is_cancelled());
        drop(fourth);
        drop((first, second, third));
        let guests = room.guests();
        assert_eq!((guests.all, guests.of.len()), (0, 0));
    }

    #[test]
    fn one_network_of_ipv6_is_one_place() {
        let of = |text: &str| origin(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("::ffff:10.0.0.7"), of("10.0.0.7"));
        assert_ne!(of("10.0.0.7"), of("10.0.0.8"));
    }
}
