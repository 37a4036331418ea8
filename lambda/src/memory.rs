//! [`Cloud`] in memory: what it was told to hold, what was written to it, and the failures it was told to answer with.

mod workgroup;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use logenabler_catalog::{LookUp, Request, SavedQuery, Table};
use serde_json::Value as Json;
use tokio::sync::{Barrier, Notify};

use crate::cloud::{Cloud, CloudError, Marked, StoredTable};

/// An AWS of maps.
#[derive(Default)]
pub(crate) struct Memory {
    /// What services say, by the ARN that is asked about or another part of the question.
    pub(crate) answers: Mutex<BTreeMap<String, Json>>,
    /// What files hold, by their paths; services say which there are.
    pub(crate) files: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Look-ups and grants that have this in them are refused.
    pub(crate) denied: Mutex<Option<String>>,
    /// The texts of table schemas, by log type; `None`: their database is gone.
    pub(crate) schemas: Mutex<Option<BTreeMap<String, String>>>,
    pub(crate) tables: Mutex<BTreeMap<(String, String), StoredTable>>,
    pub(crate) databases: Mutex<Vec<(String, String)>>,
    /// Other accounts that let us in, by account and region.
    pub(crate) members: Mutex<BTreeMap<(String, String), Arc<Memory>>>,
    /// What the function started itself with, and has not been run with yet.
    pub(crate) started: Mutex<VecDeque<String>>,
    /// Subjects and messages.
    pub(crate) published: Mutex<Vec<(String, String)>>,
    /// Tables, and who may read them.
    pub(crate) permitted: Mutex<BTreeSet<(String, String)>>,
    /// The queries saved in Athena's workgroup, each with its id; `None`: there is no workgroup.
    pub(crate) workgroup: Mutex<Option<Vec<(String, SavedQuery)>>>,
    /// How many of them are on a page; 0: all.
    pub(crate) page: AtomicUsize,
    pub(crate) is_dry_run: bool,
    /// Every call, in order, by name.
    pub(crate) calls: Mutex<Vec<&'static str>>,
    /// The next call of this name fails so.
    pub(crate) failing: Mutex<Vec<(&'static str, CloudError)>>,
    /// Calls of this name take so long.
    pub(crate) slow: Mutex<Option<(&'static str, Duration)>>,
    /// At the call of this number, the first being 1, the run ends for good; whoever waits for `killed` is told.
    pub(crate) kill_at: AtomicUsize,
    pub(crate) killed: Notify,
    /// What somebody else writes between our read and our write, once.
    pub(crate) rival: Mutex<Option<StoredTable>>,
    /// The next two reads of a table wait for each other.
    pub(crate) read_together: Mutex<Option<Arc<Barrier>>>,
    /// The next look at a service waits here twice: when it has seen, and before it goes on.
    pub(crate) stall_after_look_up: Mutex<Option<Arc<Barrier>>>,
}

impl Memory {
    async fn called(&self, name: &'static str) -> Result<(), CloudError> {
        let number = {
            let mut calls = self.calls.lock().unwrap();
            calls.push(name);
            calls.len()
        };
        if number == self.kill_at.load(Ordering::Relaxed) {
            self.killed.notify_one();
            std::future::pending::<()>().await;
        }
        let slow = *self.slow.lock().unwrap();
        if let Some((_, long)) = slow.filter(|(call, _)| *call == name) {
            tokio::time::sleep(long).await;
        }
        let mut failing = self.failing.lock().unwrap();
        match failing.iter().position(|(call, _)| *call == name) {
            Some(index) => Err(failing.remove(index).1),
            None => Ok(()),
        }
    }

    fn refuse(&self, request: &str) -> Result<(), CloudError> {
        let denied = self.denied.lock().unwrap().clone();
        denied
            .filter(|denied| request.contains(denied))
            .map_or(Ok(()), |denied| {
                Err(CloudError::Failed {
                    operation: denied,
                    object: String::new(),
                    message: "AccessDenied".to_owned(),
                })
            })
    }

    pub(crate) fn put(&self, region: &str, mut stored: StoredTable) {
        let version = stored
            .version
            .as_deref()
            .map_or(0, |v| v.parse::<u32>().unwrap() + 1);
        stored.version = Some(version.to_string());
        let key = (
            region.to_owned(),
            format!("{}.{}", stored.table.database, stored.table.name),
        );
        self.tables.lock().unwrap().insert(key, stored);
    }

    pub(crate) fn get(&self, region: &str, name: &str) -> Option<StoredTable> {
        self.tables
            .lock()
            .unwrap()
            .get(&(region.to_owned(), name.to_owned()))
            .cloned()
    }

    fn rival_writes(&self, region: &str) {
        if let Some(rival) = self.rival.lock().unwrap().take() {
            self.put(region, rival);
        }
    }
}

impl Cloud for Memory {
    async fn member(&self, account: &str, region: &str) -> Result<Arc<Self>, CloudError> {
        self.called("member").await?;
        let key = (account.to_owned(), region.to_owned());
        let member = self.members.lock().unwrap().get(&key).map(Arc::clone);
        member.ok_or_else(|| CloudError::Failed {
            operation: "sts:AssumeRole".to_owned(),
            object: account.to_owned(),
            message: "AccessDenied".to_owned(),
        })
    }

    /// The answer about whatever the look-up names.
    async fn look_up(&self, region: &str, look_up: &LookUp) -> Result<Option<Json>, CloudError> {
        self.called("look_up").await?;
        let request = format!("{region} {look_up} {:?}", look_up.request);
        self.refuse(&request)?;
        let answers = self.answers.lock().unwrap().clone();
        let about = answers.into_iter().find(|(arn, _)| request.contains(arn));
        let stall = self.stall_after_look_up.lock().unwrap().take();
        if let Some(barrier) = stall {
            barrier.wait().await;
            barrier.wait().await;
        }
        Ok(about.map(|(_, answer)| answer))
    }

    /// As many bytes as are asked for, at most.
    async fn read(&self, _region: &str, look_up: &LookUp) -> Result<Option<Vec<u8>>, CloudError> {
        self.called("read").await?;
        let Request::Beginning { path, bytes } = &look_up.request else {
            return Ok(None);
        };
        let file = self.files.lock().unwrap().get(path).cloned();
        Ok(file.map(|file| file.into_iter().take(*bytes).collect()))
    }

    async fn table_schemas(
        &self,
        _database: &str,
    ) -> Result<Option<BTreeMap<String, String>>, CloudError> {
        self.called("table_schemas").await?;
        Ok(self.schemas.lock().unwrap().clone())
    }

    async fn marked(&self, region: &str, database: &str) -> Result<Vec<Marked>, CloudError> {
        self.called("marked").await?;
        let tables = self.tables.lock().unwrap();
        let of_it = |(key, stored): (&(String, String), &StoredTable)| {
            let here = key.0 == region && stored.table.database == database;
            let Table {
                name, parameters, ..
            } = stored.table.clone();
            here.then(|| Marked::new(name, parameters))
        };
        Ok(tables.iter().filter_map(of_it).collect())
    }

    async fn tables(
        &self,
        region: &str,
        database: &str,
        names: &[String],
    ) -> Result<Vec<StoredTable>, CloudError> {
        self.called("tables").await?;
        let get = |name| self.get(region, &format!("{database}.{name}"));
        let tables = names.iter().filter_map(get).collect();
        let barrier = self.read_together.lock().unwrap().clone();
        if let Some(barrier) = barrier
            && barrier.wait().await.is_leader()
        {
            *self.read_together.lock().unwrap() = None;
        }
        Ok(tables)
    }

    async fn create_database(
        &self,
        region: &str,
        name: &str,
        _description: &str,
    ) -> Result<(), CloudError> {
        self.called("create_database").await?;
        if self.is_dry_run {
            return Ok(());
        }
        self.databases
            .lock()
            .unwrap()
            .push((region.to_owned(), name.to_owned()));
        Ok(())
    }

    async fn create_table(&self, region: &str, table: &Table) -> Result<(), CloudError> {
        self.called("create_table").await?;
        if self.is_dry_run {
            return Ok(());
        }
        let database = (region.to_owned(), table.database.clone());
        let name = format!("{}.{}", table.database, table.name);
        if !self.databases.lock().unwrap().contains(&database) {
            return Err(CloudError::NoDatabase(name));
        }
        self.rival_writes(region);
        if self.get(region, &name).is_some() {
            return Err(CloudError::Exists(name));
        }
        self.put(region, StoredTable::new(table.clone()));
        Ok(())
    }

    async fn update_table(&self, region: &str, stored: &StoredTable) -> Result<(), CloudError> {
        self.called("update_table").await?;
        if self.is_dry_run {
            return Ok(());
        }
        self.rival_writes(region);
        let name = format!("{}.{}", stored.table.database, stored.table.name);
        if self.get(region, &name).and_then(|table| table.version) != stored.version {
            return Err(CloudError::Changed(name));
        }
        self.put(region, stored.clone());
        Ok(())
    }

    async fn permit(
        &self,
        _region: &str,
        table: &Table,
        principal: &str,
        may_read: bool,
    ) -> Result<(), CloudError> {
        self.called("permit").await?;
        if self.is_dry_run {
            return Ok(());
        }
        self.refuse(principal)?;
        let permission = (table.name.clone(), principal.to_owned());
        let mut permitted = self.permitted.lock().unwrap();
        if may_read {
            permitted.insert(permission);
        } else {
            permitted.remove(&permission);
        }
        Ok(())
    }

    async fn start(&self, payload: &str) -> Result<(), CloudError> {
        self.called("start").await?;
        self.started.lock().unwrap().push_back(payload.to_owned());
        Ok(())
    }

    async fn publish(&self, _topic: &str, subject: &str, message: &str) -> Result<(), CloudError> {
        self.called("publish").await?;
        let message = (subject.to_owned(), message.to_owned());
        self.published.lock().unwrap().push(message);
        Ok(())
    }

    fn writes(&self) -> bool {
        !self.is_dry_run
    }
}
