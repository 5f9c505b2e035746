//! Every sequence that we read as a character, the server reads as the same character or not at all.

use menshen::wire::encoding::Encoding;

use crate::cluster::{connect, shared};

const READS: &str = "
    CREATE FUNCTION pg_temp.reads(sequence bytea, encoding text) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN RETURN convert_from(sequence, encoding); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$";

const NAMES: &[&str] = &[
    "LATIN1",
    "LATIN2",
    "LATIN3",
    "LATIN4",
    "LATIN5",
    "LATIN6",
    "LATIN7",
    "LATIN8",
    "LATIN9",
    "LATIN10",
    "ISO_8859_5",
    "ISO_8859_6",
    "ISO_8859_7",
    "ISO_8859_8",
    "WIN1250",
    "WIN1251",
    "WIN1252",
    "WIN1253",
    "WIN1254",
    "WIN1255",
    "WIN1256",
    "WIN1257",
    "WIN1258",
    "WIN866",
    "WIN874",
    "KOI8R",
    "KOI8U",
    "EUC_CN",
    "EUC_KR",
    "GBK",
    "BIG5",
    "UHC",
    "GB18030",
    "EUC_JP",
    "SJIS",
];

/// All sequences of one and two bytes, those of three that EUC_JP has, and every eleventh of GB18030's four.
fn sequences() -> impl Iterator<Item = Vec<u8>> {
    let ones = (1..=0xff_u8).map(|a| vec![a]);
    let twos = (0x80..=0xff_u8).flat_map(|a| (1..=0xff).map(move |b| vec![a, b]));
    let threes = (0x80..=0xff_u8).flat_map(|a| (0x80..=0xff).map(move |b| vec![0x8f, a, b]));
    let fours = (0..126 * 10 * 126 * 10_u32).step_by(11).map(|n| {
        let part = |divisor: u32, count: u32, first: u8| first + (n / divisor % count) as u8;
        vec![part(12_600, 126, 0x81), part(1260, 10, 0x30), part(10, 126, 0x81), part(1, 10, 0x30)]
    });
    ones.chain(twos).chain(threes).chain(fours)
}

#[tokio::test]
async fn characters_are_the_server_s() {
    let cluster = shared();
    let client = connect(&cluster.config("postgres", &cluster.password, "postgres")).await;
    client.batch_execute(READS).await.expect("the function");
    let differ = "SELECT count(server), count(*) FILTER (WHERE server <> ours), min(sequence::text) FILTER (WHERE server <> ours)
                  FROM (SELECT sequence, ours, pg_temp.reads(sequence, $1) AS server
                        FROM unnest($2::bytea[], $3::text[]) AS t (sequence, ours)) AS u";
    for name in NAMES {
        let encoding = Encoding::by_name(name.as_bytes()).unwrap();
        let read =
            |sequence: Vec<u8>| encoding.decode(&sequence).ok().map(|text| (sequence.clone(), text.into_owned()));
        let (sequences, texts): (Vec<_>, Vec<_>) = sequences().filter_map(read).unzip();
        let row = client.query_one(differ, &[name, &sequences, &texts]).await.expect(name);
        let (known, wrong): (i64, i64) = (row.get(0), row.get(1));
        assert_eq!(wrong, 0, "{name}: {:?}", row.get::<_, Option<String>>(2));
        assert!(known > 170, "{name}: {known}");
    }
}

#[tokio::test]
async fn a_statement_means_the_same_in_the_client_s_encoding() {
    let cluster = shared();
    let client = connect(&cluster.config("postgres", &cluster.password, "postgres")).await;
    let text = "select '张\\' as \"买家\"";
    for name in ["GBK", "GB18030", "EUC_CN", "UTF8"] {
        let bytes = Encoding::by_name(name.as_bytes()).unwrap().encode(text).unwrap().into_owned();
        let row = client.query_one("SELECT convert_from($1, $2)", &[&bytes, &name]).await.expect(name);
        assert_eq!(row.get::<_, &str>(0), text, "{name}");
    }
}
