//! Tests: what copies of protected values may be read of.

use super::tests::*;
use crate::catalog::snapshot::{Lineage, Origin, Parts, Relation, Snapshot, Type};
use crate::model::ids::Oid;

#[test]
fn a_generated_column_is_as_closed_as_its_sources() {
    let generated_from = vec![(4, 3), (5, 1)];
    let mut relation = table(20000, "housing.buyers", &["id", "name", "phone", "tail", "double"]);
    relation.generated_from = generated_from;
    let part = child(20001, "housing.part", 20000, &["id", "name", "phone", "tail", "double"]);
    let snapshot = snapshot(vec![relation, part]);
    let bundle = open(BUYERS);
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20000), "cmmhc");
    assert_eq!(seen(&rights(&bundle, &snapshot, "caller"), 20000), "cmccc");
    let named = bundle.replace("id = \"public\"", "id = \"public\"\ntail = \"public\"");
    assert_eq!(seen(&rights(&named, &snapshot, "sales"), 20000), "cmmcc", "the bundle knows better");
}

#[test]
fn a_row_in_a_column_is_as_closed_as_its_table() {
    let (row, array, pair, domain) = (Oid(30000), Oid(30001), Oid(30002), Oid(30003));
    let ty = |oid: Oid, kind: u8, element: Option<Oid>, base: Option<(Oid, i32)>| Type {
        oid,
        schema: "housing".into(),
        name: oid.0.to_string().into(),
        kind,
        element,
        base,
        bounds: None,
        runs_code: false,
        extension: None,
    };
    let (range, several) = (Oid(30004), Oid(30005));
    let of = |oid: Oid, kind: u8, bounds: Oid| Type { bounds: Some(bounds), ..ty(oid, kind, None, None) };
    let mut composite = Relation::new(Oid(20005), "housing", "pair", crate::catalog::snapshot::RelationKind::Composite);
    composite.columns = table(1, "x.y", &["who"]).columns;
    composite.columns[0].type_oid = array;
    let mut kept = table(20001, "housing.kept", &["id", "row", "rows", "pair", "domain", "range", "ranges"]);
    for (column, ty) in kept.columns.iter_mut().skip(1).zip([row, array, pair, domain, range, several]) {
        column.type_oid = ty;
    }
    let snapshot = Snapshot::assemble(Parts {
        relations: vec![buyers(), kept, composite],
        types: vec![
            ty(row, b'c', None, None),
            ty(array, b'b', Some(row), None),
            ty(pair, b'c', None, None),
            ty(domain, b'd', None, Some((pair, -1))),
            of(range, b'r', row),
            of(several, b'm', range),
        ],
        row_types: [(row, Oid(20000)), (pair, Oid(20005))].into(),
        ..Parts::default()
    });
    let bundle = open(BUYERS);
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20001), "chhhhhh");
    assert_eq!(seen(&rights(&bundle, &snapshot, "registrar"), 20001), "clear ccccccc");
}

#[test]
fn a_union_of_one_kind_of_column_keeps_its_mask() {
    let leads = table(20001, "housing.leads", &["id", "name", "phone"]);
    let union = Lineage::Known {
        outputs: vec![
            Origin::Either(vec![id(20000, 2), id(20001, 2)]),
            Origin::Either(vec![id(20000, 2), id(20001, 3)]),
            Origin::Either(vec![id(20000, 1), id(20001, 1)]),
            Origin::Either(vec![]),
        ],
        decides: vec![],
    };
    let snapshot = snapshot(vec![buyers(), leads, view(20020, "housing.all", &["name", "mixed", "id", "none"], union)]);
    let bundle = open(&format!("{BUYERS}{}", BUYERS.replace("buyers", "leads")));
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20020), "mmcc");
    let bundle = bundle.replacen("name = \"pii/name\"", "name = { category = \"pii/name\", mask = \"name\" }", 1);
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20020), "hhcc", "two masks: neither is known to hide enough");
}
