//! What is said about a wrong bundle: text, help and the exact place.
