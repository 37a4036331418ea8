//! Where a flow log's files lie: by day or by hour, in plain folders or in those that Hive knows.

use std::borrow::Cow;

use crate::column::{Column, int, string};
use crate::layout::{Key, Layout, Projection, Shared, Values};

pub(super) fn layout(hive: bool, hourly: bool) -> Layout {
    match (hive, hourly) {
        (false, false) => DAILY,
        (false, true) => HOURLY,
        (true, false) => HIVE_DAILY,
        (true, true) => HIVE_HOURLY,
    }
}

const FOLDER: &str = "AWSLogs/{account}/vpcflowlogs/{region}/";
const HIVE_FOLDER: &str =
    "AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/";

/// Any number of flow logs have these folders in common, each perhaps with other fields.
const SHARED: Shared = Shared {
    files: "{account}_vpcflowlogs_{region}_{id}_",
    column: None,
};

/// The usual choice.
pub(crate) const DAILY: Layout = Layout::dated(
    FOLDER,
    "${day}",
    Projection {
        key: string(
            "day",
            "Day of delivery (UTC) as yyyy/MM/dd; name it in every query to read that day's folder only.",
        ),
        format: "yyyy/MM/dd",
        since: "2018/08/01",
        unit: "DAYS",
    },
)
.shared(SHARED);

const HOURLY: Layout = Layout::dated(
    FOLDER,
    "${hour}",
    Projection {
        key: string(
            "hour",
            "Hour of delivery (UTC) as yyyy/MM/dd/HH; bound it in every query to read those hours' folders only.",
        ),
        format: "yyyy/MM/dd/HH",
        since: "2021/10/01/00",
        unit: "HOURS",
    },
)
.shared(SHARED);

pub(super) const YEAR_MONTH_DAY_HOUR: &[Key] = &[
    number(
        int("year", "Year of delivery (UTC); name it in every query."),
        2021,
        2050,
        4,
    ),
    number(
        int(
            "month",
            "Month of delivery (UTC), from 1; name it in every query.",
        ),
        1,
        12,
        2,
    ),
    number(
        int("day", "Day of the month of delivery (UTC), from 1."),
        1,
        31,
        2,
    ),
    number(int("hour", "Hour of delivery (UTC), from 0."), 0, 23, 2),
];

const fn number(column: Column, from: u16, to: u16, digits: u8) -> Key {
    Key {
        column,
        values: Values::Numbers { from, to, digits },
    }
}

/// With Hive-compatible folders.
const HIVE_DAILY: Layout = hive(
    "year=${year}/month=${month}/day=${day}",
    YEAR_MONTH_DAY_HOUR.split_at(3).0,
);
const HIVE_HOURLY: Layout = hive(
    "year=${year}/month=${month}/day=${day}/hour=${hour}",
    YEAR_MONTH_DAY_HOUR,
);

const fn hive(below: &'static str, keys: &'static [Key]) -> Layout {
    Layout {
        folder: Cow::Borrowed(HIVE_FOLDER),
        below: Cow::Borrowed(below),
        keys: Cow::Borrowed(keys),
        projection: None,
        shared: Some(SHARED),
    }
}
