//! What people ask of a log: questions as data, and the query that each becomes over a table that has what it asks for.

use crate::column::{Column, Type};
use crate::hive_type;
use crate::log_type::LogType;
use crate::table::{Table, TableColumn, Tables};
use crate::view::{self, quoted};

/// A question. In its SQL each column is in braces: `{time}`, `{event.src_ip}` for a member of a struct, `{status|http_status}` where
/// tables of this log type have the one or the other. It stands for the column's value as what it is, a moment or a number, however
/// the table declares it.
#[derive(Debug)]
pub struct Question {
    /// Short, and the only one of its log type.
    pub name: &'static str,
    /// What the answer tells: one sentence.
    pub doc: &'static str,
    /// What rows are told apart by.
    pub(crate) by: &'static [&'static str],
    /// What is counted of those that are alike; nothing where every row is shown.
    pub(crate) counts: &'static [&'static str],
    /// Of which rows.
    pub(crate) only: &'static [&'static str],
    /// Which come first.
    pub(crate) first: &'static str,
}

impl Question {
    /// The query, unless the table lacks a column, or somebody has declared it otherwise.
    pub(crate) fn query(&self, log_type: &LogType, tables: &Tables) -> Option<String> {
        let known = Known { log_type, tables };
        let select = self.by.iter().chain(self.counts);
        let select: Option<Vec<_>> = select.map(|item| known.selected(item)).collect();
        let only: Option<Vec<_>> = self.only.iter().map(|sql| known.filled(sql)).collect();
        let mut wheres = tables.last_day();
        wheres.extend(only?);
        let wheres = match wheres.as_slice() {
            [] => String::new(),
            some => format!("WHERE {}\n", some.join("\n  AND ")),
        };
        let keys: Vec<_> = (1..=self.by.len()).map(|key| key.to_string()).collect();
        let groups = match self.counts {
            [] => String::new(),
            _ => format!("GROUP BY {}\n", keys.join(", ")),
        };
        let (select, from, first) = (select?.join(",\n  "), tables.from(), self.first);
        Some(format!(
            "SELECT\n  {select}\n{from}\n{wheres}{groups}ORDER BY {first}\nLIMIT 100"
        ))
    }
}

/// The columns that there are.
struct Known<'a> {
    log_type: &'a LogType,
    tables: &'a Tables,
}

impl Known<'_> {
    /// A column that has to be read as something else keeps its name.
    fn selected(&self, item: &str) -> Option<String> {
        let filled = self.filled(item)?;
        let name = item.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        let name = name.filter(|name| filled != path(name) && is_simple(name));
        Some(match name {
            Some(name) => format!("{filled} AS {}", quoted(name)),
            None => filled,
        })
    }

    fn filled(&self, sql: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = sql;
        while let Some((before, from)) = rest.split_once('{') {
            let (names, after) = from.split_once('}')?;
            filled += before;
            filled += &names.split('|').find_map(|name| self.value(name))?;
            rest = after;
        }
        Some(filled + rest)
    }

    /// A column's value, or that of a member of a struct.
    fn value(&self, name: &str) -> Option<String> {
        let shown = self.tables.shown();
        let (column, members) = name.split_once('.').unwrap_or((name, ""));
        let there = shown.columns.iter().find(|it| it.name == column)?;
        let ty = self.type_of(there, shown)?;
        if !members.is_empty() {
            return has_members(&there.ty, members).then(|| path(name));
        }
        let name = quoted(column);
        let is_plain =
            shown.query.is_some() || matches!(ty, Type::String | Type::Text(Type::String));
        Some(match is_plain {
            true => name,
            false => view::expression(ty, &name),
        })
    }

    /// What the column holds, if it is declared as such: a view shows that itself, and some encodings have texts only.
    fn type_of(&self, there: &TableColumn, shown: &Table) -> Option<Type> {
        let declared = |ty: &Type| match shown.query {
            Some(_) => view::shown_type(*ty) == there.ty,
            None => ty.to_string() == there.ty,
        };
        let of_name = self.columns().filter(|column| column.name == there.name);
        of_name
            .flat_map(|column| [column.ty, column.ty.as_text()])
            .find(declared)
    }

    fn columns(&self) -> impl Iterator<Item = &Column> {
        let delivered = self.log_type.vended.iter().flat_map(|it| it.columns);
        let chosen = self.log_type.dictionary();
        self.log_type.columns().chain(delivered).chain(chosen)
    }
}

fn has_members(ty: &str, path: &str) -> bool {
    let inside = path.split('.').try_fold(ty, hive_type::member);
    inside.is_some()
}

fn is_simple(name: &str) -> bool {
    !name.contains(['|', '.'])
}

fn path(name: &str) -> String {
    let names: Vec<_> = name.split('.').map(quoted).collect();
    names.join(".")
}
