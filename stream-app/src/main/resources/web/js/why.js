/** Why a figure changed: the sessions that were revised after they had closed. */
import { h, icon } from './dom.js';
import { link } from './state.js';
import * as f from './format.js';
import { card, states } from './ui.js';
import { who } from './session.js';
import { about, reportCsv, reportOf } from './reports.js';

/** The sums of a figure that a revision can move. @type {Record<string, string[]>} */
const SUMS = {
  sessions: ['sessions'], page_views: ['page_views'], conversion_rate: ['converted_sessions', 'sessions'], revenue: ['revenue'],
  cart_abandonment_rate: ['abandoned_sessions', 'cart_sessions'], bounce_rate: ['bounced_sessions', 'sessions'], average_session_duration: ['duration_ms', 'sessions'],
};
/** @type {Record<string, string>} */
const NAMES = { sessions: 'Sessions', page_views: 'Page views', converted_sessions: 'Sessions with a purchase', revenue: 'Revenue', abandoned_sessions: 'Carts left', cart_sessions: 'Sessions with a cart', bounced_sessions: 'Bounced sessions', duration_ms: 'Time' };
/** @type {Record<string, string>} */
export const CAUSES = { late_event: 'Late events', merge: 'Two sessions became one', retraction: 'A session was taken back', bot: 'Found to be a robot, or not', identity: 'The user became known', other: 'Other revisions' };
const SHOWN = 25;
/** The rows that REST answers: the newest changes. */
const MOST = 200;

/** @param {string} sum @param {any} x */
function moved(sum, x) {
  const v = Number(x.change), size = sum === 'revenue' ? f.cents(Math.abs(v), x.currency) : sum === 'duration_ms' ? f.duration(Math.abs(v) / 1000) : f.count(Math.abs(v));
  return (v > 0 ? '+' : v < 0 ? '−' : '') + size;
}
/** The starts of the sessions of the changes that the open card lists, each once; more may have changed if the list is cut. @param {any} m @param {any} r @returns {{ starts: number[], isCut: boolean }} */
export function changedAt(m, r) {
  const sum = SUMS[m.id]?.[0], answer = sum ? reportOf('changes', r, sum) : null;
  if (answer?.state !== 'ok') return { starts: [], isCut: false };
  // A session has a row for each change and currency.
  const starts = new Map(answer.value.rows.map((/** @type {any} */ x) => [x.session_key, Date.parse(x.start_time)]));
  return { starts: [...starts.values()], isCut: answer.value.rows.length >= MOST };
}
/** @param {string} sum @param {any} r */
function causes(sum, r) {
  const answer = reportOf('causes_of_change', r, sum);
  if (answer.state !== 'ok') return states(answer);
  if (!answer.value.rows.length) return h('p.note.line', null, `${NAMES[sum]}: no closed session of these days has moved them.`);
  return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': `${NAMES[sum]} by cause` }, h('table.data', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, NAMES[sum]), h('th.n', { scope: 'col' }, 'Sessions'), h('th.n', { scope: 'col' }, 'Change'), h('th', { scope: 'col' }, 'Newest'))),
    h('tbody', null, answer.value.rows.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, CAUSES[x.cause] ?? x.cause), h('td.n', null, f.count(x.sessions)), h('td.n.strong', null, moved(sum, x)), h('td.dim', null, f.dayClock(Date.parse(x.last))))))));
}
/** @param {string} sum @param {any} r */
function sessions(sum, r) {
  const answer = reportOf('changes', r, sum);
  if (answer.state !== 'ok') return states(answer);
  const rows = answer.value.rows.slice(0, SHOWN);
  if (!rows.length) return null;
  return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Changed sessions' }, h('table.data', null,
    h('thead', null, h('tr', null, ['Changed', 'Visitor', 'Session of', 'Cause'].map((t, i) => h(i === 2 ? 'th.hide-s' : 'th', { scope: 'col' }, t)), h('th.n.hide-s', { scope: 'col' }, 'Revision'), h('th.n', { scope: 'col' }, NAMES[sum]))),
    h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('td.dim', null, f.dayClock(Date.parse(x.restated_at))), h('th.cut', { scope: 'row' }, who(x.visitor_id)), h('td.hide-s', null, f.dayClock(Date.parse(x.start_time))), h('td', null, CAUSES[x.cause] ?? x.cause), h('td.n.hide-s', null, x.old_revision === null ? 'came late' : `${x.old_revision} → ${x.new_revision}`), h('td.n.strong', null, moved(sum, x)))))));
}
/** @param {any} m @param {any} r */
export function whyCard(m, r) {
  const sums = SUMS[m.id], close = h('a.icon-button.csv', { href: link({ tabs: { why: '' } }), 'aria-label': 'Close', 'data-key': 'why-close' }, icon('close', 14));
  if (!sums) return card(`Why did ${m.label.toLowerCase()} change?`, { tools: close, body: h('div.blank.small', null, icon('why', 20), h('b', null, 'Not written down for this figure'), h('p', null, 'Changes are kept for the sums of sessions. What changed them, changed this figure too.'), h('a.button', { href: link({ metric: 'sessions' }) }, 'Changes of sessions')) });
  return card(`Why did ${m.label.toLowerCase()} change?`, { note: 'closed sessions of these days that changed afterwards', tools: [...about('Changes', reportOf('changes', r, sums[0]), reportCsv('changes', r, sums[0])), close], body: h('div.why', null, sums.map(sum => causes(sum, r)), sessions(sums[0], r)),
    foot: ['Changes are those that readers of gold could see. One figure of one hour: ', h('code', null, `./weir why ${sums[0]} 2026-03-01T12`)] });
}
