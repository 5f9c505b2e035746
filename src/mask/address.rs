//! `address`: province, city and district stay.

use super::TextMask;
use super::expression::{bytewise, call, concat, literal, unless_empty};

/// Further characters are not looked at.
const LONGEST: usize = 40;
/// What stands in street addresses and hardly in names of districts: no name holds one of these.
const STREET: &str = "路街号弄巷村幢栋楼室";

/// One way in which a level of the address may be written: up to `most` characters of its name, then a suffix. The
/// name holds no printable ASCII character, no full-width digit, no character of [`STREET`] and none of `without`;
/// its last character is not in `not_last`.
struct Unit {
    suffixes: &'static [&'static str],
    most: usize,
    without: &'static str,
    not_last: &'static str,
}

const fn unit(suffixes: &'static [&'static str], most: usize, without: &'static str) -> Unit {
    Unit { suffixes, most, without, not_last: "" }
}

/// Province, city, district: each may be missing; of several readings the longest counts. Not last: 小区, 社区, 超市,
/// 菜市场, 夜市.
const LEVELS: [&[Unit]; 3] = [
    &[unit(&["省", "自治区", "特别行政区"], 5, "省市")],
    &[
        Unit { suffixes: &["市"], most: 5, without: "市区县", not_last: "超菜夜" },
        unit(&["自治州", "地区", "盟"], 9, "市区县"),
    ],
    &[
        Unit { suffixes: &["区", "市", "县"], most: 3, without: "区县旗市镇乡", not_last: "小社超菜夜" },
        unit(&["旗"], 5, "区县旗市镇乡"),
        unit(&["自治县", "自治旗"], 12, "区县旗市镇乡"),
    ],
];

/// Shows what the address begins with down to the district (省, 市, 区, 县, 旗), then `****`; `****` alone where none
/// of them is found.
///
/// There is no gazetteer: a level is recognised by its suffix, close to the one before it. Where a text does not name
/// its district, a few characters before a 区, 市 or 县 that is no district may show.
///
/// A regular expression finds the end, the only one in a mask: string functions would have to search the text once
/// for every use of each level's position. It has no captures and no repetition without bound, and sees the first 40
/// characters only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Address;

impl Unit {
    fn pattern(&self) -> String {
        let (most, name, suffixes) = (self.most, format!(" -~０-９{}", self.without), self.suffixes.join("|"));
        match self.not_last {
            "" => format!("[^{name}]{{1,{most}}}(?:{suffixes})"),
            not_last => format!("[^{name}]{{0,{}}}[^{name}{not_last}](?:{suffixes})", most - 1),
        }
    }

    /// Whether `name`, followed by a suffix, is one level.
    fn reads(&self, name: &[char]) -> bool {
        let forbidden = |character: &char| {
            matches!(character, ' '..='~' | '０'..='９')
                || STREET.contains(*character)
                || self.without.contains(*character)
        };
        (1..=self.most).contains(&name.len())
            && !name.iter().any(forbidden)
            && name.last().is_some_and(|last| !self.not_last.contains(*last))
    }
}

fn pattern() -> String {
    let level = |units: &&[Unit]| units.iter().map(Unit::pattern).collect::<Vec<_>>().join("|");
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
        let names = (1..=unit.most).filter_map(|length| characters.split_at_checked(length));
        let read = names.filter(|(name, after)| after.starts_with(&suffix) && unit.reads(name));
        ends.extend(read.map(|(name, _)| name.len() + suffix.len()));
    }
    ends
}

impl TextMask for Address {
    fn fits(&self, _limit: Option<u32>) -> bool {
        true
    }

    fn expression(&self, text: &str) -> String {
        let dots = literal(&".".repeat(STREET.chars().count()));
        let start = call("translate", &[&call("left", &[text, &LONGEST.to_string()]), &literal(STREET), &dots]);
        let found = call("length", &[&call("substring", &[&bytewise(&start), &literal(&pattern())])]);
        unless_empty(text, &[], &concat(&[&call("left", &[text, &found]), "'****'"]))
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
