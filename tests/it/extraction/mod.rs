//! Whoever takes too much: counted, paced, stopped; over the wire, with a real server.

mod detectors;
mod dimensions;
mod end_users;
mod evasions;
mod limits;
mod meters;
mod moved;
mod named;
mod paced;
mod pipelined;
mod portals;
mod renamed;
mod replicas;
mod trouble;

use std::net::SocketAddr;
use std::sync::Once;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::net::TcpSocket;
use tokio_postgres::{Client, Config, Error, NoTls, SimpleQueryMessage};

use crate::cluster::{connect, shared};
use crate::menshen::{self, Menshen, Settings};

const CLASSIFICATION: &str = r#"
[defaults]
unclassified = "clear"
[category."pii/name"]
mask = "name"
[category."pii/phone"]
mask = "phone"
[table."crm.buyers"]
subject = "id"
[table."crm.buyers".columns]
name = "pii/name"
phone = "pii/phone"
"#;

const RULES: &str = "\
p, role:anyone, pii/*, masked, *, allow
p, role:caller, pii/phone, clear, *, allow
p, role:boss, *, clear, *, allow
g, user:registrar, role:boss
g, user:clerk, role:caller
g, user:marketer, role:caller
";

/// `persons` buyers; they are made for each test.
fn schema(persons: u32) -> String {
    format!(
        "CREATE SCHEMA crm;
        CREATE TABLE crm.buyers (id int PRIMARY KEY, name text, phone varchar(20), project int, level int DEFAULT 0);
        CREATE TABLE crm.contracts (id int PRIMARY KEY, buyer_id int REFERENCES crm.buyers, amount numeric);
        CREATE TABLE crm.notes (id int PRIMARY KEY, buyer_id int, note text);
        CREATE VIEW crm.cards AS SELECT id, name, phone FROM crm.buyers;
        CREATE VIEW crm.levels AS SELECT id, level, project FROM crm.buyers;
        CREATE VIEW crm.pairs AS SELECT a.id, a.phone, b.phone AS other FROM crm.buyers a JOIN crm.buyers b ON b.id = a.id + 200;
        CREATE VIEW crm.lists AS SELECT project, string_agg(phone, '') AS list FROM crm.buyers GROUP BY project;
        CREATE VIEW crm.all_lists AS SELECT * FROM crm.lists;
        CREATE VIEW crm.neighbours AS SELECT id, phone, lead(phone) OVER (ORDER BY id) AS next FROM crm.buyers;
        CREATE VIEW crm.chain AS WITH RECURSIVE r AS (SELECT 1 AS n, phone::text AS x FROM crm.buyers WHERE id = 1
          UNION ALL SELECT r.n + 1, r.x || b.phone FROM r JOIN crm.buyers b ON b.id = r.n + 1) SELECT n, x FROM r;
        CREATE VIEW crm.triples AS WITH x AS (SELECT id, phone FROM crm.buyers) SELECT a.id, a.phone, b.phone AS two,
          c.phone AS three FROM x a JOIN x b ON b.id = a.id + 100 JOIN x c ON c.id = a.id + 200;
        CREATE VIEW crm.either AS SELECT id, phone FROM crm.buyers WHERE id <= 100 UNION ALL SELECT id, phone FROM crm.buyers WHERE id > 300;
        CREATE VIEW crm.totals AS SELECT b.id, b.phone, sum(c.amount) AS paid FROM crm.buyers b JOIN crm.contracts c ON c.buyer_id = b.id
          GROUP BY b.id;
        INSERT INTO crm.buyers SELECT i, '王小' || chr(20000 + i % 1000), '13' || lpad((i * 7919::bigint % 1000000000)::text, 9, '0'), i % 7
          FROM generate_series(1, {persons}) i;
        INSERT INTO crm.contracts SELECT i, i, 100 FROM generate_series(1, 50) i;
        INSERT INTO crm.notes SELECT i, i, 'n' FROM generate_series(1, {persons}) i;
        GRANT USAGE ON SCHEMA crm TO PUBLIC;
        GRANT ALL ON ALL TABLES IN SCHEMA crm TO PUBLIC;"
    )
}

struct World {
    menshen: Menshen,
    database: String,
    bundle: TempDir,
}

fn users() {
    static USERS: Once = Once::new();
    USERS.call_once(|| ["clerk", "marketer", "registrar"].into_iter().for_each(|user| shared().login(user, "secret")));
}

fn bundle(rules: &str, limits: &str) -> TempDir {
    let classification = match limits.contains("dimension:") {
        true => CLASSIFICATION.replace("subject = \"id\"", "subject = \"id\"\ndimensions = { project = \"project\" }"),
        false => CLASSIFICATION.to_owned(),
    };
    menshen::bundle(&[("classification.toml", &classification), ("policy.csv", rules), ("limits.toml", limits)])
}

/// A Menshen of its own, with these limits, before a database of its own.
fn world(persons: u32, limits: &str) -> World {
    world_by(RULES, persons, limits)
}

fn world_by(rules: &str, persons: u32, limits: &str) -> World {
    users();
    let bundle = bundle(rules, limits);
    let database = shared().fresh_database("taken");
    shared().sql(&database, &schema(persons));
    let menshen = Menshen::start(shared(), &Settings::new(bundle.path()).trusting());
    World { menshen, database, bundle }
}

impl World {
    async fn client(&self, user: &str) -> Client {
        connect(&self.menshen.config(user, "", &self.database)).await
    }

    /// Connects from another address of this machine.
    async fn client_at(&self, user: &str, from: [u8; 4]) -> Client {
        let config = self.menshen.config(user, "", &self.database);
        self.login_at(&config, from).await.expect("logged in")
    }

    async fn login_at(&self, config: &Config, from: [u8; 4]) -> Result<Client, Error> {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from((from, 0))).expect("bound");
        let stream = socket.connect(SocketAddr::from(([127, 0, 0, 1], self.menshen.port))).await.expect("connected");
        let (client, connection) = config.connect_raw(stream, NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// The value of a metric, summed over its labels that contain `label`.
    fn metric(&self, name: &str, label: &str) -> f64 {
        let text = self.menshen.admin("/metrics").expect("metrics");
        let lines = text.lines().filter(|line| line.starts_with(name) && line.contains(label));
        lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok()).sum()
    }
}

fn rows(answer: &[SimpleQueryMessage]) -> usize {
    answer.iter().filter(|message| matches!(message, SimpleQueryMessage::Row(_))).count()
}

/// Waits until it holds, a second and what a busy machine takes.
async fn until<F: Future<Output = bool>>(holds: impl Fn() -> F) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < Duration::from_secs(20), "not within a second");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
