//! Spellings that try to widen rights.
