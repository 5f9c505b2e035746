//! What is entered into protected columns: values that no row of the world holds and that do not look masked.

use super::types::Type;

/// Values for a column of that name and type; none: nothing is entered into it.
pub fn entered(column: &str, ty: Type) -> Vec<String> {
    let many = |make: fn(usize) -> String| (1..=6).map(make).collect();
    match (column, ty) {
        ("phone" | "mobile" | "contact_phone", Type::Text) => many(|n| format!("177{:04}00{:02}", n * 1357, 60 + n)),
        ("name" | "payer_name", Type::Text) => {
            ["诸葛明月", "慕容白", "沈", "Grace Hopper", "东方青云", "夏侯"].map(str::to_owned).to_vec()
        }
        ("id_no", Type::Text) => many(|n| format!("62010219{}07{:02}{:04}", 60 + n, 10 + n, 1000 + n)),
        ("email", Type::Text) => many(|n| format!("new{n}person@example.org")),
        ("address", Type::Text) => many(|n| format!("甘肃省兰州市城关区东岗路{n}号{n}0{n}室")),
        ("note" | "remark", Type::Text) => many(|n| format!("entered {n}")),
        ("bank_card", Type::Text) => many(|n| format!("621700{:09}{:04}", n * 1_234_567, 9000 + n)),
        ("born", Type::Date) => many(|n| format!("198{n}-0{n}-1{n}")),
        ("income", Type::Numeric) => many(|n| format!("{}1234.50", n * 3)),
        ("extra", Type::Json) => many(|n| format!("{{\"wechat\": \"new{n}\", \"level\": {n}}}")),
        ("partly", Type::Json) => many(|n| format!("{{\"name\": \"诸葛明{n}\", \"level\": {n}}}")),
        ("phones", Type::Texts) => many(|n| format!("{{177{:04}00{:02},NULL}}", n * 1111, 70 + n)),
        _ => Vec::new(),
    }
}
