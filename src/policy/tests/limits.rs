//! What `limits.toml` means, and what is said about a wrong one.

use std::sync::Arc;
use std::time::Duration;

use crate::model::disclosure::{Account, Response};
use crate::policy::compile;
use crate::policy::limits::{Limits, Meter, Mode, Per, Threshold};

use super::files;

const RULES: &str = "\
p, role:anyone, pii/*, masked, *, allow
p, role:sales, pii/name, clear, *, allow
g, user:li, role:sales
g, app:crm, role:sales
";

fn limits(text: &str) -> Arc<Limits> {
    match compile(&with(text)) {
        Ok(policy) => policy.limits,
        Err(found) => panic!("{}", found.iter().map(|one| one.render()).collect::<String>()),
    }
}

fn with(text: &str) -> std::collections::BTreeMap<String, String> {
    let mut all = files(RULES);
    all.insert("limits.toml".into(), text.into());
    all
}

/// The problems, one a line: `limits.toml:3:8: error: …`, and what is underlined.
fn problems(text: &str) -> Vec<(String, String)> {
    let found = compile(&with(text)).unwrap_err();
    found.iter().map(|one| (one.to_string(), one.slice())).collect()
}

const WHOLE: &str = r#"
utc_offset = "+08:00"
[share]
each = 0.25

[[limit]]
name = "clerk-daily"
who = ["role:sales", "app:crm"]
except = [{ who = "user:report", hours = "01:00-05:00" }]
per = ["principal", "dimension:project"]
meter = "subjects"
scope = "pii/contact/*"
window = "1d"
hours = "mon-fri 08:00-20:00"
mode = "observe"
release = 0.5
ask = "Ms Wang, ext. 42"
steps = [
  { at = 100, do = "alert" },
  { at = { own = 3, least = 200 }, do = "slow", rate = "30/m" },
  { at = { table = "5%", least = 300 }, do = "quarantine", for = "12h" },
]

[detector.off-hours]
working = "08:00-20:00"
at = 5

[detector.honeytoken]
subjects = "housing.buyers:1001"
do = "quarantine"
"#;

#[test]
fn everything_can_be_written() {
    let limits = limits(WHOLE);
    assert_eq!((limits.share, limits.offset), (0.25, 480));
    let limit = &limits.limits[0];
    assert_eq!((limit.meter, limit.mode, limit.release), (Meter::Subjects, Mode::Observe, 0.5));
    assert_eq!(limit.per, [Per::Principal, Per::Dimension("project".into())]);
    assert_eq!(limit.window, Duration::from_secs(86_400));
    assert!(limit.hint.contains("clerk-daily") && limit.hint.contains("Ms Wang, ext. 42"));
    assert_eq!(limit.steps[1].at, Threshold::Own { deviations: 3.0, least: 200 });
    assert_eq!((limit.steps[1].response, limit.steps[1].rate), (Response::Slow, Some(0.5)));
    assert_eq!(limit.steps[2].at, Threshold::Table { share: 0.05, least: 300 });
    assert_eq!(limit.steps[2].lasts, Some(Duration::from_secs(43_200)));
    assert_eq!((limits.detectors.len(), limits.detectors[0].at), (2, 5));
}

#[test]
fn a_dimension_is_one_that_the_classification_names() {
    let wrong = |per: &str, meter: &str| {
        let text = format!(
            "[[limit]]\nname = \"a\"\nper = {per}\nmeter = \"{meter}\"\nwindow = \"1d\"\nsteps = [{{ at = 1, do = \"alert\" }}]\n"
        );
        let mut files = files(RULES);
        files.insert("limits.toml".into(), text);
        compile(&files).err().map(|report| report[0].message.clone()).unwrap_or_default()
    };
    assert_eq!(wrong("\"dimension:project\"", "rows"), "");
    assert_eq!(wrong("\"dimension:projects\"", "rows"), "no table of `classification.toml` has a dimension `projects`");
    assert_eq!(wrong("\"dimension:project\"", "logins"), "what this limit counts is of no dimension");
    assert_eq!(wrong("\"dimension:Project\"", "rows"), "`dimension:Project` cannot be counted by");
}

#[test]
fn nothing_is_limited_unless_written() {
    assert!(limits("").is_empty());
    assert!(compile(&files(RULES)).unwrap().limits.is_empty());
}

fn account(user: &str) -> Account {
    let policy = compile(&files(RULES)).unwrap();
    Account {
        principal: Arc::new(policy.principal(user, None, None)),
        database: "housing".into(),
        application_name: "psql".into(),
        end_user: None,
    }
}

#[test]
fn limits_concern_those_they_name() {
    let limits = limits(WHOLE);
    let scope = &limits.limits[0].scope;
    assert!(scope.concerns(&account("li")) && !scope.concerns(&account("wu")));
    // 2026-11-25 is a Wednesday; 04:00 UTC is noon in Shanghai.
    let noon = Duration::from_secs(1_795_564_800 + 4 * 3_600);
    assert!(scope.holds(&account("li"), noon) && !scope.holds(&account("li"), noon + Duration::from_secs(12 * 3_600)));
}

#[test]
fn slips_are_pointed_at() {
    let limit = |line: &str| format!("[[limit]]\nname = \"a\"\nmeter = \"rows\"\nwindow = \"1h\"\n{line}\n");
    let steps = "steps = [{ at = 1, do = \"alert\" }]";
    for (text, message, slice) in [
        (limit("steps = []"), "this limit does nothing: it has no `steps`", "[[limit]]"),
        (limit("steps = [{ at = 1, do = \"alrt\" }]"), "`alrt` is not a word for `do`", "\"alrt\""),
        (limit("steps = [{ at = 1, do = \"slow\" }]"), "`slow` needs a rate", "{ at = 1, do = \"slow\" }"),
        (limit("steps = [{ at = 1, do = \"alert\", rate = \"1/s\" }]"), "`alert` has no rate", "\"1/s\""),
        (limit("steps = [{ at = { own = 3 }, do = \"alert\" }]"), "`least` is missing here", "{ own = 3 }"),
        (limit("steps = [{ at = { table = \"5\", least = 1 }, do = \"alert\" }]"), "`5` is no part", "\"5\""),
        (limit(&format!("per = \"adress\"\n{steps}")), "`adress` cannot be counted by", "\"adress\""),
        (limit(&format!("who = \"sales\"\n{steps}")), "`sales` does not say what it is", "\"sales\""),
        (limit(&format!("hours = \"8-20\"\n{steps}")), "`8-20` is no time of the week", "\"8-20\""),
        (limit(&format!("treshold = 3\n{steps}")), "unknown key `treshold`", "treshold"),
        (limit(steps).replace("1h", "31d"), "`31d` is no window", "\"31d\""),
        (limit(steps).replace("rows", "row"), "`row` is not a word for `meter`", "\"row\""),
        (limit(steps).repeat(2), "limit `a` exists already", "\"a\""),
        ("[detector.pagingcrawl]\n".into(), "there is no detector `pagingcrawl`", "pagingcrawl"),
        ("[detector.off-hours]\n".into(), "`working` is missing here", "[detector.off-hours]"),
        ("[detector.honeytoken]\nsubjects = \"1001\"\n".into(), "`1001` names no person", "\"1001\""),
        ("utc_offset = \"8\"\n".into(), "`8` is no offset from UTC", "\"8\""),
        ("[share]\neach = 2\n".into(), "this number does not belong here", "2"),
    ] {
        let found = problems(&text);
        let told =
            |(one, underlined): &(String, String)| one.ends_with(&format!("error: {message}")) && underlined == slice;
        assert!(found.iter().any(told), "{text}\nwanted {message} at {slice}\nfound {found:?}");
    }
}

#[test]
fn a_probe_limit_answers_the_warning_about_match() {
    let rules = format!("{RULES}p, role:sales, pii/identity/id-card, match, *, allow\n");
    let warned = |limits: &str| {
        let mut all = files(&rules);
        all.insert("limits.toml".into(), limits.into());
        compile(&all).unwrap().warnings.iter().any(|one| one.message.contains("without a probe limit"))
    };
    let probes = "[[limit]]\nname = \"p\"\nmeter = \"probes\"\nwindow = \"1d\"\nsteps = [{ at = 9, do = \"block\" }]\n";
    assert!(warned("") && !warned(probes));
    assert!(warned(&format!("{probes}who = \"user:wu\"\n")), "a limit for somebody else");
    assert!(warned(&format!("{probes}mode = \"observe\"\n")), "a limit that only watches");
}

#[test]
fn the_example_bundle_compiles() {
    let read = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(name);
        (name.to_owned(), std::fs::read_to_string(path).unwrap())
    };
    let names = ["classification.toml", "identity.toml", "masks.toml", "policy.csv", "limits.toml"];
    let policy = compile(&names.map(read).into()).unwrap();
    assert!(policy.limits.limits.len() >= 8 && policy.limits.detectors.len() >= 6);
    let about_limits: Vec<_> = policy.warnings.iter().filter(|one| one.file == "limits.toml").collect();
    assert!(about_limits.is_empty(), "{about_limits:?}");
}
