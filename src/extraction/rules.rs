//! Limits as the governor works with them: with digests of what makes their counts the same.

use std::collections::HashSet;
use std::sync::Arc;

use siphasher::sip::SipHasher13;

use crate::model::disclosure::{Account, Response};
use crate::model::person;
use crate::policy::limits::{Detector, Limit, Limits, Mode, Pattern, Per};

use super::detect::hash;

/// What keys are made of takes no more, as a rule.
const KEY_BYTES: usize = 128;

/// The compiled limits, ready for counting.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) limits: Arc<Limits>,
    /// Digests of the limits' identities, in their order.
    pub(super) ids: Vec<u64>,
    /// Digests of persons that nobody has a reason to read.
    pub(super) honeytokens: HashSet<u64>,
    /// Detectors that look at an address, not at an account.
    pub(super) places: Vec<(Arc<Detector>, usize)>,
    /// What some limit or detector does that acts, a bit each.
    responses: u8,
    key: [u8; 16],
}

impl Rules {
    pub(super) fn new(limits: Arc<Limits>, key: &[u8; 32]) -> Self {
        let ids = limits.limits.iter().map(|limit| hash(limit.identity.0.as_bytes())).collect();
        let subjects = limits.detectors.iter().filter_map(|detector| match &detector.pattern {
            Pattern::Honeytoken { subjects } => Some(subjects),
            _ => None,
        });
        let honeytokens = subjects.flatten().map(|(space, text)| person::digest(key, space, text)).collect();
        let places = limits.detectors.iter().filter_map(|detector| match detector.pattern {
            Pattern::Colleagues { users } => Some((Arc::clone(detector), users)),
            _ => None,
        });
        let places = places.collect();
        let key = key.first_chunk().copied().unwrap_or_default();
        let acting = limits.limits.iter().filter(|limit| limit.mode == Mode::Enforce);
        let of_limits = acting.flat_map(|limit| limit.steps.iter().map(|step| step.response));
        let acting = limits.detectors.iter().filter(|detector| detector.mode == Mode::Enforce);
        let responses = of_limits.chain(acting.map(|detector| detector.response)).fold(0, |all, one| all | bit(one));
        Self { limits, ids, honeytokens, places, responses, key }
    }

    /// Whether some limit or detector answers by one of these.
    pub(super) fn answers(&self, wanted: &[Response]) -> bool {
        wanted.iter().any(|one| self.responses & bit(*one) != 0)
    }

    pub(super) fn position(&self, id: u64) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    pub(super) fn limit(&self, index: usize) -> Option<(&Arc<Limit>, u64)> {
        Some((self.limits.limits.get(index)?, *self.ids.get(index)?))
    }

    /// The meter of a limit that an account counts into; `value` is that of the limit's dimension.
    pub(super) fn key(&self, id: u64, per: &[Per], account: &Account, value: &str) -> u64 {
        // hashed in one piece, which takes a third of what many small ones do
        let mut bytes = Vec::with_capacity(KEY_BYTES);
        bytes.extend_from_slice(&id.to_ne_bytes());
        let mut write = |tag: u8, text: &[u8]| {
            bytes.push(tag);
            bytes.extend_from_slice(&text.len().to_ne_bytes());
            bytes.extend_from_slice(text);
        };
        let principal = &account.principal;
        for per in per {
            match per {
                Per::Principal => {
                    write(1, principal.database_user.as_bytes());
                    write(2, account.end_user.as_deref().unwrap_or_default().as_bytes());
                }
                Per::EndUser => match &account.end_user {
                    Some(name) => write(3, name.as_bytes()),
                    None => write(1, principal.database_user.as_bytes()),
                },
                Per::Application => match &principal.application {
                    Some(name) => write(4, name.as_bytes()),
                    None => write(5, account.application_name.as_bytes()),
                },
                Per::Address => match principal.address.map(|address| address.to_canonical()) {
                    Some(std::net::IpAddr::V4(address)) => write(6, &address.octets()),
                    Some(std::net::IpAddr::V6(address)) => write(6, &address.octets()),
                    None => write(6, b""),
                },
                Per::Database => write(7, account.database.as_bytes()),
                Per::Dimension(_) => write(8, value.as_bytes()),
            }
        }
        SipHasher13::new_with_key(&self.key).hash(&bytes)
    }

    /// What stands for an account in profiles.
    pub(super) fn account(&self, account: &Account) -> u64 {
        self.key(0, &[Per::Principal], account, "")
    }

    pub(super) fn place(&self, account: &Account) -> Option<u64> {
        account.place()?;
        Some(self.key(1, &[Per::Address], account, ""))
    }
}

fn bit(response: Response) -> u8 {
    1 << response as u8
}
