//! The independent checker over PostgreSQL's grammar: the only maker of [`Checked`].

mod checked;
pub use checked::Checked;
