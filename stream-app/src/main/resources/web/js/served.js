/** What models score now: the newest version of each, and its scores by classes. */
import { h, icon } from './dom.js';
import { link } from './state.js';
import { dateOf, moved } from './days.js';
import * as f from './format.js';
import { columns, tableBehind } from './charts.js';
import { badge, card, states } from './ui.js';
import { about, reportCsv, reportOf } from './reports.js';

/** Today and the day before: what is served now, not what once was. */
const days = () => { const today = dateOf(Date.now()); return { isOfDays: true, range: { from: moved(today, -1), to: today } }; };
/** The classes of the report: their lower bounds. */
const BOUNDS = [0, .01, .02, .05, .1, .2, .5], ENOUGH = 200;
/** @type {Record<string, string>} */
const SCORED = { sessions: 'sessions', impressions: 'ad impressions', returns: 'sessions' }, ASKED = { sessions: 'a purchase', impressions: 'a click', returns: 'another session within 7 days' };
const short = (/** @type {number} */ v) => f.percent(v, v && v < .01 ? 1 : 0);
const classOf = (/** @type {number} */ i) => `${short(BOUNDS[i])} to ${short(BOUNDS[i + 1] ?? 1)}`;

/** Versions with their classes, those that scored last first. @param {any[]} rows @returns {any[]} */
function versionsOf(rows) {
  const all = new Map();
  for (const x of rows) {
    const key = [x.subject, x.model_name, x.model_version].join('\n'), had = all.get(key) ?? { subject: x.subject, model_name: x.model_name, model_version: x.model_version, scores: 0, expected: 0, came_true: 0, last: '', classes: new Map() };
    had.scores += x.scores; had.expected += x.expected; had.came_true += x.came_true ?? 0; // of sessions alone it is known
    if (x.last_scored_at > had.last) had.last = x.last_scored_at;
    had.classes.set(x.lower_bound, x);
    all.set(key, had);
  }
  const list = [...all.values()], order = Object.keys(SCORED);
  for (const x of list) x.isServed = !list.some(y => y.subject === x.subject && y.last > x.last);
  return list.sort((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject) || b.last.localeCompare(a.last));
}
/** @param {any} x */
function histogram(x) {
  const rows = BOUNDS.map((b, i) => ({ t: i, open: false, parts: [{ kind: 'sessions', name: 'Scores', v: x.classes.get(b)?.scores ?? 0 }] })), isJudged = x.subject === 'sessions';
  const most = rows.reduce((a, r) => (r.parts[0].v > rows[a].parts[0].v ? r.t : a), 0);
  return [columns({ rows, label: `Scores by classes; most are ${classOf(most)}.`, height: 190, labels: rows.length, naming: classOf, ticked: i => short(BOUNDS[i]) + (i === BOUNDS.length - 1 ? '+' : '') }),
    h('p.note.line', null, 'On average ', h('b', null, f.percent(x.expected / x.scores, 2)), isJudged ? ['; ', h('b', null, f.percent(x.came_true / x.scores, 2)), ' came true so far', x.scores < ENOUGH ? ', of too few to judge by.' : '.'] : '. What came of them takes longer to know.'),
    tableBehind('Scores by classes', ['Score', 'Scores', 'Share', ...(isJudged ? ['Came true'] : [])], rows.map(r => { const n = r.parts[0].v, c = x.classes.get(BOUNDS[r.t]); return [classOf(r.t), f.count(n), f.percent(n / x.scores), ...(isJudged ? [n ? f.percent(c.came_true / n, 1) : '–'] : [])]; }))];
}

/** @param {import('./state.js').View} view */
export function served(view) {
  const s = days(), answer = reportOf('model_scores', s), csv = reportCsv('model_scores', s), list = answer.state === 'ok' ? versionsOf(answer.value.rows) : [];
  const chosen = list.find(x => x.model_version === view.tabs.version && (!view.tabs.model || x.model_name === view.tabs.model)) ?? (list[0]?.scores < ENOUGH ? list.filter(x => x.subject === list[0].subject).sort((a, b) => b.scores - a.scores)[0] : list[0]);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    if (!list.length) return h('div.blank.small', null, icon('clock', 20), h('b', null, 'No score yet'), h('p', null, 'ml-scoring scores a session when it closes: 30 minutes after its last event, unless a setting says otherwise. The first scores appear here by themselves.'));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Served now' }, h('table.data.roomy.models', null,
      h('thead', null, h('tr', null, [['Version', ''], ['Scores', '.n'], ['Mean score', '.n'], ['Came true', '.n.hide-s'], ['Newest score', '.n.hide-s']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
      h('tbody', null, list.map(x => h('tr', null,
        h('th.cut', { scope: 'row', title: x.model_version }, h('a', { href: link({ tabs: { version: x.model_version, model: x.model_name } }), 'aria-current': x === chosen ? 'true' : null, 'data-key': `served${x.model_name} ${x.model_version}` }, x.model_version), ' ', x.isServed && badge('good', 'served', 'It gave the newest score of its kind.'), h('span.sub', null, `${x.model_name}: ${ASKED[x.subject] ?? ''}`)),
        h('td.n', { title: SCORED[x.subject] }, f.count(x.scores)), h('td.n', null, f.percent(x.expected / x.scores, 2)), h('td.n.dim.hide-s', null, x.subject === 'sessions' ? f.percent(x.came_true / x.scores, 2) : '–'), h('td.n.hide-s', null, f.dayClock(Date.parse(x.last))))))));
  };
  return [card('Served now', { span: chosen ? 'span-7' : 'span-12', note: 'scores of today and yesterday', tools: about('Served now', answer, csv), body: body() }),
    chosen && card('Scores as they come', { span: 'span-5', note: `${chosen.model_version}, ${f.count(chosen.scores)} ${SCORED[chosen.subject]}`, body: histogram(chosen) })];
}
