//! What is usual: mean and deviation of past windows, weighing recent ones more.
//!
//! Exponentially weighted mean and variance (West 1979; Finch 2009, "Incremental calculation of weighted mean and
//! variance", equations 124 and 143). A sample counts at most as far as three deviations above the mean once that is
//! known, so that somebody who takes a little more every day does not teach us that it is usual.

use serde::{Deserialize, Serialize};

/// Weight of a new sample.
const ALPHA: f64 = 0.1;

/// Samples before the mean is trusted.
pub const ENOUGH: u32 = 5;

/// How far a sample may stand out, in deviations.
const CAP: f64 = 3.0;

/// Mean and deviation of what one account, or all peers, took in past windows.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Baseline {
    mean: f64,
    variance: f64,
    samples: u32,
}

impl Baseline {
    /// Adds the count of a finished window.
    pub fn learn(&mut self, sample: u64) {
        let mut sample = sample as f64;
        if self.samples >= ENOUGH {
            sample = sample.min(self.above(CAP));
        }
        // The first samples weigh alike, as in a plain mean.
        let alpha = ALPHA.max(1.0 / f64::from(self.samples.saturating_add(1)));
        let delta = sample - self.mean;
        self.mean += alpha * delta;
        self.variance = (1.0 - alpha) * (self.variance + alpha * delta * delta);
        self.samples = self.samples.saturating_add(1);
    }

    /// So many deviations above the mean; `None` while too little is known.
    #[must_use]
    pub fn threshold(&self, deviations: f64) -> Option<u64> {
        (self.samples >= ENOUGH).then(|| self.above(deviations).ceil() as u64)
    }

    /// Mean of past windows.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// A deviation is taken as no less than a tenth of the mean: nobody works as evenly as that.
    fn above(&self, deviations: f64) -> f64 {
        self.mean + deviations * self.variance.sqrt().max(self.mean / 10.0).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_what_is_usual() {
        let mut baseline = Baseline::default();
        for sample in [50, 60, 40, 55] {
            baseline.learn(sample);
        }
        assert_eq!(baseline.threshold(3.0), None, "four windows are too few");
        baseline.learn(45);
        assert!((baseline.mean() - 50.0).abs() < 1e-9);
        let threshold = baseline.threshold(3.0).unwrap();
        assert!((65..=80).contains(&threshold), "{threshold}");
    }

    #[test]
    fn it_is_not_taught_by_one_theft() {
        let mut baseline = Baseline::default();
        (0..30).for_each(|day| baseline.learn(50 + day % 5));
        let before = baseline.threshold(3.0).unwrap();
        baseline.learn(100_000);
        assert!(baseline.threshold(3.0).unwrap() <= before + before / 5);
    }
}
