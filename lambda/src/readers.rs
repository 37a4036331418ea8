//! Who may query our tables, where Lake Formation is in force: whoever the hub names may read what we make, and nothing else.

use std::collections::BTreeSet;

use logenabler_catalog::marks;

use crate::cloud::{Cloud, CloudError, StoredTable};
use crate::upsert::Outcome;

/// As Lake Formation names them, such as `arn:aws:iam::123456789012:role/analyst`.
pub type Readers = BTreeSet<String>;

/// Lets those read the table who are to, and nobody any more who was only let in by us; one who cannot be let in keeps out nobody
/// else. The table is marked with them last: what is cut short is done again. Without readers nobody looks after them: what was granted stays.
pub(crate) async fn let_in(
    cloud: &impl Cloud,
    region: &str,
    readers: Option<&Readers>,
    stored: &StoredTable,
) -> Result<Outcome, CloudError> {
    let before = marked(stored);
    let Some(readers) = readers.filter(|readers| before != **readers) else {
        return Ok(Outcome::Unchanged);
    };
    let (mut let_in, mut failure) = (before.clone(), None);
    for reader in before.symmetric_difference(readers) {
        let may_read = readers.contains(reader);
        let permitted = cloud.permit(region, &stored.table, reader, may_read).await;
        match permitted {
            Ok(()) if may_read => drop(let_in.insert(reader.clone())),
            Ok(()) => drop(let_in.remove(reader)),
            Err(refused) => drop(failure.get_or_insert(refused)),
        }
    }
    if let_in != before {
        let marked = stored.marked_with(&let_in);
        cloud.update_table(region, &marked).await?;
    }
    failure.map_or(Ok(Outcome::Updated), Err)
}

/// Those who were let in before.
fn marked(stored: &StoredTable) -> Readers {
    let mark = stored.table.parameters.get(marks::READERS);
    let readers = mark.and_then(|text| serde_json::from_str(text).ok());
    readers.unwrap_or_default()
}

impl StoredTable {
    fn marked_with(&self, readers: &Readers) -> Self {
        let mut marked = self.clone();
        let parameters = &mut marked.table.parameters;
        parameters.remove(marks::READERS);
        if !readers.is_empty() {
            let text = serde_json::json!(readers).to_string();
            parameters.insert(marks::READERS.to_owned(), text);
        }
        marked
    }
}
