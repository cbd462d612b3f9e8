//! x
use crate::answer::Answer;
use crate::asked::Asked;
use crate::room::{Room, Trouble};
use riwaya_store::Record;

pub fn answer(_room: &Room, _record: &Record, _asked: &Asked) -> Result<Answer, Trouble> {
    Err(Trouble::NotThere)
}
