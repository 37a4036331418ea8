//! The few kinds of token there are. Each is stated twice, side by side: as a regex fragment for Hive and as a native
//! reader. Tests hold the two equal; everything else about a format is derived.
//!
//! Fragments are possessive, loops are unrolled and no star stands over an alternation: Java's regex engine then takes
//! linear time and constant stack on any line.

use crate::client;
use crate::cursor::Cursor;
use crate::shape::STOP;
use crate::tokens::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bare, without spaces or quotes.
    Word,
    /// Bare, without spaces; quotes inside belong to it.
    Unspaced,
    /// In square brackets.
    Bracketed,
    /// Letters and the number of a version, such as `TLSv1.2` or `SigV4`, or `-`.
    Version,
    /// A whole number, `-`, or nothing.
    Number,
    /// A number that may have a fraction, `-`, or nothing.
    Decimal,
    /// In quotes, written by AWS, hence without quotes inside.
    Quoted,
    /// In quotes, handed on from a client by AWS, which puts a backslash before quotes inside.
    Escaped,
    /// In quotes or, in some older lines, bare.
    MaybeQuoted,
    /// `address:port`, or `-`, in quotes or bare. In quotes there may be several, or none.
    Targets,
    /// `address:port`, or `-`. IPv6 addresses come bare and in brackets. Two columns.
    Endpoint,
    /// `"verb URL protocol"`. The URL may hold spaces and quotes; URL or protocol may be missing. Three columns.
    RequestLine,
    /// In quotes, written by a client. Quotes inside may be unescaped: it ends at the only quote that the next fields
    /// follow. Where it could begin or end elsewhere as well, the line has two readings, and is rejected.
    ClientText,
    /// The same, or a bare `-` in records of what no client asked for.
    MaybeClientText,
    /// Whatever AWS may append one day: in quotes, with or without backslashes inside, or bare.
    Unknown,
}

/// What a token gives: as many as it has columns, the rest is not used.
pub(crate) type Slices<'a> = [Option<&'a [u8]>; 3];

impl Kind {
    /// The fragment; `open` is how its groups begin, capturing or not.
    pub(crate) fn regex(self, open: &str, place: Place) -> String {
        match self {
            Self::Word => format!(r#"{open}[^ "]++)"#),
            Self::Unspaced => format!("{open}[^ ]++)"),
            Self::Bracketed => format!(r#"\[{open}[^\]"]*+)\]"#),
            Self::Version => format!(r#"{open}-(?![^ ])|[A-Za-z]++[0-9][^ "]*+)"#),
            Self::Number => format!(r"{open}-?+[0-9]*+)"),
            Self::Decimal => format!(r"{open}-?+[0-9]*+(?:\.[0-9]*+)?+)"),
            Self::Quoted => format!(r#""{open}[^"]*+)""#),
            Self::Escaped => format!(r#""{open}[^"\\]*+(?:\\[^\n][^"\\]*+)*+)""#),
            Self::MaybeQuoted => maybe_quoted_regex(open, r#"[^"]*+"#, r#"[^ "]++"#),
            Self::Targets => {
                let target = r"(?:[0-9A-Fa-f.\[\]]*+:)++[0-9]++";
                let list = format!("(?:{target}(?: {target})*+|-?+)");
                maybe_quoted_regex(open, &list, &format!("(?:{target}|-)"))
            }
            Self::Endpoint => {
                format!(r#"{open}[^ ":]*+(?::(?![0-9]++(?![^ ]))[^ ":]*+)*+)(?::{open}[0-9]++))?+"#)
            }
            Self::RequestLine => client::request_line_regex(open, place),
            Self::ClientText => client::text_regex(open, place),
            Self::MaybeClientText => client::maybe_text_regex(open, place),
            Self::Unknown => {
                let quoted = r#"[^"\\]*+(?:\\[^\n][^"\\]*+)*+"#;
                maybe_quoted_regex(open, quoted, r#"[^ "]++"#) + STOP
            }
        }
    }

    /// Reads the same bytes as the fragment matches, or nothing.
    pub(crate) fn read<'a>(self, cursor: &mut Cursor<'a>, place: Place) -> Option<Slices<'a>> {
        let slice = match self {
            Self::Word => word(cursor)?,
            Self::Unspaced => unspaced(cursor)?,
            Self::Bracketed => bracketed(cursor)?,
            Self::Version => version(cursor)?,
            Self::Number => number(cursor, false),
            Self::Decimal => number(cursor, true),
            Self::Quoted => quoted(cursor)?,
            Self::Escaped => escaped(cursor)?,
            Self::MaybeQuoted => quoted(cursor).or_else(|| word(cursor))?,
            Self::Targets => targets(cursor)?,
            Self::Endpoint => return Some(endpoint(cursor)),
            Self::RequestLine => return client::request_line(cursor, place),
            Self::ClientText => client::text(cursor, place)?,
            Self::MaybeClientText => dash(cursor).or_else(|| client::text(cursor, place))?,
            Self::Unknown => cursor.attempt(escaped).or_else(|| word(cursor))?,
        };
        Some([Some(slice), None, None])
    }

    /// Whether a client has a say in how this token ends.
    pub(crate) fn is_foreign(self) -> bool {
        matches!(
            self,
            Self::RequestLine | Self::ClientText | Self::MaybeClientText
        )
    }

    /// Whether hardly any text looks like this by accident.
    pub(crate) fn is_telling(self) -> bool {
        self == Self::Version
    }

    /// For the message about a token that is something else.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Word => "expected one word without quotes",
            Self::Unspaced => "expected a text without spaces",
            Self::Bracketed => "expected a text in square brackets",
            Self::Version => "expected letters and the number of a version, or -",
            Self::Number => "expected a whole number or -",
            Self::Decimal => "expected a number or -",
            Self::Quoted => "expected a text in quotes",
            Self::Escaped => "expected a text in quotes, with a backslash before each quote inside",
            Self::Targets => "expected address:port or -, in quotes or bare",
            Self::MaybeQuoted | Self::Unknown => "expected a text in quotes or one word",
            Self::Endpoint => "expected address:port or -",
            Self::RequestLine => "expected a request in quotes, with the next text behind it",
            Self::MaybeClientText => {
                "expected - or a text in quotes, with exactly one beginning and one end that the line allows"
            }
            Self::ClientText => {
                "expected a text in quotes, with exactly one beginning and one end that the line allows"
            }
        }
    }
}

/// What ends a bare token.
const BARE: [u8; 2] = *b" \"";

pub(crate) fn word<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let word = cursor.take_to_either(BARE);
    (!word.is_empty()).then_some(word)
}

fn unspaced<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let text = cursor.take_to(b' ');
    (!text.is_empty()).then_some(text)
}

fn bracketed<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.eat(b"[")?;
    let text = cursor.take_to_either(*b"]\"");
    cursor.eat(b"]")?;
    Some(text)
}

fn version<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let digit_after_letters = |text: &&[u8]| {
        let mut behind = text.iter().skip_while(|byte| byte.is_ascii_alphabetic());
        text.first().is_some_and(u8::is_ascii_alphabetic)
            && behind.next().is_some_and(u8::is_ascii_digit)
    };
    dash(cursor).or_else(|| word(cursor).filter(digit_after_letters))
}

/// Nothing but `-`.
fn dash<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.attempt(|ahead| {
        let dash = ahead.take_while(|byte| byte == b'-');
        (dash == b"-" && ahead.is_at_stop()).then_some(dash)
    })
}

fn number<'a>(cursor: &mut Cursor<'a>, fraction: bool) -> &'a [u8] {
    cursor.span(|cursor| {
        cursor.eat(b"-");
        cursor.take_while(|byte| byte.is_ascii_digit());
        if fraction && cursor.eat(b".").is_some() {
            cursor.take_while(|byte| byte.is_ascii_digit());
        }
    })
}

fn quoted<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.attempt(|ahead| {
        ahead.eat(b"\"")?;
        let text = ahead.take_to(b'"');
        ahead.eat(b"\"")?;
        Some(text)
    })
}

fn maybe_quoted_regex(open: &str, quoted: &str, bare: &str) -> String {
    format!(r#""?+{open}(?<="){quoted}(?=")|(?<!"){bare}(?!"))"?+"#)
}

fn escaped<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.eat(b"\"")?;
    let text = cursor.span(|cursor| {
        cursor.take_to_either(*b"\"\\");
        while cursor.eat_escape().is_some() {
            cursor.take_to_either(*b"\"\\");
        }
    });
    cursor.eat(b"\"")?;
    Some(text)
}

fn targets<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let list = |text: &&[u8]| {
        matches!(*text, b"" | b"-") || text.split(|byte| *byte == b' ').all(is_target)
    };
    let one = |text: &&[u8]| *text == b"-" || is_target(text);
    cursor
        .attempt(|ahead| quoted(ahead).filter(list))
        .or_else(|| word(cursor).filter(one))
}

fn is_target(text: &[u8]) -> bool {
    let in_address =
        |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'[' | b']');
    let mut parts = text.rsplitn(2, |byte| *byte == b':');
    let port = parts.next().unwrap_or_default();
    let address = parts.next();
    !port.is_empty()
        && port.iter().all(u8::is_ascii_digit)
        && address.is_some_and(|address| address.iter().all(in_address))
}

/// The port is what follows the last colon, so that bare IPv6 addresses come out whole.
fn endpoint<'a>(cursor: &mut Cursor<'a>) -> Slices<'a> {
    let token = cursor.take_to_either(BARE);
    let colon = token.iter().rposition(|byte| *byte == b':');
    let split = colon.and_then(|colon| token.split_at_checked(colon));
    match split {
        Some((address, [_, port @ ..]))
            if !port.is_empty() && port.iter().all(u8::is_ascii_digit) =>
        {
            [Some(address), Some(port), None]
        }
        _ => [Some(token), None, None],
    }
}
