//! A position in a line, moving forward over bytes.

use crate::find::{find, find_either};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(line: &'a [u8]) -> Self {
        Self { rest: line }
    }

    /// Steps over these bytes if they are the next.
    #[inline]
    pub(crate) fn eat(&mut self, bytes: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(bytes)?;
        Some(())
    }

    /// Steps over a backslash and what it escapes: the first byte of that will do, the others of a character stand for
    /// nothing else.
    #[inline]
    pub(crate) fn eat_escape(&mut self) -> Option<()> {
        match self.rest {
            [b'\\', escaped, rest @ ..] if *escaped != b'\n' => {
                self.rest = rest;
                Some(())
            }
            _ => None,
        }
    }

    /// What the steps went over.
    #[inline]
    pub(crate) fn span(&mut self, steps: impl FnOnce(&mut Self)) -> &'a [u8] {
        let mut ahead = *self;
        steps(&mut ahead);
        self.take(self.rest.len().saturating_sub(ahead.rest.len()))
    }

    /// Takes the steps if they lead somewhere, or stays.
    #[inline]
    pub(crate) fn attempt<T>(&mut self, steps: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = steps(&mut ahead);
        if found.is_some() {
            *self = ahead;
        }
        found
    }

    /// The longest run of such bytes, which may be empty.
    #[inline]
    pub(crate) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self
            .rest
            .iter()
            .position(|byte| !wanted(*byte))
            .unwrap_or(self.rest.len());
        self.take(length)
    }

    /// Everything before this byte, or to the end.
    #[inline]
    pub(crate) fn take_to(&mut self, end: u8) -> &'a [u8] {
        self.take(find(self.rest, end))
    }

    /// Everything before the first of these bytes, or to the end.
    #[inline]
    pub(crate) fn take_to_either(&mut self, ends: [u8; 2]) -> &'a [u8] {
        self.take(find_either(self.rest, ends))
    }

    /// Everything up to the first place where `wanted` holds, which is where the cursor then is.
    /// Only places before one of the bytes `at` are asked about.
    #[inline]
    pub(crate) fn take_until(
        &mut self,
        at: [u8; 2],
        wanted: impl Fn(Self) -> bool,
    ) -> Option<&'a [u8]> {
        let mut ahead = *self;
        loop {
            ahead.take_to_either(at);
            if ahead.is_done() {
                return None;
            }
            if wanted(ahead) {
                return Some(self.span(|cursor| *cursor = ahead));
            }
            ahead.take(1);
        }
    }

    #[inline]
    pub(crate) fn is_done(self) -> bool {
        self.rest.is_empty()
    }

    /// Whether a field may end here: before a space or at the end of the line.
    #[inline]
    pub(crate) fn is_at_stop(self) -> bool {
        self.rest.first().is_none_or(|byte| *byte == b' ')
    }

    #[inline]
    pub(crate) fn peek(self) -> Option<u8> {
        self.rest.first().copied()
    }

    #[inline]
    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    #[inline]
    pub(crate) fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }
}
