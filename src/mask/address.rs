//! `address`: province, city and district stay.

use super::TextMask;
use super::expression::{bytewise, call, concat, literal, unless_empty};

/// Further characters are not looked at.
const LONGEST: usize = 40;
/// What stands in street addresses and hardly in names of districts; full-width digits.
const STREET: &str = "路街号弄巷村幢栋号楼室０１２３４５６７８９";

/// One way in which a level of the address may be written: `least` to `most` characters of its name, then `suffix`.
/// The name holds no ASCII character, no character of [`STREET`] and none of `without`; its last is not in `not_last`.
struct Unit {
    suffix: &'static str,
    least: usize,
    most: usize,
    without: &'static str,
    not_last: &'static str,
}

const fn unit(suffix: &'static str, most: usize, without: &'static str, not_last: &'static str) -> Unit {
    Unit { suffix, least: 1, most, without, not_last }
}

/// Province, city, district: each may be missing; of several readings the longest counts.
const LEVELS: [&[Unit]; 3] = [
    &[unit("省", 4, "省市", ""), unit("自治区", 5, "省市", ""), unit("特别行政区", 3, "省市", "")],
    &[
        unit("市", 5, "市区县", "超菜夜城"),
        unit("自治州", 9, "市区县", ""),
        unit("地区", 4, "市区县", ""),
        unit("盟", 5, "市区县", "联同"),
    ],
    &[
        unit("区", 3, "区县旗市镇乡", "小社"),
        unit("市", 3, "区县旗市镇乡", "超菜夜城"),
        unit("县", 3, "区县旗市镇乡", ""),
        unit("旗", 5, "区县旗市镇乡", ""),
        unit("自治县", 12, "区县旗市镇乡", ""),
        unit("自治旗", 9, "区县旗市镇乡", ""),
    ],
];

/// Shows what the address begins with down to the district (省, 市, 区, 县, 旗), then `****`; `****` alone where none
/// of them is found.
///
/// There is no gazetteer: a level is recognised by its suffix, close to the one before it. Where a text does not name
/// its district, up to three characters before a 区, 县 or 市 that is none may show.
///
/// A regular expression finds the end, the only one in a mask: string functions would have to search the text once
/// for every use of each level's position. It has no captures and no repetition without bound, and sees the first 40
/// characters, so that it runs in time linear in them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Address;

impl Unit {
    fn pattern(&self) -> String {
        let name = format!("\\u0001-\\u007F{STREET}{}", self.without);
        let but_last = format!("[^{name}]{{{},{}}}", self.least - 1, self.most - 1);
        format!("{but_last}[^{name}{}]{}", self.not_last, self.suffix)
    }

    /// Whether it reads `name` followed by its suffix as one level.
    fn reads(&self, name: &[char]) -> bool {
        let allowed = |character: &char| {
            !character.is_ascii() && !STREET.contains(*character) && !self.without.contains(*character)
        };
        (self.least..=self.most).contains(&name.len())
            && name.iter().all(allowed)
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
            for unit in units {
                let suffix: Vec<char> = unit.suffix.chars().collect();
                let rest = characters.get(start..).unwrap_or_default();
                let lengths = (unit.least..=unit.most).filter(|length| {
                    rest.get(*length..).is_some_and(|after| after.starts_with(&suffix))
                        && rest.get(..*length).is_some_and(|name| unit.reads(name))
                });
                ends.extend(lengths.map(|length| start + length + suffix.len()));
            }
        }
    }
    ends.into_iter().max().unwrap_or(0)
}

impl TextMask for Address {
    fn fits(&self, _limit: Option<u32>) -> bool {
        true
    }

    fn expression(&self, text: &str) -> String {
        let start = bytewise(&call("left", &[text, &LONGEST.to_string()]));
        let found = call("length", &[&call("substring", &[&start, &literal(&pattern())])]);
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
