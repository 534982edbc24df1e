//! What the server answered, whole, and as the document has it.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder, Url};
use serde_json::Value;

use crate::documented;

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    #[expect(
        dead_code,
        reason = "`Debug` shows it to whoever reads why a test failed"
    )]
    pub(crate) asked: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.unwrap()
    }

    /// As [`Answer::to`], where no answer may come.
    pub(crate) async fn try_to(request: RequestBuilder) -> reqwest::Result<Self> {
        let (client, request) = request.build_split();
        let request = request?;
        let (method, url) = (request.method().clone(), request.url().clone());
        let response = client.execute(request).await?;
        let answer = Self {
            asked: format!("{method} {url}"),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        };
        documented::expect(&method, &url, &answer);
        Ok(answer)
    }

    /// As it stands on a bare connection.
    pub(crate) fn of(method: &Method, url: &Url, text: &str) -> Self {
        let asked = format!("{method} {url}");
        let whole = text.split_once("\r\n\r\n");
        let (head, body) = whole.unwrap_or_else(|| panic!("{text:?} answers {asked}"));
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let answer = Self {
            asked,
            status: status.parse().unwrap(),
            headers: lines.map(header).collect(),
            text: body.to_owned(),
        };
        documented::expect(method, url, &answer);
        answer
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The body of an answer that must have this status.
    #[track_caller]
    pub(crate) fn with(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// A refusal, which must be problem JSON with this status and code; gives back its body.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        let problem = self.json();
        assert_eq!(problem["code"], code, "{self:?}");
        assert_eq!(problem["status"], status, "{self:?}");
        assert_eq!(
            problem["request_id"],
            self.header("x-request-id"),
            "{self:?}"
        );
        problem
    }

    /// A 422 that names this field.
    #[track_caller]
    pub(crate) fn refuses_field(&self, field: &str) {
        let problem = self.refused(422, "invalid");
        let fields = problem["fields"].as_array().unwrap();
        assert!(
            fields.iter().any(|fault| fault["field"] == field),
            "{field} in {problem}"
        );
    }

    /// The value of a cookie that the answer sets; an emptied one is none.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self
            .headers
            .get_all("set-cookie")
            .into_iter()
            .map(|line| line.to_str().unwrap());
        let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
        pairs
            .rfind(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value.to_owned())
    }
}

/// A line of a head.
fn header(line: &str) -> (HeaderName, HeaderValue) {
    let (name, value) = line.split_once(": ").unwrap();
    (name.parse().unwrap(), value.parse().unwrap())
}
