//! Pages of lists: bounds, cursors, and one row more than asked to see whether there is a next page.

use wire::page::{LIMIT_DEFAULT, LIMIT_MAX};
use wire::{AppError, Page, Timestamp};

use crate::Result;

/// The last numbered page: far beyond the last member's, and no number that overflows.
const PAGE_MAX: i64 = 1_000_000;

/// Where a list that is read by time goes on: with what is older than that instant, and with those of
/// that instant whose number is smaller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    pub(crate) at: Timestamp,
    pub(crate) id: i64,
}

/// A row of such a list, with its place in it.
pub(crate) struct Dated<T> {
    pub(crate) at: Timestamp,
    pub(crate) id: i64,
    pub(crate) it: T,
}

/// How many rows a page has.
pub(crate) fn limit(asked: Option<i64>) -> Result<i64> {
    match asked.unwrap_or(LIMIT_DEFAULT) {
        limit @ 1..=LIMIT_MAX => Ok(limit),
        _ => Err(AppError::field("limit", "range", "limit is 1 to 200").into()),
    }
}

/// Which of the pages that are numbered from 1, and how many rows each has.
pub(crate) fn numbered(page: Option<i64>, size: Option<i64>) -> Result<(i64, i64)> {
    let refuse = |field, message| Err(AppError::field(field, "range", message).into());
    let (page, size) = (page.unwrap_or(1), size.unwrap_or(LIMIT_DEFAULT));
    if !(1..=PAGE_MAX).contains(&page) {
        return refuse("page", "page is 1 to 1,000,000");
    }
    if !(1..=LIMIT_MAX).contains(&size) {
        return refuse("page_size", "page_size is 1 to 200");
    }
    Ok((page, size))
}

/// A cursor that is a number.
pub(crate) fn cursor_int(cursor: Option<&str>) -> Result<Option<i64>> {
    cursor
        .map(|text| text.parse().map_err(|_| bad_cursor().into()))
        .transpose()
}

/// A cursor that is a number after an id, as `id:number`.
pub(crate) fn cursor_pair(cursor: Option<&str>) -> Result<Option<(String, i64)>> {
    let Some(text) = cursor else { return Ok(None) };
    let (id, number) = text.split_once(':').ok_or_else(bad_cursor)?;
    Ok(Some((
        cursor_id(Some(id))?.unwrap_or_default(),
        number.parse().map_err(|_| bad_cursor())?,
    )))
}

/// The cursor that [`cursor_pair`] reads.
pub(crate) fn mark(id: &str, number: i64) -> String {
    format!("{id}:{number}")
}

/// A cursor that is an id.
pub(crate) fn cursor_id(cursor: Option<&str>) -> Result<Option<String>> {
    match cursor {
        Some(id) if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_graphic()) => {
            Err(bad_cursor().into())
        }
        other => Ok(other.map(str::to_owned)),
    }
}

/// The refusal of a cursor that no page gave.
pub(crate) fn bad_cursor() -> AppError {
    AppError::field("cursor", "characters", "cursor is not one that a page gave")
}

/// The page of `limit` rows out of up to one more.
pub(crate) fn page<T>(mut items: Vec<T>, limit: i64, cursor: impl FnOnce(&T) -> String) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = if more { items.last().map(cursor) } else { None };
    Page { items, next_cursor }
}
