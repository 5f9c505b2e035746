//! Where choices come from: a small generator whose numbers depend on the seed and on nothing else.

/// SplitMix64 (Steele, Lea, Flood 2014): every statement has its own, so that one statement can be made again alone.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The choices of statement number `index` of a run.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut chance = Self(seed ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        // neighbours must not resemble each other
        chance.next();
        Self(chance.next() ^ seed.rotate_left(32))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `count` - 1.
    pub fn below(&mut self, count: usize) -> usize {
        assert!(count > 0, "nothing to choose from");
        (self.next() % count as u64) as usize
    }

    /// A number in that range, both ends included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Happens `share` times out of a hundred.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share as usize
    }

    pub fn one<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// Some of the choices, in their order, at least `least`.
    pub fn some<T: Clone>(&mut self, choices: &[T], least: usize, most: usize) -> Vec<T> {
        let mut left: Vec<usize> = (0..choices.len()).collect();
        let wanted = self.between(least, most.max(least)).min(choices.len());
        while left.len() > wanted {
            left.remove(self.below(left.len()));
        }
        left.into_iter().map(|index| choices[index].clone()).collect()
    }
}

#[test]
fn a_statement_s_choices_depend_on_seed_and_number_alone() {
    let draw = |seed, index| {
        let mut chance = Chance::new(seed, index);
        [(); 8].map(|()| chance.below(1000))
    };
    assert_eq!(draw(1, 2), draw(1, 2));
    assert_ne!(draw(1, 2), draw(1, 3));
    assert_ne!(draw(1, 2), draw(2, 2));
}
