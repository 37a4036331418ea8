//! Values of JSON, stepped over and checked.

use crate::cursor::Cursor;

/// A value as it stands there, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scanned<'a> {
    pub(super) raw: &'a [u8],
    pub(super) shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    /// A text without escapes.
    Plain,
    /// A text with escapes.
    Escaped,
    /// A number, true or false.
    Bare,
    /// A list or an object.
    Nested,
}

impl<'a> Scanned<'a> {
    /// What stands between the quotes.
    pub(super) fn inside(self) -> &'a [u8] {
        match self.raw {
            [b'"', inside @ .., b'"'] => inside,
            raw => raw,
        }
    }
}

/// Why it is no JSON.
pub(super) type Reason = &'static str;

/// How deep values may be nested. Each level is a bit of a number, so that nothing overflows whatever is sent.
const DEEPEST: u32 = u128::BITS;

impl<'a> Cursor<'a> {
    pub(super) fn skip_space(&mut self) {
        // In what services write there is none.
        if self.peek().is_some_and(|byte| byte <= b' ') {
            self.take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        }
    }

    /// Steps over space and this byte.
    pub(super) fn require(&mut self, byte: u8, reason: Reason) -> Result<(), Reason> {
        self.skip_space();
        self.eat(&[byte]).ok_or(reason)
    }

    pub(super) fn scan(&mut self) -> Result<Scanned<'a>, Reason> {
        self.skip_space();
        let start = *self;
        let shape = match self.peek() {
            Some(b'"') => self.skip_text()?,
            Some(b'{' | b'[') => self.skip_nested()?,
            _ => self.skip_bare()?,
        };
        let raw = start.up_to(*self);
        Ok(Scanned { raw, shape })
    }

    /// The quote has to be the next.
    fn skip_text(&mut self) -> Result<Shape, Reason> {
        self.eat(b"\"").ok_or("expected a text in quotes")?;
        self.take_to_either(*b"\"\\");
        let mut shape = Shape::Plain;
        while self.eat(b"\\").is_some() {
            shape = Shape::Escaped;
            self.skip_escaped()?;
            self.take_to_either(*b"\"\\");
        }
        self.eat(b"\"").ok_or("a text that does not end")?;
        Ok(shape)
    }

    fn skip_escaped(&mut self) -> Result<(), Reason> {
        let [escaped] = self.take(1) else {
            return Err("a text that does not end");
        };
        let known = match escaped {
            b'u' => {
                let digits = self.take(4);
                digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit)
            }
            escaped => b"\"\\/bfnrt".contains(escaped),
        };
        known
            .then_some(())
            .ok_or("an escape that JSON does not have")
    }

    fn skip_bare(&mut self) -> Result<Shape, Reason> {
        let word = self
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
        match word {
            b"null" => Ok(Shape::Null),
            b"true" | b"false" => Ok(Shape::Bare),
            b"" if self.is_done() => Err("the record ends within it"),
            number if is_number(number) => Ok(Shape::Bare),
            _ => Err("expected a value of JSON"),
        }
    }

    /// Step by step instead of level by level.
    fn skip_nested(&mut self) -> Result<Shape, Reason> {
        let mut levels = Levels::default();
        loop {
            // At a value.
            match self.peek() {
                Some(b'{') => {
                    self.take(1);
                    levels.open(true)?;
                    self.skip_space();
                    if self.peek() != Some(b'}') {
                        self.scan_key()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.take(1);
                    levels.open(false)?;
                    self.skip_space();
                    if self.peek() != Some(b']') {
                        continue;
                    }
                }
                Some(b'"') => drop(self.skip_text()?),
                _ => drop(self.skip_bare()?),
            }
            // Behind a value, or inside brackets with none.
            if self.close(&mut levels)? {
                return Ok(Shape::Nested);
            }
        }
    }

    /// Closes what ends here, up to the next value; whether that was all.
    fn close(&mut self, levels: &mut Levels) -> Result<bool, Reason> {
        while levels.depth > 0 {
            self.skip_space();
            let end = if levels.in_object() { b'}' } else { b']' };
            match self.peek() {
                Some(b',') => {
                    self.take(1);
                    self.skip_space();
                    if levels.in_object() {
                        self.scan_key()?;
                    }
                    return Ok(false);
                }
                Some(byte) if byte == end => {
                    self.take(1);
                    levels.close();
                }
                None => return Err("the record ends within it"),
                _ => return Err("expected a comma or the end of a list or an object"),
            }
        }
        Ok(true)
    }

    /// A key and the colon behind it.
    pub(super) fn scan_key(&mut self) -> Result<Scanned<'a>, Reason> {
        let start = *self;
        let shape = self.skip_text().map_err(|_| "expected a key in quotes")?;
        let raw = start.up_to(*self);
        self.require(b':', "expected a colon behind a key")?;
        self.skip_space();
        Ok(Scanned { raw, shape })
    }

    /// From here to there.
    fn up_to(mut self, there: Self) -> &'a [u8] {
        self.span(|cursor| *cursor = there)
    }
}

/// What is open: objects are ones, lists are zeros, the innermost is the last bit.
#[derive(Default)]
struct Levels {
    objects: u128,
    depth: u32,
}

impl Levels {
    fn open(&mut self, object: bool) -> Result<(), Reason> {
        if self.depth == DEEPEST {
            return Err("nested too deep");
        }
        self.objects = self.objects << 1 | u128::from(object);
        self.depth += 1;
        Ok(())
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    fn close(&mut self) {
        self.objects >>= 1;
        self.depth -= 1;
    }
}

/// `-0.5e+7` and the like: no zero before other digits, none missing.
fn is_number(word: &[u8]) -> bool {
    let mut cursor = Cursor::new(word);
    let digits = |cursor: &mut Cursor| cursor.take_while(|byte| byte.is_ascii_digit()).len();
    cursor.eat(b"-");
    let is_zero = cursor.peek() == Some(b'0');
    let whole = digits(&mut cursor);
    let fraction = cursor.eat(b".").is_none() || digits(&mut cursor) > 0;
    let has_exponent = cursor.eat(b"e").or_else(|| cursor.eat(b"E")).is_some();
    if has_exponent && cursor.eat(b"+").is_none() {
        cursor.eat(b"-");
    }
    let exponent = !has_exponent || digits(&mut cursor) > 0;
    let is_whole = whole == 1 || (whole > 1 && !is_zero);
    is_whole && fraction && exponent && cursor.is_done()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether this is one value, by our reading and by that of a library.
    fn check(text: &str, expected: bool) {
        let mut cursor = Cursor::new(text.as_bytes());
        let scanned = cursor.scan();
        cursor.skip_space();
        assert_eq!(scanned.is_ok() && cursor.is_done(), expected, "{text}");
        let parsed = serde_json::from_str::<serde_json::Value>(text);
        assert_eq!(parsed.is_ok(), expected, "{text}");
    }

    #[rustfmt::skip]
    #[test]
    fn what_is_json_is_what_others_say_it_is() {
        for text in [
            "0", "-0", "10", "-1.5e+7", "1E7", "0.10", "true", "null", r#""""#, r#""a\"\\\/\b\u00e9""#,
            "[]", "{}", "[ ]", "{ }", "[[],{}]", r#"{"a":[1,{"b":null}],"c":"]}"}"#, "[1 , 2]",
            r#" { "a" : 1 } "#, r#"{"":""}"#,
        ] {
            check(text, true);
        }
        for text in [
            "", "-", "01", "1.", ".5", "+1", "1e", "1e+", "NaN", "Infinity", "tru", "nulls", "'a'", "a",
            r#"""#, r#""a"#, r#""\x""#, r#""\u00g0""#, r#""\u12"#, r#""\"#, "[", "[1", "[1,", "[1,]",
            "[,]", "[1 2]", "{", r#"{"a"}"#, r#"{"a":}"#, r#"{"a":1,}"#, r#"{"a" 1}"#, "{1:2}", "{a:1}",
            "[}", "{]", "[1}", r#"{"a":1]"#, "[]]", "{}}", "1 2", r#"{"a":1"b":2}"#,
        ] {
            check(text, false);
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        let scan = |text: String| Cursor::new(text.as_bytes()).scan().map(drop);
        assert_eq!(scan(nested(128)), Ok(()));
        assert_eq!(scan(nested(129)), Err("nested too deep"));
        assert_eq!(scan(nested(1_000_000)), Err("nested too deep"));
        assert_eq!(scan(r#"{"a":"#.repeat(1_000_000)), Err("nested too deep"));
    }
}
