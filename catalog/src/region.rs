//! Regions and the partitions they belong to.

/// A part of AWS with accounts, endpoints and ARNs of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition {
    /// As in ARNs: `aws`, `aws-cn`, `aws-us-gov` ...
    pub name: &'static str,
    /// What host names end in.
    pub dns_suffix: &'static str,
}

/// The one that nearly everybody is in.
impl Default for Partition {
    fn default() -> Self {
        COMMERCIAL
    }
}

const COMMERCIAL: Partition = Partition {
    name: "aws",
    dns_suffix: "amazonaws.com",
};

/// How the regions of every partition but the commercial one begin.
const OTHERS: &[(&str, Partition)] = &[
    (
        "cn-",
        Partition {
            name: "aws-cn",
            dns_suffix: "amazonaws.com.cn",
        },
    ),
    (
        "us-gov-",
        Partition {
            name: "aws-us-gov",
            dns_suffix: "amazonaws.com",
        },
    ),
    (
        "us-iso-",
        Partition {
            name: "aws-iso",
            dns_suffix: "c2s.ic.gov",
        },
    ),
    (
        "us-isob-",
        Partition {
            name: "aws-iso-b",
            dns_suffix: "sc2s.sgov.gov",
        },
    ),
    (
        "eu-isoe-",
        Partition {
            name: "aws-iso-e",
            dns_suffix: "cloud.adc-e.uk",
        },
    ),
    (
        "us-isof-",
        Partition {
            name: "aws-iso-f",
            dns_suffix: "csp.hci.ic.gov",
        },
    ),
    (
        "eusc-",
        Partition {
            name: "aws-eusc",
            dns_suffix: "amazonaws.eu",
        },
    ),
];

/// Where CloudFront is managed, and so tells CloudTrail: the region of its endpoint in each partition that has it.
const HOMES_OF_GLOBAL: &[&str] = &["us-east-1", "cn-northwest-1"];

/// Every region there is, for logs that tell of several. A new region is one more name here.
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-isoe-west-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "us-west-1",
    "us-west-2",
];

/// Where Organizations is, in the partitions that have several regions.
const HOMES_OF_ORGANIZATIONS: &[&str] = &[
    "us-east-1",
    "cn-northwest-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "us-isof-south-1",
];

impl Partition {
    /// The region in which Organizations is asked; none where it is any.
    pub fn home_of_organizations(self) -> Option<&'static str> {
        let mut homes = HOMES_OF_ORGANIZATIONS.iter().copied();
        homes.find(|home| Self::of_region(home) == self)
    }

    /// Its regions, as far as they are known.
    pub(crate) fn regions(self) -> Vec<&'static str> {
        let here = |region: &&&str| Self::of_region(region) == self;
        REGIONS.iter().filter(here).copied().collect()
    }

    /// The one that ARNs call so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let others = OTHERS.iter().map(|(_, partition)| *partition);
        let mut all = std::iter::once(COMMERCIAL).chain(others);
        all.find(|partition| partition.name == name)
    }

    pub fn of_region(region: &str) -> Self {
        let other = OTHERS.iter().find(|(prefix, _)| region.starts_with(prefix));
        other.map_or(COMMERCIAL, |(_, partition)| *partition)
    }

    /// The region from which global resources, those of CloudFront, are managed; none where there is no CloudFront.
    pub fn home_of_global(self) -> Option<&'static str> {
        let mut homes = HOMES_OF_GLOBAL.iter().copied();
        homes.find(|home| Self::of_region(home) == self)
    }
}

/// Whether this is how AWS writes regions, such as `eu-west-1`, `us-gov-east-1` or `eusc-de-east-1`; says nothing about
/// whether the region exists, because new ones open every year.
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text
        .strip_prefix("eusc-")
        .unwrap_or(text)
        .split('-')
        .collect();
    let (area, place, number) = match parts.as_slice() {
        [area, place, number] => (area, place, number),
        [area, part, place, number] if is_partition_part(part) => (area, place, number),
        _ => return false,
    };
    area.len() == 2
        && is_lower(area)
        && is_lower(place)
        && number.len() == 1
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_partition_part(part: &str) -> bool {
    part == "gov"
        || part
            .strip_prefix("iso")
            .is_some_and(|rest| rest.is_empty() || (rest.len() == 1 && is_lower(rest)))
}

fn is_lower(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(region: &str, partition: Option<&str>) {
        let found = is_region(region).then(|| Partition::of_region(region).name);
        assert_eq!(found, partition, "{region}");
    }

    #[test]
    fn every_known_region_is_one_and_none_is_there_twice() {
        assert!(REGIONS.is_sorted_by(|a, b| a < b));
        assert!(REGIONS.iter().all(|region| is_region(region)));
        assert_eq!(
            Partition::of_region("cn-north-1").regions(),
            ["cn-north-1", "cn-northwest-1"]
        );
        assert!(COMMERCIAL.regions().len() >= 34);
        for (_, partition) in OTHERS {
            assert!(!partition.regions().is_empty(), "{}", partition.name);
        }
    }

    #[test]
    fn regions_and_their_partitions() {
        check("eu-west-1", Some("aws"));
        check("ap-southeast-2", Some("aws"));
        check("cn-north-1", Some("aws-cn"));
        check("us-gov-west-1", Some("aws-us-gov"));
        check("us-iso-east-1", Some("aws-iso"));
        check("us-isob-east-1", Some("aws-iso-b"));
        check("eusc-de-east-1", Some("aws-eusc"));
        for text in [
            "",
            "-",
            "eu",
            "eu-west",
            "eu-west-12",
            "EU-west-1",
            "eu-west-1a",
            "eu--1",
            "eu-west-1 ",
            "eu-gov-iso-west-1",
            "us-isoxy-east-1",
            "é-west-1",
        ] {
            check(text, None);
        }
    }
}
