//! [`Workgroups`] in memory: one workgroup, if any.

use std::sync::atomic::Ordering;

use logenabler_catalog::{SavedQuery, Table, marks};

use super::Memory;
use crate::cloud::CloudError;
use crate::workgroup::{Page, Workgroups};

impl Workgroups for Memory {
    async fn saved_queries(
        &self,
        _region: &str,
        _workgroup: &str,
        page: Option<&str>,
    ) -> Result<Option<Page>, CloudError> {
        self.called("saved_queries").await?;
        let start: usize = page.map_or(0, |page| page.parse().unwrap());
        let workgroup = self.workgroup.lock().unwrap();
        Ok(workgroup.as_ref().map(|all| {
            let end = match self.page.load(Ordering::Relaxed) {
                0 => all.len(),
                size => all.len().min(start + size),
            };
            Page {
                queries: all[start..end].to_vec(),
                next: (end < all.len()).then(|| end.to_string()),
            }
        }))
    }

    async fn save_query(
        &self,
        _region: &str,
        _workgroup: &str,
        query: &SavedQuery,
    ) -> Result<Option<()>, CloudError> {
        self.called("save_query").await?;
        let mut workgroup = self.workgroup.lock().unwrap();
        Ok(workgroup.as_mut().map(|all| {
            let id = format!("{}", all.len() + self.calls.lock().unwrap().len());
            all.push((id, query.clone()));
        }))
    }

    async fn replace_query(
        &self,
        _region: &str,
        id: &str,
        query: &SavedQuery,
    ) -> Result<(), CloudError> {
        self.called("replace_query").await?;
        let mut workgroup = self.workgroup.lock().unwrap();
        let all = workgroup.iter_mut().flatten();
        let mut same = all.filter(|(theirs, _)| theirs == id);
        same.next().unwrap().1 = query.clone();
        Ok(())
    }

    async fn remove_query(&self, _region: &str, id: &str) -> Result<(), CloudError> {
        self.called("remove_query").await?;
        let mut workgroup = self.workgroup.lock().unwrap();
        workgroup.as_mut().unwrap().retain(|(it, _)| it != id);
        Ok(())
    }

    async fn asked_tables(&self, region: &str, database: &str) -> Result<Vec<Table>, CloudError> {
        self.called("asked_tables").await?;
        let tables = self.tables.lock().unwrap();
        let of_it = tables.iter().filter(|((there, _), _)| there == region);
        let tables = of_it.map(|(_, stored)| stored.table.clone());
        let is_ours = |table: &Table| table.database == database && is_marked(table);
        Ok(tables.filter(is_ours).collect())
    }
}

fn is_marked(table: &Table) -> bool {
    table.parameters.contains_key(marks::MANAGED)
}
