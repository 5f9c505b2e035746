//! Defects to order, for the tests that show what would find them. They exist with the feature `test-leaks` alone, which
//! no build has by default; without it every question here is answered "no" by the compiler.

/// A defect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Planted {
    /// The mask of `buyers.phone` is the column itself.
    Mask,
    /// The rewriter leaves `buyers.phone` as it is where the table is scanned.
    Scan,
    /// Relations that need no substitution keep the name that the client wrote.
    Pins,
    /// The checker proves whatever it is given.
    Checker,
    /// Origins that the server reports are not verified.
    Origins,
}

/// Whether this defect was ordered.
#[cfg(not(feature = "test-leaks"))]
#[must_use]
pub const fn planted(_defect: Planted) -> bool {
    false
}

#[cfg(feature = "test-leaks")]
pub use ordered::{order, planted};

#[cfg(feature = "test-leaks")]
mod ordered {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::Planted;

    static ORDERED: AtomicU8 = AtomicU8::new(0);

    /// Orders the defects named in `words`, divided by commas; other words are nothing.
    pub fn order(words: &str) {
        for word in words.split(',') {
            let defect = match word {
                "mask" => Planted::Mask,
                "scan" => Planted::Scan,
                "pins" => Planted::Pins,
                "checker" => Planted::Checker,
                "origins" => Planted::Origins,
                _ => continue,
            };
            ORDERED.fetch_or(1 << defect as u8, Ordering::Relaxed);
        }
    }

    /// Whether this defect was ordered.
    #[must_use]
    pub fn planted(defect: Planted) -> bool {
        ORDERED.load(Ordering::Relaxed) & (1 << defect as u8) != 0
    }
}
