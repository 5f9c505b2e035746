//! tokio-postgres in its own idioms: pipelined futures, binary prepared statements, portals, COPY, notices, cancel.

use std::time::Duration;

use futures_util::future::poll_fn;
use futures_util::{SinkExt, TryStreamExt, pin_mut};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Error, NoTls, Row, SimpleQueryMessage};

use super::{Door, readable, same, writable};

type News = UnboundedReceiver<AsyncMessage>;

/// Connects; everything asynchronous goes to the receiver.
async fn connect(door: &Door) -> (Client, News) {
    let (client, mut connection) = door.config().connect(NoTls).await.expect("connected");
    let (sender, receiver) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            let _ = sender.send(message);
        }
    });
    (client, receiver)
}

fn row(row: &Row) -> String {
    let cells = row.columns().iter().enumerate().map(|(i, column)| {
        let raw = row.try_get::<_, Raw<'_>>(i).expect("any value");
        format!("{}:{}={:?}", column.name(), column.type_(), raw.0.map(|bytes| bytes.escape_ascii().to_string()))
    });
    cells.collect::<Vec<_>>().join(" ")
}

/// A binary value as it came.
struct Raw<'a>(Option<&'a [u8]>);

impl<'a> tokio_postgres::types::FromSql<'a> for Raw<'a> {
    fn from_sql(
        _: &tokio_postgres::types::Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(Some(raw)))
    }

    fn from_sql_null(_: &tokio_postgres::types::Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(None))
    }

    fn accepts(_: &tokio_postgres::types::Type) -> bool {
        true
    }
}

fn error(error: &Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("{told:?}"),
        None => format!("{error:?}"),
    }
}

/// Lines of what happened.
#[derive(Default)]
struct Transcript(String);

impl Transcript {
    fn line(&mut self, step: &str, what: impl std::fmt::Display) {
        self.0 += &format!("{step}: {what}\n");
    }

    fn rows(&mut self, step: &str, answer: Result<Vec<Row>, Error>) {
        match answer {
            Ok(rows) => rows.iter().for_each(|each| self.line(step, row(each))),
            Err(told) => self.line(step, error(&told)),
        }
    }

    async fn query(&mut self, client: &Client, sql: &str, parameters: &[&(dyn ToSql + Sync)]) {
        let answer = client.query(sql, parameters).await;
        self.rows(sql, answer);
    }

    async fn simple(&mut self, client: &Client, sql: &str) {
        match client.simple_query(sql).await {
            Err(told) => self.line(sql, error(&told)),
            Ok(messages) => {
                for message in messages {
                    match message {
                        SimpleQueryMessage::Row(row) => {
                            let cells: Vec<_> = (0..row.len()).map(|i| row.get(i)).collect();
                            self.line(sql, format!("{cells:?}"));
                        }
                        SimpleQueryMessage::CommandComplete(count) => self.line(sql, count),
                        _ => {}
                    }
                }
            }
        }
    }

    async fn copy_out(&mut self, client: &Client, sql: &str) {
        let stream = client.copy_out(sql).await.expect(sql);
        let blocks: Vec<_> = stream.try_collect().await.expect(sql);
        self.line(sql, blocks.concat().escape_ascii());
    }
}

async fn prepared(client: &Client, to: &mut Transcript, sql: &str) {
    let statement = client.prepare(sql).await.expect("prepared");
    to.line("parameters", format!("{:?}", statement.params()));
    for column in statement.columns() {
        to.line("column", format!("{} {:?}", column.name(), column.type_()));
    }
    for number in 1..4 {
        to.rows("prepared", client.query(&statement, &[&number]).await);
    }
}

/// Portals with a row limit, inside a transaction.
async fn portals(client: &mut Client, to: &mut Transcript, sql: &str) {
    let transaction = client.transaction().await.expect("BEGIN");
    let portal = transaction.bind(sql, &[]).await.expect("bound");
    for limit in [2, 3, 0] {
        to.rows("portal", transaction.query_portal(&portal, limit).await);
    }
    transaction.commit().await.expect("COMMIT");
}

/// Statements sent before earlier answers came.
async fn pipelined(client: &Client, to: &mut Transcript, sql: &str) {
    let zero = client.query("SELECT 1 / $1::int AS q", &[&0_i32]);
    let one = client.query(sql, &[]);
    let two = client.query("SELECT $1::text AS t", &[&"piped"]);
    let (zero, one, two) = tokio::join!(zero, one, two);
    to.rows("pipelined", zero);
    to.rows("pipelined", one);
    to.rows("pipelined", two);
}

async fn writes(client: &mut Client, to: &mut Transcript) {
    let insert = "INSERT INTO drivers.item (label, quantity, tags) VALUES ($1, $2, $3) RETURNING id, label, tags";
    for (label, quantity) in [("one", Some(1_i32)), ("two", None), ("one", Some(3)), ("bad", Some(-1))] {
        to.query(client, insert, &[&label, &quantity, &vec![Some("x"), None]]).await;
    }
    let transaction = client.transaction().await.expect("BEGIN");
    transaction.batch_execute("SAVEPOINT a; UPDATE drivers.item SET quantity = 7; ROLLBACK TO a").await.expect("batch");
    to.rows("kept", transaction.query("SELECT quantity FROM drivers.item ORDER BY id", &[]).await);
    transaction.rollback().await.expect("ROLLBACK");
    let sink = client.copy_in("COPY drivers.line (item, number, note) FROM STDIN").await.expect("COPY");
    pin_mut!(sink);
    for number in 0..500 {
        let line = bytes::Bytes::from(format!("1\t{number}\t行 {number}\n"));
        sink.send(line).await.expect("sent");
    }
    to.line("copied", sink.finish().await.expect("finished"));
    to.copy_out(client, "COPY (SELECT * FROM drivers.line WHERE number < 4 ORDER BY number) TO STDOUT (FORMAT binary)")
        .await;
}

async fn news(client: &Client, news: &mut News, to: &mut Transcript) {
    to.simple(client, "LISTEN items; SELECT drivers.shout('tokio'); NOTIFY items, '二'").await;
    to.query(client, "INSERT INTO drivers.item (label) VALUES ('told') RETURNING label", &[]).await;
    let mut heard = 0;
    while heard < 3 {
        let message = tokio::time::timeout(Duration::from_secs(20), news.recv()).await.expect("in time");
        match message.expect("a message") {
            AsyncMessage::Notice(notice) => to.line("notice", format!("{notice:?}")),
            AsyncMessage::Notification(note) => to.line("note", format!("{} {}", note.channel(), note.payload())),
            _ => continue,
        }
        heard += 1;
    }
}

async fn cancelled(client: &Client, door: &Door, to: &mut Transcript) {
    let token = client.cancel_token();
    let pid: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await.expect("a pid").get(0);
    let (other, _) = connect(door).await;
    let asleep = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'";
    let cancel = async {
        while other.query_one(asleep, &[&pid]).await.expect("a row").get::<_, i64>(0) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        token.cancel_query(NoTls).await.expect("cancelled");
    };
    let (answer, ()) = tokio::join!(client.query("SELECT pg_sleep(60)", &[]), cancel);
    to.rows("cancelled", answer);
    to.query(client, "SELECT 'alive' AS state", &[]).await;
}

async fn full(door: &Door) -> String {
    let mut to = Transcript::default();
    let (mut client, mut arriving) = connect(door).await;
    writes(&mut client, &mut to).await;
    prepared(&client, &mut to, "SELECT id, label, quantity, tags, made FROM drivers.item WHERE id = $1").await;
    portals(&mut client, &mut to, "SELECT number, note FROM drivers.line ORDER BY number LIMIT 9").await;
    pipelined(&client, &mut to, "SELECT count(*) FROM drivers.line").await;
    news(&client, &mut arriving, &mut to).await;
    cancelled(&client, door, &mut to).await;
    to.simple(&client, "SELECT 1; SELECT nothing; SELECT 2").await;
    to.simple(&client, "").await;
    to.0
}

async fn read(door: &Door) -> String {
    let mut to = Transcript::default();
    let (mut client, _) = connect(door).await;
    to.query(&client, "SELECT * FROM housing.buyers ORDER BY id LIMIT 12", &[]).await;
    prepared(&client, &mut to, "SELECT id, name, phone, born, income FROM housing.buyers WHERE id = $1").await;
    portals(&mut client, &mut to, "SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 9").await;
    pipelined(&client, &mut to, "SELECT max(phone), min(born) FROM housing.buyers").await;
    to.simple(&client, "SELECT id, phone FROM housing.buyers WHERE id < 4 ORDER BY id; SELECT phone::int FROM housing.buyers WHERE id = 1").await;
    to.copy_out(&client, "COPY (SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 5) TO STDOUT (FORMAT binary)")
        .await;
    to.0
}

#[tokio::test]
async fn tokio_postgres_notices_nothing() {
    let [direct, through] = tokio::task::spawn_blocking(writable).await.expect("databases");
    same(&full(&direct).await, &full(&through).await, 40);
}

#[tokio::test]
async fn tokio_postgres_reads_masks() {
    let [masked, through] = tokio::task::spawn_blocking(readable).await.expect("databases");
    same(&read(&masked).await, &read(&through).await, 30);
}
