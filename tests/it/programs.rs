//! PostgreSQL's own programs through Menshen: pgbench, pg_dump, psql.

use std::process::Command;

use crate::cluster::{self, run};
use crate::drivers::{Door, PASSWORD, RESTRICTED, UNRESTRICTED, proxy, readable};
use crate::oracle::world;

/// A program of PostgreSQL, connected through `door`.
fn program(name: &str, door: &Door) -> Command {
    let mut command = cluster::shared().program(name);
    command.args(["-h", "127.0.0.1", "-p", &door.port.to_string(), "-U", door.user]);
    command.env("PGPASSWORD", PASSWORD);
    command
}

fn doors(user: &'static str, database: &str) -> [Door; 2] {
    let through = proxy().port;
    [cluster::shared().port, through].map(|port| Door { port, user, database: database.to_owned() })
}

#[test]
fn pgbench_works_in_all_three_modes() {
    let database = cluster::shared().fresh_database("pgbench");
    let [_, through] = doors(UNRESTRICTED, &database);
    cluster::shared().sql(&database, "GRANT CREATE ON SCHEMA public TO PUBLIC");
    run(program("pgbench", &through).args(["-i", "-q", "-s", "1", &database]));
    for mode in ["simple", "extended", "prepared"] {
        let arguments = ["-n", "-M", mode, "-c", "4", "-j", "2", "-t", "30", &database];
        let report = run(program("pgbench", &through).args(arguments));
        assert!(report.contains("transactions actually processed: 120/120"), "{report}");
        let select = run(program("pgbench", &through).args(["-S"]).args(arguments));
        assert!(select.contains("transactions actually processed: 120/120"), "{select}");
    }
}

/// Without the random key that newer versions put around a dump.
fn dump(door: &Door, options: &[&str]) -> String {
    let text = run(program("pg_dump", door).args(options).arg(&door.database));
    text.lines().filter(|line| !line.contains("restrict ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn pg_dump_takes_the_same_dump_and_it_can_be_restored() {
    let cluster = cluster::shared();
    let source = cluster.copy_database(&world::template(), "dumped");
    proxy();
    cluster.sql_file(&source, &cluster::root().join("tests/oracle/world/data.sql"), &["hidden=0", "buyers=300"]);
    cluster.sql("postgres", &format!("GRANT pg_read_all_data TO {UNRESTRICTED}; ALTER ROLE {UNRESTRICTED} BYPASSRLS"));
    let [direct, through] = doors(UNRESTRICTED, &source).map(|door| dump(&door, &[]));
    assert_eq!(direct, through);
    assert!(through.contains("COPY housing.buyers"), "{through}");
    let target = cluster.fresh_database("restored");
    cluster.sql("postgres", &format!("ALTER DATABASE {target} OWNER TO {UNRESTRICTED}"));
    let [_, door] = doors(UNRESTRICTED, &target);
    let file = proxy().folder.path().join("dump.sql");
    let owned: String =
        through.lines().filter(|line| !line.contains("OWNER TO")).map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, owned).expect("written");
    run(program("psql", &door).args(["-X", "-q", "-d", &target, "-v", "ON_ERROR_STOP=1", "-f"]).arg(&file));
    let count = "SELECT count(*), sum(hashtext(b::text)) FROM housing.buyers b";
    assert_eq!(cluster.sql(&target, count), cluster.sql(&source, count));
}

#[test]
fn pg_dump_takes_the_masked_data_of_a_restricted_user_s_tables() {
    let tables = ["-t", "housing.buyers", "-t", "housing.contracts", "-t", "app.*"];
    for form in [vec!["--data-only"], vec!["--data-only", "--column-inserts", "--rows-per-insert=7"]] {
        let [masked, through] = readable().map(|door| dump(&door, &[form.as_slice(), &tables].concat()));
        assert_eq!(masked, through);
        assert!(through.contains("138****"), "{through}");
    }
    let [masked, through] = readable().map(|door| dump(&door, &["--schema-only", "-t", "housing.buyers"]));
    assert_eq!(masked, through);
}

/// What an operator types to look around.
const DESCRIBE: [&str; 40] = [
    "\\d",
    "\\d housing.*",
    "\\d housing.buyers",
    "\\d+ housing.buyers",
    "\\d housing.payments",
    "\\d+ housing.payments",
    "\\d housing.leads_archive",
    "\\d+ housing.contract_overview",
    "\\d+ housing.buyer_directory",
    "\\dt",
    "\\dt housing.*",
    "\\dt+ housing.*",
    "\\di housing.*",
    "\\dv housing.*",
    "\\dm housing.*",
    "\\ds",
    "\\dP housing.*",
    "\\df housing.*",
    "\\df+ app.peek",
    "\\da app.*",
    "\\do app.*",
    "\\dT housing.*",
    "\\dT+ housing.*",
    "\\dD housing.*",
    "\\dC",
    "\\dn",
    "\\dn+",
    "\\dp housing.*",
    "\\ddp",
    "\\du",
    "\\drds",
    "\\db",
    "\\dx",
    "\\dl",
    "\\dd",
    "\\dL",
    "\\dy",
    "\\dF",
    "\\l",
    "\\sv housing.rich",
];

/// What psql shows without its columns of sizes on disk, which restricted users do not see.
fn without_sizes(shown: &str) -> String {
    let mut sizes = Vec::new();
    let mut width = 0;
    let mut kept = String::new();
    for line in shown.lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let here: Vec<usize> = (0..fields.len()).filter(|at| fields[*at].ends_with("Size")).collect();
        if !here.is_empty() {
            (sizes, width) = (here, fields.len());
        }
        let left = |at: &usize| fields.len() != width || !sizes.contains(at);
        let fields: Vec<&str> = (0..fields.len()).filter(left).map(|at| fields[at]).collect();
        kept += &(fields.join("|") + "\n");
    }
    kept
}

fn described(door: &Door, describe: &str) -> String {
    let mut psql = program("psql", door);
    let output = psql.args(["-X", "-A", "-d", &door.database, "-c", describe]).output().expect("psql runs");
    without_sizes(&String::from_utf8_lossy(&[output.stdout, output.stderr].concat()))
}

#[test]
fn the_describe_family_of_psql_works_for_a_restricted_user() {
    let [direct, through] = doors(RESTRICTED, &world::shared().a);
    let mut different = Vec::new();
    for describe in DESCRIBE {
        let ask = || [&direct, &through].map(|door| described(door, describe));
        let [mut direct, mut through] = ask();
        // other tests make databases and roles beside this one: by them alone nothing differs each time
        for _ in 0..10 {
            if direct == through {
                break;
            }
            [direct, through] = ask();
        }
        if direct != through {
            different.push(format!("{describe}\n--- directly:\n{direct}\n--- through Menshen:\n{through}"));
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), DESCRIBE.len(), different.join("\n"));
}
