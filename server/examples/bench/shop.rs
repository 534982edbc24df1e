//! Purchases a second: items, one hot limited package, and reading the catalogue; the engine without
//! HTTP, and REST.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::{Backend, Member, Origin, Staff};
use economy::Tokens;
use economy::shop::{Currency, Price};
use serde_json::{Value, json};
use wire::auth::{LoginRequest, Token};
use wire::shop::{
    BuyLimitedRequest, BuyRequest, Contents, ProductKind, UpsertPackage, UpsertProduct,
};
use wire::staff::Role;

use crate::Engine;
use crate::club::{self, Server};
use crate::measure::{Measured, say};

/// Members that buy at once.
const MEMBERS: usize = 32;
/// How long each measurement lasts.
const MEASURE: Duration = Duration::from_secs(8);
/// Both are sold for one token.
const WARE: &str = "bench";

#[derive(Clone, Copy)]
enum What {
    Item,
    Package,
    Catalogue,
}

impl What {
    const ALL: [Self; 3] = [Self::Item, Self::Package, Self::Catalogue];

    fn name(self) -> &'static str {
        match self {
            Self::Item => "item purchases",
            Self::Package => "purchases of one package",
            Self::Catalogue => "catalogue",
        }
    }
}

pub(crate) async fn measure(engine: &Engine, binary: &Path) {
    let name = engine.name();
    let database = engine.fresh("shop");
    let backend = club::open(&database, None).await;
    // One more, who runs the club: that ends what they are signed in.
    let mut members = club::join(&backend, MEMBERS + 1).await;
    let boss = promoted(&backend, &members.pop().unwrap()).await;
    stock(&backend, &boss.staff(&Origin::default()).unwrap()).await;
    let server = Server::start(binary, &database).await;
    for what in What::ALL {
        let bare = bare(&backend, &members, what).await;
        bare.rate(&format!("{name}, bare, {}", what.name()));
        let rest = rest(&server, &members, what).await;
        rest.rate(&format!("{name}, REST, {}", what.name()));
        let part = rest.per_second() / bare.per_second();
        say(&format!("{name}, REST against bare"), &format!("{part:.2}"));
    }
    backend.proofs.ledger().await.unwrap().unwrap();
}

async fn promoted(backend: &Backend, token: &Token) -> Member {
    let accounts = &backend.accounts;
    let site_id = token.user.site_id.clone();
    accounts.promote(&site_id, Role::Owner).await.unwrap();
    let request = LoginRequest {
        site_id,
        password: club::PASSWORD.to_owned(),
    };
    let token = accounts.login(request, &club::device()).await.unwrap();
    accounts.authenticate(&token.access_token).await.unwrap()
}

async fn stock(backend: &Backend, staff: &Staff) {
    let product = UpsertProduct {
        product_id: WARE.to_owned(),
        kind: ProductKind::Item,
        tokens: Tokens::ZERO,
        item: Some("consumable_fortune_cookie".to_owned()),
        prices: vec![Price::new(1, Currency::Tokens).unwrap()],
        place: 0,
        is_active: true,
    };
    let package = UpsertPackage {
        package_id: WARE.to_owned(),
        price: Tokens::from_u32(1),
        contents: Contents::default(),
        stock: 1_000_000_000,
        member_limit: 1_000_000_000,
        window: Default::default(),
        place: 0,
        is_active: true,
    };
    let shop = &backend.shop;
    shop.upsert_product(staff, product).await.unwrap();
    shop.upsert_package(staff, package).await.unwrap();
}

fn item() -> BuyRequest {
    BuyRequest {
        product_id: WARE.to_owned(),
        quantity: 1,
        currency: None,
        payment_method: None,
        promo_code: None,
        total_max: None,
    }
}

fn package() -> BuyLimitedRequest {
    BuyLimitedRequest {
        package_id: WARE.to_owned(),
        promo_code: None,
        total_max: None,
    }
}

async fn bare(backend: &Backend, members: &[Token], what: What) -> Measured {
    let start = Instant::now();
    let tasks = members.iter().map(|member| {
        let (shop, user) = (backend.shop.clone(), member.user.id);
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < MEASURE {
                let began = Instant::now();
                match what {
                    What::Item => _ = shop.buy(user, item(), None).await.unwrap(),
                    What::Package => _ = shop.buy_limited(user, package(), None).await.unwrap(),
                    What::Catalogue => _ = shop.catalogue().await.unwrap(),
                }
                latencies.push(began.elapsed());
            }
            latencies
        })
    });
    Measured::gather(start, tasks.collect()).await
}

/// Where it is asked for, and with what; a catalogue is only read.
fn request(what: What) -> (&'static str, Option<Value>) {
    match what {
        What::Item => ("/api/shop/buy", Some(json!({"product_id": WARE}))),
        What::Package => ("/api/shop/buy-limited", Some(json!({"package_id": WARE}))),
        What::Catalogue => ("/api/shop/products", None),
    }
}

async fn rest(server: &Server, members: &[Token], what: What) -> Measured {
    let client = club::http();
    let (path, body) = request(what);
    let url: Arc<str> = format!("http://{}{path}", server.address).into();
    let start = Instant::now();
    let tasks = members.iter().map(|member| {
        let (client, url, body) = (client.clone(), url.clone(), body.clone());
        let token = member.access_token.clone();
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < MEASURE {
                let began = Instant::now();
                let request = match &body {
                    Some(body) => client.post(&*url).bearer_auth(&token).json(body),
                    None => client.get(&*url),
                };
                let answer = request.send().await.unwrap().error_for_status().unwrap();
                answer.bytes().await.unwrap();
                latencies.push(began.elapsed());
            }
            latencies
        })
    });
    Measured::gather(start, tasks.collect()).await
}
