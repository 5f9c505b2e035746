//! What an adversary tries: values that differ in the hidden part alone must have one mask, in every type.

use std::collections::BTreeSet;

use super::*;

fn masks_of<S: AsRef<str>>(toml: &str, class: &TypeClass, values: impl IntoIterator<Item = S>) -> BTreeSet<String> {
    let mask: Mask = toml::from_str(toml).unwrap();
    let ty = ColumnType { sql: "pg_catalog.text".into(), class: class.clone() };
    let masked = |value: S| mask.apply(value.as_ref(), &ty).unwrap();
    values.into_iter().map(masked).collect()
}

/// All of them look alike, and none of `secrets` shows.
fn alike(toml: &str, values: &[&str], secrets: &[&str]) {
    for class in [TypeClass::Text, TypeClass::Varchar(Some(60)), TypeClass::Bpchar(Some(60)), TypeClass::Bpchar(None)] {
        let masks = masks_of(toml, &class, values);
        assert_eq!(masks.len(), 1, "{toml} tells {values:?} apart: {masks:?}");
        let mask = masks.first().unwrap();
        assert!(!secrets.iter().any(|secret| mask.contains(secret)), "{toml}: {mask:?}");
    }
}

#[test]
fn every_hidden_digit_of_a_number_is_hidden() {
    let phones = (0..10_000).map(|middle| format!("138{middle:04}5678"));
    assert_eq!(masks_of("phone = true", &TypeClass::Varchar(Some(11)), phones).len(), 1);
    let cards = (0..10_000).map(|middle| format!("6222{middle:04}000{middle:04}1234"));
    assert_eq!(masks_of("bank_card = true", &TypeClass::Varchar(Some(19)), cards).len(), 1);
    let days = (0..10_000).map(|day| format!("1101011990{day:04}51{}X", day % 10));
    let year = "id_card = { region = true, birth_year = true }";
    assert_eq!(masks_of(year, &TypeClass::Bpchar(Some(18)), days).len(), 1);
}

#[test]
fn the_length_of_what_is_hidden_does_not_show() {
    alike("name = true", &["王明", "王小明", "王阿不都热合曼", "王 13812345678"], &["明", "138"]);
    alike("name = true", &["欧阳明", "欧阳小明"], &["明"]);
    alike("phone = true", &["13800005678", "138 1234 5678", "1380000000005678", "138(12)34+5678"], &["1234"]);
    alike("email = true", &["alice@b.cn", "alexandra.smith@b.cn", "a13812345678@b.cn"], &["lice", "138"]);
    alike("bank_card = true", &["6222021234561234", "6222021234567891234", "6222 0212 3456 1234"], &["0212"]);
    alike(
        "address = true",
        &["北京市朝阳区", "北京市朝阳区建国路88号", "北京市朝阳区13812345678"],
        &["建国", "88", "138"],
    );
}

/// Digits of other scripts, letters that look like digits, marks without width: not a number, nothing shows.
#[test]
fn disguised_numbers_are_masked_wholly() {
    alike(
        "phone = true",
        &[
            "１３８１２３４５６７８",
            "٠١٢٣٤٥٦٧٨٩٠",
            "138\u{200b}12345678",
            "\u{202e}87654321831",
            "13812345678\u{a0}",
            "l38I2345678",
            "138.1234.5678",
            "13812345678/13987654321",
            "电话13812345678",
            "1234567",
            "8",
        ],
        &["1", "8", "８"],
    );
    let id = "id_card = { region = true, birth_year = true }";
    alike(
        id,
        &["１１０１０１１９９００３０７８５１X", "110101900307851", "张三 13812345678 abc", "abcdefghij12345678", "E1"],
        &["1"],
    );
    alike("id_card = {}", &["110101199003078515", "E12345678", "1"], &["1"]);
    alike("bank_card = true", &["6222021234567", "6222-0212", "卡号6222021234567891234", "1"], &["6"]);
}

/// Separators do not count as hidden digits: 138-----5678 hides nothing.
#[test]
fn separators_do_not_stand_for_hidden_digits() {
    alike("phone = true", &["138----5678", "138    5678", "1381-2345678", "138(1)(2)5678", "1-2-3-4-5-6"], &["5678"]);
    alike("bank_card = true", &["6222 -()-+-() 1234", "6222-1-2-3-4-5-6-1234"], &["1234"]);
}

/// Text that somebody typed around an address does not travel with the domain or the district.
#[test]
fn visible_parts_carry_nothing_else() {
    alike(
        "email = true",
        &["alice@b.cn,13812345678", "alice@13812345678", "13812345678@", "@alice@b.cn", "a@b.cn"],
        &["138", "b.cn"],
    );
    alike(
        "address = true",
        &["王小明浙江省杭州市西湖区", "电话13812345678北京市", " 北京市", "文三路18号超市", "Room 5, 朝阳区"],
        &["王", "1", "京", "5"],
    );
    let street = ["杭州市文三路18号", "杭州市阳光小区3幢", "杭州市翠苑新村4幢", "杭州市解放街区"];
    alike("address = true", &street, &["文", "阳", "翠", "解"]);
}

/// The end of a `char(n)` value, or the cut of a narrow column, tells nothing about what was there.
#[test]
fn padding_and_cuts_tell_nothing() {
    for limit in 1..12 {
        let values = ["13812345678", "13898765678", "13800005678"];
        let cut = values.map(|value| value.chars().take(limit as usize).collect::<String>());
        let masks = masks_of("phone = true", &TypeClass::Varchar(Some(limit)), &cut);
        assert_eq!(masks.len(), 1, "varchar({limit}): {masks:?}");
        assert!(limit >= 11 || masks.iter().all(|mask| mask.chars().all(|c| c == '*')), "varchar({limit}): {masks:?}");
    }
    let padded = ["13812345678     ", "13898765678"].map(str::to_owned);
    assert_eq!(masks_of("phone = true", &TypeClass::Bpchar(Some(16)), padded).len(), 1);
}

/// Neither the number of decimals nor the sign of a zero, nor what lies beyond the type's last multiple.
#[test]
fn numbers_hide_their_decimals() {
    let round = "number = { round = 1000 }";
    let near = ["12000", "12000.0", "12000.000000001", "11500", "12499.9999999999999999999999999999"];
    assert_eq!(masks_of(round, &TypeClass::Numeric(None), near).len(), 1);
    assert_eq!(masks_of(round, &TypeClass::Numeric(None), ["-0.4", "0", "0.00000", "-499"]).len(), 1);
    assert_eq!(masks_of(round, &TypeClass::Int2, ["32000", "32499", "32500", "32767"]).len(), 1);
    assert_eq!(masks_of(round, &TypeClass::Float8, ["-0", "0", "5e-324", "-4.9e2"]).len(), 1);
}

#[test]
fn dates_hide_the_day_and_the_time() {
    let days = ["1990-01-01", "1990-12-31", "1990-02-28"];
    assert_eq!(masks_of("date = \"year\"", &TypeClass::Date, days).len(), 1);
    let moments = ["1990-05-01 00:00:00+00", "1990-05-31 23:59:59.999999+00"];
    assert_eq!(masks_of("date = \"month\"", &TypeClass::Timestamptz, moments).len(), 1);
}
