//! Compiling never panics, whatever the files are.

use proptest::prelude::*;

use super::*;

const RULES: &str = "\
# rules
p, role:anyone, pii/*, masked, *, allow
p, role:sales, \"pii/name\", clear, filing, deny
g, user:clerk_017, role:sales
";

const MASKS: &str = "[phone]\nkeep = { first = 3, last = 4, fill = \"*\" }\n[[override]]\nwho = \"role:sales\"\ncategory = \"pii/*\"\nmask = \"phone\"\n";

fn whole() -> BTreeMap<String, String> {
    let mut files = with(RULES, "masks.toml", MASKS);
    files.insert("model.conf".into(), crate::policy::MODEL.into());
    files
}

/// One change to a text: cut, insert, repeat.
fn mutate(text: &str, at: usize, kind: u8, insert: &str) -> String {
    let at = text.floor_char_boundary(at % (text.len() + 1));
    let (before, after) = text.split_at(at);
    match kind % 4 {
        0 => before.to_owned(),
        1 => format!("{before}{insert}{after}"),
        2 => format!("{before}{}", after.chars().skip(1).collect::<String>()),
        _ => format!("{before}{before}{after}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_bundles_do_not_panic(
        file in 0usize..5,
        changes in prop::collection::vec((any::<usize>(), any::<u8>(), "[ -~\\n\"',\\[\\]{}=销\u{feff}\u{202e}]{0,6}"), 1..4),
    ) {
        let mut files = whole();
        let name = files.keys().nth(file).cloned().unwrap();
        for (at, kind, insert) in changes {
            let text = files.get(&name).cloned().unwrap();
            files.insert(name.clone(), mutate(&text, at, kind, &insert));
        }
        match compile(&files) {
            Ok(policy) => {
                drop(policy.decide(&policy.principal("clerk_017", None, None)));
            }
            Err(report) => report.iter().for_each(|found| drop(found.render())),
        }
    }

    #[test]
    fn arbitrary_text_does_not_panic(file in 0usize..5, text in "(?s).{0,200}") {
        let mut files = whole();
        let name = files.keys().nth(file).cloned().unwrap();
        files.insert(name, text);
        if let Err(report) = compile(&files) {
            report.iter().for_each(|found| drop(found.render()));
        }
    }
}
