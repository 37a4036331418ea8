//! The queries that are saved for a table in Athena: the questions of its log type, asked of this table.

use crate::log_types::log_type;
use crate::marks;
use crate::naming;
use crate::table::{Table, Tables};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Athena's limit.
const MAX_NAME: usize = 128;
/// Behind what the query tells: whose it is, and what it goes with. A query without is somebody else's.
const MADE_FOR: &str = " Made by logenabler for ";
const KEPT: &str = ", and kept as it is: save a changed one under another name.";

/// As Athena keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    pub name: String,
    pub description: String,
    pub database: String,
    pub text: String,
}

impl SavedQuery {
    /// The database and the table that it was made for, if it is one of ours.
    pub fn table(&self) -> Option<(&str, &str)> {
        let (_, mark) = self.description.rsplit_once(MADE_FOR)?;
        let (database, table) = mark.strip_suffix(KEPT)?.split_once('.')?;
        // One that somebody saved under another name, or for another database, is theirs.
        let (_, question) = self.name.rsplit_once(": ")?;
        let is_ours = self.database == database && self.name == named(database, table, question);
        is_ours.then_some((database, table))
    }

    /// Of everything in it.
    pub fn fingerprint(&self) -> String {
        let Self {
            name,
            description,
            database,
            text,
        } = self;
        hex(&[name, description, database, text]
            .map(|it| it.as_str())
            .join("\0"))
    }
}

impl Tables {
    /// For all that a database has: each view goes with the table below it.
    pub fn of(tables: Vec<Table>) -> Vec<Self> {
        let (views, mut tables): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|table| table.query.is_some());
        let mut both = Vec::new();
        for view in views {
            let below = naming::below_view(&view.name);
            let at = tables.iter().position(|table| table.name == below);
            both.extend(at.map(|at| Self {
                files: tables.swap_remove(at),
                view: Some(view),
            }));
        }
        // One is left where its log has a folder of its own again: its rows are everybody's.
        let names: BTreeSet<_> = tables.iter().map(|table| table.name.clone()).collect();
        tables.retain(|table| !naming::above(&table.name).is_some_and(|name| names.contains(name)));
        let alone = tables.into_iter().map(|files| Self { files, view: None });
        both.extend(alone);
        both
    }

    /// What people ask of such a log, as far as the table has the columns; none of a table that is not ours.
    pub fn saved_queries(&self) -> Vec<SavedQuery> {
        let mark = self.shown().parameters.get(marks::LOG_TYPE);
        let Some(log_type) = mark.and_then(|name| log_type(name)) else {
            return Vec::new();
        };
        let Table { database, name, .. } = self.shown();
        let first = self.to_fill_in();
        let [told, comment] = match &first {
            Some(first) => [format!("{first} "), format!("-- {first}\n")],
            None => Default::default(),
        };
        let saved = log_type.questions.iter().filter_map(|question| {
            Some(SavedQuery {
                name: named(database, name, question.name),
                description: format!("{told}{}{MADE_FOR}{database}.{name}{KEPT}", question.doc),
                database: database.clone(),
                text: comment.clone() + &question.query(log_type, self)?,
            })
        });
        saved.collect()
    }
}

/// The table and the question. Of a table whose name is too long, as much as there is room for, and a hash of all of it.
fn named(database: &str, table: &str, question: &str) -> String {
    let whole = format!("{database}.{table}");
    let room = MAX_NAME.saturating_sub(question.chars().count() + ": ".len());
    if whole.chars().count() <= room {
        return format!("{whole}: {question}");
    }
    let hash: String = hex(&whole).chars().take(8).collect();
    let kept = whole.chars().take(room.saturating_sub(1 + hash.len()));
    format!("{}~{hash}: {question}", kept.collect::<String>())
}

fn hex(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
