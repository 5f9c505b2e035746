//! An independent codec writes the same bytes as we do.

use bytes::BytesMut;
use menshen::wire::client::Target;
use menshen::wire::server::{FieldDescription, ProtocolVersion, Status};
use menshen::wire::write;
use pgwire::messages::extendedquery::{Bind, Close, Describe, Execute, Flush, Parse, Sync};
use pgwire::messages::response::{ErrorResponse, NoticeResponse};
use pgwire::messages::simplequery::Query;
use pgwire::messages::startup::{Authentication, ParameterStatus, SslRequest, Startup};
use pgwire::messages::terminate::Terminate;
use pgwire::messages::{Message, data};

fn theirs(message: &impl Message) -> Vec<u8> {
    let mut bytes = BytesMut::new();
    message.encode(&mut bytes).expect("encoded");
    bytes.to_vec()
}

fn ours(write: impl FnOnce(&mut Vec<u8>) -> Result<(), write::Unwritable>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("written");
    bytes
}

fn fixed(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes);
    bytes
}

#[test]
fn what_clients_say() {
    let text = "select '张' from t where a = $1";
    assert_eq!(ours(|b| write::query(b, text.as_bytes())), theirs(&Query::new(text.into())));
    let parse = Parse::new(Some("s".into()), text.into(), vec![23, 0]);
    assert_eq!(ours(|b| write::parse(b, b"s", text.as_bytes(), [23, 0].into_iter())), theirs(&parse));
    let parameters = vec![None, Some(vec![0, 255].into()), Some(vec![].into())];
    let bind = Bind::new(Some("p".into()), None, vec![1], parameters, vec![0, 1]);
    let values = [None, Some([0, 255].as_slice()), Some(b"")];
    assert_eq!(ours(|b| write::bind(b, b"p", b"", &[1], &values, &[0, 1])), theirs(&bind));
    let execute = Execute::new(Some("p".into()), 50);
    assert_eq!(ours(|b| write::execute(b, b"p", 50)), theirs(&execute));
    let describe = Describe::new(b'S', Some("s".into()));
    assert_eq!(ours(|b| write::describe(b, Target::Statement(b"s"))), theirs(&describe));
    let close = Close::new(b'P', None);
    assert_eq!(ours(|b| write::close(b, Target::Portal(b""))), theirs(&close));
    assert_eq!(fixed(write::sync), theirs(&Sync::new()));
    assert_eq!(fixed(write::flush), theirs(&Flush::new()));
    assert_eq!(fixed(write::terminate), theirs(&Terminate::new()));
    assert_eq!(fixed(write::ssl_request), theirs(&SslRequest::new()));
    let mut startup = Startup::new();
    startup.parameters.insert("database".into(), "d".into());
    startup.parameters.insert("user".into(), "u".into());
    let options = [(b"database".as_slice(), b"d".as_slice()), (b"user", b"u")];
    assert_eq!(ours(|b| write::startup(b, ProtocolVersion::V3_0, options)), theirs(&startup));
}

#[test]
fn what_servers_say() {
    let names = ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"];
    let sasl = Authentication::SASL(names.map(String::from).to_vec());
    assert_eq!(ours(|b| write::authentication_sasl(b, &names)), theirs(&sasl));
    assert_eq!(fixed(write::authentication_ok), theirs(&Authentication::Ok));
    let last = Authentication::SASLFinal(b"v=x".to_vec().into());
    assert_eq!(ours(|b| write::authentication_sasl_final(b, b"v=x")), theirs(&last));
    let status = ParameterStatus::new("TimeZone".into(), "UTC".into());
    assert_eq!(ours(|b| write::parameter_status(b, b"TimeZone", b"UTC")), theirs(&status));
    let ready = pgwire::messages::response::ReadyForQuery::new(pgwire::messages::response::TransactionStatus::Error);
    assert_eq!(fixed(|b| write::ready_for_query(b, Status::Failed)), theirs(&ready));
    let fields = vec![(b'S', "ERROR".to_owned()), (b'M', "no".to_owned())];
    let written = [(b'S', b"ERROR".as_slice()), (b'M', b"no")];
    assert_eq!(ours(|b| write::fields(b, b'E', written)), theirs(&ErrorResponse::new(fields.clone())));
    assert_eq!(ours(|b| write::fields(b, b'N', written)), theirs(&NoticeResponse::new(fields)));
    let field = data::FieldDescription::new("id".into(), 16_400, 2, 23, 4, -1, 1);
    let description = data::RowDescription::new(vec![field]);
    let field = FieldDescription {
        name: b"id",
        table_oid: 16_400,
        column_number: 2,
        type_oid: 23,
        type_size: 4,
        type_modifier: -1,
        format: 1,
    };
    assert_eq!(ours(|b| write::row_description(b, &[field])), theirs(&description));
}
