//! Which types a client may name: in the text, and in a Parse message, by number. Input of a type may run what others
//! have written.

use crate::catalog::snapshot::{Snapshot, Type};
use crate::model::ids::{FIRST_NORMAL_OID, Oid};

use super::lists;

/// What a client says who leaves a parameter's type to the server: nothing, or `unknown`.
const UNSAID: [u32; 2] = [0, 705];

/// The types that a Parse message gives its parameters, each of which may be named.
#[derive(Clone, Copy, Debug)]
pub struct ParameterTypes<'t>(&'t [u32]);

impl<'t> ParameterTypes<'t> {
    /// Looks at them.
    ///
    /// # Errors
    /// The first one that may not be named, or is not known.
    pub fn check(types: &'t [u32], snapshot: &Snapshot) -> Result<Self, Oid> {
        let named = |oid: Oid| snapshot.type_of(oid).is_some_and(|ty| allowed(snapshot, ty));
        match types.iter().find(|number| !UNSAID.contains(number) && !named(Oid(**number))) {
            Some(number) => Err(Oid(*number)),
            None => Ok(Self(types)),
        }
    }

    /// Their numbers.
    pub fn numbers(self) -> impl ExactSizeIterator<Item = u32> + 't {
        self.0.iter().copied()
    }
}

/// The server's own types, and those of users that bring no input function: enums, domains, ranges, row types.
pub(super) fn allowed(snapshot: &Snapshot, ty: &Type) -> bool {
    let element = ty.element.map(|element| snapshot.type_of(element));
    let of = match element {
        None => ty,
        Some(Some(element)) => element,
        Some(None) => return false,
    };
    if of.oid < FIRST_NORMAL_OID {
        return lists::built_in_type(of);
    }
    lists::extension_type(of) || (matches!(of.kind, b'e' | b'd' | b'r' | b'm' | b'c') && !of.runs_code)
}
