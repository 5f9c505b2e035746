//! Whom an application may speak for, and with which rights.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::*;
use crate::mask::MasterKey;
use crate::model::category::Category;
use crate::model::principal::Principal;
use crate::model::refusal::Refusal;
use crate::policy::end_user::{Named, Naming, signed_text};

fn identity(naming: &str) -> String {
    format!(
        "[[application]]\nname = \"crm\"\nlogin = \"crm_app\"\npurposes = [\"callback\"]\nend_user = {{ {naming} }}\n"
    )
}

fn speaking(rules: &str, naming: &str) -> Policy {
    let mut policy = compiled(&with(rules, "identity.toml", &identity(naming)));
    policy.keys.insert("crm".into(), MasterKey::new(SECRET).unwrap());
    policy
}

fn rights(policy: &Policy, principal: &Principal) -> String {
    let decisions = policy.decide(principal);
    let words = ["pii/name", "pii/contact/phone", "pii/contact/email", "pii/identity/id-card"].map(|category| {
        let decision = decisions.of(&Category::parse(category).unwrap()).unwrap();
        format!("{}{}", decision.right.as_str(), if decision.matching { "+match" } else { "" })
    });
    words.join(" ")
}

#[test]
fn an_end_user_has_what_both_have() {
    let rules = "\
p, role:anyone, pii/*, masked, *, allow
p, user:crm_app, pii/contact/*, clear, *, allow
p, app:crm, pii/name, clear, callback, allow
p, role:desk, pii/contact/phone, match, *, allow
p, role:boss, *, clear, *, allow
p, role:nobody, pii/*, masked, *, deny
g, user:wang, role:desk
g, user:li, role:boss
g, user:zhao, role:nobody
";
    for (naming, expected) in [
        (
            "setting = \"menshen.user\"",
            [
                "masked masked+match masked masked",
                "clear clear clear masked",
                "hidden hidden hidden hidden",
                "masked masked masked masked",
            ],
        ),
        ("setting = \"menshen.user\", rights = \"application\"", ["clear clear clear masked"; 4]),
    ] {
        let policy = speaking(rules, naming);
        let account = policy.principal("crm_app", None, None);
        assert_eq!(rights(&policy, &account), "clear clear clear masked");
        for (name, expected) in ["wang", "li", "zhao", "stranger"].into_iter().zip(expected) {
            let person = policy.on_behalf(&account, &name.into(), false);
            assert_eq!(rights(&policy, &person), expected, "{name}");
            assert!(!policy.decide(&person).unrestricted());
        }
    }
    let open = speaking(rules, "setting = \"menshen.user\", rights = \"application\"");
    assert!(open.warnings.iter().any(|warning| warning.message.contains("can make names up")), "{:?}", open.warnings);
    let policy = speaking("p, role:boss, *, clear, *, allow\ng, user:crm_app, role:boss\n", "sqlcommenter = \"user\"");
    let account = policy.principal("crm_app", None, None);
    assert!(policy.decide(&account).unrestricted());
    assert!(!policy.decide(&policy.on_behalf(&account, &"stranger".into(), false)).unrestricted());
}

#[test]
fn two_masks_of_one_column_hide_it() {
    let masks = "[[override]]\nwho = \"user:wang\"\ncategory = \"pii/name\"\nmask = \"name\"\n";
    let mut files = with("p, role:anyone, pii/*, masked, *, allow\n", "masks.toml", masks);
    files.insert("identity.toml".into(), identity("setting = \"menshen.user\""));
    let policy = compiled(&files);
    let account = policy.principal("crm_app", None, None);
    assert_eq!(rights(&policy, &policy.on_behalf(&account, &"wang".into(), false)), "hidden masked masked masked");
    assert_eq!(rights(&policy, &policy.on_behalf(&account, &"li".into(), false)), "masked masked masked masked");
}

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const NOW: Duration = Duration::from_secs(1_800_000_000);

fn code(text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn person(policy: &Policy, said: &str) -> Result<Option<Named>, Refusal> {
    let account = policy.principal("crm_app", None, None);
    let naming: &Naming = policy.naming(&account).unwrap();
    naming.person(said, "crm_app", NOW, &policy.keys)
}

fn name(policy: &Policy, said: &str) -> String {
    match person(policy, said) {
        Ok(Some(named)) => named.name.to_string(),
        Ok(None) => "nobody".into(),
        Err(refusal) => format!("? {}", refusal.detail.unwrap_or_default()),
    }
}

#[test]
fn names_are_what_people_can_read() {
    let policy = speaking(RULES, "setting = \"menshen.user\"");
    for good in ["wang", "王芳", "Wang Fang", "wang@example.com", "o'brien", "CORP\\wang", &"x".repeat(128)] {
        assert_eq!(name(&policy, good), good);
    }
    assert_eq!(name(&policy, ""), "nobody");
    for bad in [" wang", "wang ", "wa\tng", "wa\u{200b}ng", "\u{202e}gnaw", "\0", &"x".repeat(129), &"x".repeat(5000)] {
        assert!(name(&policy, bad).starts_with('?'), "{bad:?}");
    }
    assert!(!person(&policy, "wang").unwrap().unwrap().signed);
    let required = speaking(RULES, "setting = \"menshen.user\", required = true");
    assert!(person(&required, "").is_err());
}

#[test]
fn a_signature_is_of_one_name_one_time_and_one_account() {
    let policy = speaking(RULES, "setting = \"menshen.user\", signed = \"hmac\", key = \"crm\", max_age = \"1h\"");
    let sign = |name: &str, at: u64, login: &str| {
        let code = HEXLOWER.encode(&code(&signed_text(name, &at.to_string(), login)));
        format!("{name}:{at}:{code}")
    };
    let now = NOW.as_secs();
    let good = sign("wang", now, "crm_app");
    assert_eq!(
        person(&policy, &good).unwrap().unwrap(),
        Named { name: "wang".into(), signed: true, until: Some(NOW + Duration::from_secs(3600)) }
    );
    assert_eq!(name(&policy, &sign("a:b", now, "crm_app")), "a:b");
    assert_eq!(name(&policy, &sign("wang", now - 3599, "crm_app")), "wang");
    assert_eq!(name(&policy, &sign("wang", now + 59, "crm_app")), "wang");
    for bad in [
        sign("wang", now - 3600, "crm_app"),
        sign("wang", now + 61, "crm_app"),
        sign("wang", now, "other_app"),
        sign("wa\nng", now, "crm_app"),
        sign("", now, "crm_app"),
        good.replace("wang", "li"),
        good.replacen(':', "::", 1),
        good.replace(&format!(":{now}:"), &format!(":{}:", now - 1)),
        good.get(..good.len() - 1).unwrap().to_owned(),
        good.get(..good.len() - 2).unwrap().to_owned(),
        format!("{good}00"),
        good.to_uppercase(),
        "wang".to_owned(),
        "::".to_owned(),
        format!("wang:{now}:"),
        format!("wang:+{now}:{}", "0".repeat(64)),
    ] {
        assert!(name(&policy, &bad).starts_with('?'), "{bad}");
    }
    // where a line break moves from the name to the account
    let moved = code("menshen end user\nwang\n1\ncrm_app");
    assert_ne!(moved, code(&signed_text("wang\n1", "1", "crm_app")));
}

fn token(head: &str, claims: &str) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(code(&signed)))
}

const HEAD: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

#[test]
fn a_token_is_believed_while_it_is_valid() {
    let naming =
        "setting = \"menshen.user\", signed = \"jwt\", key = \"crm\", issuer = \"sso\", audience = \"menshen\"";
    let policy = speaking(RULES, naming);
    let claims = |more: &str| format!(r#"{{"sub":"wang","iss":"sso","aud":["x","menshen"],{more}}}"#);
    let good = token(HEAD, &claims("\"exp\":1800000001"));
    let named = person(&policy, &good).unwrap().unwrap();
    assert_eq!((&*named.name, named.signed, named.until), ("wang", true, Some(NOW + Duration::from_secs(1))));
    assert_eq!(name(&policy, &token(HEAD, &claims("\"exp\":1800000000.5,\"nbf\":1800000059"))), "wang");
    let [head, body, code] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    for bad in [
        token(HEAD, &claims("\"exp\":1800000000")),
        token(HEAD, &claims("\"exp\":\"1900000000\"")),
        token(HEAD, &claims("\"exp\":-1")),
        token(HEAD, &claims("\"iat\":1")),
        token(HEAD, &claims("\"exp\":1900000000,\"nbf\":1800000061")),
        token(HEAD, &claims("\"exp\":1900000000,\"nbf\":\"x\"")),
        token(HEAD, &claims("\"exp\":1900000000").replace("sso", "other")),
        token(HEAD, &claims("\"exp\":1900000000").replace("menshen", "other")),
        token(HEAD, &claims("\"exp\":1900000000").replace("\"wang\"", "7")),
        token(r#"{"alg":"none"}"#, &claims("\"exp\":1900000000")),
        token(r#"{"alg":"HS512"}"#, &claims("\"exp\":1900000000")),
        token("{}", &claims("\"exp\":1900000000")),
        format!("{}.{body}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#)),
        format!("{head}.{body}."),
        format!("{head}.{body}"),
        format!("{head}.{}.{code}", URL_SAFE_NO_PAD.encode(claims("\"exp\":1900000000"))),
        format!("{good}="),
        "..".to_owned(),
        "wang".to_owned(),
    ] {
        assert!(name(&policy, &bad).starts_with('?'), "{bad}");
    }
    let other = speaking(RULES, "setting = \"menshen.user\", signed = \"jwt\", key = \"crm\", claim = \"email\"");
    assert_eq!(name(&other, &token(HEAD, r#"{"sub":"x","email":"w@e.cn","exp":1900000000}"#)), "w@e.cn");
    let mut keyless = other;
    keyless.keys.clear();
    assert!(name(&keyless, &token(HEAD, r#"{"email":"w@e.cn","exp":1900000000}"#)).contains("key"));
}

const RULES: &str = "p, role:anyone, pii/*, masked, *, allow\n";

#[test]
fn how_a_name_is_given_is_checked() {
    for (naming, message) in [
        ("", "how the application names its end user is not said once"),
        ("setting = \"a.b\", sqlcommenter = \"user\"", "how the application names its end user is not said once"),
        ("setting = \"role\"", "`role` cannot be used for a name"),
        ("setting = \"menshen.user'\"", "`menshen.user'` cannot be used for a name"),
        ("setting = \"a.b.c\"", "`a.b.c` cannot be used for a name"),
        ("setting = \".b\"", "`.b` cannot be used for a name"),
        ("sqlcommenter = \"the user\"", "`the user` cannot be used for a name"),
        ("setting = \"a.b\", signed = \"rsa\", key = \"k\"", "`rsa` is no way to sign a name"),
        ("setting = \"a.b\", signed = \"hmac\"", "a signed name needs a `key`"),
        ("setting = \"a.b\", signed = \"hmac\", key = \"../k\"", "a signed name needs a `key`"),
        ("setting = \"a.b\", key = \"k\"", "`key` is for names that are signed"),
        ("setting = \"a.b\", signed = \"hmac\", key = \"k\", max_age = \"0h\"", "that is no age"),
        ("setting = \"a.b\", signed = \"jwt\", key = \"k\", max_age = \"1h\"", "`max_age` is for `signed = \"hmac\"`"),
        ("setting = \"a.b\", signed = \"hmac\", key = \"k\", issuer = \"x\"", "`issuer` is for `signed = \"jwt\"`"),
        ("setting = \"a.b\", rights = \"all\"", "`all` says nothing of rights"),
    ] {
        let report = compile(&with(RULES, "identity.toml", &identity(naming))).unwrap_err();
        let messages: Vec<_> = report.iter().map(|found| found.message.as_str()).collect();
        assert!(messages.contains(&message), "{naming}: {messages:?}");
    }
}
