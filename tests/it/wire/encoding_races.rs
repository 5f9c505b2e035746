//! A restricted client changes its encoding and has the next text overtake the change: what Menshen would read as a
//! harmless literal, the server would read as a column.

use menshen::wire::client::Target;
use menshen::wire::write;

use super::front::{ENFORCED, front};
use super::raw::{Answer, Raw};

/// In SJIS the two bytes before the second quote are one character and the literal ends there; in LATIN1 the second of
/// them is a backslash, which makes the quote a part of the literal. `upper`, because a plain column would be found by
/// its origin.
const ATTACK: &[u8] = b"SELECT E'\x95\\' || ' , upper(phone) FROM housing.buyers --'";

fn racer() -> Raw {
    let front = front();
    let mut racer = front.open(ENFORCED);
    assert!(front.phones.len() > 20);
    // a plain reading works and is masked
    let answers = racer.query(b"SELECT phone FROM housing.buyers");
    assert!(answers.iter().filter(|answer| answer.tag == b'D').count() >= 40, "{answers:?}");
    assert_safe(&answers);
    racer
}

fn assert_safe(answers: &[Answer]) {
    for answer in answers {
        let leaked = front()
            .phones
            .iter()
            .find(|phone| answer.body.windows(phone.len()).any(|window| window == phone.as_bytes()));
        assert!(leaked.is_none(), "{}", answer.body.escape_ascii());
    }
}

fn queries(racer: &mut Raw, texts: &[&[u8]]) -> Vec<Vec<Answer>> {
    racer.say(|b| texts.iter().for_each(|text| write::query(b, text).expect("written")));
    texts.iter().map(|_| racer.until_ready()).collect()
}

#[test]
fn the_attack_is_one() {
    let front = front();
    let mut direct = front.direct(ENFORCED);
    direct.query(b"SET client_encoding = 'SJIS'");
    assert_eq!(direct.query(ATTACK).iter().filter(|answer| answer.tag == b'D').count(), 1);
    direct.query(b"SET client_encoding = 'LATIN1'");
    let answers = direct.query(ATTACK);
    let rows: Vec<_> = answers.iter().filter(|answer| answer.tag == b'D').collect();
    assert!(rows.len() > 20, "{answers:?}");
    assert!(front.phones.iter().any(|phone| rows[0].body.ends_with(phone.as_bytes())));
}

#[test]
fn a_query_overtakes_set() {
    let mut racer = racer();
    racer.query(b"SET client_encoding = 'SJIS'");
    let answers = queries(&mut racer, &[b"SET client_encoding = 'LATIN1'", ATTACK]).concat();
    assert_safe(&answers);
    assert!(answers.iter().filter(|answer| answer.tag == b'D').count() > 20, "{answers:?}");
    racer.query(b"SET client_encoding = 'SJIS'");
    assert_safe(&queries(&mut racer, &[b"RESET client_encoding", ATTACK]).concat());
    racer.query(b"SET client_encoding = 'SJIS'");
    assert_safe(&queries(&mut racer, &[b"DISCARD ALL", ATTACK]).concat());
    racer.query(b"SET client_encoding = 'SJIS'");
    assert_safe(&queries(&mut racer, &[b"SET NAMES 'LATIN1'", ATTACK]).concat());
}

#[test]
fn a_query_overtakes_the_end_of_the_transaction() {
    let mut racer = racer();
    racer.query(b"SET client_encoding = 'LATIN1'");
    let after_rollback = [b"ROLLBACK; ".as_slice(), ATTACK].concat();
    for ends in [&[b"ROLLBACK".as_slice(), ATTACK], &[b"COMMIT", ATTACK], &[b"SELECT 1/0", &after_rollback]] {
        racer.query(b"BEGIN");
        racer.query(b"SET LOCAL client_encoding = 'SJIS'");
        assert_safe(&queries(&mut racer, ends).concat());
        assert!(racer.query(b"ROLLBACK").iter().any(|answer| answer.tag == b'Z'), "the session goes on");
    }
    racer.query(b"BEGIN");
    racer.query(b"SAVEPOINT s");
    racer.query(b"SET client_encoding = 'SJIS'");
    assert_safe(&queries(&mut racer, &[b"ROLLBACK TO s", ATTACK]).concat());
}

#[test]
fn a_parse_overtakes_sync() {
    let mut racer = racer();
    racer.query(b"SET client_encoding = 'SJIS'");
    let step = |b: &mut Vec<u8>, text: &[u8]| {
        write::parse(b, b"", text, [].into_iter()).expect("written");
        write::bind(b, b"", b"", &[], &[], &[]).expect("written");
        write::describe(b, Target::Portal(b"")).expect("written");
        write::execute(b, b"", 0).expect("written");
    };
    // in one piece
    racer.say(|b| {
        step(b, b"SET client_encoding = 'LATIN1'");
        step(b, ATTACK);
        write::sync(b);
    });
    assert_safe(&racer.until_ready());
    // after the server has said that it is done, but not yet what the encoding is
    racer.query(b"SET client_encoding = 'SJIS'");
    racer.say(|b| {
        step(b, b"SET client_encoding = 'LATIN1'");
        write::flush(b);
    });
    assert_safe(&racer.until(b'C'));
    racer.say(|b| {
        step(b, ATTACK);
        write::sync(b);
    });
    let answers = racer.until_ready();
    assert_safe(&answers);
    assert_eq!(answers[0].field(b'C'), "22021", "{answers:?}");
    // the failure has taken the change back: the text is the literal again
    racer.say(|b| {
        step(b, ATTACK);
        write::sync(b);
    });
    let answers = racer.until_ready();
    assert_eq!(answers.iter().filter(|answer| answer.tag == b'D').count(), 1, "{answers:?}");
}
