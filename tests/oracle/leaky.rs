//! Canaries: what the harness must catch. Each is a rewriter as others have built them, in a small relay of its own;
//! nothing of it exists in the program.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::cluster;

use super::cases;
use super::run::{Doors, run};
use super::world;

/// What a leaky relay does to a simple query's text.
type Rewriter = fn(&str) -> String;

/// Relays to the server, and rewrites query texts on their way; ends with the test process.
fn relay(rewrite: Rewriter) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for client in listener.incoming() {
            let client = client.expect("a client");
            let server = TcpStream::connect(("127.0.0.1", cluster::shared().port)).expect("the server");
            let (mut back, mut out) = (server.try_clone().expect("a handle"), client.try_clone().expect("a handle"));
            thread::spawn(move || {
                let _ = std::io::copy(&mut back, &mut out);
                let _ = out.shutdown(std::net::Shutdown::Both);
            });
            thread::spawn(move || {
                let _ = forward(client, &server, rewrite);
                let _ = server.shutdown(std::net::Shutdown::Both);
            });
        }
    });
    port
}

/// Client to server: start-up as it is, then frame by frame.
fn forward(mut client: TcpStream, mut server: &TcpStream, rewrite: Rewriter) -> std::io::Result<()> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    let mut body = vec![0; i32::from_be_bytes(length) as usize - 4];
    client.read_exact(&mut body)?;
    server.write_all(&[&length[..], &body].concat())?;
    loop {
        let mut header = [0; 5];
        client.read_exact(&mut header)?;
        let mut body = vec![0; i32::from_be_bytes([header[1], header[2], header[3], header[4]]) as usize - 4];
        client.read_exact(&mut body)?;
        let body = match header[0] {
            b'Q' => [rewrite(std::str::from_utf8(&body[..body.len() - 1]).expect("UTF-8")).as_bytes(), b"\0"].concat(),
            b'P' => parse(&body, rewrite),
            _ => body,
        };
        let length = (body.len() as i32 + 4).to_be_bytes();
        server.write_all(&[&header[..1], &length, &body].concat())?;
    }
}

/// A Parse message with its text rewritten; its name is empty.
fn parse(body: &[u8], rewrite: Rewriter) -> Vec<u8> {
    let end = 1 + body[1..].iter().position(|byte| *byte == 0).expect("a terminated text");
    let text = std::str::from_utf8(&body[1..end]).expect("UTF-8");
    [b"\0", rewrite(text).as_bytes(), &body[end..]].concat()
}

const PHONE: &str = "(pg_catalog.left(phone, 3) || '****' || pg_catalog.right(phone, 4))::varchar(20)";

/// Masks what is selected, as products do that replace columns of the outermost list: WHERE sees true values.
fn mask_the_select_list(text: &str) -> String {
    match text.split_once(" FROM ") {
        Some((list, rest)) if list.starts_with("SELECT") => {
            format!("{} FROM {rest}", list.replacen("phone", &format!("{PHONE} AS phone"), 1))
        }
        _ => text.to_owned(),
    }
}

/// Substitutes the scan of one table and forgets every other.
fn forget_tables(text: &str) -> String {
    let scan = format!(
        "FROM (SELECT id, NULL::text AS name, NULL::varchar(18) AS id_no, {PHONE} AS phone, agent_id, level FROM housing.buyers) AS buyers"
    );
    text.replacen("FROM housing.buyers\n", &format!("{scan}\n"), 1)
}

fn caught(rewrite: Rewriter) -> Vec<String> {
    let doors = Doors {
        proxy: relay(rewrite),
        server: cluster::shared().port,
        world: world::shared(),
        principal: "clerk",
        ways: 1,
    };
    // Nothing here keeps a write from the true database.
    let mut cases = cases::all();
    cases.retain(|case| case.steps.iter().all(|step| step.starts_with("SELECT") && !step.contains("INTO")));
    run(&doors, &cases).failures
}

#[track_caller]
fn is_caught_by_both_oracles(rewrite: Rewriter) {
    let failures = caught(rewrite);
    let by = |oracle: &str| failures.iter().filter(|failure| failure.contains(oracle)).count();
    let (equality, interference) = (by("not what M answers"), by("A and B can be told apart"));
    assert!(equality > 0 && interference > 20, "caught {equality} times by equality, {interference} by interference");
}

#[test]
fn no_rewriting_at_all_is_caught() {
    is_caught_by_both_oracles(str::to_owned);
}

#[test]
fn masking_only_the_select_list_is_caught() {
    is_caught_by_both_oracles(mask_the_select_list);
}

#[test]
fn forgetting_a_table_is_caught() {
    is_caught_by_both_oracles(forget_tables);
}
