//! What rules allow.

use super::*;
use crate::model::category::Category;

fn rule(policy: &Policy, user: &str, category: &str) -> String {
    let decisions = policy.decide(&policy.principal(user, None, None));
    decisions.of(&Category::parse(category).unwrap()).unwrap().rule.to_string()
}

#[test]
fn nothing_allowed_is_hidden() {
    let policy = policy("# no rule at all\n");
    assert_eq!(reads(&policy, "anybody"), "hidden hidden hidden hidden");
    assert_eq!(rule(&policy, "anybody", "pii/name"), "no rule allows it");
}

#[test]
fn the_highest_right_wins_and_its_rule_is_named() {
    let rules = "\
p, role:anyone, pii/*, masked, *, allow
p, role:sales, pii/name, clear, *, allow
g, user:li, role:sales
";
    let policy = policy(rules);
    assert_eq!(reads(&policy, "li"), "clear masked masked masked");
    assert_eq!(reads(&policy, "stranger"), "masked masked masked masked");
    assert_eq!(rule(&policy, "li", "pii/name"), "policy.csv:2");
    assert_eq!(rule(&policy, "li", "pii/contact/phone"), "policy.csv:1");
}

#[test]
fn a_deny_wins_wherever_it_stands() {
    let allow = "p, role:a, pii/contact/*, clear, *, allow\n";
    let deny = "p, role:b, pii/contact/phone, clear, *, deny\n";
    let member = "g, user:li, role:a\ng, user:li, role:b\n";
    for rules in [format!("{allow}{deny}{member}"), format!("{member}{deny}{allow}")] {
        let policy = policy(&rules);
        assert_eq!(reads(&policy, "li"), "hidden hidden clear hidden");
    }
}

#[test]
fn a_denied_mask_denies_the_value() {
    let rules = "\
p, role:anyone, pii/*, masked, *, allow
p, user:li, pii/*, clear, *, allow
p, user:li, pii/identity/*, masked, *, deny
p, user:wu, pii/*, clear, *, allow
p, user:wu, pii/identity/*, clear, *, deny
";
    let policy = policy(rules);
    assert_eq!(reads(&policy, "li"), "clear clear clear hidden");
    assert_eq!(rule(&policy, "li", "pii/identity/id-card"), "policy.csv:3");
    assert_eq!(reads(&policy, "wu"), "clear clear clear masked");
}

#[test]
fn roles_are_inherited_beyond_ten_levels() {
    // casbin's own role manager would stop after ten and lose the denial.
    let mut rules = String::from("p, role:r0, pii/*, clear, *, allow\np, role:r30, pii/name, clear, *, deny\n");
    rules += "g, user:li, role:r0\n";
    for level in 0..30 {
        rules += &format!("g, role:r{level}, role:r{}\n", level + 1);
    }
    assert_eq!(reads(&policy(&rules), "li"), "hidden clear clear clear");
}

#[test]
fn an_application_has_its_own_rights_and_purposes() {
    let rules = "\
p, app:crm, pii/contact/*, clear, callback, allow
p, role:anyone, pii/*, masked, *, allow
p, role:anyone, pii/name, clear, filing, allow
";
    let policy = policy(rules);
    let at = |user: &str, address: &str| reads_as(&policy, &policy.principal(user, address.parse().ok(), None));
    assert_eq!(at("crm_app", "10.1.2.3"), "clear clear clear masked");
    assert_eq!(at("crm_app", "::ffff:10.1.2.3"), "clear clear clear masked");
    assert_eq!(at("crm_app", "192.0.2.1"), "masked masked masked masked", "not from where the application is");
    assert_eq!(at("crm_app", ""), "masked masked masked masked", "a Unix socket is in no range");
    assert_eq!(at("clerk_017", ""), "clear masked masked masked");
    let crm = policy.principal("crm_app", "10.0.0.1".parse().ok(), None);
    assert_eq!(crm.application.as_deref(), Some("crm"));
    assert_eq!(crm.purposes.iter().map(|p| &**p).collect::<Vec<_>>(), ["callback", "filing"]);
    let callback = crate::policy::matrix::acting_for(crm, "callback").unwrap();
    assert_eq!(reads_as(&policy, &callback), "masked clear clear masked");
}

#[test]
fn principals_hold_their_roles_sorted() {
    let policy = policy("p, role:sales, pii/*, masked, *, allow\ng, app:crm, role:sales\ng, user:crm_app, role:desk\n");
    let principal = policy.principal("crm_app", "10.0.0.1".parse().ok(), Some("whatever"));
    assert_eq!(principal.roles.iter().map(|role| &**role).collect::<Vec<_>>(), ["anyone", "desk", "sales"]);
}

#[test]
fn unrestricted_is_who_reads_everything() {
    let open = policy("p, user:dba, *, clear, *, allow\np, user:li, pii/*, clear, *, allow\n");
    let unrestricted = |policy: &Policy, user| policy.decide(&policy.principal(user, None, None)).unrestricted();
    assert!(unrestricted(&open, "dba") && unrestricted(&open, "li") && !unrestricted(&open, "wu"));
    let closing = CLASSIFICATION.replace("unclassified = \"clear\"", "unclassified = \"hidden\"");
    let rules = "p, user:dba, *, clear, *, allow\np, user:li, pii/*, clear, *, allow\n";
    let closed = compiled(&with(rules, "classification.toml", &closing));
    assert!(unrestricted(&closed, "dba") && !unrestricted(&closed, "li"), "li may not read what nobody classified");
}

#[test]
fn rights_to_match_and_write_open_no_reading() {
    let rules = "\
p, role:anyone, pii/*, match, *, allow
p, role:anyone, pii/*, write, *, allow
p, role:anyone, pii/*, write-guarded, *, allow
";
    let policy = policy(rules);
    assert_eq!(reads(&policy, "li"), "hidden hidden hidden hidden");
    let told: Vec<&str> = policy.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told.contains(&"`match` is granted without a probe limit"), "{told:?}");
    assert!(told.contains(&"`write` takes the write-back guard away"), "{told:?}");
}

#[test]
fn the_matrix_shows_every_role() {
    let rules =
        "p, role:anyone, pii/*, masked, *, allow\np, role:sales, pii/name, clear, *, allow\ng, user:li, role:sales\n";
    let matrix = crate::policy::matrix::Matrix::of(&policy(rules), &[]);
    let expected = "\
role,pii/contact/email,pii/contact/phone,pii/identity/id-card,pii/name
anyone,masked,masked,masked,masked
sales,masked,masked,masked,clear
";
    assert_eq!(matrix.csv(), expected);
    assert!(matrix.text().starts_with("category              anyone  sales\npii/contact/email     masked  masked\n"));
}
