//! A log type's page: what it is, where it lies, what is listened to, how to query it.

use std::collections::BTreeSet;

use logenabler_catalog::{
    Column, EventName, EventRule, Intent, LogType, Scope, TableColumn, Tables, Type,
};

/// The page, with this intent's table as the example.
pub(crate) fn page(intent: &Intent) -> String {
    let (log_type, tables) = (intent.log.log_type, intent.tables().unwrap());
    [
        format!("# {}\n\n{}. {}", log_type.name, log_type.title, log_type.doc),
        format!("[AWS about it]({})", log_type.reference),
        facts(log_type, &tables),
        format!("## A first query\n\n```sql\n{}\n```", tables.example_query()),
        questions(log_type),
        format!("## Columns\n\n{}", columns(&tables)),
        dictionary(log_type),
        delivered(log_type),
        format!("## The table as SQL\n\nNobody has to run this; it is the table that the function makes for the example above.\n\n```sql\n{}\n```\n", tables.ddl()),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("\n\n")
}

fn facts(log_type: &LogType, tables: &Tables) -> String {
    let table = &tables.files;
    let dated = table.parameters.get("storage.location.template");
    let shown = tables.shown();
    let below = tables.view.as_ref().map(|_| {
        format!(
            ", a view of its own rows over `{}`, which reads the whole folder",
            table.name
        )
    });
    let events: Vec<_> = log_type.events().map(calls).collect();
    let actions: BTreeSet<_> = log_type.look_up_actions().collect();
    let actions: Vec<_> = actions.into_iter().collect();
    [
        (
            "Table, for example",
            format!(
                "`{}.{}`{}",
                shown.database,
                shown.name,
                below.unwrap_or_default()
            ),
        ),
        (
            "Its files",
            format!("`{}`", dated.unwrap_or(&table.location)),
        ),
        ("Exists in", regions(log_type.scope)),
        ("Calls that are listened to", events.join("; ")),
        (
            "IAM, to list and to look up",
            format!("`{}`", actions.join("`, `")),
        ),
    ]
    .into_iter()
    .chain(through_a_stream(log_type))
    .fold("| | |\n|---|---|".to_owned(), |text, (fact, value)| {
        format!("{text}\n| {fact} | {value} |")
    })
}

fn through_a_stream(log_type: &LogType) -> Option<(&'static str, String)> {
    let mut asked = log_type.look_up_actions();
    let streamed = asked.any(|action| action == "firehose:DescribeDeliveryStream");
    let place = "where the stream writes, by `hour` or by the time that its prefix has, if each record is a line there";
    let view = match log_type.may_have_view() {
        true => {
            "; others may have the same stream, so the name is that of a view there, which shows this log's rows only, with \
             moments as timestamps, over a table with `_raw` behind its name"
        }
        false => "",
    };
    streamed.then(|| ("Through a Firehose stream", format!("{place}{view}")))
}

fn calls(rule: &EventRule) -> String {
    let name = |name: &EventName| match name {
        EventName::Exact(name) => format!("`{name}`"),
        EventName::Versioned(name) => format!("`{name}`\\*"),
    };
    let names: Vec<_> = rule.names.iter().map(name).collect();
    let versioned = rule
        .names
        .iter()
        .any(|name| matches!(name, EventName::Versioned(_)));
    let note = if versioned {
        " (\\* with or without the API's version behind the name)"
    } else {
        ""
    };
    format!("of `{}`: {}{note}", rule.source, names.join(", "))
}

fn regions(scope: Scope) -> String {
    match scope {
        Scope::Regional => "every region".to_owned(),
        Scope::Global => "us-east-1, and cn-northwest-1 in China".to_owned(),
        Scope::Both { global_database } => {
            format!(
                "every region; those of CloudFront in us-east-1, with tables in `{global_database}`"
            )
        }
    }
}

fn questions(log_type: &LogType) -> String {
    let questions = log_type.questions.iter();
    let rows = questions.map(|it| format!("| {} | {} |", it.name, it.doc));
    let head = "## Saved queries\n\nWith `enable_saved_queries` these are saved in Athena with each table, as far as it has the \
                columns that they ask for: see [Sweeps, metrics and notifications](../guides/operations.md#saved-queries).\n\n\
                | query | what it tells |\n|---|---|";
    rows.fold(head.to_owned(), |text, row| format!("{text}\n{row}"))
}

/// Those that people query, a view's with its types.
fn columns(tables: &Tables) -> String {
    let row = |column: &TableColumn| {
        let TableColumn { name, ty, comment } = column;
        format!("| `{name}` | `{ty}` | {comment} |")
    };
    let shown = tables.shown();
    let listed = listed(shown.columns.iter().chain(&shown.partition_keys).map(row));
    match tables.view {
        Some(_) => format!("Where a text is `-` in the log it is NULL in the view.\n\n{listed}"),
        None => listed,
    }
}

/// What the log's owner may choose, where there is a choice.
fn dictionary(log_type: &LogType) -> String {
    match log_type.dictionary() {
        [] => String::new(),
        fields => format!(
            "## Columns that there may be\n\nA table has those of the fields that its log was given, in their order. A field \
             that is not in this list came later.\n\n{}",
            listed(fields.iter().map(documented))
        ),
    }
}

/// As a view shows it.
fn documented(column: &Column) -> String {
    let ty = match column.ty {
        Type::Time(_) => "timestamp".to_owned(),
        ty => ty.to_string(),
    };
    format!("| `{}` | `{ty}` | {} |", column.name, column.doc)
}

fn listed(rows: impl Iterator<Item = String>) -> String {
    let head = "| column | type | meaning |\n|---|---|---|".to_owned();
    rows.fold(head, |text, row| format!("{text}\n{row}"))
}

/// What else there may be where CloudWatch Logs delivers the log.
fn delivered(log_type: &LogType) -> String {
    let Some(vended) = &log_type.vended else {
        return String::new();
    };
    let text = format!(
        "## Delivered by CloudWatch Logs\n\nA delivery of `{}` has fields, folders and a format of its own, and the table \
         follows it: plain, w3c, json or parquet; the delivery's fields in their order; the variables of its suffix path as \
         partition keys. The parameter `logenabler.delivery` of the table is the delivery's ARN. Of the log's settings and \
         its deliveries, the one changed last has the table.\n\nValues of json{} are texts in the files, and so in the \
         table; a view over it shows them as what they are. A table of parquet reads files of parquet only, and a query fails \
         at any other in its folders, such as those that were written before in another format: give such a delivery a prefix or \
         a suffix path of its own.",
        vended.log_type,
        if vended.typed { "" } else { " and parquet" }
    );
    match vended.columns {
        [] => text,
        columns => format!(
            "{text} Fields that are no column above, or another one:\n\n{}",
            listed(columns.iter().map(documented))
        ),
    }
}
