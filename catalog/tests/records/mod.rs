//! Records made up from the catalogue itself: each column has a value of its kind and type. The same ones every time.

#![allow(dead_code, reason = "each of those who include this uses some of it")]

use logenabler_catalog::{Column, Delimited, Field, Format, Kind, LogType, Records, Time, Type};

/// Numbers that look like chance.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10) as u8))
            .collect()
    }

    fn pick<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let count = texts.len() as u64;
        texts
            .get(self.below(count) as usize)
            .copied()
            .unwrap_or_default()
    }
}

const WORDS: &[&str] = &[
    "-",
    "https",
    "app/shop/1a2b3c4d5e6f7081",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "203.0.113.7",
    "Success",
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0f1e2d3c4b5a6978",
    "TID_5f60718293a4b5c6d7e8f90123456789",
    "shop.example.com",
    "2001:db8::1f",
    "REST.GET.OBJECT",
    "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
];

const AGENTS: &[&str] = &[
    "curl/8.5.0",
    "-",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
];

/// A record of this log type, with every column; `agent` takes the place of what clients say of themselves.
pub(crate) fn record(log_type: &LogType, chance: &mut Chance, agent: Option<&str>) -> String {
    match &log_type.format {
        Format::Tokens(tokens) => {
            let appended = tokens.appended.iter().copied().flatten();
            let fields = tokens.fixed.iter().chain(appended);
            let texts: Vec<_> = fields.map(|field| token(field, chance, agent)).collect();
            texts.join(" ")
        }
        Format::Delimited(Delimited {
            separator, columns, ..
        }) => {
            let texts: Vec<_> = columns
                .iter()
                .map(|column| text(column, chance, agent))
                .collect();
            texts.join(&separator.to_string())
        }
        Format::Json {
            columns, renamed, ..
        } => {
            let key = |column: &Column| {
                let other = renamed.iter().find(|(name, _)| *name == column.name);
                other.map_or_else(|| column.name.to_string(), |(_, key)| key.clone())
            };
            let member = |column: &Column| {
                let value = match agent.filter(|_| is_agent(column)) {
                    Some(agent) => format!("\"{agent}\""),
                    None => json(column.ty, chance),
                };
                format!("\"{}\":{value}", key(column))
            };
            let members: Vec<_> = columns.iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        }
        Format::Parquet { .. } => String::new(),
    }
}

/// A file of such records.
pub(crate) fn file(log_type: &LogType, count: usize, agent: Option<&str>) -> Vec<u8> {
    let mut chance = Chance::new(20_181_130);
    let records: Vec<_> = (0..count)
        .map(|_| record(log_type, &mut chance, agent))
        .collect();
    let text = match &log_type.format {
        Format::Json {
            records: Records::Array,
            ..
        } => {
            format!("{{\"Records\":[{}]}}", records.join(","))
        }
        Format::Delimited(delimited) => {
            "#\n".repeat(delimited.header_lines.into()) + &records.join("\n") + "\n"
        }
        _ => records.join("\n") + "\n",
    };
    text.into_bytes()
}

/// Whether a client says there what it is.
pub(crate) fn is_agent(column: &Column) -> bool {
    column.name.replace('_', "").contains("useragent")
}

fn token(field: &Field, chance: &mut Chance, agent: Option<&str>) -> String {
    let columns = field.columns();
    let Some(column) = columns.first() else {
        return String::new();
    };
    match field.kind() {
        Kind::Word | Kind::Unspaced => text(column, chance, None),
        Kind::Bracketed => format!("[{}]", text(column, chance, None)),
        Kind::Version => "TLSv1.2".to_owned(),
        Kind::Number => chance.below(100_000).to_string(),
        Kind::Decimal => format!("0.{}", chance.digits(3)),
        Kind::Targets => "\"10.1.2.3:8080\"".to_owned(),
        Kind::Endpoint => format!("203.0.113.{}:{}", chance.below(256), chance.below(65_536)),
        Kind::RequestLine => {
            let path = format!("/cart/{}?item={}", chance.digits(6), chance.digits(12));
            format!("\"GET https://shop.example.com:443{path} HTTP/1.1\"")
        }
        Kind::ClientText | Kind::MaybeClientText if is_agent(column) => {
            format!("\"{}\"", agent.unwrap_or_else(|| chance.pick(AGENTS)))
        }
        Kind::ClientText | Kind::MaybeClientText => {
            format!("\"GET /shop/{} HTTP/1.1\"", chance.digits(6))
        }
        Kind::Quoted | Kind::Escaped | Kind::MaybeQuoted | Kind::Unknown => {
            format!("\"{}\"", text(column, chance, None))
        }
    }
}

/// A value without spaces or quotes, but for some moments and user agents.
fn text(column: &Column, chance: &mut Chance, agent: Option<&str>) -> String {
    match agent.filter(|_| is_agent(column)) {
        Some(agent) => agent.replace(' ', "%20"),
        None => value(column.ty, chance),
    }
}

fn value(ty: Type, chance: &mut Chance) -> String {
    match ty {
        Type::Text(ty) => value(*ty, chance),
        Type::Boolean => chance.pick(&["true", "false"]).to_owned(),
        Type::Int => chance.below(100_000).to_string(),
        Type::Bigint => chance.below(1 << 31).to_string(),
        Type::Float | Type::Double => format!("{}.{}", chance.below(10), chance.digits(3)),
        Type::Date => format!("2026-03-{:02}", chance.below(28) + 1),
        Type::Time(time) => moment(time, chance),
        Type::String | Type::Array(_) | Type::Map(_) | Type::Struct(_) => {
            chance.pick(WORDS).to_owned()
        }
    }
}

fn moment(time: Time, chance: &mut Chance) -> String {
    let second = chance.below(60);
    match time {
        Time::Iso => format!("2026-03-03T03:03:{second:02}.{}Z", chance.digits(6)),
        Time::Clf => format!("03/Mar/2026:03:03:{second:02} +0000"),
        Time::Epoch => format!("17725069{second:02}.{}", chance.digits(3)),
        Time::Seconds => format!("17725069{second:02}"),
        Time::Millis => format!("17725069{second:02}{}", chance.digits(3)),
    }
}

fn json(ty: Type, chance: &mut Chance) -> String {
    match ty {
        Type::String | Type::Date | Type::Text(_) => format!("\"{}\"", value(ty, chance)),
        Type::Time(Time::Iso | Time::Clf | Time::Epoch) => format!("\"{}\"", value(ty, chance)),
        Type::Array(item) => {
            let items: Vec<_> = (0..chance.below(3)).map(|_| json(*item, chance)).collect();
            format!("[{}]", items.join(","))
        }
        Type::Map(item) => format!("{{\"key\":{}}}", json(*item, chance)),
        Type::Struct(members) => {
            let member = |(name, ty): &(&str, Type)| format!("\"{name}\":{}", json(*ty, chance));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        }
        _ => value(ty, chance),
    }
}
