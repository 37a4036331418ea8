//! The alarms and the dashboard as parts of the hub: there, or not, as it says.

use tfplugin::Diagnostics;
use tokio::try_join;

use super::super::{Model, names::Names};
use super::{alarms, dashboard};
use crate::aws::{Alarm, Aws, Dashboard, Failure, Part, Tags, is_ours, make, refuse, remove, same};

/// As they should be.
pub(crate) struct Monitoring {
    alarms: [Wanted<Alarm>; 3],
    dashboard: Wanted<Dashboard>,
}

/// A part, or one that should not be.
struct Wanted<P> {
    part: P,
    is_on: bool,
}

/// What AWS holds of them.
#[derive(Default)]
pub(crate) struct Watched {
    alarms: [Option<Alarm>; 3],
    pub(super) dashboard: Option<Dashboard>,
}

impl Monitoring {
    pub(crate) fn of(names: &Names, model: &Model, tags: &Tags) -> Self {
        let on = alarms::wanted(model);
        let alarm = |watches| Wanted {
            part: alarms::alarm(watches, names, model, tags),
            is_on: on.contains(&watches),
        };
        Self {
            alarms: alarms::ALL.map(alarm),
            dashboard: Wanted {
                part: dashboard::dashboard(names, &on, tags),
                is_on: model.create_dashboard.known() == Some(&true),
            },
        }
    }

    /// At once: most hubs have none of them.
    pub(crate) async fn look(&self, aws: &Aws) -> Result<Watched, Failure> {
        let [letters, failures, no_events] = &self.alarms;
        let (letters, failures, no_events, dashboard) = try_join!(
            letters.part.look(aws),
            failures.part.look(aws),
            no_events.part.look(aws),
            self.dashboard.part.look(aws),
        )?;
        Ok(Watched {
            alarms: [letters, failures, no_events],
            dashboard,
        })
    }

    pub(crate) fn refuse_strangers(&self, found: &Watched) -> Diagnostics {
        const OTHER_NAME: &str = "Choose another function_name, or remove it.";
        const OTHER_DASHBOARD: &str = "Choose another function_name, or remove it. A dashboard has that tag in the text of a widget.";
        let mut refused = self
            .dashboard
            .refuse(found.dashboard.as_ref(), OTHER_DASHBOARD);
        for (alarm, found) in self.alarms.iter().zip(&found.alarms) {
            refused.extend(alarm.refuse(found.as_ref(), OTHER_NAME));
        }
        refused
    }

    pub(crate) async fn make(&self, aws: &Aws, found: &Watched) -> Result<(), Failure> {
        for (alarm, found) in self.alarms.iter().zip(&found.alarms) {
            alarm.make(aws, found.as_ref()).await?;
        }
        self.dashboard.make(aws, found.dashboard.as_ref()).await
    }

    pub(crate) async fn remove(&self, aws: &Aws, found: &Watched) -> Result<(), Failure> {
        for (alarm, found) in self.alarms.iter().zip(&found.alarms) {
            remove(&alarm.part, aws, found.as_ref()).await?;
        }
        remove(&self.dashboard.part, aws, found.dashboard.as_ref()).await
    }

    /// Those of the hub: what others made under these names is theirs.
    pub(crate) fn ours(&self, mut found: Watched) -> Watched {
        for (alarm, found) in self.alarms.iter().zip(&mut found.alarms) {
            found.take_if(|found| !is_ours(&alarm.part, found));
        }
        let dashboard = &self.dashboard.part;
        found.dashboard.take_if(|found| !is_ours(dashboard, found));
        found
    }

    /// Those that are there, but neither as they should be nor as they should have been: others of their settings show by themselves.
    pub(crate) fn changed(&self, before: &Self, found: &Watched) -> Vec<Changed> {
        let dashboard = &found.dashboard;
        let (now, then) = (&self.dashboard.part, &before.dashboard.part);
        let mut changed: Vec<_> = Changed::of(now, then, dashboard, None)
            .into_iter()
            .collect();
        let alarms = alarms::ALL.iter().zip(&found.alarms);
        let wanted = self.alarms.iter().zip(&before.alarms);
        changed.extend(
            alarms
                .zip(wanted)
                .filter_map(|((watches, found), (now, then))| {
                    Changed::of(&now.part, &then.part, found, Some(watches))
                }),
        );
        changed
    }
}

impl Watched {
    /// What the alarms that are there watch.
    pub(super) fn watched(&self) -> Vec<&'static str> {
        let alarms = alarms::ALL.into_iter().zip(&self.alarms);
        let held = alarms.filter(|(_, found)| found.is_some());
        held.map(|(watches, _)| watches).collect()
    }

    /// The days of the alarm on no event.
    pub(super) fn quiet_days(&self) -> Option<i64> {
        let [_, _, no_events] = &self.alarms;
        no_events.as_ref()?.periods()
    }

    /// A dashboard has none of the user's.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &Tags> {
        self.alarms.iter().flatten().map(Part::tags)
    }
}

/// A part that was changed outside Terraform; of an alarm, what it watches.
pub(crate) struct Changed {
    pub(crate) what: String,
    pub(super) alarm: Option<&'static str>,
}

impl Changed {
    fn of<P: Part>(
        now: &P,
        then: &P,
        found: &Option<P>,
        alarm: Option<&&'static str>,
    ) -> Option<Self> {
        let is = |wanted| same(wanted, found.as_ref());
        (found.is_some() && !is(now) && !is(then)).then(|| Self {
            what: now.label(),
            alarm: alarm.copied(),
        })
    }
}

impl<P: Part> Wanted<P> {
    fn refuse(&self, found: Option<&P>, next: &str) -> Diagnostics {
        if self.is_on {
            return refuse(&self.part, found, next);
        }
        Diagnostics::default()
    }

    async fn make(&self, aws: &Aws, found: Option<&P>) -> Result<(), Failure> {
        if self.is_on {
            return make(&self.part, aws, found).await;
        }
        remove(&self.part, aws, found).await
    }
}
