//! tls-server-end-point: the hash of the server's certificate that both sides put into their SCRAM messages
//! (RFC 5929, section 4).

use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};
use thiserror::Error;
use x509_parser::oid_registry::{OID_PKCS1_RSASSAPSS, Oid};
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::signature_algorithm::SignatureAlgorithm;

/// The name of this kind of channel binding.
pub const NAME: &str = "tls-server-end-point";

/// The channel binding data of one certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndPoint(Vec<u8>);

/// A certificate that no channel can be bound to.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BindingError {
    #[error("not a DER certificate")]
    Certificate,
    #[error("the signature algorithm `{0}` of the certificate has no hash that channel binding could use")]
    Algorithm(String),
}

impl EndPoint {
    /// The binding of a certificate in DER form: its hash by the algorithm of its own signature, SHA-256 in the place
    /// of MD5 and SHA-1.
    ///
    /// # Errors
    /// Something else than a certificate; a signature without a hash function of its own, such as Ed25519.
    pub fn of_certificate(der: &[u8]) -> Result<Self, BindingError> {
        let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| BindingError::Certificate)?;
        if !rest.is_empty() {
            return Err(BindingError::Certificate);
        }
        let algorithm = &certificate.signature_algorithm;
        let hash = if algorithm.algorithm == OID_PKCS1_RSASSAPSS {
            match SignatureAlgorithm::try_from(algorithm) {
                Ok(SignatureAlgorithm::RSASSA_PSS(parameters)) => Hash::by_own_oid(parameters.hash_algorithm_oid()),
                _ => None,
            }
        } else {
            Hash::of_signature(&algorithm.algorithm)
        };
        let hash = hash.ok_or_else(|| BindingError::Algorithm(algorithm.algorithm.to_id_string()))?;
        Ok(Self(hash.of(der)))
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hash {
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash inside a signature algorithm (RFC 3279, 4055, 5754, 5758).
    fn of_signature(oid: &Oid<'_>) -> Option<Self> {
        Some(match oid.to_id_string().as_str() {
            // RSA with MD5, SHA-1, SHA-256; ECDSA with SHA-1, SHA-256; DSA with SHA-1, SHA-256
            "1.2.840.113549.1.1.4" | "1.2.840.113549.1.1.5" | "1.2.840.113549.1.1.11" => Self::Sha256,
            "1.2.840.10045.4.1" | "1.2.840.10045.4.3.2" => Self::Sha256,
            "1.2.840.10040.4.3" | "2.16.840.1.101.3.4.3.2" => Self::Sha256,
            "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Self::Sha384,
            "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => Self::Sha512,
            "1.2.840.113549.1.1.14" | "1.2.840.10045.4.3.1" | "2.16.840.1.101.3.4.3.1" => Self::Sha224,
            _ => return None,
        })
    }

    /// The hash named on its own, as in the parameters of RSASSA-PSS.
    fn by_own_oid(oid: &Oid<'_>) -> Option<Self> {
        Some(match oid.to_id_string().as_str() {
            // MD5, SHA-1, SHA-256
            "1.2.840.113549.2.5" | "1.3.14.3.2.26" | "2.16.840.1.101.3.4.2.1" => Self::Sha256,
            "2.16.840.1.101.3.4.2.2" => Self::Sha384,
            "2.16.840.1.101.3.4.2.3" => Self::Sha512,
            "2.16.840.1.101.3.4.2.4" => Self::Sha224,
            _ => return None,
        })
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha224 => Sha224::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use proptest::prelude::*;

    fn certificate(algorithm: &'static rcgen::SignatureAlgorithm) -> Vec<u8> {
        let key = rcgen::KeyPair::generate_for(algorithm).unwrap();
        let parameters = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        parameters.self_signed(&key).unwrap().der().to_vec()
    }

    /// Replaces every occurrence of a DER object identifier by another of the same length.
    fn signed_with(der: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
        let mut der = der.to_vec();
        let places: Vec<_> = der.windows(from.len()).enumerate().filter(|(_, w)| *w == from).map(|(i, _)| i).collect();
        assert_eq!(places.len(), 2);
        places.iter().for_each(|&place| der[place..place + to.len()].copy_from_slice(to));
        der
    }

    #[test]
    fn the_certificate_s_own_hash_is_used() {
        let der = certificate(&rcgen::PKCS_ECDSA_P256_SHA256);
        assert_eq!(EndPoint::of_certificate(&der).unwrap().as_bytes(), &Sha256::digest(&der)[..]);
        let der = certificate(&rcgen::PKCS_ECDSA_P384_SHA384);
        assert_eq!(EndPoint::of_certificate(&der).unwrap().as_bytes(), &Sha384::digest(&der)[..]);
        let sha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
        let sha512 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04];
        let der = signed_with(&certificate(&rcgen::PKCS_ECDSA_P256_SHA256), &sha256, &sha512);
        assert_eq!(EndPoint::of_certificate(&der).unwrap().as_bytes(), &Sha512::digest(&der)[..]);
    }

    #[test]
    fn md5_and_sha1_give_way_to_sha256() {
        let of = |text: &str| {
            let arcs: Vec<u64> = text.split('.').map(|arc| arc.parse().unwrap()).collect();
            Hash::of_signature(&Oid::from(&arcs).unwrap())
        };
        for text in ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"] {
            assert_eq!(of(text), Some(Hash::Sha256), "{text}");
        }
        assert_eq!(of("1.2.840.113549.1.1.13"), Some(Hash::Sha512));
        assert_eq!(of("1.3.101.112"), None);
    }

    #[test]
    fn what_cannot_be_bound_is_an_error() {
        let der = certificate(&rcgen::PKCS_ED25519);
        let error = EndPoint::of_certificate(&der).unwrap_err();
        assert_eq!(error, BindingError::Algorithm("1.3.101.112".to_owned()));
        assert_eq!(EndPoint::of_certificate(b"").unwrap_err(), BindingError::Certificate);
        assert_eq!(EndPoint::of_certificate(&der[..40]).unwrap_err(), BindingError::Certificate);
        assert_eq!(EndPoint::of_certificate(&[der, vec![0]].concat()).unwrap_err(), BindingError::Certificate);
    }
    proptest! {
        #[test]
        fn no_certificate_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
            static DER: LazyLock<Vec<u8>> = LazyLock::new(|| certificate(&rcgen::PKCS_ECDSA_P256_SHA256));
            let mut der = DER.clone();
            for (place, byte) in changes {
                let place = place.index(der.len());
                der[place] ^= byte;
            }
            let _ = EndPoint::of_certificate(&der);
        }
    }
}
