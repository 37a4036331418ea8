//! Records of tokens: fields in their order, from which both the SerDe's regex and the native reader follow.

use crate::column::Column;
use crate::kind::Kind;

/// One token of a line and the column, or columns, that it fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    One(Kind, Column),
    Many(Kind, &'static [Column]),
}

/// One record a line, tokens separated by single spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Where a token stands in its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The kind of token before it.
    pub(crate) before: Option<Kind>,
    /// The fields behind it that came with it.
    pub(crate) next: &'static [Field],
    /// The groups that may follow those.
    pub(crate) appended: &'static [&'static [Field]],
}

impl Place {
    /// For tokens that end by themselves.
    pub(crate) const ANY: Self = Self {
        before: None,
        next: &[],
        appended: &[],
    };
}

/// Fields that came together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    before: Option<Kind>,
    fields: &'static [Field],
    appended: &'static [&'static [Field]],
}

impl Group {
    pub(crate) fn fields(self) -> impl Iterator<Item = (&'static Field, Place)> {
        self.fields.iter().enumerate().map(move |(index, field)| {
            let earlier = self.fields.get(..index).unwrap_or_default();
            let place = Place {
                before: earlier.last().map(Field::kind).or(self.before),
                next: self.fields.get(index + 1..).unwrap_or_default(),
                appended: self.appended,
            };
            (field, place)
        })
    }

    fn regex(self) -> String {
        let fragments: Vec<_> = self
            .fields()
            .map(|(field, place)| field.kind().regex("(", place))
            .collect();
        fragments.join(" ")
    }
}

impl Tokens {
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        let appended = self.appended.iter().copied().flatten();
        self.fixed.iter().chain(appended).flat_map(Field::columns)
    }

    pub(crate) fn fixed(&self) -> Group {
        Group {
            before: None,
            fields: self.fixed,
            appended: self.appended,
        }
    }

    pub(crate) fn appended(&self) -> impl Iterator<Item = Group> {
        let (fixed, appended) = (self.fixed, self.appended);
        (0..appended.len()).map(move |index| {
            let earlier = appended.get(..index).unwrap_or_default();
            let before = earlier.last().copied().unwrap_or(fixed).last();
            Group {
                before: before.map(Field::kind),
                fields: appended.get(index).copied().unwrap_or_default(),
                appended: appended.get(index + 1..).unwrap_or_default(),
            }
        })
    }

    /// For Hive's RegexSerDe, unescaped as the Glue API takes it: one capturing group per column, and a line matches as a
    /// whole or not at all. Everything is possessive, so that Java neither backtracks nor recurses, whatever the line is.
    /// `more` columns are those of a user who knows of fields that AWS appended since.
    pub fn regex(&self, more: usize) -> String {
        let mut regex = self.fixed().regex();
        for group in self.appended() {
            regex += &format!("(?: {}", group.regex());
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
        let field = Kind::Unknown.regex("(", Place::ANY);
        format!("(?: {field}{rest}| [^\\n]*+)?+")
    })
}
