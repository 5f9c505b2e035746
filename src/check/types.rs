//! Which types a client may name: in the text, and in a Parse message, by number. Input of a type may run what others
//! have written.

use crate::catalog::snapshot::{Snapshot, Type};
use crate::model::facts::Facts;
use crate::model::ids::{FIRST_NORMAL_OID, Oid};

use super::lists;

/// What a client says who leaves a parameter's type to the server: nothing, or `unknown`.
const UNSAID: [u32; 2] = [0, 705];

/// The types that a Parse message gives its parameters, each of which may be named.
#[derive(Clone, Copy, Debug)]
pub struct ParameterTypes<'t>(&'t [u32]);

impl<'t> ParameterTypes<'t> {
    /// Looks at them, for what these statements do.
    ///
    /// # Errors
    /// The first one that may not be named, or is not known.
    pub fn check(types: &'t [u32], snapshot: &Snapshot, statements: &[Facts]) -> Result<Self, Oid> {
        // a comparison that converts to one of these fails for some values, perhaps of a row that is not there
        let filtered = statements.iter().any(|facts| facts.filtered);
        let fails = |ty: &Type| filtered && is_number_of_an_object(snapshot, ty);
        let named = |oid: Oid| snapshot.type_of(oid).is_some_and(|ty| allowed(snapshot, ty) && !fails(ty));
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

/// `oid`, `regclass` and the like, lists of these, and what users have made of any type.
fn is_number_of_an_object(snapshot: &Snapshot, ty: &Type) -> bool {
    let of = ty.element.and_then(|element| snapshot.type_of(element)).map_or(ty, |element| element);
    let own = of.oid >= FIRST_NORMAL_OID && matches!(of.kind, b'd' | b'b');
    own || (of.oid < FIRST_NORMAL_OID && (of.name.starts_with("oid") || of.name.starts_with("reg")))
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
