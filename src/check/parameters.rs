//! Parameters that conditions beside a filter cannot fail by, although they are cast: each occurrence of one stands under
//! the same cast, so that the server has made it of that type, unless it was declared otherwise.

use std::collections::BTreeMap;

use crate::grammar::{Kind, Node, NodeList, nodes};
use crate::model::ids::Oid;
use crate::model::tables::{Map, Set};

use super::walk::Walk;

/// How a parameter is cast.
pub(super) struct Cast {
    /// What it is cast to, or each element of it; `None`: to more than one type, or one that may fail.
    to: Option<(Oid, bool)>,
    /// Where.
    places: Set<i32>,
}

impl<'a> Walk<'a> {
    /// Notes a cast, if it is one of a parameter.
    pub(super) fn note_cast(&mut self, it: &'a nodes::TypeCast) {
        let Node::ParamRef(parameter) = it.arg() else { return };
        let to = self.cast_to(it);
        let cast = self.casts.entry(parameter.number).or_insert_with(|| Cast { to, places: Set::default() });
        cast.to = cast.to.filter(|known| Some(*known) == to);
        cast.places.insert(parameter.location);
    }

    /// Keeps those that are planned so and stand nowhere else.
    pub(super) fn keep_casts(&mut self, planned: &BTreeMap<i32, Oid>) {
        let mut casts = std::mem::take(&mut self.casts);
        if planned.is_empty() || self.declares_parameters || casts.is_empty() {
            return;
        }
        let tokens = self.subject.tokens;
        let mut named: Map<i32, usize> = Map::default();
        for token in tokens.list().iter().filter(|token| token.kind == Kind::Param) {
            let digits = tokens.slice(*token).trim_start_matches('$');
            *named.entry(digits.parse().unwrap_or_default()).or_default() += 1;
        }
        casts.retain(|number, cast| {
            let declared = cast.to.and_then(|(ty, list)| if list { self.list_of(ty) } else { Some(ty) });
            declared.is_some()
                && planned.get(number).copied() == declared
                && named.get(number) == Some(&cast.places.len())
        });
        self.casts = casts;
    }

    /// What a parameter that was kept is cast to, or each element of it.
    pub(super) fn kept_cast(&self, it: &'a nodes::TypeCast) -> Option<(Oid, bool)> {
        let Node::ParamRef(parameter) = it.arg() else { return None };
        self.casts.get(&parameter.number)?.to
    }

    /// The one type that all of these are: parameters that were kept.
    pub(super) fn kept_alike(&self, elements: &'a NodeList) -> Option<Oid> {
        let mut one = None;
        for element in elements.iter() {
            let Node::TypeCast(cast) = element else { return None };
            match (self.kept_cast(cast)?, one) {
                ((ty, false), known) if known.is_none_or(|known| known == ty) => one = Some(ty),
                _ => return None,
            }
        }
        one
    }

    fn cast_to(&self, it: &'a nodes::TypeCast) -> Option<(Oid, bool)> {
        let ty = it.type_name()?;
        let list = match ty.array_bounds().len() {
            0 => false,
            1 => true,
            _ => return None,
        };
        self.type_called(ty).map(|element| (element, list))
    }

    /// The type of lists of a type, made together with it.
    fn list_of(&self, element: Oid) -> Option<Oid> {
        let snapshot = self.subject.snapshot;
        let of = snapshot.type_of(element)?;
        let mut listed = snapshot.types_named(&format!("_{}", of.name)).iter();
        listed.find(|ty| ty.schema == of.schema && ty.element == Some(element)).map(|ty| ty.oid)
    }
}
