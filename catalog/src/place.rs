//! What tells the tables of one log from those of another of its type: their names, where the files are, and which of them are
//! this log's.

use crate::format::Format;
use crate::hive_type;
use crate::layout::{Held, Layout, Shared, filled};
use crate::log::Resource;
use crate::table::TableColumn;
use crate::table_schema::TableSchema;
use crate::view::{literal, quoted};

pub(crate) struct Place<'a> {
    pub(crate) database: String,
    pub(crate) name: String,
    pub(crate) resource: &'a Resource,
    pub(crate) location: String,
    /// What the prefix of the log puts before the files' names.
    pub(crate) files_begin: &'a str,
    pub(crate) layout: &'a Layout,
    pub(crate) format: &'a Format,
    /// How a value is written in a pattern.
    pub(crate) escaped: fn(&str) -> String,
}

impl Place<'_> {
    /// Where the files of which time are.
    pub(crate) fn dated(&self, schema: &TableSchema) -> Vec<(String, String)> {
        let start = schema.projection_start.as_deref();
        self.layout
            .parameters(&self.location, self.resource.partition, start)
    }

    /// What holds for this log's rows, and for no others in its folder, where the table has these columns.
    pub(crate) fn conditions(&self, shared: &Shared, columns: &[TableColumn]) -> Vec<String> {
        let side_by_side = self.layout.below.is_empty();
        let start = side_by_side.then(|| self.start(shared));
        let pattern = self.pattern(shared, side_by_side);
        let told = shared.columns.iter();
        let told = told.filter_map(|(path, held)| Some(self.told(&at(path, columns)?, *held)));
        start.into_iter().chain([pattern]).chain(told).collect()
    }

    /// Athena does not read files of which a constant tells that they are not meant. There is one where all lie side by side.
    fn start(&self, shared: &Shared) -> String {
        let files = filled(shared.files, self.resource, str::to_owned);
        let start = format!("{}{}{files}", self.location, self.files_begin);
        format!("starts_with(\"$path\", {})", literal(&start))
    }

    fn pattern(&self, shared: &Shared, side_by_side: bool) -> String {
        let before = match side_by_side {
            true => format!("^{}", (self.escaped)(&self.location)),
            false => "/".to_owned(),
        };
        // Nothing else in the names of files means more in a pattern.
        let files = shared.files.replace('.', "\\.");
        let files = filled(&files, self.resource, self.escaped);
        let begin = (self.escaped)(self.files_begin);
        let pattern = format!("{before}{begin}{files}{}$", shared.rest);
        format!("regexp_like(\"$path\", {})", literal(&pattern))
    }

    fn told(&self, column: &str, held: Held) -> String {
        let written = |value| literal(&filled(value, self.resource, str::to_owned));
        match held {
            Held::Value(value) => format!("{column} = {}", written(value)),
            Held::ValueOrNothing(value) => {
                let value = written(value);
                format!("coalesce({column}, {value}) = {value}")
            }
            Held::Anything => format!("{column} IS NOT NULL"),
        }
    }
}

/// What a query says for a path; nothing where it leads nowhere: a user may have declared a struct without that member, or as the
/// JSON that it is.
fn at(path: &str, columns: &[TableColumn]) -> Option<String> {
    let (name, member) = path.split_once('.').unwrap_or((path, ""));
    let column = columns.iter().find(|column| column.name == name)?;
    let name = quoted(name);
    match &*column.ty {
        _ if member.is_empty() => Some(name),
        "string" => Some(format!("json_extract_scalar({name}, '$.{member}')")),
        ty => hive_type::member(ty, member).map(|_| format!("{name}.{}", quoted(member))),
    }
}
