//! The club in a browser that runs no scripts.

mod forms;
mod settings;
mod shop;

use std::collections::BTreeMap;

use reqwest::{Client, Method, RequestBuilder};
use url::form_urlencoded::Serializer;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::{Html, Tag};

/// More redirects than this go round in circles.
const REDIRECTS_MAX: usize = 5;

/// It keeps cookies, follows redirects, and sends forms as they stand on the page.
pub(crate) struct Plain {
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
    /// Where it is.
    pub(crate) path: String,
    /// What the page was answered with.
    pub(crate) answer: Answer,
    /// What it shows.
    pub(crate) page: Html,
}

/// What is typed into the fields of those names. A box of that name is ticked by any text, and unticked by
/// none.
type Typed<'a> = &'a [(&'a str, &'a str)];

impl Plain {
    /// A browser that wants English, on the front page.
    pub(crate) async fn open(app: &TestApp) -> Self {
        let mut browser = Self {
            client: app.client.clone(),
            base: app.base.clone(),
            cookies: BTreeMap::new(),
            path: String::new(),
            answer: app.page("/", "").await,
            page: Html::default(),
        };
        browser.visit("/").await;
        browser
    }

    /// Goes to a page.
    pub(crate) async fn visit(&mut self, path: &str) {
        let request = self.client.get(format!("{}{path}", self.base));
        self.path = path.to_owned();
        self.ask(request).await;
    }

    /// Sends the form of a server function; gives the status that answered it.
    pub(crate) async fn send(&mut self, function: &str, typed: Typed<'_>) -> u16 {
        let prefix = format!("/api/fn/{function}");
        let is_it = |tag: &Tag| {
            let hash = tag
                .attribute("action")
                .and_then(|path| path.strip_prefix(&prefix));
            tag.name == "form" && hash.is_some_and(|hash| hash.bytes().all(|c| c.is_ascii_digit()))
        };
        let found = self.page.tags().find(|(_, tag)| is_it(tag));
        let (form, _) = found.unwrap_or_else(|| panic!("no form of {function} on {}", self.path));
        self.submit(form, None, typed).await
    }

    /// Presses the button with that `data-testid`; gives the status that answered its form.
    pub(crate) async fn press(&mut self, button: &str, typed: Typed<'_>) -> u16 {
        let found = self.page.tags().find(|(_, tag)| tag.is_of_test(button));
        let (at, _) = found.unwrap_or_else(|| panic!("no {button} on {}", self.path));
        let forms = self
            .page
            .tags()
            .filter(|(start, tag)| tag.name == "form" && *start < at);
        let (form, _) = forms
            .last()
            .unwrap_or_else(|| panic!("{button} is in no form"));
        self.submit(form, Some(at), typed).await
    }

    /// What a form would send: its fields as they stand, with what is typed, and its button.
    pub(crate) fn fields(
        &self,
        form: usize,
        button: Option<usize>,
        typed: Typed<'_>,
    ) -> Vec<(String, String)> {
        let within = form..self.page.end_of(form);
        let typed_into = |name: &str| {
            let found = typed.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| *value)
        };
        let is_chosen = |tag: &Tag| {
            let chosen = tag.attribute("checked").is_some();
            match (tag.attribute("type"), tag.attribute("name")) {
                (Some("radio"), _) => chosen,
                (Some("checkbox"), Some(name)) => {
                    typed_into(name).map_or(chosen, |text| !text.is_empty())
                }
                _ => true,
            }
        };
        let is_sent = |at: usize, tag: &Tag| match tag.name.as_str() {
            _ if Some(at) == button => true,
            "input" => is_chosen(tag),
            name => name == "select",
        };
        let inner = self
            .page
            .tags()
            .filter(|(at, tag)| within.contains(at) && is_sent(*at, tag));
        let value = |name: &str, (at, tag): (usize, &Tag)| {
            let stands = match tag.name.as_str() {
                "select" => Some(self.chosen(at)),
                _ => tag.attribute("value"),
            };
            typed_into(name).or(stands).unwrap_or_default().to_owned()
        };
        let named = inner.filter_map(|(at, tag)| Some((tag.attribute("name")?, (at, tag))));
        named
            .map(|(name, field)| (name.to_owned(), value(name, field)))
            .collect()
    }

    /// What is chosen in the select that begins there; the first where nothing is.
    fn chosen(&self, select: usize) -> &str {
        let within = select..self.page.end_of(select);
        let options = self.page.tags();
        let options = options.filter(|(at, tag)| within.contains(at) && tag.name == "option");
        let options: Vec<&Tag> = options.map(|(_, tag)| tag).collect();
        let chosen = options
            .iter()
            .find(|tag| tag.attribute("selected").is_some());
        let chosen = chosen.or(options.first());
        chosen
            .and_then(|tag| tag.attribute("value"))
            .unwrap_or_default()
    }

    /// The tag of the form with that `data-testid`, and its place.
    pub(crate) fn form(&self, id: &str) -> (usize, &Tag) {
        let found = self.page.tags().find(|(_, tag)| tag.is_of_test(id));
        found.unwrap_or_else(|| panic!("no {id} on {}", self.path))
    }

    /// What stands in a field.
    pub(crate) fn value(&self, field: &str) -> &str {
        let is_field = |tag: &Tag| ["input", "select"].contains(&tag.name.as_str());
        let mut tags = self.page.tags();
        let found = tags.find(|(_, tag)| is_field(tag) && tag.attribute("name") == Some(field));
        match found {
            Some((at, tag)) if tag.name == "select" => self.chosen(at),
            Some((_, tag)) => tag.attribute("value").unwrap_or_default(),
            None => "",
        }
    }

    /// A request as this browser sends a form.
    pub(crate) fn post(&self, action: &str, fields: &[(String, String)]) -> RequestBuilder {
        let request = self.client.post(format!("{}{action}", self.base));
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(encoded(fields));
        self.as_browser(request).header("origin", &self.base)
    }

    async fn submit(&mut self, form: usize, button: Option<usize>, typed: Typed<'_>) -> u16 {
        let fields = self.fields(form, button, typed);
        let tag_at = |wanted: usize| {
            self.page
                .tags()
                .find(|(at, _)| *at == wanted)
                .map(|(_, tag)| tag)
        };
        let says = |name: &str| {
            let pressed = button
                .and_then(tag_at)
                .and_then(|tag| tag.attribute(&format!("form{name}")));
            pressed
                .or_else(|| tag_at(form)?.attribute(name))
                .unwrap_or_default()
                .to_owned()
        };
        let (method, action) = (says("method"), says("action"));
        if method == "get" {
            self.visit(&format!("{action}?{}", encoded(&fields))).await;
            return self.answer.status;
        }
        let request = self.post(&action, &fields);
        self.ask(request).await
    }

    /// Asks, follows redirects, and reads the page in the end; gives the status of the first answer.
    async fn ask(&mut self, request: RequestBuilder) -> u16 {
        let mut answer = Answer::to(self.as_browser(request)).await;
        let first = answer.status;
        for _ in 0..REDIRECTS_MAX {
            self.keep_cookies(&answer);
            if !(300..400).contains(&answer.status) {
                self.page = Html::read(&answer.text);
                self.answer = answer;
                return first;
            }
            self.path = answer.header("location").to_owned();
            let next = self
                .client
                .request(Method::GET, format!("{}{}", self.base, self.path));
            answer = Answer::to(self.as_browser(next)).await;
        }
        panic!("{} leads in circles", self.path);
    }

    fn as_browser(&self, request: RequestBuilder) -> RequestBuilder {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header("accept", "text/html")
            .header("accept-language", "en");
        request.header("cookie", cookies.join("; "))
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for line in answer.headers.get_all("set-cookie") {
            let pair = line
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='));
            let (name, value) = pair.unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Fields as a browser encodes them.
fn encoded(fields: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}
