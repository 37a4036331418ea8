//! What to do where Lake Formation refuses: AWS says only that something is missing, at times not even what.

use aws_sdk_glue::error::ProvideErrorMetadata;
use logenabler_asker::Failure;

/// How its refusals begin, whatever the service that passes them on.
const REFUSAL: &str = "Insufficient Lake Formation permission(s)";
/// How it refuses to have permissions passed on.
const NOT_GRANTABLE: &str = "Resource does not exist or requester is not authorized";

/// Behind AWS's own words, if they are Lake Formation's: what is to be granted, and to whom.
pub(super) fn next_step(operation: &str, object: &str, said: &str) -> Option<String> {
    let is_its = said.starts_with(REFUSAL) || said.starts_with(NOT_GRANTABLE);
    if !is_its {
        return None;
    }
    let grant = missing(operation, object, said);
    Some(format!(
        " Lake Formation is in force there: grant the function's role, or in a member its catalog role, {grant}. Then hand what \
         failed over again from the dead-letter queue, or let the next sweep find it."
    ))
}

/// Whether there was nothing to take away: a table or a principal that is gone has nothing, and the code says no more than that
/// something is wrong.
pub(super) fn had_none(failure: &Failure) -> bool {
    let says = |words| failure.message().is_some_and(|said| said.contains(words));
    let nothing = ["No permissions revoked", "Invalid principal"];
    match failure.code() {
        Some("EntityNotFoundException") => true,
        Some("InvalidInputException") => nothing.into_iter().any(says),
        _ => false,
    }
}

/// Of a table, `object` is `database.table`; a database's name has no dot.
fn missing(operation: &str, object: &str, said: &str) -> String {
    let database = object.split('.').next().unwrap_or_default();
    if said.contains("s3://") || said.contains(":s3:::") || said.contains("Data Location") {
        return "DATA_LOCATION_ACCESS on the location of its bucket that is registered".to_owned();
    }
    match operation {
        "glue:CreateDatabase" => "CREATE_DATABASE on the catalog".to_owned(),
        "glue:CreateTable" => format!("CREATE_TABLE on the database {database}"),
        "glue:UpdateTable" => format!("ALTER on the table {object}"),
        "lakeformation:GrantPermissions" | "lakeformation:RevokePermissions" => {
            "SELECT and DESCRIBE on that table with the grant option, which whoever made it has"
                .to_owned()
        }
        // A database that is not there is refused as well, so that nobody can find out.
        _ => format!(
            "CREATE_DATABASE on the catalog or, if the database {database} is there, CREATE_TABLE and DESCRIBE on it and \
             DESCRIBE and ALTER on its tables"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(operation: &str, said: &str, grant: &str) {
        let said = format!("{REFUSAL}{said}");
        let next = next_step(operation, "logs.web", &said).unwrap();
        assert!(next.contains(&format!("catalog role, {grant}")), "{next}");
    }

    #[test]
    fn a_refusal_names_what_to_grant() {
        check(
            "glue:CreateDatabase",
            ": Required Create Database on Catalog",
            "CREATE_DATABASE on the catalog.",
        );
        check(
            "glue:CreateTable",
            ": Required Create Table on logs",
            "CREATE_TABLE on the database logs.",
        );
        check(
            "glue:CreateTable",
            " on s3://bucket/prefix",
            "DATA_LOCATION_ACCESS",
        );
        check(
            "glue:CreateTable",
            ": Required Data Location Access",
            "DATA_LOCATION_ACCESS",
        );
        check(
            "glue:UpdateTable",
            ": Required Alter on web",
            "ALTER on the table logs.web.",
        );
        check(
            "glue:GetTables",
            ": Required Describe on logs",
            "CREATE_DATABASE on the catalog or, if the database logs",
        );
    }

    #[test]
    fn a_refusal_to_pass_on_is_known_by_its_own_words() {
        let said = format!("{NOT_GRANTABLE} to access requested permissions.");
        let next = next_step("lakeformation:GrantPermissions", "logs.web", &said).unwrap();
        assert!(next.contains("with the grant option"), "{next}");
    }

    #[test]
    fn other_refusals_speak_for_themselves() {
        let said = "User: x is not authorized to perform: glue:CreateTable";
        assert_eq!(next_step("glue:CreateTable", "logs.web", said), None);
    }
}
