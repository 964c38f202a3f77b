/** What PostgreSQL knows about the lake: its tables, and when gold was last compared with it. */
import { h, icon } from './dom.js';
import { ask } from './ask.js';
import { link } from './state.js';
import * as f from './format.js';
import { badge, card, states } from './ui.js';
import { about } from './reports.js';

const TABLES = 'v1/reports/lake_tables', RUNS = 'v1/reports/reconciliations', SHOWN = 8;
/** lake-sink looks every 30 s. */
const STALE = 300;

const seenAt = (/** @type {any[]} */ rows) => Math.max(0, ...rows.map(x => Date.parse(x.seen_at)));
/** The seconds since lake-sink looked last, by the clock of PostgreSQL. */
const age = (/** @type {any[]} */ rows) => Math.min(...rows.map(x => x.seen_s_ago));
const isStale = (/** @type {any[]} */ rows) => rows.length > 0 && age(rows) > STALE;
const ago = (/** @type {string | null} */ time, /** @type {number} */ seconds) => (time ? h('span', { title: f.dayClock(Date.parse(time)) }, `${f.duration(Math.max(0, seconds))} ago`) : h('span.dim', null, 'never'));

export function lakeTables() {
  const answer = ask(TABLES);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    const rows = answer.value.rows;
    if (!rows.length) return h('div.blank.small', null, icon('table', 20), h('b', null, 'Not written down yet'), h('p', null, 'lake-sink writes every 30 seconds what its tables hold. Is it running?'));
    const head = [['Table', ''], ['Rows', '.n.hide-s'], ['Files', '.n'], ['Delete files', '.n.hide-s'], ['Size', '.n'], ['Snapshots', '.n.hide-s'], ['Last commit', '.n']];
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Lake tables' }, h('table.data.roomy.lake', null,
      h('thead', null, h('tr', null, head.map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
      h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, h('span.mono', null, x.table_name.split('.').flatMap((/** @type {string} */ part, /** @type {number} */ i) => (i ? ['.', h('wbr'), part] : [part])))), h('td.n.hide-s', null, f.count(x.rows)), h('td.n', null, f.count(x.files)), h('td.n.dim.hide-s', null, f.count(x.delete_files)), h('td.n', null, f.bytes(x.bytes)), h('td.n.dim.hide-s', null, f.count(x.snapshots)), h('td.n', null, ago(x.committed_at, x.committed_s_ago)))))));
  };
  const seen = answer.state === 'ok' ? seenAt(answer.value.rows) : 0;
  return card('Lake tables', { span: 'span-12', note: seen ? `as lake-sink saw them at ${f.second(seen)}` : 'files, sizes and the last commit', tools: [answer.state === 'ok' && isStale(answer.value.rows) && badge('warn', `${f.duration(age(answer.value.rows))} old`, 'lake-sink writes this every 30 seconds. Is it running?'), ...about('Lake tables', answer, TABLES + '?format=csv')], body: body(),
    foot: answer.state === 'ok' && answer.value.rows.length > 0 ? 'Rows of the newest snapshot, with those that delete files mark. Compaction and the age of snapshots: lake-sink’s maintenance.' : null });
}

/** The lake in three numbers; null while nobody knows it. */
export function lakeNow() {
  const answer = ask(TABLES), rows = answer.state === 'ok' ? answer.value.rows : [], times = rows.map((/** @type {any} */ x) => x.committed_s_ago).filter((/** @type {any} */ x) => x !== null);
  if (!times.length) return null;
  return { tables: rows.length, bytes: rows.reduce((/** @type {number} */ a, /** @type {any} */ x) => a + x.bytes, 0), ago: Math.max(0, Math.min(...times)), scores: rows.find((/** @type {any} */ x) => x.table_name === 'silver.scores')?.rows ?? 0 };
}
/** A comparison of all subjects at once, or of all that silver could still answer, as in `all but visitors`. */
const ALL = 'all', BUT = 'all but ';
const isOfMany = (/** @type {any} */ x) => x.subject === ALL || x.subject.startsWith(BUT);
const named = (/** @type {string} */ subject) => (subject === ALL ? 'all figures' : subject.startsWith(BUT) ? `all figures but ${subject.slice(BUT.length)}` : subject);
/** Whether a comparison was of this subject. @param {any} x @param {string} subject */
const isOf = (x, subject) => (x.subject.startsWith(BUT) ? !x.subject.slice(BUT.length).split(', ').includes(subject) : [subject, ALL].includes(x.subject));
/** The verdict of a comparison. @param {any} x @returns {[string, string]} */
const verdict = x => (x.different ? ['bad', `${f.count(x.different)} differ`] : x.is_cut ? ['bad', 'stopped early'] : x.moving ? ['warn', `${f.count(x.moving)} moving`] : ['good', 'equal']);
/** @param {any} x */
const range = x => (x.from_time || x.to_time ? `${x.from_time ? f.day(Date.parse(x.from_time)) : 'the beginning'} to ${x.to_time ? f.day(Date.parse(x.to_time) - 1) : 'the end'}` : 'all');

const ofGold = (/** @type {any[]} */ rows) => rows.filter(x => x.side === 'gold');
/** The times that a comparison had: no bucket begins after its end. @param {any} x */
const begin = x => (x.from_time ? Date.parse(x.from_time) : -Infinity), end = (/** @type {any} */ x) => Math.min(x.to_time ? Date.parse(x.to_time) : Infinity, Date.parse(x.finished_at));
/** Whether a comparison says anew all that an earlier one said. What silver has lost cannot be compared again. @param {any} later @param {any} earlier */
const replaces = (later, earlier) => (isOfMany(earlier) ? isOfMany(later) : isOf(later, earlier.subject)) && begin(later) <= begin(earlier) && end(later) >= end(earlier);
/** Bad comparisons that no later one replaces. @param {any[]} rows the newest first */
const standing = rows => rows.filter((x, i) => verdict(x)[0] === 'bad' && !rows.slice(0, i).some(later => replaces(later, x)));

/** What needs a look, as far as it is known. @returns {string[]} */
export function worries() {
  const tables = ask(TABLES), runs = ask(RUNS), found = tables.state === 'needs' && !tables.detail.includes('; set ') ? ['PostgreSQL does not answer'] : []; // where none is set, none is missed
  if (tables.state === 'ok' && isStale(tables.value.rows)) found.push('lake-sink has not said for a while what the lake holds');
  if (runs.state === 'ok') found.push(...new Set(standing(ofGold(runs.value.rows)).map(x => `${isOfMany(x) ? 'some figures' : x.subject} of gold differ from the lake`)));
  return found;
}
/** When gold was last compared with the lake. */
export function reconciled() {
  const answer = ask(RUNS);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    const rows = answer.value.rows.slice(0, SHOWN);
    if (!rows.length) return h('div.blank.small', null, icon('compare', 20), h('b', null, 'Not compared yet'), h('p', null, h('code', null, './weir reconcile'), ' computes gold a second time from the lake and compares each number.'));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Comparisons' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, [['When', ''], ['What', ''], ['Days', '.hide-s'], ['Places', '.n.hide-s'], ['Result', '']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
      h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, f.dayClock(Date.parse(x.finished_at))), h('td', null, named(x.subject), x.side !== 'gold' && h('span.dim', null, ` by ${x.side}`)), h('td.dim.hide-s', null, range(x)), h('td.n.hide-s', null, f.count(x.compared)), h('td', null, badge(verdict(x)[0], verdict(x)[1])))))));
  };
  return card('Reconciled', { span: 'span-12', id: 'reconciled', note: 'gold beside an SQL of its own over the lake', tools: about('Reconciled', answer, RUNS + '?format=csv'), body: body() });
}

/** The subject of gold that a figure is of. @param {string} id */
const subjectOf = id => (id.endsWith('visitors') ? 'visitors' : 'sessions');
/** When the figure was last reconciled; null while that is not known. @param {string} id */
export function lastReconciled(id) {
  const answer = ask(RUNS), subject = subjectOf(id);
  if (answer.state !== 'ok') return null;
  const rows = ofGold(answer.value.rows), x = [...standing(rows), ...rows].find(r => isOf(r, subject));
  return x ? { tone: verdict(x)[0], text: `Reconciled ${f.dayClock(Date.parse(x.finished_at))}`, more: `${f.count(x.compared)} places of ${named(x.subject)} were compared with the lake (${range(x)}): ${verdict(x)[1]}.` }
    : { tone: 'calm', text: 'Not reconciled yet', more: `No comparison of ${subject} with the lake is written down. ./weir reconcile makes one.` };
}
/** The same as a link to all comparisons. @param {string} id */
export function reconciledLink(id) {
  const last = lastReconciled(id);
  return last && h('a.quiet.reconciled.hide-s', { href: link({ screen: 'system' }), title: last.more, 'data-key': 'reconciled' }, h('i.' + last.tone), last.text);
}
