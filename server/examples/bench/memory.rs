//! What the club holds in memory once many have joined and played.

use std::path::Path;
use std::time::Duration;

use futures::future::join_all;

use crate::Engine;
use crate::client::sign_up;
use crate::club::Server;
use crate::measure::say;
use crate::spins::{Keys, drive};

const MEMBERS: usize = 64;
/// How many join at once.
const CLIENTS: usize = 4;
const PLAY: Duration = Duration::from_secs(60);

pub(crate) async fn measure(engine: &Engine, binary: &Path) {
    let server = Server::start(binary, &engine.fresh("memory")).await;
    say_resident(engine, &server, "at its start");
    let address = &server.address;
    let clients = (0..CLIENTS).map(|client| async move {
        let mut members = Vec::new();
        for n in (client..MEMBERS).step_by(CLIENTS) {
            members.push(sign_up(address, n).await);
        }
        members
    });
    let members = join_all(clients).await.concat();
    let joined = format!("{MEMBERS} joined by {CLIENTS} clients");
    say_resident(engine, &server, &joined);
    drive(&server, &members, Keys::Each, PLAY).await;
    let played = format!("and all of them played for {} s", PLAY.as_secs());
    say_resident(engine, &server, &played);
}

fn say_resident(engine: &Engine, server: &Server, when: &str) {
    let mib = server.resident_kib() / 1_024;
    say(
        &format!("{}, memory, {when}", engine.name()),
        &format!("{mib} MiB resident"),
    );
}
