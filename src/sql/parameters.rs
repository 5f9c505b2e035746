//! Parameters under a cast, as programs write them that say what each one is: `$1::INTEGER`.
//!
//! A parameter that nobody has declared is of the type of the first cast around it, which then converts nothing and cannot
//! fail (`parse_param.c`, `variable_coerce_param_hook`). That is believed where it stands under the same cast wherever it
//! is named; what Parse declares is compared with it before the text is sent.

use crate::grammar::{Kind, Node, Tokens, nodes};
use crate::model::ids::Oid;
use crate::model::tables::Map;

use super::walk::Walk;

/// How each parameter of a text is cast: its tokens behind `::`, as they are spelled. `None`: not always, or not alike.
pub(super) type Casts<'a> = Map<i32, Option<Vec<&'a str>>>;

/// Words that the name of a type may go on with.
const GOES_ON: [&str; 6] = ["precision", "varying", "with", "without", "time", "zone"];

fn casts<'a>(tokens: &'a Tokens<'a>) -> Casts<'a> {
    let mut casts = Casts::default();
    for (index, token) in tokens.list().iter().enumerate().filter(|(_, token)| token.kind == Kind::Param) {
        let Some(number) = tokens.slice(*token).get(1..).and_then(|digits| digits.parse().ok()) else { continue };
        let here = spelled(tokens, index + 1);
        casts
            .entry(number)
            .and_modify(|known| *known = known.take_if(|known| Some(&*known) == here.as_ref()))
            .or_insert(here);
    }
    casts
}

/// The tokens of the type that a value is cast to by `::` at `index`.
fn spelled<'a>(tokens: &'a Tokens<'a>, index: usize) -> Option<Vec<&'a str>> {
    if !tokens.is(index, "::") {
        return None;
    }
    let (mut spelled, mut open) = (Vec::new(), 0);
    for at in index + 1.. {
        let Some(token) = tokens.get(at) else { break };
        let is = |what: &&str| tokens.is(at, what);
        let goes_on = open > 0 || at == index + 1 || is(&".") || tokens.is(at - 1, ".") || GOES_ON.iter().any(&is);
        match tokens.slice(token) {
            "(" | "[" => open += 1,
            ")" | "]" if open > 0 => open -= 1,
            _ if goes_on => {}
            _ => break,
        }
        spelled.push(tokens.slice(token));
    }
    Some(spelled)
}

impl<'a> Walk<'a> {
    /// Notes a cast of a parameter, if that is how it is cast everywhere.
    pub(super) fn note_parameter(&mut self, cast: &'a nodes::TypeCast) {
        let Node::ParamRef(parameter) = cast.arg() else { return };
        if self.scope.declared_parameters || !self.believes || !self.context.rights.filters_rows() {
            return;
        }
        let casts = self.casts.get_or_insert_with(|| casts(self.tokens));
        if !casts.get(&parameter.number).is_some_and(Option::is_some) {
            return;
        }
        let to = cast.type_name().and_then(|ty| self.type_cast_to(ty));
        self.facts.casts.extend(to.map(|to| (parameter.number, to)));
    }

    /// The type of a parameter under a cast, if that is believed to convert nothing.
    pub(super) fn cast_parameter(&self, cast: &'a nodes::TypeCast) -> Option<Oid> {
        let Node::ParamRef(parameter) = cast.arg() else { return None };
        let ty = self.type_cast_to(cast.type_name()?)?;
        (self.facts.casts.get(&parameter.number) == Some(&ty)).then_some(ty)
    }

    /// A type of the server's or an enum, or a list of one, that is named without more.
    fn type_cast_to(&self, ty: &'a nodes::TypeName) -> Option<Oid> {
        let snapshot = self.context.snapshot;
        match (ty.typmods().is_empty(), ty.array_bounds().len()) {
            (true, 0) => self.named_type(ty),
            (true, 1) => {
                let element = snapshot.type_of(self.named_type(ty)?)?;
                let mut named = snapshot.types_named(&format!("_{}", element.name)).iter();
                named.find(|one| one.element == Some(element.oid) && one.schema == element.schema).map(|one| one.oid)
            }
            _ => None,
        }
    }
}
