//! The two kinds of token whose text a client writes. Its quotes and spaces may stand there as they came, so the end
//! is told by what follows: `after` as a regex, `next` as fields.

use crate::cursor::Cursor;
use crate::kind::{Slices, word};
use crate::tokens::Field;

/// The request ends at the first quote that the next text follows.
pub(crate) fn request_line_regex(open: &str, after: &str) -> String {
    let protocol = "-|HTTP/[0-9.]++";
    let end = format!(r#" ?+"(?={after})"#);
    let url = format!(r#"[^ "]*+(?:(?!(?: (?:{protocol}))?+{end})[ "][^ "]*+)*+"#);
    format!(r#""{open}[^ "]++)(?: {open}{url}))?+(?: {open}{protocol}))?+{end}"#)
}

pub(crate) fn request_line<'a>(cursor: &mut Cursor<'a>, next: &[Field]) -> Option<Slices<'a>> {
    cursor.eat(b"\"")?;
    let verb = word(cursor)?;
    let url = match cursor.eat(b" ") {
        Some(()) => Some(url(cursor, next)?),
        None => None,
    };
    let protocol = cursor.attempt(|ahead| ahead.eat(b" ").and_then(|()| protocol(ahead)));
    end_request(cursor, next)?;
    Some([Some(verb), url, protocol])
}

/// The text ends at a quote that the next fields follow, and no other quote of the line may be such a one. Nor may it hold
/// `" "`, where the text before could have ended just as well: its own first quote may be the first of those.
pub(crate) fn text_regex(open: &str, after: &str) -> String {
    let until = |end: &str| format!(r#"[^"]*+(?:"(?!{end})[^"]*+)*+"#);
    let (text, to_another) = (until(&format!("{after}| \"")), until(after));
    format!(r#""(?! "(?!{after})){open}{text})"(?={after})(?!{to_another}")"#)
}

pub(crate) fn text<'a>(cursor: &mut Cursor<'a>, next: &[Field]) -> Option<&'a [u8]> {
    let ends = |mut ahead: Cursor| ahead.eat(b"\"").is_some() && follows(ahead, next).is_some();
    let parts = |mut ahead: Cursor| ahead.eat(b"\" \"").is_some();
    cursor.eat(b"\"")?;
    let text = cursor.take_until(b"\"", |ahead| ends(ahead) || parts(ahead))?;
    (ends(*cursor) && !text.starts_with(b" \"")).then_some(())?;
    cursor.eat(b"\"")?;
    let another = { *cursor }.take_until(b"\"", ends);
    another.is_none().then_some(text)
}

fn url<'a>(cursor: &mut Cursor<'a>, next: &[Field]) -> Option<&'a [u8]> {
    cursor.take_until(b" \"", |mut ahead| {
        ahead.attempt(|ahead| ahead.eat(b" ").and_then(|()| protocol(ahead)));
        end_request(&mut ahead, next).is_some()
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

fn end_request(cursor: &mut Cursor, next: &[Field]) -> Option<()> {
    cursor.eat(b" ");
    cursor.eat(b"\"")?;
    follows(*cursor, next)
}

/// Whether the line goes on with these fields, up to the next text that a client wrote.
fn follows(mut cursor: Cursor, next: &[Field]) -> Option<()> {
    for field in next {
        cursor.eat(b" ")?;
        if field.kind().is_foreign() {
            return cursor.eat(b"\"");
        }
        field.kind().read(&mut cursor, &[])?;
    }
    cursor.is_at_stop().then_some(())
}
