//! As much of HTML as a test of pages reads: tags with their attributes, and the text between them.

/// Elements that hold nothing and are not closed.
const VOID: [&str; 8] = ["area", "br", "col", "hr", "img", "input", "link", "meta"];
/// Elements whose text is not for people.
const RAW: [&str; 2] = ["script", "style"];

/// A page, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Html(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Open(Tag),
    Close,
    Text(String),
}

/// A tag that opens an element.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_of_test(&self, id: &str) -> bool {
        self.attribute("data-testid") == Some(id)
    }

    fn read(inner: &str) -> Self {
        let inner = inner.trim_end_matches('/');
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        Self {
            name: name.to_owned(),
            attributes: attributes(rest),
        }
    }
}

impl Html {
    pub(crate) fn read(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            push_text(&mut pieces, before);
            rest = after;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after_text(comment, "-->");
                continue;
            }
            let end = end_of_tag(rest);
            let inner = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            if inner.starts_with('/') {
                pieces.push(Piece::Close);
            } else if !inner.starts_with('!') {
                let tag = Tag::read(inner);
                if RAW.contains(&tag.name.as_str()) {
                    rest = after_text(rest, &format!("</{}>", tag.name));
                } else {
                    let closed = inner.ends_with('/').then_some(Piece::Close);
                    pieces.push(Piece::Open(tag));
                    pieces.extend(closed);
                }
            }
        }
        push_text(&mut pieces, rest);
        Self(pieces)
    }

    /// Every tag with its place.
    pub(crate) fn tags(&self) -> impl Iterator<Item = (usize, &Tag)> {
        let tags = self.0.iter().enumerate();
        tags.filter_map(|(at, piece)| match piece {
            Piece::Open(tag) => Some((at, tag)),
            Piece::Close | Piece::Text(_) => None,
        })
    }

    /// The element with that `data-testid`, as its tag.
    #[track_caller]
    pub(crate) fn test(&self, id: &str) -> &Tag {
        let found = self.tags().find(|(_, tag)| tag.is_of_test(id));
        found
            .unwrap_or_else(|| panic!("no {id} on the page: {}", self.text()))
            .1
    }

    pub(crate) fn tests(&self, id: &str) -> usize {
        self.tags().filter(|(_, tag)| tag.is_of_test(id)).count()
    }

    /// What people read in the element with that `data-testid`.
    #[track_caller]
    pub(crate) fn text_of(&self, id: &str) -> String {
        let found = self.tags().find(|(_, tag)| tag.is_of_test(id));
        let (at, _) = found.unwrap_or_else(|| panic!("no {id} on the page: {}", self.text()));
        self.text_between(at, self.end_of(at))
    }

    /// The same of every element with it.
    pub(crate) fn texts_of(&self, id: &str) -> Vec<String> {
        let found = self.tags().filter(|(_, tag)| tag.is_of_test(id));
        let texts = found.map(|(at, _)| self.text_between(at, self.end_of(at)));
        texts.collect()
    }

    /// What people read in the first element of that name.
    pub(crate) fn text_in(&self, name: &str) -> String {
        let found = self.tags().find(|(_, tag)| tag.name == name);
        found.map_or_else(String::new, |(at, _)| {
            self.text_between(at, self.end_of(at))
        })
    }

    /// What people read on the page, its title included.
    pub(crate) fn text(&self) -> String {
        self.text_between(0, self.0.len())
    }

    /// The links within an element of that name.
    pub(crate) fn links_in(&self, name: &str) -> Vec<&str> {
        let Some((start, _)) = self.tags().find(|(_, tag)| tag.name == name) else {
            return Vec::new();
        };
        let within = start..self.end_of(start);
        let links = self
            .tags()
            .filter(|(at, tag)| within.contains(at) && tag.name == "a");
        links.filter_map(|(_, tag)| tag.attribute("href")).collect()
    }

    /// Where the element that opens there ends.
    pub(crate) fn end_of(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (at, piece) in self.0.iter().enumerate().skip(start) {
            match piece {
                Piece::Open(tag) if !VOID.contains(&tag.name.as_str()) => depth += 1,
                Piece::Close => depth = depth.saturating_sub(1),
                Piece::Open(_) | Piece::Text(_) => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.0.len()
    }

    fn text_between(&self, start: usize, end: usize) -> String {
        let pieces = self.0.get(start..end).unwrap_or_default();
        let texts = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Open(_) | Piece::Close => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// Text with a space where a line breaks; nothing where there is only space.
fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    let words: Vec<_> = text.split_whitespace().collect();
    if !words.is_empty() {
        pieces.push(Piece::Text(plain(&words.join(" "))));
    }
}

/// The end of a tag: a `>` outside of quotes.
fn end_of_tag(text: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn after_text<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// `name="value"` or `name`, as Leptos writes them.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"").and_then(|it| it.split_once('"')) {
            Some((value, after)) => (plain(value), after),
            None => (String::new(), after.trim_start_matches('=')),
        };
        found.push((name.to_owned(), value));
        rest = after.trim_start();
    }
    found
}

/// Text without its entities.
fn plain(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, sign)| {
            text.replace(entity, sign)
        })
}
