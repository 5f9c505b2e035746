//! Cancel keys: which server session a client's key stands for.
//!
//! Clients get keys of our own, so that they cannot cancel a server session by guessing at the server, and so that a
//! longer key (protocol 3.2) protects them even where the server's is short.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rand::Rng;
use subtle::ConstantTimeEq;
use tokio::sync::watch;

use crate::wire::server::ProtocolVersion;

use super::connect::CancelKey;

/// Bytes of a secret in protocol 3.0.
const SHORT_KEY: usize = 4;
/// Bytes of a secret from protocol 3.2 on.
const LONG_KEY: usize = 32;

/// Cancel requests of one session: how many have come, and how many of them the server has been told of. A session that
/// answers a request before the server knows of it would have the client's next statement cancelled.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Requests {
    pub come: u64,
    pub told: u64,
}

/// What a client's key stands for.
#[derive(Clone, Debug)]
struct Entry {
    ours: Vec<u8>,
    server: CancelKey,
    /// For the session to see.
    requests: watch::Sender<Requests>,
}

/// The keys of all open sessions.
#[derive(Clone, Debug, Default)]
pub struct CancelKeys {
    // by the process number that we gave out
    entries: Arc<Mutex<HashMap<u32, Entry>>>,
}

/// One session's key. Forgotten when it is dropped.
#[derive(Debug)]
pub struct Registered {
    keys: CancelKeys,
    /// What the client is told.
    pub client: CancelKey,
}

impl CancelKeys {
    /// Makes a key for a session, as long as its protocol version wants it.
    #[must_use]
    pub fn register(
        &self,
        version: ProtocolVersion,
        server: CancelKey,
        requests: watch::Sender<Requests>,
    ) -> Registered {
        let length = if version >= ProtocolVersion::V3_2 { LONG_KEY } else { SHORT_KEY };
        let mut random = rand::rng();
        let mut secret = vec![0; length];
        random.fill(secret.as_mut_slice());
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        // The server's own number where it is free: programs compare it with pg_backend_pid() and with the sender of
        // a notification. Only several servers behind one Menshen can give it out twice.
        let mut process_id = server.process_id;
        while entries.contains_key(&process_id) {
            // Drivers read it as a signed number and some take only positive ones.
            process_id = random.random_range(1..=i32::MAX.unsigned_abs());
        }
        entries.insert(process_id, Entry { ours: secret.clone(), server, requests });
        Registered { keys: self.clone(), client: CancelKey { process_id, secret } }
    }

    /// The server session that a client's key stands for, which learns of the request. `None`: no such key.
    #[must_use]
    pub fn resolve(&self, process_id: u32, secret: &[u8]) -> Option<CancelKey> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.get(&process_id)?;
        bool::from(entry.ours.ct_eq(secret)).then(|| {
            entry.requests.send_modify(|requests| requests.come += 1);
            entry.server.clone()
        })
    }

    /// The server has been told of a request to the session of that number, or could not be.
    pub fn told(&self, process_id: u32) {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(&process_id) {
            entry.requests.send_modify(|requests| requests.told += 1);
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let mut entries = self.keys.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(&self.client.process_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_its_session_as_long_as_that_lives() {
        let keys = CancelKeys::default();
        let server = CancelKey { process_id: 7, secret: vec![1, 2, 3, 4] };
        let registered = keys.register(ProtocolVersion::V3_0, server.clone(), watch::Sender::default());
        let CancelKey { process_id, secret } = registered.client.clone();
        assert_eq!(secret.len(), 4);
        assert_eq!(keys.resolve(process_id, &secret), Some(server));
        assert_eq!(keys.resolve(process_id, &[secret.as_slice(), &[0]].concat()), None);
        assert_eq!(keys.resolve(process_id.wrapping_add(1), &secret), None);
        drop(registered);
        assert_eq!(keys.resolve(process_id, &secret), None);
    }

    #[test]
    fn a_session_has_the_number_of_its_server_process_where_that_is_free() {
        let keys = CancelKeys::default();
        let server = CancelKey { process_id: 7, secret: vec![1, 2, 3, 4] };
        let first = keys.register(ProtocolVersion::V3_0, server.clone(), watch::Sender::default());
        let second = keys.register(ProtocolVersion::V3_0, server, watch::Sender::default());
        assert_eq!(first.client.process_id, 7);
        assert_ne!(second.client.process_id, 7);
    }

    #[test]
    fn protocol_3_2_has_long_keys() {
        let server = CancelKey { process_id: 7, secret: vec![0; 4] };
        assert_eq!(
            CancelKeys::default().register(ProtocolVersion::V3_2, server, watch::Sender::default()).client.secret.len(),
            32
        );
    }
}
