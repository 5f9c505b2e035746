//! What every mask promises.

use super::*;

fn ty(class: TypeClass) -> ColumnType {
    let sql = match &class {
        TypeClass::Varchar(Some(limit)) => format!("pg_catalog.varchar({limit})"),
        TypeClass::Bpchar(Some(limit)) => format!("pg_catalog.bpchar({limit})"),
        TypeClass::Date => "pg_catalog.date".into(),
        TypeClass::Int2 => "pg_catalog.int2".into(),
        TypeClass::Numeric(Some((precision, scale))) => format!("pg_catalog.numeric({precision},{scale})"),
        _ => "pg_catalog.text".into(),
    };
    ColumnType { sql: sql.into(), class }
}

fn mask(toml: &str) -> Mask {
    toml::from_str(toml).unwrap()
}

fn shows(toml: &str, class: TypeClass, cases: &[(&str, &str)]) {
    let (mask, ty) = (mask(toml), ty(class));
    for (value, expected) in cases {
        let masked = mask.apply(value, &ty).unwrap();
        assert_eq!(masked, *expected, "{toml} of {value:?}");
        assert_eq!(mask.apply(&masked, &ty).unwrap(), masked, "{toml} of {masked:?}, a second time");
        assert!(masked.trim().is_empty() || masked == "NaN" || mask.looks_masked(&masked, &ty), "{toml}: {masked:?}");
    }
}

#[test]
fn keep_masks_wholly_what_is_no_longer_than_what_it_keeps() {
    shows(
        "keep = { first = 3, last = 4 }",
        TypeClass::Text,
        &[("13812345678", "138****5678"), ("1234567", "*******"), ("12345678", "123*5678"), ("", ""), ("一", "*")],
    );
    shows("keep = { first = 1, fill = \"#\", hide = 2 }", TypeClass::Text, &[("ab", "##"), ("abc", "a##")]);
    shows("keep = { first = 1 }", TypeClass::Bpchar(Some(4)), &[("ab  ", "a*  "), ("    ", "    ")]);
}

#[test]
fn names_show_the_surname() {
    let cases = [("王小明", "王**"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧**"), ("王", "*"), ("Alice", "A**")];
    shows("name = true", TypeClass::Text, &cases);
    shows("name = true", TypeClass::Varchar(Some(2)), &[("王明", "王*"), ("欧阳", "欧*")]);
}

#[test]
fn email_shows_the_last_domain() {
    let cases = [
        ("alice@example.com", "a****@example.com"),
        ("first@b.cn, second@w.cn", "f****@w.cn"),
        ("13812345678@139.com", "1****@139.com"),
        ("abcd@b.cn", "*****"),
        ("nobody", "*****"),
        ("alice@", "*****"),
        ("alice@b.cn 13812345678", "*****"),
        ("alice@b.cn电话", "*****"),
        ("alice@13812345678", "*****"),
        ("alice@b.cn\n", "*****"),
    ];
    shows("email = true", TypeClass::Text, &cases);
    shows("email = true", TypeClass::Varchar(Some(9)), &[("alice@b.c", "a****@b.c"), ("ab@cd.com", "*****")]);
}

#[test]
fn phones_hide_four_digits_or_everything() {
    let cases = [
        ("13812345678", "138****5678"),
        ("138-1234-5678", "138-****5678"),
        ("+8613812345678", "+86138****5678"),
        ("+86 138 1234 5678", "+86 138****5678"),
        ("0571-87654321", "0571-****4321"),
        ("010-87654321-8001", "010-****8001"),
        ("400-123-4567", "****"),
        ("138-1234-56-7", "138-****56-7"),
        ("13812345678转1", "****"),
        ("87654321", "****"),
        ("１３８１２３４５６７８", "****"),
        ("110", "****"),
    ];
    shows("phone = true", TypeClass::Text, &cases);
    shows("phone = true", TypeClass::Varchar(Some(3)), &[("110", "***")]);
}

#[test]
fn identity_numbers_show_region_and_year() {
    let both = "id_card = { region = true, birth_year = true }";
    shows(
        both,
        TypeClass::Text,
        &[("11010119900307851X", "1101011990********"), ("110101900307851", "******************")],
    );
    shows("id_card = { birth_year = true }", TypeClass::Text, &[("11010119900307851X", "******1990********")]);
    shows("id_card = {}", TypeClass::Text, &[("11010119900307851X", "******************")]);
    shows(both, TypeClass::Bpchar(Some(18)), &[("李四               ", "******************")]);
}

#[test]
fn bank_cards_show_both_ends() {
    let cases = [
        ("6222021234567890123", "6222********0123"),
        ("6222 0212 3456 7890", "6222********7890"),
        ("622202", "********"),
    ];
    shows("bank_card = true", TypeClass::Text, &cases);
}

#[test]
fn addresses_end_with_the_district() {
    let cases = [
        ("浙江省杭州市西湖区文三路123号阳光小区3幢", "浙江省杭州市西湖区****"),
        ("北京市朝阳区建国路88号", "北京市朝阳区****"),
        ("上海市浦东新区世纪大道1号", "上海市浦东新区****"),
        ("内蒙古自治区锡林郭勒盟苏尼特右旗赛汉塔拉镇", "内蒙古自治区锡林郭勒盟****"),
        ("内蒙古自治区通辽市奈曼旗大沁他拉镇", "内蒙古自治区通辽市奈曼旗****"),
        ("云南省大理白族自治州漾濞彝族自治县上街镇", "云南省大理白族自治州漾濞彝族自治县****"),
        ("浙江省杭州市建德市新安江街道", "浙江省杭州市建德市****"),
        ("杭州市文三路18号阳光小区", "杭州市****"),
        ("杭州市阳光小区3幢", "杭州市****"),
        ("西湖区文三路1号", "西湖区****"),
        ("浙江省杭州市西湖区", "浙江省杭州市西湖区****"),
        ("江苏省盐城市亭湖区解放路1号", "江苏省盐城市亭湖区****"),
        ("广西壮族自治区桂林市龙胜各族自治县", "广西壮族自治区桂林市龙胜各族自治县****"),
        ("杭州市１２区", "杭州市****"),
        ("山东省济宁市市中区太白楼路", "山东省济宁市市中区****"),
        ("浙江省台州市路桥区新路", "浙江省台州市****"),
        ("文三路阳光超市2楼", "****"),
        ("杭州市阳光菜市旁", "杭州市****"),
        ("王小明浙江省杭州市", "****"),
        ("王小明家住杭州市", "****"),
        ("12 Main Street", "****"),
    ];
    shows("address = true", TypeClass::Text, &cases);
    shows("address = true", TypeClass::Varchar(Some(8)), &[("北京市朝阳区建国", "北京市朝阳区**")]);
}

#[test]
fn dates_are_cut_to_year_or_month() {
    let cases = [
        ("1990-12-31", "1990-01-01"),
        ("infinity", "infinity"),
        ("0044-03-15 BC", "0044-01-01 BC"),
        ("4714-12-31 BC", "4714-11-24 BC"),
        ("5874897-12-31", "5874897-01-01"),
    ];
    shows("date = \"year\"", TypeClass::Date, &cases);
    shows("date = \"month\"", TypeClass::Date, &[("1990-12-31", "1990-12-01"), ("4714-12-31 BC", "4714-12-01 BC")]);
    shows("date = \"month\"", TypeClass::Timestamptz, &[("1990-12-31 23:59:59.5+00", "1990-12-01 00:00:00+00")]);
}

#[test]
fn numbers_become_multiples_within_their_type() {
    shows("number = { round = 1000 }", TypeClass::Int2, &[("499", "0"), ("-500", "-1000"), ("32767", "32000")]);
    shows("number = { bucket = 1000 }", TypeClass::Int2, &[("999", "0"), ("-1", "-1000"), ("-32768", "-32000")]);
    let cases = [("12345.67", "12000.00"), ("NaN", "NaN"), ("99999.99", "99000.00"), ("-0.01", "0.00")];
    shows("number = { round = 1000 }", TypeClass::Numeric(Some((7, 2))), &cases);
    shows("number = { round = 7 }", TypeClass::Numeric(None), &[("3.5", "7"), ("3.49", "0"), ("10.49999", "7")]);
    shows(
        "number = { bucket = 5 }",
        TypeClass::Float8,
        &[("-1e-300", "-5"), ("1e+300", "999999999999995"), ("7", "5")],
    );
}

#[test]
fn null_and_constant_show_nothing() {
    let null = Mask::Null;
    assert_eq!(null.sql("\"c\"", &ty(TypeClass::Date)).unwrap(), "(NULL)::pg_catalog.date");
    assert_eq!(null.apply("1990-01-01", &ty(TypeClass::Date)), None);
    shows("constant = \"已隐藏\"", TypeClass::Text, &[("x", "已隐藏")]);
    shows("constant = \"7\"", TypeClass::Int2, &[("1", "7")]);
    assert!(!mask("constant = \"40000\"").supports(&TypeClass::Int2));
}

/// What forms make of masks is none of a true value, and true values are none of these.
#[test]
fn traces_of_a_mask_are_told_from_values() {
    let text = ty(TypeClass::Text);
    let looks = |spelled: &str, value: &str| mask(spelled).looks_masked(value, &text);
    for value in
        [" 138****0024", "138 **** 0024", "138＊＊＊＊0024", "138• •0024", "138xx0024", "138…0024", "1%2A2", "●"]
    {
        assert!(looks("phone = true", value), "{value}");
    }
    for value in ["138-1234-0024", "0571-87654321-8001", "+86 13812340024", "13812340024转8", ""] {
        assert!(!looks("phone = true", value), "{value}");
    }
    for (value, masked) in
        [("陈**先生", true), ("陈××", true), ("买买提•艾力", false), ("Max X", false), ("Foxx", false)]
    {
        assert_eq!(looks("name = true", value), masked, "{value}");
    }
    let hashes = "keep = { first = 1, fill = \"#\" }";
    for (value, masked) in [("a##", true), ("x a# #", true), ("a＃＃b", true), ("no. #5", false), ("a*", false)] {
        assert_eq!(looks(hashes, value), masked, "{value}");
    }
    for (value, masked) in [(" Withheld.", true), ("with", true), ("without", false), ("*", false)] {
        assert_eq!(looks("constant = \"withheld\"", value), masked, "{value}");
    }
    assert!(looks("constant = \"***\"", "x＊"));
}

#[test]
fn expressions_are_ascii_and_pinned() {
    for name in ["phone", "id-card", "name", "email", "bank-card", "address"] {
        let sql = Mask::named(name).unwrap().sql("\"c\"", &ty(TypeClass::Varchar(Some(30)))).unwrap();
        assert!(sql.is_ascii() && sql.ends_with(")::pg_catalog.varchar(30)"), "{sql}");
    }
    let name = mask("name = true").sql("\"c\"", &ty(TypeClass::Text)).unwrap();
    assert!(name.contains("pg_catalog.left(\"c\", CASE WHEN"), "{name}");
}

#[test]
fn parameters_that_hide_nothing_are_refused() {
    for bad in [
        "keep = { first = 3, hide = 0 }",
        "keep = { fill = \"x\" }",
        "keep = { fill = \" \" }",
        "keep = { fill = \"\u{200B}\" }",
        "keep = { fill = \"\u{0301}\" }",
        "keep = { fill = \"**\" }",
        "keep = { frist = 3 }",
        "number = { round = 1 }",
        "date = \"day\"",
        "phone = { first = 3 }",
        "phone = false",
        "unknown = true",
        "name = {}\nemail = true",
    ] {
        assert!(toml::from_str::<Mask>(bad).is_err(), "{bad}");
    }
}
