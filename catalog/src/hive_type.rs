//! Hive's types as text: those that people write themselves.

/// Deeper than any log's, and shallow enough for any stack.
const DEEPEST: usize = 32;
const SIMPLE: [&str; 12] = [
    "string",
    "boolean",
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "date",
    "timestamp",
    "binary",
    "decimal",
];

/// Whether this is a Hive type, as Glue keeps it: lower case, without spaces.
pub(crate) fn is_type(text: &str) -> bool {
    rest_of_type(text, DEEPEST) == Some("")
}

/// Whether it is one that plain text can hold.
pub(crate) fn is_simple(text: &str) -> bool {
    text != "binary" && rest_of_simple(text) == Some("")
}

/// The same type in Trino's words; `text` is a type, or this is not one either.
pub(crate) fn trino(text: &str) -> String {
    let inside = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('>');
    if let Some(item) = inside("array<") {
        return format!("array({})", trino(item));
    }
    if let Some(pair) = inside("map<") {
        let pair: Vec<_> = members_of(pair).map(trino).collect();
        return format!("map({})", pair.join(", "));
    }
    if let Some(members) = inside("struct<") {
        let members: Vec<_> = members_of(members).map(trino_member).collect();
        return format!("row({})", members.join(", "));
    }
    let simple = match text {
        "string" => "varchar",
        "int" => "integer",
        "float" => "real",
        "binary" => "varbinary",
        "timestamp" => "timestamp(3)",
        // Hive's own precision and scale.
        "decimal" => "decimal(10,0)",
        same => same,
    };
    simple.to_owned()
}

/// The type of the member of that name, if it is a struct that has one.
pub(crate) fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let members = text.strip_prefix("struct<")?.strip_suffix('>')?;
    let mut members = members_of(members).filter_map(|member| member.split_once(':'));
    members.find_map(|(it, ty)| (it == name).then_some(ty))
}

fn trino_member(member: &str) -> String {
    let (name, ty) = member.split_once(':').unwrap_or((member, ""));
    format!("\"{name}\" {}", trino(ty))
}

/// Members, parted at the commas that are inside of nothing.
fn members_of(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
}

/// What follows the type at the beginning of the text.
fn rest_of_type(text: &str, depth: usize) -> Option<&str> {
    let depth = depth.checked_sub(1)?;
    if let Some(item) = text.strip_prefix("array<") {
        return rest_of_type(item, depth)?.strip_prefix('>');
    }
    if let Some(key) = text.strip_prefix("map<") {
        let value = rest_of_simple(key)?.strip_prefix(',')?;
        return rest_of_type(value, depth)?.strip_prefix('>');
    }
    match text.strip_prefix("struct<") {
        Some(members) => rest_of_members(members, depth),
        None => rest_of_simple(text),
    }
}

fn rest_of_members(mut text: &str, depth: usize) -> Option<&str> {
    loop {
        let (name, ty) = text.split_once(':')?;
        let named = !name.is_empty()
            && name
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        let rest = rest_of_type(ty, depth).filter(|_| named)?;
        match rest.strip_prefix(',') {
            Some(more) => text = more,
            None => return rest.strip_prefix('>'),
        }
    }
}

fn rest_of_simple(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let Some(numbers) = rest.strip_prefix('(') else {
        return SIMPLE.contains(&name).then_some(rest);
    };
    let (numbers, rest) = numbers.split_once(')')?;
    let numbers: Vec<u32> = numbers.split(',').map(number).collect::<Option<_>>()?;
    let right = match (name, numbers.as_slice()) {
        ("decimal", [precision]) => (1..=38).contains(precision),
        ("decimal", [precision, scale]) => (1..=38).contains(precision) && scale <= precision,
        ("char", [length]) => (1..=255).contains(length),
        ("varchar", [length]) => (1..=65_535).contains(length),
        _ => false,
    };
    right.then_some(rest)
}

/// Without a sign.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, simple: bool, nested: bool) {
        assert_eq!(
            (is_simple(text), is_type(text)),
            (simple, nested),
            "{text:.60}"
        );
    }

    #[test]
    fn what_hive_knows() {
        for text in [
            "string",
            "bigint",
            "timestamp",
            "decimal",
            "decimal(10,2)",
            "varchar(20)",
            "char(1)",
        ] {
            check(text, true, true);
        }
        check("binary", false, true);
        check("array<string>", false, true);
        check("map<string,array<int>>", false, true);
        check(
            "struct<name:string,at:struct<x:int,y:decimal(3,1)>>",
            false,
            true,
        );
    }

    #[test]
    fn in_trinos_words() {
        for (hive, expected) in [
            ("string", "varchar"),
            ("decimal(9,2)", "decimal(9,2)"),
            ("map<string,array<int>>", "map(varchar, array(integer))"),
            ("map<decimal(9,2),string>", "map(decimal(9,2), varchar)"),
            (
                "array<struct<at:struct<x:decimal(9,2),y:date>,by:map<string,float>>>",
                r#"array(row("at" row("x" decimal(9,2), "y" date), "by" map(varchar, real)))"#,
            ),
        ] {
            assert_eq!(trino(hive), expected);
        }
    }

    #[test]
    fn what_it_does_not() {
        for text in [
            "",
            "text",
            "STRING",
            "string ",
            " string",
            "int)",
            "decimal(0)",
            "decimal(3,4)",
            "decimal(-1)",
            "decimal(+10)",
            "char",
            "varchar(0)",
            "array<>",
            "array<string",
            "array<string>>",
            "map<string>",
            "map<array<int>,int>",
            "struct<>",
            "struct<a>",
            "struct<a:int,>",
            "struct<A:int>",
            "string; DROP TABLE x",
            "string COMMENT 'x'",
            "int,int",
            "é",
        ] {
            check(text, false, false);
        }
        check(&"array<".repeat(100_000), false, false);
        check(
            &format!("{}int{}", "array<".repeat(40), ">".repeat(40)),
            false,
            false,
        );
    }
}
