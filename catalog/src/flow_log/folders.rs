//! Where a flow log's files lie: by day or by hour, in plain folders or in those that Hive knows.

use std::borrow::Cow;

use crate::calendar;
use crate::column::string;
use crate::layout::{Key, Layout, Projection, Shared};

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

/// Any number of flow logs have these folders in common, each perhaps with other fields; the files have their ids.
const SHARED: Shared = Shared {
    files: "{account}_vpcflowlogs_{region}_{id}_",
    rest: "[^/]*",
    columns: &[],
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

pub(super) const PARTS: &[Key] = &calendar::parts(2021);

/// With Hive-compatible folders.
const HIVE_DAILY: Layout = hive(
    "year=${year}/month=${month}/day=${day}",
    PARTS.split_at(3).0,
);
const HIVE_HOURLY: Layout = hive("year=${year}/month=${month}/day=${day}/hour=${hour}", PARTS);

const fn hive(below: &'static str, keys: &'static [Key]) -> Layout {
    Layout {
        folder: Cow::Borrowed(HIVE_FOLDER),
        below: Cow::Borrowed(below),
        keys: Cow::Borrowed(keys),
        projection: None,
        shared: Some(SHARED),
    }
}
