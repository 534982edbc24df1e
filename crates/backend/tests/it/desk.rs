//! What staff see of members, and do for them.

mod list;

use backend::Result;
use wire::Code;

fn code<T>(answer: Result<T>) -> Option<Code> {
    answer.err().map(|error| error.code())
}
