//! What people need of the bucket before they can query a table that is new.

use super::*;

const LOCATION: &str = "/bucket?location";
const ENCRYPTION: &str = "/bucket?encryption";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";

/// What the report of the first event says, of a bucket of which S3 says this.
async fn check(answers: &[(&str, Json)], told: &[&str]) {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    let answers = answers
        .iter()
        .map(|(path, answer)| ((*path).to_owned(), answer.clone()));
    memory.answers.lock().unwrap().extend(answers);
    let report = handled(&memory, &event()).await.unwrap();
    let report = serde_json::to_value(&report).unwrap();
    let tables = report["tables"].as_array().unwrap();
    let needs: Vec<_> = tables
        .iter()
        .filter_map(|table| table["readers_need"].as_str())
        .collect();
    assert_eq!(needs.is_empty(), told.is_empty(), "{report}");
    for words in told {
        assert!(
            needs.iter().all(|it| it.contains(words)),
            "{words}: {report}"
        );
    }
}

fn encrypted_with(key: &str) -> Json {
    json!({ "Rule": { "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key } } })
}

#[tokio::test]
async fn a_bucket_that_stands_in_nobodys_way_is_not_spoken_of() {
    let plain =
        json!({ "Rule": { "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } } });
    check(&[(LOCATION, json!("eu-west-1")), (ENCRYPTION, plain)], &[]).await;
}

#[tokio::test]
async fn a_bucket_far_away_with_a_key_is_told_with_both() {
    let answers = [(LOCATION, json!("")), (ENCRYPTION, encrypted_with(KEY))];
    check(&answers, &["is in us-east-1", KEY, "kms:Decrypt"]).await;
}

#[tokio::test]
async fn a_bucket_of_another_account_is_told() {
    check(
        &[],
        &["another account's", "s3:GetObject and s3:ListBucket"],
    )
    .await;
}

/// Nobody waits for it, and nothing fails: the table is what matters.
#[tokio::test]
async fn a_bucket_that_cannot_be_looked_at_fails_nothing() {
    let memory = Memory::default();
    logging_to(&memory, Some("bucket"));
    *memory.denied.lock().unwrap() = Some("s3:GetBucketLocation".to_owned());
    assert!(handled(&memory, &event()).await.is_ok());
    assert!(table(&memory).is_some());
}
