//! A member of a test, with the verbs of the game.

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use testkit::club::{PASSWORD, sign_up};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;

/// A member who joined through REST.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) base: String,
    pub(crate) client: Client,
    pub(crate) id: i64,
    pub(crate) access: String,
    pub(crate) refresh: String,
}

/// What a person of that name fills in.
pub(crate) fn form(name: &str) -> Value {
    serde_json::to_value(sign_up(name)).unwrap()
}

pub(crate) fn credentials(name: &str) -> Value {
    json!({"site_id": name, "password": PASSWORD})
}

impl Member {
    pub(crate) async fn join(app: &TestApp, name: &str) -> Self {
        Self::join_at(&app.client, &app.base, name).await
    }

    pub(crate) async fn join_at(client: &Client, base: &str, name: &str) -> Self {
        let token = Answer::to(
            client
                .post(format!("{base}/api/auth/signup"))
                .json(&form(name)),
        )
        .await
        .with(201);
        Self::of(client, base, &token)
    }

    pub(crate) fn of(client: &Client, base: &str, token: &Value) -> Self {
        let text = |name: &str| token[name].as_str().unwrap().to_owned();
        let id = token["user"]["id"].as_i64().unwrap();
        Self {
            base: base.to_owned(),
            client: client.clone(),
            id,
            access: text("access_token"),
            refresh: text("refresh_token"),
        }
    }

    /// The member, signed in again as one who owns the club.
    pub(crate) async fn promoted(app: &TestApp, name: &str) -> Self {
        Self::promoted_as(app, name, Role::Owner).await
    }

    /// The member, signed in again as one who runs the club as this.
    pub(crate) async fn promoted_as(app: &TestApp, name: &str, role: Role) -> Self {
        Self::join(app, name).await;
        app.club.backend.accounts.promote(name, role).await.unwrap();
        let token = app
            .post("/api/auth/admin/login", &credentials(name))
            .await
            .with(200);
        Self::of(&app.client, &app.base, &token)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.access)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) fn spin_request(&self, stake: i64, key: &str) -> RequestBuilder {
        let request = self
            .request(Method::POST, "/api/games/slot/spin")
            .header("idempotency-key", key);
        request.json(&json!({"bet_amount": stake, "lines": 5}))
    }

    pub(crate) async fn spins(&self, stake: i64) -> Answer {
        self.post(
            "/api/games/slot/spin",
            &json!({"bet_amount": stake, "lines": 5}),
        )
        .await
    }

    /// Balance and number of the newest transfer: what a refusal must leave as it is.
    pub(crate) async fn stands_at(&self) -> (i64, i64) {
        let balance = self.get("/api/users/balance").await.with(200);
        (
            balance["cyber_token_balance"].as_i64().unwrap(),
            balance["seq"].as_i64().unwrap(),
        )
    }

    /// The same member, at a server that was started again.
    pub(crate) fn at(&self, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            ..self.clone()
        }
    }

    /// The cookies of a browser that this member is signed in with.
    pub(crate) fn cookies(&self) -> String {
        format!(
            "casino_access={}; casino_refresh={}",
            self.access, self.refresh
        )
    }
}
