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
    /// The first one that may not be named, is not known, or is another than the statements believe.
    pub fn check(types: &'t [u32], snapshot: &Snapshot, statements: &[Facts]) -> Result<Self, Oid> {
        // a comparison that converts to one of these fails for some values, perhaps of a row that is not there
        let filtered = statements.iter().any(|facts| facts.filtered);
        let fails = |ty: &Type| filtered && is_number_of_an_object(snapshot, ty);
        let named = |oid: Oid| snapshot.type_of(oid).is_some_and(|ty| allowed(snapshot, ty) && !fails(ty));
        match types.iter().find(|number| !UNSAID.contains(number) && !named(Oid(**number))) {
            Some(number) => Err(Oid(*number)),
            None => disbelieved(types, statements).map_or(Ok(Self(types)), Err),
        }
    }

    /// Their numbers.
    pub fn numbers(self) -> impl ExactSizeIterator<Item = u32> + 't {
        self.0.iter().copied()
    }
}

/// What a parameter is declared as that is cast to something which not every value of it is one of, while the statements
/// believe that the cast does not fail ([`Facts::casts`]).
#[must_use]
pub fn disbelieved(types: &[u32], statements: &[Facts]) -> Option<Oid> {
    let mut believed = statements.iter().flat_map(|facts| &facts.casts);
    let declared = |number: i32| types.get(usize::try_from(number).ok()?.checked_sub(1)?).copied();
    let other = |number, to: Oid| declared(number).filter(|ty| !UNSAID.contains(ty) && !widens(*ty, to.0));
    believed.find_map(|(number, to)| other(*number, *to)).map(Oid)
}

/// Whether every value of a type is one of the other: numbers of more digits, strings, lists of these.
fn widens(from: u32, to: u32) -> bool {
    const NUMBERS: [u32; 4] = [21, 23, 20, 1700];
    const LISTS: [u32; 4] = [1005, 1007, 1016, 1231];
    const STRINGS: [u32; 2] = [25, 1043];
    let among = |row: &[u32]| {
        let place = |ty| row.iter().position(|one| *one == ty);
        place(from).zip(place(to))
    };
    from == to
        || among(&STRINGS).is_some()
        || [NUMBERS, LISTS].iter().any(|row| among(row).is_some_and(|(from, to)| from < to))
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
