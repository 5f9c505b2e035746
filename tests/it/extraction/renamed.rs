//! Names that come to mean something else: while a portal is open that has run one, by a function, by temporary tables.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use menshen::wire::client::Target;
use menshen::wire::frame::{self, Sender};
use menshen::wire::server::{Message, ProtocolVersion};
use menshen::wire::write;

use super::limits::limit;
use super::{World, world};
use crate::cluster::shared;
use crate::server::raw;

const LIMITS: &str = "[[limit]]\nname = \"all\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
                      steps = [{ at = 1000000000, do = \"alert\" }]\n";

pub(super) const ALL: &str = "SELECT id, phone FROM crm.buyers";

/// What a client says in one go.
#[derive(Clone, Default)]
pub(super) struct Say {
    bytes: Vec<u8>,
    ready: usize,
}

impl Say {
    pub(super) fn query(mut self, text: &str) -> Self {
        write::query(&mut self.bytes, text.as_bytes()).expect("written");
        self.ready += 1;
        self
    }

    pub(super) fn bind(mut self, portal: &str, text: &str) -> Self {
        write::parse(&mut self.bytes, b"", text.as_bytes(), [].into_iter()).expect("written");
        self.bound(portal, "")
    }

    pub(super) fn parse(mut self, name: &str, text: &str) -> Self {
        write::parse(&mut self.bytes, name.as_bytes(), text.as_bytes(), [].into_iter()).expect("written");
        self
    }

    pub(super) fn bound(mut self, portal: &str, statement: &str) -> Self {
        write::bind(&mut self.bytes, portal.as_bytes(), statement.as_bytes(), &[], &[], &[]).expect("written");
        self
    }

    pub(super) fn describe(mut self, portal: &str) -> Self {
        write::describe(&mut self.bytes, Target::Portal(portal.as_bytes())).expect("written");
        self
    }

    pub(super) fn execute(mut self, portal: &str, rows: i32) -> Self {
        write::execute(&mut self.bytes, portal.as_bytes(), rows).expect("written");
        self
    }

    /// `query_to_xml(text, nulls, tableforest, targetns)`, all of them as text.
    fn call_query_to_xml(mut self, text: &str) -> Self {
        let mut body = Vec::new();
        body.extend(2924_u32.to_be_bytes());
        body.extend([0, 0, 0, 4]);
        for argument in [text, "f", "f", ""] {
            body.extend((argument.len() as u32).to_be_bytes());
            body.extend(argument.as_bytes());
        }
        body.extend([0, 0]);
        self.bytes.push(b'F');
        self.bytes.extend((body.len() as u32 + 4).to_be_bytes());
        self.bytes.extend(body);
        self.ready += 1;
        self
    }

    pub(super) fn sync(mut self) -> Self {
        write::sync(&mut self.bytes);
        self.ready += 1;
        self
    }
}

pub(super) fn say() -> Say {
    Say::default()
}

pub(super) struct Session(TcpStream);

impl Session {
    pub(super) fn new(world: &World, user: &str) -> Self {
        let mut stream = raw::connect(world.menshen.port);
        let hello = [("user", user), ("database", world.database.as_str())];
        stream.write_all(&raw::startup(ProtocolVersion::V3_0, &hello)).expect("sent");
        raw::read_until_ready(&mut stream);
        Self(stream)
    }

    /// How many rows and values of functions come, and the SQLSTATE of the first error.
    pub(super) fn hear(&mut self, say: &Say) -> (usize, Option<String>) {
        self.0.write_all(&say.bytes).expect("sent");
        let heard = |bytes: &[u8]| {
            let (mut rest, mut rows, mut error, mut ready) = (bytes, 0, None, 0);
            while let Ok(Some((message, behind))) = frame::cut(Sender::Server, rest) {
                rows += usize::from(matches!(message.tag(), b'D' | b'V'));
                ready += usize::from(message.tag() == b'Z');
                if let Ok(Message::Error(fields)) = Message::read(message) {
                    let state = fields.get(b'C').map(|state| String::from_utf8(state.to_vec()).expect("text"));
                    error = error.or(state);
                }
                rest = behind;
            }
            (rows, error, ready)
        };
        let answer = raw::read_until(&mut self.0, |bytes| heard(bytes).2 >= say.ready);
        let (rows, error, _) = heard(&answer);
        (rows, error)
    }

    /// Rows of all turns together.
    pub(super) fn rows(&mut self, turns: &[Say]) -> usize {
        turns.iter().map(|turn| self.hear(turn).0).sum()
    }
}

fn counted(world: &World, role: &str) -> u64 {
    world.metric("menshen_extraction_persons_total", &format!("role=\"{role}\"")) as u64
}

/// Counts what these turns carry away: as many persons as rows at least.
fn takes(world: &World, user: &str, name: &str, turns: &[Say]) {
    let role = if user == "clerk" { "caller" } else { "boss" };
    let before = counted(world, role);
    let rows = Session::new(world, user).rows(turns);
    let counted = counted(world, role) - before;
    println!("{counted:5} of {rows:5}  {user}: {name}");
    assert!(counted >= rows as u64, "{user}, {name}: {counted} persons counted, {rows} rows");
}

fn both() -> [(&'static str, World); 2] {
    [("clerk", world(400, LIMITS)), ("registrar", world(400, &LIMITS.replace("caller", "boss")))]
}

#[test]
fn a_portal_goes_on_with_what_it_has_found_under_a_name() {
    let begin = || say().query("BEGIN");
    for (user, world) in both() {
        for (name, made, removed, runs) in [
            ("EXECUTE", format!("PREPARE n AS {ALL}"), "DEALLOCATE n", "EXECUTE n"),
            ("FETCH", format!("DECLARE n CURSOR FOR {ALL}"), "CLOSE n", "FETCH ALL FROM n"),
        ] {
            let again = if name == "EXECUTE" { "PREPARE n AS SELECT 1, 2" } else { "DECLARE n CURSOR FOR SELECT 1, 2" };
            let opens = begin().query(&made).bind("x", runs).execute("x", 1).sync();
            let turns =
                [opens.clone(), say().query(removed).query(again), say().execute("x", 0).sync().query("COMMIT")];
            takes(&world, user, name, &turns);
            let at_once = opens.query(removed).query(again).execute("x", 0).sync().query("ROLLBACK");
            takes(&world, user, &format!("{name} at once"), &[say().query("DISCARD ALL"), at_once]);
        }
        // the first Execute was skipped: the next one looks the name up
        let bound = begin().query("PREPARE n AS SELECT 1, 2").bind("x", "EXECUTE n").sync().query("SAVEPOINT s");
        let skipped = say().parse("", "SELEC").execute("x", 1).sync().query("ROLLBACK TO s");
        let anew = say().query("DEALLOCATE n").query(&format!("PREPARE n AS {ALL}")).execute("x", 0).sync();
        takes(&world, user, "skipped", &[bound, skipped, anew.query("ROLLBACK")]);
        // what FETCH finds in such a portal
        let bound = begin().query(&format!("PREPARE n AS {ALL}")).bind("x", "EXECUTE n").sync();
        let fetched = say().query("FETCH 1 FROM x").query("DEALLOCATE n").query("PREPARE n AS SELECT 1, 2");
        takes(&world, user, "fetched", &[bound, fetched, say().query("FETCH 100 FROM x").execute("x", 0).sync()]);
        // a plan of DECLARE declares nothing
        let planned =
            begin().query(&format!("DECLARE n CURSOR FOR {ALL}")).query("EXPLAIN DECLARE n CURSOR FOR SELECT 1");
        let role = if user == "clerk" { "caller" } else { "boss" };
        let (mut session, before) = (Session::new(&world, user), counted(&world, role));
        session.hear(&planned);
        assert_eq!(session.hear(&say().query("FETCH ALL FROM n")).0, 400);
        assert!(counted(&world, role) - before >= 400, "{user}: planned");
    }
}

/// What a session has under a name is described to it alone, and whom its rows are about is counted by that.
#[test]
fn what_a_name_is_described_as_is_of_one_session() {
    let world = world(400, &limit("{ at = 5, do = \"block\" }"));
    for (runs, make, end) in
        [("EXECUTE n", "PREPARE n AS ", "SELECT 1"), ("FETCH ALL FROM n", "DECLARE n CURSOR FOR ", "ROLLBACK")]
    {
        let run = |query: &str| {
            let say = say().query("BEGIN").query(&format!("{make}{query}"));
            say.bind("", runs).describe("").execute("", 0).sync().query(end)
        };
        let none = "SELECT id, phone FROM crm.buyers WHERE id < 0";
        assert_eq!(Session::new(&world, "clerk").hear(&run(none)), (usize::from(end == "SELECT 1"), None));
        let constant = "SELECT 1 AS id, phone FROM crm.buyers WHERE id <= 300";
        let (rows, error) = Session::new(&world, "marketer").hear(&run(constant));
        assert_eq!(error.as_deref(), Some("53400"), "{runs}: {rows} rows");
        let world = super::world(400, &limit("{ at = 5, do = \"block\" }"));
        assert_eq!(Session::new(&world, "clerk").hear(&run(none)).1, None);
        let mut session = Session::new(&world, "clerk");
        let (rows, error) = session.hear(&run(constant));
        assert_eq!(error.as_deref(), Some("53400"), "{runs}: {rows} rows");
    }
}

/// Whose rows say whom they are about is counted by that, also by the protocol.
#[test]
fn what_runs_by_name_is_counted_once() {
    for (user, world) in both() {
        let role = if user == "clerk" { "caller" } else { "boss" };
        let made = say().query(&format!("PREPARE n AS {ALL}"));
        let runs = say().bind("", "EXECUTE n").execute("", 150).execute("", 0).sync();
        let bound = say().bound("", "n").execute("", 0).sync();
        assert_eq!(Session::new(&world, user).rows(&[made, runs, bound]), 800);
        assert_eq!(counted(&world, role), 800, "{user}");
    }
}

#[test]
fn names_that_a_function_has_made_anew_are_counted() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    shared().sql(
        &world.database,
        "CREATE FUNCTION crm.open_it(text) RETURNS void LANGUAGE plpgsql AS
           $$ DECLARE r refcursor := $1; BEGIN OPEN r FOR SELECT id, phone FROM crm.buyers; END $$;
         CREATE FUNCTION crm.again(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DEALLOCATE ' || $1;
           EXECUTE 'PREPARE ' || $1 || ' AS SELECT id, phone FROM crm.buyers'; END $$;
         CREATE FUNCTION crm.reopen(text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE r refcursor := $1;
           BEGIN CLOSE r; OPEN r FOR SELECT id, phone FROM crm.buyers; END $$;",
    );
    let begin = || say().query("BEGIN");
    let one = "SELECT 1, 2";
    let declared = || begin().query("DECLARE n CURSOR FOR SELECT 1, 2");
    let prepared = || say().query("PREPARE n AS SELECT 1, 2");
    let call = |function: &str| format!("SELECT crm.{function}('n')");
    let block = "DO $$ BEGIN EXECUTE 'DEALLOCATE n'; EXECUTE 'PREPARE n AS SELECT id, phone FROM crm.buyers'; END $$";
    for (name, turns) in [
        ("closed", vec![declared().query("CLOSE n").query(&call("open_it")), say().query("FETCH 300 FROM n")]),
        ("reopened", vec![declared(), say().query(&call("reopen")), say().query("FETCH 300 FROM n")]),
        ("at once", vec![declared().query(&call("reopen")).query("FETCH 300 FROM n")]),
        ("in one", vec![declared().query(&format!("{}; FETCH 300 FROM n", call("reopen")))]),
        ("prepared", vec![prepared(), say().query(&call("again")), say().query("EXECUTE n")]),
        ("a block", vec![prepared(), say().query(block), say().query("EXECUTE n")]),
        ("bound", vec![prepared(), say().query(block), say().bound("", "n").execute("", 0).sync()]),
        ("parsed", vec![say().parse("n", one).sync(), say().query(block), say().bound("", "n").execute("", 0).sync()]),
        ("parsed, at once", vec![say().parse("n", one).sync().query(block).bound("", "n").execute("", 0).sync()]),
        ("a portal", vec![begin().bind("n", one).sync(), say().query(&call("reopen")), say().execute("n", 0).sync()]),
    ] {
        takes(&world, "registrar", name, &turns);
    }
}

#[test]
fn what_the_server_analyses_anew_is_counted_by_what_it_finds_then() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    let all = "SELECT id, phone FROM buyers";
    let shadow = || {
        let path = say().query("SET search_path = crm");
        path.query("CREATE TEMP TABLE buyers (id int, name text, phone varchar(20))")
    };
    let dropped = || say().query("DROP TABLE buyers");
    let run = || say().bound("", "s").execute("", 0).sync();
    for (name, turns) in [
        ("Parse", vec![shadow(), say().parse("s", all).sync(), dropped(), run()]),
        (
            "Parse, at once",
            vec![shadow(), say().parse("s", all).sync(), dropped().bound("", "s").execute("", 0).sync()],
        ),
        ("PREPARE", vec![shadow(), say().query(&format!("PREPARE s AS {all}")), dropped(), say().query("EXECUTE s")]),
        ("at once", vec![shadow(), dropped().query(all)]),
        ("a block", vec![shadow(), say().query("DO $$ BEGIN DROP TABLE buyers; END $$"), say().query(all)]),
        ("one string", vec![shadow(), say().query(&format!("DROP TABLE buyers; {all}"))]),
        (
            "a transaction",
            vec![say().query("BEGIN"), shadow(), say().query(&format!("ROLLBACK; SET search_path = crm; {all}"))],
        ),
    ] {
        takes(&world, "registrar", name, &turns);
    }
}

#[test]
fn a_function_call_is_barred_like_a_statement() {
    let world = world(2000, &limit("{ at = 300, do = \"block\" }").replace("caller", "boss"));
    let mut session = Session::new(&world, "registrar");
    let call = say().call_query_to_xml("SELECT phone FROM crm.buyers WHERE id <= 3");
    assert_eq!(session.hear(&call), (1, None));
    assert_eq!(session.hear(&say().query(ALL)).1.as_deref(), Some("53400"));
    assert_eq!(session.hear(&call), (0, Some("53400".to_owned())));
    assert_eq!(session.hear(&say().query("SELECT 1")), (1, None));
}

/// The server drops the portal without a name at each Query: what it has left of one that failed is not executed.
#[test]
fn a_query_ends_the_portal_without_a_name() {
    let world = world(400, LIMITS);
    let mut session = Session::new(&world, "clerk");
    let bound = say().query("BEGIN").bind("", "SELECT 1").sync();
    assert_eq!(session.hear(&bound), (0, None));
    assert_eq!(session.hear(&say().query("SELECT 1")), (1, None));
    assert_eq!(session.hear(&say().execute("", 0).sync()), (0, Some("34000".to_owned())));
}

#[test]
fn cursors_are_forgotten_when_they_are_closed() {
    let world = world(400, LIMITS);
    let mut session = Session::new(&world, "clerk");
    let unknown = || (0, Some("34000".to_owned()));
    for (declare, close) in [
        (say().query("DECLARE c CURSOR WITH HOLD FOR SELECT 1"), "CLOSE c"),
        (say().query("DECLARE c CURSOR WITH HOLD FOR SELECT 1"), "CLOSE ALL"),
        (say().query("DECLARE c CURSOR WITH HOLD FOR SELECT 1"), "DISCARD ALL"),
        (say().query("BEGIN").query("DECLARE c CURSOR FOR SELECT 1"), "COMMIT"),
    ] {
        assert_eq!(session.hear(&declare), (0, None));
        assert_eq!(session.hear(&say().query("FETCH 1 FROM c")), (1, None), "{close}");
        assert_eq!(session.hear(&say().query(close)), (0, None));
        assert_eq!(session.hear(&say().query("FETCH 1 FROM c")), unknown(), "{close}");
    }
    let held = say().query("BEGIN").query("DECLARE c CURSOR WITH HOLD FOR SELECT 1").query("COMMIT");
    assert_eq!(session.hear(&held), (0, None));
    assert_eq!(session.hear(&say().query("FETCH 1 FROM c")), (1, None));
    let closed = say().bind("", "CLOSE c").execute("", 0).sync().query("FETCH 1 FROM c");
    assert_eq!(session.hear(&closed), unknown());
    // it is Menshen that does not know them any more
    let refused = || world.menshen.audit().matches("\"decision\":\"refused\"").count();
    assert!(world.menshen.audits("\"decision\":\"refused\""));
    let until = Instant::now() + Duration::from_secs(10);
    while refused() < 5 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(refused(), 5, "{}", world.menshen.audit());
}

/// What stood under a name is recorded where it is read.
#[test]
fn what_runs_by_name_is_recorded() {
    let world = world(400, LIMITS);
    let mut session = Session::new(&world, "clerk");
    session.hear(&say().query(&format!("PREPARE n AS {ALL} WHERE id <= 20")));
    assert_eq!(session.hear(&say().query("EXECUTE n")), (20, None));
    assert!(world.menshen.audits("\"rows\":20,"), "{}", world.menshen.audit());
    session.hear(&say().query("BEGIN").query(&format!("DECLARE c CURSOR FOR {ALL}")));
    assert_eq!(session.hear(&say().query("FETCH 30 FROM c")), (30, None));
    assert!(world.menshen.audits("\"rows\":30,"), "{}", world.menshen.audit());
    assert_eq!(session.hear(&say().bind("x", "FETCH 40 FROM c").execute("x", 0).sync()), (40, None));
    assert!(world.menshen.audits("\"rows\":40,"), "{}", world.menshen.audit());
}
