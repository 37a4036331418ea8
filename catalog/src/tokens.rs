//! Records of tokens: fields in their order, from which both the SerDe's regex and the native reader follow.

use crate::column::Column;
use crate::kind::Kind;

/// One token of a line and the column, or columns, that it fills.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    One(Kind, Column),
    Many(Kind, &'static [Column]),
}

/// One record a line, tokens separated by single spaces.
#[derive(Debug, Clone, Copy)]
pub struct Tokens {
    /// The fields that every line has.
    pub fixed: &'static [Field],
    /// Those that AWS added later, as the groups in which they came: lines that lack a whole group are read, and give NULL.
    pub appended: &'static [&'static [Field]],
}

impl Field {
    pub fn kind(&self) -> Kind {
        match self {
            Self::One(kind, _) | Self::Many(kind, _) => *kind,
        }
    }

    pub fn columns(&self) -> &[Column] {
        match self {
            Self::One(_, column) => std::slice::from_ref(column),
            Self::Many(_, columns) => columns,
        }
    }
}

impl Tokens {
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        let appended = self.appended.iter().copied().flatten();
        self.fixed.iter().chain(appended).flat_map(Field::columns)
    }

    /// For Hive's RegexSerDe, unescaped as the Glue API takes it: one capturing group per column, and a line matches as a
    /// whole or not at all. Everything is possessive, so that Java neither backtracks nor recurses, whatever the line is.
    /// `more` columns are those of a user who knows of fields that AWS appended since.
    pub fn regex(&self, more: usize) -> String {
        let mut regex = sequence(self.fixed);
        for group in self.appended {
            regex += &format!("(?: {}", sequence(group));
        }
        // Something unknown stands behind all that is known, or else a client's quotes have moved the fields. A group
        // cannot be there unless those before it are: hence each inside the one before.
        regex += &rest(more);
        regex += &")?+".repeat(self.appended.len());
        regex + "(?: -)*+"
    }
}

/// What follows the known fields: these many more, as far as they can be told apart, and whatever comes then. A line that is
/// read without a user's columns is read with them.
fn rest(more: usize) -> String {
    let anything = "(?: [^\\n]*+)?+".to_owned();
    (0..more).fold(anything, |rest, _| {
        format!("(?: {}{rest}| [^\\n]*+)?+", Kind::Unknown.regex("(", &[]))
    })
}

fn sequence(fields: &[Field]) -> String {
    let fragment = |(index, field): (usize, &Field)| {
        let next = fields.get(index + 1..).unwrap_or_default();
        field.kind().regex("(", next)
    };
    let fragments: Vec<_> = fields.iter().enumerate().map(fragment).collect();
    fragments.join(" ")
}

/// A field may end here: before a space or at the end of the line.
pub(crate) const STOP: &str = "(?![^ ])";

/// What the line must look like behind a text that somebody else wrote: the fields up to the next such text.
pub(crate) fn shape(next: &[Field]) -> String {
    let mut shape = String::new();
    for field in next {
        shape.push(' ');
        if field.kind().is_foreign() {
            return shape + "\"";
        }
        shape += &field.kind().regex("(?:", &[]);
    }
    shape + STOP
}
