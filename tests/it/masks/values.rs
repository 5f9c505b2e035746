//! Values that columns may hold: ordinary ones, spoilt ones, and those at the edges of their types.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

const PIECES: &[&str] = &[
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\u{3000}",
    "\u{a0}",
    "\u{feff}",
    "\u{200d}",
    "\u{202e}",
    "\u{1}",
    "\u{7f}",
    "\u{10ffff}",
    "'",
    "''",
    "\\",
    "\\'",
    "\\u0041",
    "\"",
    "*",
    "**",
    "****",
    "＊",
    "﹡",
    "•",
    "● ●",
    "□□",
    "××",
    "xX",
    "__",
    "…",
    "..",
    "''",
    "＇",
    "\\\\",
    "&#x2A;",
    "&ast;",
    "%2a",
    "已隐藏",
    "TRUE",
    "@",
    "@@",
    ".",
    "-",
    "+",
    "(",
    ")",
    "+86",
    "+86 ",
    "+86-",
    "0571-",
    "010-",
    "0",
    "7",
    "138",
    "12345678",
    "4321",
    "1234567890",
    "１３８",
    "５６７８",
    "٠١٢",
    "X",
    "x",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ﬁ",
    "😀",
    "👨‍👩‍👧",
    "שלום",
    "مرحبا",
    "王",
    "欧阳",
    "司马",
    "小明",
    "歐陽",
    "·",
    "阿卜杜拉",
    "浙江省",
    "内蒙古自治区",
    "香港特别行政区",
    "杭州市",
    "大理白族自治州",
    "锡林郭勒盟",
    "西湖区",
    "浦东新区",
    "建德市",
    "桐庐县",
    "奈曼旗",
    "龙胜各族自治县",
    "市中区",
    "阳光小区",
    "超市",
    "文三路",
    "号",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "州",
    "盟",
    "自治",
    "example.com",
    "a",
    "Z",
    "%",
    "_",
    "$1",
    "--",
    "/*",
    ";",
    "NULL",
    "110101",
    "1990",
    "0307851",
    "6222021234567890123",
    "6222 0212 3456 7890",
];

const ORDINARY: &[&str] = &[
    "13812345678",
    "138-1234-5678",
    "+8613812345678",
    "+86 138 1234 5678",
    "0571-87654321",
    "010-87654321-8001",
    "(0571)87654321",
    "4001234567",
    "王小明",
    "欧阳娜娜",
    "王",
    "欧阳",
    "Alice Johnson",
    "阿卜杜拉·买买提",
    "11010119900307851X",
    "110101199003078515",
    "110101900307851",
    "E12345678",
    "6222021234567890123",
    "6222021234567890",
    "alice@example.com",
    "a@b.cn",
    "x@y, z@w.cn",
    "@",
    "a@",
    "浙江省杭州市西湖区文三路123号阳光小区3幢",
    "北京市朝阳区建国路88号",
    "云南省大理白族自治州漾濞彝族自治县上街镇",
    "杭州市阳光小区3幢",
    "",
    " ",
    "*",
];

/// How many values of each type are tried.
pub const COUNT: usize = 1500;

/// The generator of this run; `MENSHEN_SEED` repeats one.
pub fn generator() -> StdRng {
    let seed =
        std::env::var("MENSHEN_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("MENSHEN_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

fn piece(random: &mut StdRng, from: &[&'static str]) -> &'static str {
    from.choose(random).expect("pieces")
}

/// One text, now and then with something inserted, removed or repeated.
pub fn text(random: &mut StdRng) -> String {
    let mut text: Vec<char> = if random.random_bool(0.5) {
        piece(random, ORDINARY).chars().collect()
    } else {
        (0..random.random_range(0..6)).flat_map(|_| piece(random, PIECES).chars()).collect()
    };
    while random.random_bool(0.4) {
        let at = random.random_range(0..=text.len());
        match random.random_range(0..4) {
            0 => text.splice(at..at, piece(random, PIECES).chars()).for_each(drop),
            1 => text.truncate(at),
            2 if at < text.len() => _ = text.remove(at),
            _ => text.push(char::from(random.random_range(b'0'..=b'9'))),
        }
    }
    text.into_iter().filter(|character| *character != '\0').collect()
}

/// Dates and timestamps in ISO form; `year` is the last year of the type.
pub fn moment(random: &mut StdRng, year: u32, time: bool) -> String {
    match random.random_range(0..20) {
        0 => return "infinity".into(),
        1 => return "-infinity".into(),
        2 => {
            return format!(
                "4714-{}{} BC",
                piece(random, &["11-24", "11-25", "11-30", "12-01", "12-31"]),
                if time { " 00:00:00" } else { "" }
            );
        }
        3 => return format!("{year}-12-31{}", if time { " 23:59:59.999999" } else { "" }),
        _ => {}
    }
    let years: [std::ops::Range<u32>; 4] = [1900..2030, 1..9999, 1..4713, 9999..year];
    let era = random.random_range(0..4usize);
    let year = random.random_range(years[era].clone());
    let day = random.random_range(1..29);
    let mut text = format!("{year:04}-{:02}-{day:02}", random.random_range(1..13));
    if time {
        text += &format!(" {:02}:59:59.{:06}", random.random_range(0..24), random.random_range(0..1_000_000));
    }
    if era == 2 { text + " BC" } else { text }
}

/// A number of up to `whole` digits before and `fraction` after the point.
pub fn number(random: &mut StdRng, whole: usize, fraction: usize) -> String {
    let mut digits = |most: usize| -> String {
        let count = random.random_range(0..=most);
        let nines = random.random_bool(0.2);
        (0..count).map(|_| if nines { '9' } else { char::from(random.random_range(b'0'..=b'9')) }).collect()
    };
    let (before, after) = (digits(whole), digits(fraction));
    let sign = if random.random_bool(0.3) { "-" } else { "" };
    match (before.is_empty(), after.is_empty()) {
        (true, true) => "0".into(),
        (_, true) => format!("{sign}{before}"),
        _ => format!("{sign}{before}.{after}"),
    }
}

/// An integer between the bounds, often at or near one of them, or near a multiple of a step.
pub fn integer(random: &mut StdRng, least: i64, most: i64) -> String {
    let near = random.random_range(-3..=3i64);
    let value = match random.random_range(0..6) {
        0 => least.saturating_add(near.abs()),
        1 => most.saturating_sub(near.abs()),
        2 => near,
        3 => (random.random_range(-30..30) * 500 + near).clamp(least, most),
        _ => random.random_range(least..=most),
    };
    value.to_string()
}

/// A `float8`.
pub fn float(random: &mut StdRng) -> String {
    let special = [
        "NaN",
        "Infinity",
        "-Infinity",
        "0",
        "-0",
        "5e-324",
        "-5e-324",
        "1.7976931348623157e308",
        "0.5",
        "-0.5",
        "999.9999999999999",
        "1e15",
        "1e16",
    ];
    match random.random_range(0..5) {
        0 => piece(random, &special).into(),
        1 => format!("{}", f64::from_bits(random.random())),
        2 => format!("{}e{}", random.random_range(-1.0..1.0f64), random.random_range(-20..20)),
        _ => number(random, 12, 6),
    }
}
