//! `address`: province, city and district stay.

use super::expression::{bytewise, call, concat, literal, operator, unless_empty};
use super::text::TextMask;

/// Further characters are not looked at.
const LONGEST: usize = 40;
/// What no name of a province, city or district holds, besides printable ASCII and full-width digits: the suffixes themselves, and what
/// stands in street addresses.
const NOT_IN_NAMES: &str = "省市区县旗路街号弄巷村幢栋";

/// One way in which a level of the address may be written: `least` to `most` characters of its name, then a suffix.
struct Unit {
    least: usize,
    most: usize,
    suffixes: &'static [&'static str],
    /// What the name does not end in: 小区, 社区, 超市, 菜市 are none.
    not_last: &'static str,
}

const fn unit(least: usize, most: usize, suffixes: &'static [&'static str]) -> Unit {
    Unit { least, most, suffixes, not_last: "" }
}

/// Province, city, district: each may be missing; of several readings the longest counts.
const LEVELS: [&[Unit]; 3] = [
    &[unit(2, 3, &["省"]), unit(0, 0, AUTONOMOUS_REGIONS)],
    &[unit(1, 4, &["市", "盟"]), unit(2, 8, &["自治州"])],
    &[
        Unit { least: 1, most: 3, suffixes: &["区", "市", "县", "旗"], not_last: "小社超菜夜" },
        unit(0, 0, &["市中区", "市南区", "市北区"]),
        unit(1, 12, &["自治县", "自治旗"]),
    ],
];

const AUTONOMOUS_REGIONS: &[&str] =
    &["内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区"];

/// Every suffix of a long-named unit holds it: a text without it is searched for the other units alone, at a tenth of
/// the cost.
const AUTONOMOUS: &str = "自治";

/// Shows what the address begins with down to the district (省, 市, 区, 县, 旗), then `****`; `****` alone where none
/// of them is found.
///
/// There is no gazetteer: a level is recognised by its suffix, close to the one before it. Where a text does not name
/// its city or district, up to four characters before a 市, 区 or 县 that is none may show: a column in which names stand
/// before addresses wants `constant`.
///
/// A regular expression finds the end: string functions would have to search the text once for every use of each
/// level's position. It has no captures and no repetition without bound, and sees the first 40 characters only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Address;

impl Unit {
    fn is_autonomous(&self) -> bool {
        self.suffixes.iter().any(|suffix| suffix.contains(AUTONOMOUS))
    }

    fn pattern(&self) -> String {
        let name = match (self.most, self.not_last) {
            (0, _) => String::new(),
            (most, "") => format!("[^ -~０-９{NOT_IN_NAMES}]{{{},{most}}}", self.least),
            (most, not_last) => {
                let but_last = format!("[^ -~０-９{NOT_IN_NAMES}]{{{},{}}}", self.least - 1, most - 1);
                format!("{but_last}[^ -~０-９{NOT_IN_NAMES}{not_last}]")
            }
        };
        format!("{name}(?:{})", self.suffixes.join("|"))
    }

    /// Whether `name`, followed by a suffix, is one level.
    fn reads(&self, name: &[char]) -> bool {
        let forbidden =
            |character: &char| matches!(character, ' '..='~' | '０'..='９') || NOT_IN_NAMES.contains(*character);
        !name.iter().any(forbidden) && !name.last().is_some_and(|last| self.not_last.contains(*last))
    }
}

/// A regular expression that matches what may be shown, of the units that are wanted.
fn pattern(wanted: impl Fn(&&Unit) -> bool) -> String {
    let level = |units: &&[Unit]| units.iter().filter(&wanted).map(Unit::pattern).collect::<Vec<_>>().join("|");
    let levels: Vec<String> = LEVELS.iter().map(|units| format!("(?:{})?", level(units))).collect();
    format!("^{}", levels.concat())
}

/// Where the part ends that may be shown: the longest reading, as POSIX regular expressions match.
fn district_end(characters: &[char]) -> usize {
    let mut ends = vec![0];
    for units in LEVELS {
        for start in ends.clone() {
            let rest = characters.get(start..).unwrap_or_default();
            ends.extend(units.iter().flat_map(|unit| unit_ends(unit, rest)).map(|length| start + length));
        }
    }
    ends.into_iter().max().unwrap_or(0)
}

/// Every length at which `characters` begins with that unit.
fn unit_ends(unit: &Unit, characters: &[char]) -> Vec<usize> {
    let mut ends = Vec::new();
    for suffix in unit.suffixes {
        let suffix: Vec<char> = suffix.chars().collect();
        let names = (unit.least..=unit.most).filter_map(|length| characters.split_at_checked(length));
        let read = names.filter(|(name, after)| after.starts_with(&suffix) && unit.reads(name));
        ends.extend(read.map(|(name, _)| name.len() + suffix.len()));
    }
    ends
}

impl TextMask for Address {
    fn expression(&self, text: &str) -> String {
        let start = bytewise(&call("left", &[text, &LONGEST.to_string()]));
        let shown = |pattern: &str| {
            let found = call("length", &[&call("substring", &[&start, &literal(pattern)])]);
            concat(&[&call("left", &[text, &found]), "'****'"])
        };
        let plain = operator(&call("strpos", &[&start, &literal(AUTONOMOUS)]), "=", "0");
        let (few, all) = (shown(&pattern(|unit| !unit.is_autonomous())), shown(&pattern(|_| true)));
        unless_empty(text, &[(&plain, &few)], &all)
    }

    fn apply(&self, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        let start: Vec<char> = value.chars().take(LONGEST).collect();
        value.chars().take(district_end(&start)).chain("****".chars()).collect()
    }

    fn fill(&self) -> char {
        '*'
    }

    /// A district has some ten thousand houses.
    fn hidden_bits(&self) -> f64 {
        13.0
    }
}
