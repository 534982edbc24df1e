//! A payment gateway that is asked over HTTP.
//!
//! `POST /charges` with reference, amount, currency and method; `POST /charges/{reference}/capture`
//! and `/refund`; `GET /charges/{reference}`. Each answers reference, amount, currency and state.

use std::time::Duration;

use economy::shop::Price;
use futures::future::BoxFuture;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::{Deserialize, Serialize};
use wire::shop::GatewayState;

use super::{Charge, GatewayAnswer, GatewayError, PaymentGateway};
use crate::{Error, Result, tls};

/// How long one attempt may take. Twice that for each of two calls is less than the 10 s that a
/// request may take.
const ATTEMPT_TIME_MAX: Duration = Duration::from_secs(2);
/// How often a call is made before the answer is given up.
const ATTEMPTS_MAX: u32 = 2;
/// No answer of a gateway is longer.
const ANSWER_BYTES_MAX: usize = 4_096;

/// A gateway at an address.
#[derive(Clone, Debug)]
pub struct HttpGateway {
    client: Client,
    base: String,
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
    /// The gateway at that address.
    ///
    /// # Errors
    /// When the machine cannot make connections.
    pub fn new(url: &str) -> Result<Self> {
        let client = tls::client(url)
            .timeout(ATTEMPT_TIME_MAX)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Error::Internal(format!("PAYMENT_GATEWAY_URL: {error}")))?;
        Ok(Self {
            client,
            base: url.trim_end_matches('/').to_owned(),
        })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Asks until somebody answers. Only when no attempt left this machine was nothing sent.
    async fn ask(&self, charge: &Charge, request: RequestBuilder) -> GatewayAnswer {
        let mut may_have_come = false;
        let mut cause = String::new();
        for _ in 0..ATTEMPTS_MAX {
            let Some(again) = request.try_clone() else {
                break;
            };
            match again.send().await {
                Ok(response) if response.status().is_server_error() => {
                    may_have_come = true;
                    cause = format!("status {}", response.status());
                }
                Ok(response) => return read(charge, response).await,
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
}

async fn read(charge: &Charge, mut response: Response) -> GatewayAnswer {
    let unclear = |cause: String| GatewayError::Unclear(cause);
    let status = response.status();
    if status == StatusCode::NOT_FOUND {
        return Ok(None);
    }
    if !status.is_success() {
        return Err(unclear(format!("status {status}")));
    }
    let mut bytes = Vec::new();
    let lost = |error: reqwest::Error| unclear(error.without_url().to_string());
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(unclear("an answer that is too long".to_owned()));
        }
    }
    let told: Told = serde_json::from_slice(&bytes)
        .map_err(|_| unclear("an answer that is no charge".to_owned()))?;
    if told.reference != charge.reference || told.price != charge.price {
        return Err(unclear("an answer about another charge".to_owned()));
    }
    Ok(Some(told.state))
}

impl PaymentGateway for HttpGateway {
    fn authorize<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let ask = Ask {
            reference: &charge.reference,
            price: charge.price,
            method: charge.method.as_deref(),
        };
        let request = self.request(Method::POST, "/charges").json(&ask);
        Box::pin(self.ask(charge, request))
    }

    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let path = format!("/charges/{}/capture", charge.reference);
        Box::pin(self.ask(charge, self.request(Method::POST, &path)))
    }

    fn status<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        let path = format!("/charges/{}", charge.reference);
        Box::pin(self.ask(charge, self.request(Method::GET, &path)))
    }

    fn refund<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, GatewayAnswer> {
        // With the amount, so that a charge that never came can be refused when it comes.
        let path = format!("/charges/{}/refund", charge.reference);
        let request = self.request(Method::POST, &path).json(&charge.price);
        Box::pin(self.ask(charge, request))
    }
}
