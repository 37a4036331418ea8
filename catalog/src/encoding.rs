//! How a vended log's records are written: the four formats, with the fields that the delivery chose.

use std::borrow::Cow;

use crate::chosen;
use crate::column::Column;
use crate::delimited::Delimited;
use crate::format::{Format, Records};
use crate::log_type::LogType;
use crate::shown::shown;
use crate::vended::Vended;

/// A chosen field and its column.
pub(crate) type Chosen = Vec<(String, Column)>;

/// The columns of the delivery's fields.
pub(crate) fn chosen(log_type: &LogType, vended: &Vended, fields: Vec<&str>) -> Chosen {
    let fields = if fields.is_empty() {
        vended.fields.to_vec()
    } else {
        fields
    };
    let dictionary = vended.columns.iter().chain(log_type.columns()).cloned();
    let columns = chosen::columns(fields.iter().copied(), &dictionary.collect::<Vec<_>>());
    let fields = fields.into_iter().map(str::to_owned);
    fields.zip(columns).collect()
}

/// The error is a sentence that says why no table can read it.
pub(crate) fn format(
    name: &str,
    delimiter: &str,
    typed: bool,
    chosen: Chosen,
) -> Result<Format, String> {
    Ok(match name {
        "plain" => delimited(0, delimiter, chosen)?,
        // Where there is a second header line it is a row of NULLs; a record skipped would be lost.
        "w3c" => delimited(1, delimiter, chosen)?,
        "json" => json(chosen),
        "parquet" if typed => Format::Parquet {
            columns: chosen.into_iter().map(|(_, column)| column).collect(),
        },
        "parquet" => Format::Parquet {
            columns: texts(chosen),
        },
        _ => return Err(unreadable(name)),
    })
}

fn unreadable(name: &str) -> String {
    let what = match name {
        "" => "Its delivery destination names no output format".to_owned(),
        _ => format!("Its format is {}, which no table can read", shown(name)),
    };
    format!(
        "{what}. Deliver it as plain, w3c, json or parquet: that takes a new delivery destination."
    )
}

fn delimited(header_lines: u8, delimiter: &str, chosen: Chosen) -> Result<Format, String> {
    let separator = separator(delimiter).ok_or_else(|| {
        format!(
            "Its fields are separated by {}, which Hive cannot split at. Deliver it with a tab, a space or one sign, or as json or parquet.",
            shown(delimiter)
        )
    })?;
    Ok(Format::Delimited(Delimited {
        separator,
        header_lines,
        columns: chosen.into_iter().map(|(_, column)| column).collect(),
    }))
}

/// One ASCII character. Hive takes digits for the number of one, and letters would be in the values.
fn separator(delimiter: &str) -> Option<char> {
    let mut chars = delimiter.chars();
    match (delimiter, chars.next(), chars.next()) {
        ("" | "\\t" | "\t", ..) => Some('\t'),
        (_, Some(one), None) => (one == ' ' || one.is_ascii_punctuation()).then_some(one),
        _ => None,
    }
}

fn json(chosen: Chosen) -> Format {
    let renamed = chosen.iter().filter_map(|(field, column)| {
        let other = !field.eq_ignore_ascii_case(&column.name);
        other.then(|| (column.name.to_string(), field.clone()))
    });
    Format::Json {
        records: Records::Lines,
        renamed: renamed.collect(),
        columns: texts(chosen),
    }
}

/// Here every value is a text, numbers too.
fn texts(chosen: Chosen) -> Cow<'static, [Column]> {
    let text = |(_, column): (_, Column)| Column {
        ty: column.ty.as_text(),
        ..column
    };
    chosen.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(delimiter: &str, expected: Option<char>) {
        assert_eq!(separator(delimiter), expected, "{delimiter:?}");
    }

    #[test]
    fn a_separator_is_one_sign() {
        check("", Some('\t'));
        check("\t", Some('\t'));
        check("\\t", Some('\t'));
        for sign in [' ', ',', ';', '|'] {
            check(&sign.to_string(), Some(sign));
        }
        for wrong in ["||", "9", "a", "é", "\n", "\0", "\u{1}", ", "] {
            check(wrong, None);
        }
        let refused = format("w3c", "||", false, Vec::new());
        assert!(refused.is_err_and(|why| why.contains("\"||\"")));
        let refused = format("", "", false, Vec::new());
        assert!(refused.is_err_and(|why| why.contains("names no output format")));
        let refused = format("raw", "", false, Vec::new());
        assert!(refused.is_err_and(|why| why.contains("\"raw\"")));
    }
}
