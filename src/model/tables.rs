//! Hash tables that are asked for each name of each statement: seeded at random, and quicker than those of `std`.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

pub type Map<K, V> = HashMap<K, V, RandomState>;
pub type Set<K> = HashSet<K, RandomState>;
