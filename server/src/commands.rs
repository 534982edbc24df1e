//! The command line.

mod members;
mod proof;
mod sandbox;
mod serve;
mod status;

use std::net::SocketAddr;
use std::sync::Arc;

use backend::shop::{Access, HttpGateway, PaymentGateway};
use backend::{Backend, Clock, MovableClock, Settings, SystemClock, SystemEntropy};
use clap::{Parser, Subcommand};
use economy::Hash;
use wire::live::Announcement;
use wire::staff::Role;

use crate::config::Environment;
use crate::{Config, Failure, openapi};

/// Casino-Club in one binary. Settings come from the environment, then from `.env`.
#[derive(Debug, Parser)]
#[command(name = "casino-club", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the club; what happens when nothing is said
    Serve,
    /// Bring the database up to this build
    Migrate,
    /// Print the settings in force, with secrets masked
    Config,
    /// Print the OpenAPI document
    Openapi,
    /// Check every chain, hash and balance of the ledger; exit 1 and name the first fault
    VerifyLedger,
    /// Check every revealed hand from its seeds; exit 1 and name the first fault
    VerifyHands {
        /// Only the hands of this member
        #[arg(long, value_name = "ID")]
        user: Option<i64>,
    },
    /// Check every row, link and hash of the audit log; exit 1 and name the first fault
    VerifyAudit {
        /// A hash that the log had once, in hex: it must still be among its rows
        #[arg(long, value_name = "HASH")]
        head: Option<Hash>,
    },
    /// Let a member run the club, and end what they are signed in
    PromoteAdmin {
        /// What they sign in with
        #[arg(long)]
        site_id: String,
        /// As what: owner, finance, liveops, games, support or auditor
        #[arg(long, default_value = "owner", value_parser = role)]
        role: Role,
    },
    /// Those who run the club
    #[command(subcommand)]
    Staff(Staff),
    /// Invite codes
    #[command(subcommand)]
    Invite(Invite),
    /// Tell every member something, now and in their notifications
    Announce {
        /// 1 to 100 characters
        #[arg(long)]
        title: String,
        /// Up to 500 characters
        #[arg(long, default_value = "")]
        body: String,
    },
    /// Say that the database was restored from a backup, so that pages know to load anew
    Restored,
    /// Take payments of nobody's money, for development: a payment gateway of its own
    SandboxGateway {
        /// Where to listen
        #[arg(long, default_value = "127.0.0.1:3100")]
        addr: SocketAddr,
        /// Where it tells the club; by default the club at LEPTOS_SITE_ADDR
        #[arg(long)]
        webhook: Option<String>,
    },
    /// Ask the server at LEPTOS_SITE_ADDR whether it is healthy; exit 1 if it is not
    Status,
}

#[derive(Debug, Subcommand)]
enum Staff {
    /// Take a second factor away that is lost, and end what its member is signed in
    ResetTotp {
        /// What they sign in with
        #[arg(long)]
        site_id: String,
    },
}

#[derive(Debug, Subcommand)]
enum Invite {
    /// Make a code and print it
    Create {
        /// How many may join with it; without it, any number
        #[arg(long, value_name = "N")]
        max_uses: Option<i64>,
        /// In how many days it ends; without it, never
        #[arg(long, value_name = "N")]
        expires_in_days: Option<i64>,
    },
}

/// Does what the command line says.
///
/// # Errors
/// Why it could not, with the exit code to end with.
pub fn run(cli: Cli) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| Failure::Other(error.to_string()))?;
    let done = runtime.block_on(dispatch(cli.command.unwrap_or(Command::Serve)));
    // Work that was left behind on a blocking thread must not hold the process.
    runtime.shutdown_background();
    done
}

async fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve => serve::run().await,
        Command::Migrate => {
            let backend = open(&Config::load()?).await?;
            println!(
                "the {} database is up to this build",
                backend.db().dialect().name()
            );
            Ok(())
        }
        Command::Config => {
            Config::load()?
                .shown
                .iter()
                .for_each(|line| println!("{line}"));
            Ok(())
        }
        Command::Openapi => {
            print!("{}", openapi::json());
            Ok(())
        }
        Command::VerifyLedger => proof::ledger(&open(&Config::load()?).await?).await,
        Command::VerifyHands { user } => proof::hands(&open(&Config::load()?).await?, user).await,
        Command::VerifyAudit { head } => proof::audit(&open(&Config::load()?).await?, head).await,
        Command::PromoteAdmin { site_id, role } => {
            members::promote(&open(&Config::load()?).await?, &site_id, role).await
        }
        Command::Staff(Staff::ResetTotp { site_id }) => {
            members::reset_totp(&open(&Config::load()?).await?, &site_id).await
        }
        Command::Invite(Invite::Create {
            max_uses,
            expires_in_days,
        }) => members::invite(&open(&Config::load()?).await?, max_uses, expires_in_days).await,
        Command::Announce { title, body } => {
            members::announce(&open(&Config::load()?).await?, Announcement { title, body }).await
        }
        Command::Restored => {
            let backend = open(&Config::load()?).await?;
            backend.live.restored().await.map_err(members::refused)?;
            println!("members' logs begin anew");
            Ok(())
        }
        Command::SandboxGateway { addr, webhook } => sandbox::run(addr, webhook).await,
        Command::Status => status::run(Config::load()?.listen()).await,
    }
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "there is no such role".to_owned())
}

/// The services of the club, on a database that is up to this build and can be written.
async fn open(config: &Config) -> Result<Backend, Failure> {
    let gateway = config.gateway().map(gateway).transpose()?;
    open_with(config.services()?, clock(config), gateway).await
}

async fn open_with(
    settings: Settings,
    clock: Arc<dyn Clock>,
    gateway: Option<Arc<dyn PaymentGateway>>,
) -> Result<Backend, Failure> {
    Backend::open(settings, clock, Arc::new(SystemEntropy), gateway)
        .await
        .map_err(Failure::opening)
}

/// Who takes money, where they are reached.
fn gateway(access: Access) -> Result<Arc<dyn PaymentGateway>, Failure> {
    let gateway = HttpGateway::new(access, Arc::new(SystemEntropy));
    Ok(Arc::new(gateway.map_err(Failure::opening)?))
}

/// The machine's; in the test environment a test moves it, see `routes::test`.
fn clock(config: &Config) -> Arc<dyn Clock> {
    match config.http.environment {
        Environment::Test => Arc::new(MovableClock::default()),
        Environment::Development | Environment::Production => Arc::new(SystemClock),
    }
}
