//! A payment gateway that is asked over HTTP.
//!
//! `POST /charges` with reference, amount, currency and method; `POST /charges/{reference}/capture`
//! and `/refund`; `GET /charges/{reference}`. Each answers reference, amount, currency and state, or
//! 404 and nothing where it knows no such charge.
//!
//! Each call shows a key (`Authorization: Bearer`) and has a name of its own (`X-Nonce`). Its answer
//! has the same name and a signature, as the gateway's messages do: one without says nothing.

use std::sync::Arc;
use std::time::Duration;

use economy::shop::Price;
use futures::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use wire::shop::GatewayState;

use super::{Charge, GatewayAnswer, GatewayError, PaymentGateway};
use crate::shop::signature::Message;
use crate::{Entropy, Error, Result, tls};

/// How long one attempt may take. Twice that for each of two calls is less than the 10 s that a
/// request may take.
const ATTEMPT_TIME_MAX: Duration = Duration::from_secs(2);
/// How often a call is made before the answer is given up.
const ATTEMPTS_MAX: u32 = 2;
/// No answer of a gateway is longer.
const ANSWER_BYTES_MAX: usize = 4_096;

/// How a gateway is reached, and how either knows the other.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its address.
    pub url: SecretString,
    /// What it is shown.
    pub key: SecretString,
    /// What it signs its answers with.
    pub secret: SecretString,
}

/// A gateway at an address.
#[derive(Clone)]
pub struct HttpGateway {
    client: Client,
    access: Access,
    entropy: Arc<dyn Entropy>,
}

/// A call, and its name.
struct Call {
    request: RequestBuilder,
    nonce: String,
}

#[derive(Serialize)]
struct Ask<'a> {
    reference: &'a str,
    #[serde(flatten)]
    price: Price,
    method: Option<&'a str>,
}

#[derive(Deserialize)]
struct Told {
    reference: String,
    #[serde(flatten)]
    price: Price,
    state: GatewayState,
}

impl HttpGateway {
    /// The gateway that is reached so.
    ///
    /// # Errors
    /// When the machine cannot make connections.
    pub fn new(access: Access, entropy: Arc<dyn Entropy>) -> Result<Self> {
        let client = tls::client(access.url.expose_secret())
            .timeout(ATTEMPT_TIME_MAX)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Error::Internal(format!("PAYMENT_GATEWAY_URL: {error}")))?;
        Ok(Self {
            client,
            access,
            entropy,
        })
    }

    /// A call by a name that no other has, so that no other's answer can be taken for its own.
    fn call(&self, method: Method, path: &str) -> Call {
        let mut random = [0; 16];
        self.entropy.fill(&mut random);
        let nonce = hex::encode(random);
        let base = self.access.url.expose_secret().trim_end_matches('/');
        let request = self
            .client
            .request(method, format!("{base}{path}"))
            .bearer_auth(self.access.key.expose_secret())
            .header("x-nonce", &nonce);
        Call { request, nonce }
    }

    /// Asks until somebody answers. Only when no attempt left this machine was nothing sent.
    async fn ask(&self, charge: &Charge, call: Call) -> GatewayAnswer {
        let mut may_have_come = false;
        let mut cause = String::new();
        for _ in 0..ATTEMPTS_MAX {
            let Some(again) = call.request.try_clone() else {
                break;
            };
            match again.send().await {
                Ok(response) if response.status().is_server_error() => {
                    may_have_come = true;
                    cause = format!("status {}", response.status());
                }
                Ok(response) => {
                    let (status, body) = self.genuine(&call.nonce, response).await?;
                    return read(charge, status, &body);
                }
                Err(error) => {
                    may_have_come |= !error.is_connect();
                    cause = error.without_url().to_string();
                }
            }
        }
        Err(if may_have_come {
            GatewayError::Unclear(cause)
        } else {
            GatewayError::NotSent(cause)
        })
    }

    /// The status and the body of an answer that the gateway itself gave to the call of this name.
    async fn genuine(
        &self,
        nonce: &str,
        response: Response,
    ) -> std::result::Result<(StatusCode, Vec<u8>), GatewayError> {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = whole(response).await?;
        let message = Message {
            signature: text(&headers, "x-signature"),
            timestamp: text(&headers, "x-timestamp"),
            nonce: text(&headers, "x-nonce"),
            body: &body,
        };
        if message.nonce != nonce || !message.is_genuine(&self.access.secret) {
            return Err(unclear("an answer that is not signed"));
        }
        Ok((status, body))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

async fn whole(mut response: Response) -> std::result::Result<Vec<u8>, GatewayError> {
    let mut body = Vec::new();
    let lost = |error: reqwest::Error| unclear(&error.without_url().to_string());
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(unclear("an answer that is too long"));
        }
    }
    Ok(body)
}

/// The signature is over the body alone, so that the status has to fit it.
fn read(charge: &Charge, status: StatusCode, body: &[u8]) -> GatewayAnswer {
    if status == StatusCode::NOT_FOUND && body.is_empty() {
        return Ok(None);
    }
    if !status.is_success() {
        return Err(unclear(&format!("status {status}")));
    }
    let told: Told =
        serde_json::from_slice(body).map_err(|_| unclear("an answer that is no charge"))?;
    if told.reference != charge.reference || told.price != charge.price {
        return Err(unclear("an answer about another charge"));
    }
    Ok(Some(told.state))
}

fn unclear(cause: &str) -> GatewayError {
    GatewayError::Unclear(cause.to_owned())
}

impl PaymentGateway for HttpGateway {
    fn authorize<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let ask = Ask {
            reference: &charge.reference,
            price: charge.price,
            method: charge.method.as_deref(),
        };
        let Call { request, nonce } = self.call(Method::POST, "/charges");
        let request = request.json(&ask);
        Box::pin(self.ask(charge, Call { request, nonce }))
    }

    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let path = format!("/charges/{}/capture", charge.reference);
        Box::pin(self.ask(charge, self.call(Method::POST, &path)))
    }

    fn status<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let path = format!("/charges/{}", charge.reference);
        Box::pin(self.ask(charge, self.call(Method::GET, &path)))
    }

    fn refund<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        // With the amount, so that a charge that never came can be refused when it comes.
        let path = format!("/charges/{}/refund", charge.reference);
        let Call { request, nonce } = self.call(Method::POST, &path);
        let request = request.json(&charge.price);
        Box::pin(self.ask(charge, Call { request, nonce }))
    }
}
