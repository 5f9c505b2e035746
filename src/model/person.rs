//! Persons and accounts as keyed digests, alike in every replica with the same key.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher24;

/// The digest of a person's subject key: SipHash-2-4, keyed with the first half of `key`, over the second half, the
/// space's name and the text. Without the key nobody can tell from a digest whose it is, by trying every number.
///
/// `space` names what the key's text is unique in, such as `housing.buyers`: two tables whose subject columns mean the
/// same persons are to be given the same space.
#[must_use]
pub fn digest(key: &[u8; 32], space: &str, text: &str) -> u64 {
    let mut halves = key.chunks_exact(16);
    let first: [u8; 16] = halves.next().and_then(|half| half.try_into().ok()).unwrap_or_default();
    let mut hasher = SipHasher24::new_with_key(&first);
    hasher.write(halves.next().unwrap_or_default());
    hasher.write(&(space.len() as u64).to_le_bytes());
    hasher.write(space.as_bytes());
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_differ_by_key_space_and_text() {
        let (a, b) = ([1; 32], [2; 32]);
        let one = digest(&a, "housing.buyers", "1001");
        assert_eq!(one, digest(&a, "housing.buyers", "1001"));
        let mut second_half = a;
        second_half[31] = 9;
        for other in [
            digest(&b, "housing.buyers", "1001"),
            digest(&second_half, "housing.buyers", "1001"),
            digest(&a, "housing.buyer", "s1001"),
            digest(&a, "housing.buyers", "1002"),
        ] {
            assert_ne!(one, other);
        }
    }
}
