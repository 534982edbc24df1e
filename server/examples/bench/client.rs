//! A member's connection over REST, as light as it can be: it shares the processor with the club.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::club::http;

/// One connection, which a member uses for one request after another.
pub(crate) struct Caller {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    bearer: String,
}

/// The club does not answer any more.
pub(crate) struct Gone;

impl Caller {
    pub(crate) async fn connect(address: &str, token: &str) -> Result<Self, Gone> {
        let stream = TcpStream::connect(address).await.map_err(|_| Gone)?;
        stream.set_nodelay(true).map_err(|_| Gone)?;
        let handshake = http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = handshake.map_err(|_| Gone)?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address.to_owned(),
            bearer: format!("Bearer {token}"),
        })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<(StatusCode, Bytes), Gone> {
        self.send(Method::GET, path, "", None).await
    }

    /// Posts JSON, under a key if there is one.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: &'static str,
        key: Option<&str>,
    ) -> Result<(StatusCode, Bytes), Gone> {
        self.send(Method::POST, path, body, key).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: &'static str,
        key: Option<&str>,
    ) -> Result<(StatusCode, Bytes), Gone> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host)
            .header("authorization", &self.bearer)
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Full::from(body)).unwrap();
        self.sender.ready().await.map_err(|_| Gone)?;
        let answer = self.sender.send_request(request).await.map_err(|_| Gone)?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(|_| Gone)?;
        Ok((status, body.to_bytes()))
    }
}

/// Signs up member number `n`; their access token.
pub(crate) async fn sign_up(address: &str, n: usize) -> String {
    let body = json!({
        "site_id": format!("bench{n}"), "nickname": format!("bench{n}"),
        "phone_number": format!("0100000{n:05}"), "password": "bench bench bench",
        "invite_code": "5858",
    });
    let url = format!("http://{address}/api/auth/signup");
    let answer = http().post(url).json(&body).send().await;
    let answer = answer.unwrap().error_for_status().unwrap();
    let token: Value = answer.json().await.unwrap();
    token["access_token"].as_str().unwrap().to_owned()
}
