//! Answers of the catalogue that depend on look-ups: each is asked for again until nothing is missing.

use logenabler_catalog::{Answers, LookUp};

use crate::cloud::{Cloud, CloudError};

/// Looks up whatever the answer depends on; what was said before is not asked again.
pub(crate) async fn ask<T>(
    cloud: &impl Cloud,
    region: &str,
    said: &mut Answers,
    answered: impl Fn(&Answers) -> Result<T, LookUp>,
) -> Result<T, CloudError> {
    loop {
        match answered(said) {
            Ok(answer) => return Ok(answer),
            Err(look_up) => {
                let answer = cloud.look_up(region, &look_up).await?;
                said.insert(look_up, answer);
            }
        }
    }
}
