//! The kinds of token whose text a client writes. Its quotes and spaces may stand there as they came, so the end is told
//! by the shape of what follows.

use crate::cursor::Cursor;
use crate::kind::{Kind, Slices, word};
use crate::shape::{another_follows, follows, shape, shape_of_another};
use crate::tokens::{Field, Place};

/// The request ends at the first quote that the next text follows.
pub(crate) fn request_line_regex(open: &str, place: Place) -> String {
    let after = shape(place);
    let protocol = "-|HTTP/[0-9.]++";
    let end = format!(r#" ?+"(?={after})"#);
    let url = format!(r#"[^ "]*+(?:(?!(?: (?:{protocol}))?+{end})[ "][^ "]*+)*+"#);
    format!(r#""{open}[^ "]++)(?: {open}{url}))?+(?: {open}{protocol}))?+{end}"#)
}

pub(crate) fn request_line<'a>(cursor: &mut Cursor<'a>, place: Place) -> Option<Slices<'a>> {
    cursor.eat(b"\"")?;
    let verb = word(cursor)?;
    let url = match cursor.eat(b" ") {
        Some(()) => Some(url(cursor, place)?),
        None => None,
    };
    let protocol = cursor.attempt(|ahead| ahead.eat(b" ").and_then(|()| protocol(ahead)));
    end_request(cursor, place)?;
    Some([Some(verb), url, protocol])
}

/// The text ends at the first quote that the next fields follow, and no later quote of the line may be such a one. Where
/// another text stands before it, `" "` may come neither at its beginning (but for a lone space) nor inside, for that text could have ended there
/// just as well; hence it is enough for that one to end at the first.
pub(crate) fn text_regex(open: &str, place: Place) -> String {
    let (text, end) = text_and_end(place);
    format!(r#""{open}{text})"{end}"#)
}

/// The same, or a bare `-`.
pub(crate) fn maybe_text_regex(open: &str, place: Place) -> String {
    let (text, end) = text_and_end(place);
    format!(r#""?+{open}(?<!")-(?![^ ])|(?<="){text}(?="{end}))"?+"#)
}

fn text_and_end(place: Place) -> (String, String) {
    let until = |end: &str| format!(r#"[^"]*+(?:"(?!{end})[^"]*+)*+"#);
    let after = shape(place);
    let text = if parts_from_before(place) {
        let text = until(&format!("{after}| \""));
        format!(r#"(?! "(?!{after})){text}"#)
    } else {
        until(&after)
    };
    let end = if parts_from_next(place) {
        format!("(?={after})")
    } else {
        let to_another = until(&shape_of_another(place));
        format!("(?={after})(?!{to_another}\")")
    };
    (text, end)
}

pub(crate) fn text<'a>(cursor: &mut Cursor<'a>, place: Place) -> Option<&'a [u8]> {
    let ends = |mut ahead: Cursor| ahead.eat(b"\"").is_some() && follows(ahead, place).is_some();
    let ends_again =
        |mut ahead: Cursor| ahead.eat(b"\"").is_some() && another_follows(ahead, place).is_some();
    let parts = |mut ahead: Cursor| parts_from_before(place) && ahead.eat(b"\" \"").is_some();
    let is_space = |mut ahead: Cursor| ahead.eat(b"\" ").is_some() && ends(ahead);
    (!parts(*cursor) || is_space(*cursor)).then_some(())?;
    cursor.eat(b"\"")?;
    // To part is told at once; an end takes a walk, so each is taken once.
    let text = cursor.take_until(*b"\"\"", |ahead| parts(ahead) || ends(ahead))?;
    (!parts(*cursor) || ends(*cursor)).then_some(())?;
    cursor.eat(b"\"")?;
    let alone = parts_from_next(place) || { *cursor }.take_until(*b"\"\"", ends_again).is_none();
    alone.then_some(text)
}

/// Whether nothing but `" "` tells this text from the one before it.
fn parts_from_before(place: Place) -> bool {
    place.before.is_some_and(Kind::is_foreign)
}

/// Whether nothing but `" "` tells this text from the one behind it.
fn parts_from_next(place: Place) -> bool {
    place
        .next
        .first()
        .map(Field::kind)
        .is_some_and(Kind::is_foreign)
}

fn url<'a>(cursor: &mut Cursor<'a>, place: Place) -> Option<&'a [u8]> {
    cursor.take_until(*b" \"", |mut ahead| {
        ahead.attempt(|ahead| ahead.eat(b" ").and_then(|()| protocol(ahead)));
        end_request(&mut ahead, place).is_some()
    })
}

fn protocol<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let protocol = cursor.span(|cursor| {
        if cursor.eat(b"-").is_none() && cursor.eat(b"HTTP/").is_some() {
            cursor.take_while(|byte| byte.is_ascii_digit() || byte == b'.');
        }
    });
    (protocol == b"-" || protocol.len() > b"HTTP/".len()).then_some(protocol)
}

fn end_request(cursor: &mut Cursor, place: Place) -> Option<()> {
    cursor.eat(b" ");
    cursor.eat(b"\"")?;
    follows(*cursor, place)
}
