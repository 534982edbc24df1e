//! The names of one object, of one form or of one address.

use super::fault::Fault;

/// Refuses a name that is there twice, and one that holds U+0000.
pub(super) fn check<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), Fault> {
    let mut names: Vec<&str> = names.collect();
    if let Some(name) = names.iter().find(|name| name.contains('\0')) {
        return Err(Fault::nul().under(&name.replace('\0', "\u{fffd}")));
    }
    // Sorted, since each against each would take long where there are thousands.
    names.sort_unstable();
    match names.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => Err(Fault::twice().under(two[0])),
        None => Ok(()),
    }
}
