//! How often what is made.

/// Shares are in percent.
#[derive(Clone, Debug)]
pub struct Knobs {
    /// How deep expressions nest.
    pub depth: u32,
    /// How deep queries nest.
    pub nesting: u32,
    /// FROM items of one query.
    pub joins: usize,
    /// Output columns of one query.
    pub columns: usize,
    pub grouped: u32,
    pub set_operation: u32,
    pub with: u32,
    pub recursive: u32,
    pub windows: u32,
    pub distinct: u32,
    pub limit: u32,
    pub locking: u32,
    pub ordered: u32,
    pub outer_reference: u32,
    /// Literals that become parameters where there are parameters.
    pub parameters: u32,
    /// Writes in transactions that are rolled back.
    pub writes: u32,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            depth: 3,
            nesting: 2,
            joins: 3,
            columns: 5,
            grouped: 18,
            set_operation: 9,
            with: 12,
            recursive: 20,
            windows: 10,
            distinct: 9,
            limit: 18,
            locking: 5,
            ordered: 40,
            outer_reference: 25,
            parameters: 30,
            writes: 30,
        }
    }
}
