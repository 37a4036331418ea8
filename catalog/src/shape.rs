//! What a line must look like behind a text that somebody else wrote: as a regex for Hive and, side by side, as native
//! readers.

use crate::cursor::Cursor;
use crate::read::count_dashes;
use crate::tokens::{Field, Place};

type Appended = &'static [&'static [Field]];

/// A field may end here: before a space or at the end of the line.
pub(crate) const STOP: &str = "(?![^ ])";

/// The line ends here, but for fields that AWS has not released yet.
const END: &str = r"(?: -)*+\z";

/// Behind the text at this place: the fields up to the next such text. A text that is the last of its group has all that
/// was appended behind it, for a stop alone tells nothing.
pub(crate) fn shape(place: Place) -> String {
    along(place.next, || match place.next {
        [] => rest(place.appended),
        _ => STOP.to_owned(),
    })
}

/// Whether the line goes on like that.
pub(crate) fn follows(mut cursor: Cursor, place: Place) -> Option<()> {
    match (walk(&mut cursor, place.next)?, place.next) {
        (Walk::ToAText, _) => Some(()),
        (Walk::ToTheEnd, []) => rest_follows(cursor, place.appended),
        (Walk::ToTheEnd, _) => cursor.is_at_stop().then_some(()),
    }
}

/// Behind another text that could be meant instead. Unknown fields of tomorrow may be texts as well, and the oldest lines
/// end soon behind a text: where a text is the last of its group, what counts is the first appended group that tells
/// itself by its shape. No text in a line older than that group could play it, unless by foresight.
pub(crate) fn shape_of_another(place: Place) -> String {
    match place.next {
        [] => along(up_to_telling(place.appended), || STOP.to_owned()),
        _ => shape(place),
    }
}

/// Whether the line goes on like that.
pub(crate) fn another_follows(mut cursor: Cursor, place: Place) -> Option<()> {
    if !place.next.is_empty() {
        return follows(cursor, place);
    }
    match walk(&mut cursor, up_to_telling(place.appended))? {
        Walk::ToAText => Some(()),
        Walk::ToTheEnd => cursor.is_at_stop().then_some(()),
    }
}

fn up_to_telling(appended: Appended) -> impl Iterator<Item = &'static Field> {
    let tells = |group: &&[Field]| group.iter().any(|field| field.kind().is_telling());
    let telling = appended.iter().position(tells);
    let count = telling.map_or(appended.len(), |index| index + 1);
    appended.iter().copied().take(count).flatten()
}

/// Whole groups, in their order, and the end of the line where they end.
fn rest(appended: Appended) -> String {
    match appended {
        [] => STOP.to_owned(),
        [group, later @ ..] => format!("(?:{}|{END})", along(*group, || rest(later))),
    }
}

fn rest_follows(cursor: Cursor, appended: Appended) -> Option<()> {
    let [group, later @ ..] = appended else {
        return cursor.is_at_stop().then_some(());
    };
    let mut ahead = cursor;
    let there = match walk(&mut ahead, *group) {
        Some(Walk::ToAText) => Some(()),
        Some(Walk::ToTheEnd) => rest_follows(ahead, later),
        None => None,
    };
    there.or_else(|| count_dashes(cursor).map(drop))
}

/// These fields and what is behind them, or only those up to a text that somebody else wrote.
fn along(
    fields: impl IntoIterator<Item = &'static Field>,
    behind: impl FnOnce() -> String,
) -> String {
    let mut shape = String::new();
    for field in fields {
        shape.push(' ');
        if field.kind().is_foreign() {
            return shape + "\"";
        }
        shape += &field.kind().regex("(?:", Place::ANY);
    }
    shape + &behind()
}

enum Walk {
    ToAText,
    ToTheEnd,
}

fn walk(cursor: &mut Cursor, fields: impl IntoIterator<Item = &'static Field>) -> Option<Walk> {
    for field in fields {
        cursor.eat(b" ")?;
        if field.kind().is_foreign() {
            return cursor.eat(b"\"").map(|()| Walk::ToAText);
        }
        field.kind().read(cursor, Place::ANY)?;
    }
    Some(Walk::ToTheEnd)
}
