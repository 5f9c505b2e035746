//! The vocabulary: plain data, its parsing and printing, no decisions.

pub mod arrays;
pub mod category;
pub mod disclosure;
pub mod epochs;
pub mod event;
pub mod facts;
pub mod ids;
pub mod person;
pub mod planted;
pub mod principal;
pub mod refusal;
pub mod tables;
pub mod types;
