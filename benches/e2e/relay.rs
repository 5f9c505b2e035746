//! A bare relay: copies frames between client and server and knows nothing but their headers. What a proxy in user
//! space costs at the least; `benches/e2e` measures Menshen against it.
//!
//!     relay LISTEN SERVER [THREADS]
#![allow(clippy::print_stderr, clippy::unwrap_used, reason = "a tool of the benchmarks: it ends at the first surprise")]

use std::net::SocketAddr;

use menshen::wire::frame::{Sender, Walk};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};

const CHUNK: usize = 16 << 10;

/// Copies one direction; after the log-in every message is walked over by its header.
async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    sender: Sender,
    walked: &mut usize,
) -> std::io::Result<()> {
    let mut walk = Walk::new(sender);
    let mut buffer = vec![0; CHUNK];
    // a client's start-up packet has no tag
    let mut untagged = sender == Sender::Client;
    loop {
        let count = from.read(&mut buffer).await?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { return to.shutdown().await };
        if !std::mem::take(&mut untagged) && walk.run(chunk, |_| true).is_ok_and(|run| run.passed == chunk.len()) {
            *walked += chunk.len();
        }
        to.write_all(chunk).await?;
    }
}

async fn relay(mut client: TcpStream, server: SocketAddr) -> std::io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let (mut there, mut back) = (0, 0);
    tokio::select! {
        end = pump(from_client, to_server, Sender::Client, &mut there) => end,
        end = pump(from_server, to_client, Sender::Server, &mut back) => end,
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let listen = arguments.next().unwrap();
    let server: SocketAddr = arguments.next().unwrap().parse().unwrap();
    let threads = arguments.next().map_or(0, |threads| threads.parse().unwrap());
    let mut runtime = match threads {
        1 => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    if threads > 1 {
        runtime.worker_threads(threads);
    }
    runtime.enable_all().build().unwrap().block_on(async {
        let listener = TcpListener::bind(listen).await.unwrap();
        loop {
            let (client, _) = listener.accept().await.unwrap();
            tokio::spawn(relay(client, server));
        }
    });
}
