//! The table of metrics, fed by [`Event`]. Names follow Prometheus' conventions.

use std::sync::Arc;
use std::time::Duration;

use prometheus::{
    Counter, Encoder, Gauge, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec,
    Opts, Registry, TextEncoder,
};

use crate::model::disclosure::Verdict;
use crate::model::event::{Decision, Event, StatementEvent};
use crate::model::facts::Right;

use super::found::{Found, Statement};

/// Seconds: 1 µs to 100 ms for analyses.
const ANALYSIS_BUCKETS: &[f64] = &[1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 1e-1];
/// Seconds: 100 µs to 5 min for statements.
const STATEMENT_BUCKETS: &[f64] = &[1e-4, 5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1.0, 5.0, 30.0, 300.0];

/// Everything that is counted.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Registry,
    sessions: IntGaugeVec,
    sessions_total: IntCounterVec,
    relayed: Timed,
    rewritten: Timed,
    refused: Timed,
    refusals: IntCounterVec,
    hits: Timed,
    misses: Timed,
    witness: IntCounterVec,
    rows: IntCounterVec,
    bytes: IntCounterVec,
    relayed_rows: IntCounterVec,
    relayed_bytes: IntCounterVec,
    origin_violations: IntCounter,
    persons: IntCounterVec,
    signals: IntCounterVec,
    verdicts: Verdicts,
    store_away: Gauge,
    store_outages: IntCounter,
    store_alone: IntCounter,
    paced_seconds: Counter,
    logins_failed: IntCounterVec,
    pub policy_epoch: IntGauge,
    /// By database.
    pub catalog_epoch: IntGaugeVec,
    /// By outcome: `accepted`, `rejected`.
    pub reloads: IntCounterVec,
    /// 1 while the last attempt to reach the server succeeded.
    pub upstream_up: IntGauge,
    pub upstream_failures: IntCounter,
    audit_records: IntGauge,
    audit_waiting: IntGauge,
    audit_errors: IntGauge,
    alert_channel_up: IntGaugeVec,
    alert_deliveries: IntCounterVec,
    alert_waiting: IntGauge,
    alert_given_up: IntCounter,
    alert_errors: IntCounter,
    incidents: IntGaugeVec,
}

/// A count and the time of each, for one label: looked up once, not for each statement.
#[derive(Clone, Debug)]
struct Timed {
    count: IntCounter,
    seconds: Histogram,
}

impl Timed {
    fn new(counts: &IntCounterVec, seconds: &HistogramVec, label: &str) -> Self {
        Self { count: counts.with_label_values(&[label]), seconds: seconds.with_label_values(&[label]) }
    }

    fn observe(&self, took: Duration) {
        self.count.inc();
        self.seconds.observe(took.as_secs_f64());
    }
}

/// Answers to the question whether rows may leave, each with its label looked up.
#[derive(Clone, Debug)]
struct Verdicts {
    granted: IntCounter,
    paced: IntCounter,
    stopped: IntCounter,
    downgraded: IntCounter,
    terminated: IntCounter,
}

impl Verdicts {
    fn new(counts: &IntCounterVec) -> Self {
        let of = |label| counts.with_label_values(&[label]);
        Self {
            granted: of("granted"),
            paced: of("paced"),
            stopped: of("stopped"),
            downgraded: of("downgraded"),
            terminated: of("terminated"),
        }
    }
}

/// Makes metrics and registers them.
struct Table(Registry);

impl Table {
    fn add<C: prometheus::core::Collector + Clone + 'static>(
        &self,
        made: prometheus::Result<C>,
    ) -> prometheus::Result<C> {
        let collector = made?;
        self.0.register(Box::new(collector.clone()))?;
        Ok(collector)
    }

    fn counters(&self, name: &str, help: &str, labels: &[&str]) -> prometheus::Result<IntCounterVec> {
        self.add(IntCounterVec::new(Opts::new(name, help), labels))
    }

    fn gauges(&self, name: &str, help: &str, labels: &[&str]) -> prometheus::Result<IntGaugeVec> {
        self.add(IntGaugeVec::new(Opts::new(name, help), labels))
    }

    fn counter(&self, name: &str, help: &str) -> prometheus::Result<IntCounter> {
        self.add(IntCounter::new(name, help))
    }

    fn float(&self, name: &str, help: &str) -> prometheus::Result<Counter> {
        self.add(Counter::new(name, help))
    }

    fn seconds_now(&self, name: &str, help: &str) -> prometheus::Result<Gauge> {
        self.add(Gauge::new(name, help))
    }

    fn gauge(&self, name: &str, help: &str) -> prometheus::Result<IntGauge> {
        self.add(IntGauge::new(name, help))
    }

    fn seconds(&self, name: &str, help: &str, label: &str, buckets: &[f64]) -> prometheus::Result<HistogramVec> {
        self.add(HistogramVec::new(HistogramOpts::new(name, help).buckets(buckets.to_vec()), &[label]))
    }
}

impl Metrics {
    /// # Errors
    /// When two metrics have one name: a defect, found by the test below.
    #[rustfmt::skip]
    pub fn new() -> prometheus::Result<Self> {
        let t = Table(Registry::new());
        let build = t.gauges("menshen_build_info", "Always 1; the version is the label.", &["version"])?;
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
        let statements = t.counters("menshen_statements_total", "Statements finished, by what became of them.", &["decision"])?;
        let statement_seconds = t.seconds("menshen_statement_duration_seconds", "From a statement's arrival to its end.", "decision", STATEMENT_BUCKETS)?;
        let statement = |label| Timed::new(&statements, &statement_seconds, label);
        let lookups = t.counters("menshen_shape_cache_lookups_total", "Look-ups in the shape cache.", &["result"])?;
        let analysis_seconds = t.seconds("menshen_analysis_duration_seconds", "Analysing one statement, by whether its shape was known.", "cache", ANALYSIS_BUCKETS)?;
        Ok(Self {
            relayed: statement("relayed"),
            rewritten: statement("rewritten"),
            refused: statement("refused"),
            hits: Timed::new(&lookups, &analysis_seconds, "hit"),
            misses: Timed::new(&lookups, &analysis_seconds, "miss"),
            sessions: t.gauges("menshen_sessions", "Sessions open now.", &["restricted"])?,
            sessions_total: t.counters("menshen_sessions_total", "Sessions opened.", &["restricted"])?,
            refusals: t.counters("menshen_refusals_total", "Statements refused, by reason.", &["reason"])?,
            witness: t.counters("menshen_witness_total", "New texts that the second witness read, by what it said. `contradicts` is a defect or an attack.", &["verdict"])?,
            rows: t.counters("menshen_result_rows_total", "Rows of results that carry protected columns, by the asker's role, category and right.", &["role", "category", "right"])?,
            bytes: t.counters("menshen_result_bytes_total", "Bytes of results that carry protected columns, by the asker's role, category and right.", &["role", "category", "right"])?,
            relayed_rows: t.counters("menshen_relayed_rows_total", "Rows of results that were relayed without analysis, by the asker's role.", &["role"])?,
            relayed_bytes: t.counters("menshen_relayed_bytes_total", "Bytes of results that were relayed without analysis, by the asker's role.", &["role"])?,
            persons: t.counters("menshen_extraction_persons_total", "Persons whose clear values were delivered or staged, at most: each row's are counted, by the asker's role.", &["role"])?,
            signals: t.counters("menshen_extraction_signals_total", "Limits that were reached and detectors that are sure, by rule, response and whether it was only observed.", &["rule", "response", "observed"])?,
            verdicts: Verdicts::new(&t.counters("menshen_extraction_verdicts_total", "Answers to the question whether rows may leave.", &["verdict"])?),
            store_away: t.seconds_now("menshen_extraction_store_away_seconds", "For how long the store that replicas share has been away; 0 while it is there.")?,
            store_outages: t.counter("menshen_extraction_store_outages_total", "How often the store that replicas share went away.")?,
            store_alone: t.counter("menshen_extraction_store_alone_total", "Questions that were answered without the store that replicas share, by a share of each limit.")?,
            paced_seconds: t.float("menshen_extraction_paced_seconds_total", "Seconds that rows were held back by pacing.")?,
            origin_violations: t.counter("menshen_origin_violations_total", "Protected values stopped at the end of the pipe. Anything above 0 is a defect or an attack.")?,
            logins_failed: t.counters("menshen_logins_failed_total", "Log-ins that failed, by kind.", &["kind"])?,
            policy_epoch: t.gauge("menshen_policy_epoch", "Version of the policy in force, counted from 1.")?,
            catalog_epoch: t.gauges("menshen_catalog_epoch", "Version of a database's catalog snapshot, counted from 1.", &["database"])?,
            reloads: t.counters("menshen_policy_reloads_total", "Reloads of the policy bundle, by outcome.", &["outcome"])?,
            upstream_up: t.gauge("menshen_upstream_up", "1 while the last attempt to reach the server succeeded.")?,
            upstream_failures: t.counter("menshen_upstream_failures_total", "Failed attempts to reach the server.")?,
            audit_records: t.gauge("menshen_audit_records", "Audit records written since the start.")?,
            audit_waiting: t.gauge("menshen_audit_waiting_records", "Audit records that wait for the disk.")?,
            audit_errors: t.gauge("menshen_audit_write_errors", "Failed attempts to write audit records since the start.")?,
            alert_channel_up: t.gauges("menshen_alert_channel_up", "1 while the last message through a channel of alerts.toml was taken, or none was sent.", &["channel"])?,
            alert_deliveries: t.counters("menshen_alert_deliveries_total", "Attempts to send an alert, by channel and outcome.", &["channel", "outcome"])?,
            alert_waiting: t.gauge("menshen_alert_waiting_messages", "Alerts that are not delivered yet.")?,
            alert_given_up: t.counter("menshen_alert_given_up_total", "Alerts that no channel took for a day, or for which there was no room.")?,
            alert_errors: t.counter("menshen_alert_write_errors_total", "Failed attempts to write incidents and alerts to the state folder.")?,
            incidents: t.gauges("menshen_incidents", "Incidents that are kept, by state.", &["state"])?,
            registry: t.0,
        })
    }

    /// Counts one piece of news. `found` is what was found for the same session's earlier ones.
    pub fn observe(&self, event: &Event, found: &mut Found) {
        match event {
            Event::SessionOpened { restricted, .. } => {
                self.sessions.with_label_values(&[yes_no(*restricted)]).inc();
                self.sessions_total.with_label_values(&[yes_no(*restricted)]).inc();
            }
            Event::Signal(signal) => {
                let labels = [&*signal.rule, signal.response.as_str(), yes_no(signal.observed)];
                self.signals.with_label_values(&labels).inc();
            }
            Event::SessionClosed { restricted, .. } => {
                self.sessions.with_label_values(&[yes_no(*restricted)]).dec();
            }
            Event::Statement(statement) => self.statement(statement, found),
            Event::Relayed { principal, statements, rows, bytes, .. } => {
                self.relayed.count.inc_by(*statements);
                let of_role = |role: &Arc<str>| {
                    [&self.relayed_rows, &self.relayed_bytes].map(|all| all.with_label_values(&[&**role]))
                };
                let find = || principal.roles.iter().map(of_role).collect();
                let counters = found.relayed.get(|of| Arc::ptr_eq(of, principal), || Arc::clone(principal), find);
                add(counters, [*rows, *bytes]);
            }
            Event::Analysed { cached, took, heard } => {
                if let Some(verdict) = heard {
                    self.witness.with_label_values(&[verdict]).inc();
                }
                if *cached { &self.hits } else { &self.misses }.observe(*took);
            }
            Event::OriginViolation { .. } => self.origin_violations.inc(),
            Event::LoginFailed { kind } => self.logins_failed.with_label_values(&[kind]).inc(),
        }
    }

    fn statement(&self, event: &StatementEvent, found: &mut Found) {
        match event.decision {
            Decision::Relayed => &self.relayed,
            Decision::Rewritten => &self.rewritten,
            Decision::Refused(_) => &self.refused,
        }
        .observe(event.duration);
        let principal = &event.principal;
        if event.persons > 0 {
            let find = || principal.roles.iter().map(|role| self.persons.with_label_values(&[&**role])).collect();
            let counters = found.persons.get(|of| Arc::ptr_eq(of, principal), || Arc::clone(principal), find);
            counters.iter().for_each(|counter| counter.inc_by(event.persons));
        }
        if let Decision::Refused(reason) = event.decision {
            self.refusals.with_label_values(&[reason.as_str()]).inc();
            return;
        }
        if event.rows == 0 || event.columns().is_empty() {
            return;
        }
        let same = |(of, statements, index): &Statement| {
            Arc::ptr_eq(of, principal) && Arc::ptr_eq(statements, &event.statements) && *index == event.index
        };
        let of = || (Arc::clone(principal), Arc::clone(&event.statements), event.index);
        add(found.results.get(same, of, || self.results(event)), [event.rows, event.bytes]);
    }

    /// Where the rows and bytes of a statement's result are counted: for each role, each category once, by the highest
    /// right in which it was read.
    fn results(&self, event: &StatementEvent) -> Vec<[IntCounter; 2]> {
        let mut seen: Vec<(&str, Right)> = Vec::new();
        for column in event.columns().iter() {
            match seen.iter_mut().find(|(category, _)| *category == &*column.category.0) {
                Some((_, right)) => *right = (*right).max(column.right),
                None => seen.push((&column.category.0, column.right)),
            }
        }
        let of_role = |role: &Arc<str>| {
            let role = Arc::clone(role);
            seen.iter().map(move |(category, right)| {
                [&self.rows, &self.bytes].map(|all| all.with_label_values(&[&*role, *category, right.as_str()]))
            })
        };
        event.principal.roles.iter().flat_map(of_role).collect()
    }

    /// Takes over how it goes with the store that replicas share: how long it has been away, how often it was, and what
    /// was answered without it.
    pub fn store(&self, away: Duration, outages: u64, alone: u64) {
        self.store_away.set(away.as_secs_f64());
        raise(&self.store_outages, outages);
        raise(&self.store_alone, alone);
    }

    /// Counts an answer about rows.
    pub fn verdict(&self, verdict: &Verdict) {
        match verdict {
            Verdict::Granted { wait, .. } if wait.is_zero() => &self.verdicts.granted,
            Verdict::Granted { wait, .. } => {
                self.paced_seconds.inc_by(wait.as_secs_f64());
                &self.verdicts.paced
            }
            Verdict::Stop { .. } => &self.verdicts.stopped,
            Verdict::Downgrade { .. } => &self.verdicts.downgraded,
            Verdict::Terminate { .. } => &self.verdicts.terminated,
        }
        .inc();
    }

    /// Takes over what the audit writer has counted: lines, failed attempts; and how many lines wait.
    pub fn audit(&self, (lines, errors): (u64, u64), waiting: usize) {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.audit_records.set(count(lines));
        self.audit_errors.set(count(errors));
        self.audit_waiting.set(count(waiting as u64));
    }

    /// Takes over what the desk knows of a channel; counts are since the start.
    pub fn channel(&self, name: &str, up: bool, delivered: u64, failed: u64) {
        self.alert_channel_up.with_label_values(&[name]).set(i64::from(up));
        for (outcome, count) in [("delivered", delivered), ("failed", failed)] {
            raise(&self.alert_deliveries.with_label_values(&[name, outcome]), count);
        }
    }

    /// Takes over how many incidents are in a state.
    pub fn incidents(&self, state: &str, count: u64) {
        self.incidents.with_label_values(&[state]).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Takes over what the desk has counted since the start.
    pub fn alerts(&self, waiting: u64, given_up: u64, write_errors: u64) {
        self.alert_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        raise(&self.alert_given_up, given_up);
        raise(&self.alert_errors, write_errors);
    }

    /// All metrics in Prometheus' text format.
    #[must_use]
    pub fn render(&self) -> Vec<u8> {
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "metrics cannot be written");
        }
        text
    }
}

fn add(counters: &[[IntCounter; 2]], numbers: [u64; 2]) {
    let each = counters.iter().flat_map(|pair| pair.iter().zip(numbers));
    each.for_each(|(counter, number)| counter.inc_by(number));
}

/// Brings a counter up to a count that was made elsewhere.
fn raise(counter: &IntCounter, count: u64) {
    counter.inc_by(count.saturating_sub(counter.get()));
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ours_and_unique() {
        let (metrics, mut found) = (Metrics::new().unwrap(), Found::default());
        metrics.observe(
            &Event::Analysed { cached: false, took: Duration::from_micros(30), heard: Some("agrees") },
            &mut found,
        );
        metrics.observe(&Event::LoginFailed { kind: "password" }, &mut found);
        let text = String::from_utf8(metrics.render()).unwrap();
        assert!(text.lines().all(|line| line.contains("menshen_")), "{text}");
        assert!(text.contains("menshen_logins_failed_total{kind=\"password\"} 1"), "{text}");
        assert!(text.contains("menshen_analysis_duration_seconds_count{cache=\"miss\"} 1"), "{text}");
        assert!(text.contains("menshen_witness_total{verdict=\"agrees\"} 1"), "{text}");
    }
}
