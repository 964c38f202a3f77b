/** What PostgreSQL knows about a person: the visitors of a user, sessions that have left the memory, and why they changed. */
import { h, icon } from './dom.js';
import { ask } from './ask.js';
import * as f from './format.js';
import { badge, card, states } from './ui.js';
import { outcome, revisions, who } from './session.js';
import { CAUSES } from './why.js';
import { amounts } from './reports.js';

const SHOWN = 50;
export const historyOf = (/** @type {string} */ id) => ask(`v1/visitors/${encodeURIComponent(id)}/history`);
/** Whether PostgreSQL knows the id. @param {import('./ask.js').Answer} answer */
export const isKnown = answer => answer.state === 'ok' && answer.value.sessions.length + answer.value.identities.length > 0;
/** Whether the id is a user's. @param {any} v the answer */
export const isUser = v => [...v.identities, ...v.sessions].some((/** @type {any} */ x) => x.user_id === v.id && x.visitor_id !== v.id);

/** The user and the visitors that the user was. @param {any} v the answer */
export function identities(v) {
  const users = [...new Set(v.identities.map((/** @type {any} */ x) => x.user_id))];
  if (!users.length) return null;
  return card('Identity', { note: 'which visitors are this user', body: h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Visitors of the user' }, h('table.data', null,
    h('thead', null, h('tr', null, ['Visitor', 'User', 'Signed in'].map(t => h('th', { scope: 'col' }, t)))),
    h('tbody', null, v.identities.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, who(x.visitor_id)), h('td.mono.cut', { title: x.user_id }, x.user_id), h('td.dim', null, f.dayClock(Date.parse(x.event_time)))))))) });
}
/** @param {any} x */
const ended = x => outcome({ converted: x.is_converted, cartAbandoned: x.is_cart_abandoned, bounce: x.is_bounce, revenue: x.revenue_by_currency ?? {} });
/** @param {import('./ask.js').Answer} answer */
export function past(answer) {
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    const rows = answer.value.sessions, isOfSeveral = new Set(rows.map((/** @type {any} */ x) => x.visitor_id)).size > 1;
    if (!rows.length) return h('div.blank.small', null, icon('clock', 20), h('b', null, 'None yet'), h('p', null, 'A session is here some seconds after it has closed.'));
    const head = [['Start', ''], ...(isOfSeveral ? [['Visitor', '']] : []), ['Came from', '.hide-s'], ['Events', '.n'], ['Length', '.n.hide-s'], ['Outcome', '']];
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'All sessions' }, h('table.data', null, h('thead', null, h('tr', null, head.map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
      h('tbody', null, rows.slice(0, SHOWN).map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, f.dayClock(Date.parse(x.start_time))), isOfSeveral && h('td', null, who(x.visitor_id)), h('td.dim.hide-s.cut.from', { dir: 'auto', title: x.campaign_name }, [x.referrer_class, x.campaign_name].filter(Boolean).join(', ')), h('td.n', null, f.count(x.events)), h('td.n.hide-s', null, f.duration(x.duration_ms / 1000)),
        h('td.outs', null, ended(x), x.is_bot ? badge('calm', 'robot') : null, x.late_events ? badge('water', `${f.count(x.late_events)} late`, 'Late events revised this session after it had closed.') : null))))));
  };
  const rows = answer.state === 'ok' ? answer.value.sessions : [], isCut = answer.state === 'ok' && answer.value.cut.includes('sessions');
  return card('All sessions', { note: rows.length ? `${isCut ? 'more than ' : ''}${f.count(rows.length)} closed${rows.length > SHOWN ? `, the newest ${f.count(SHOWN)} here` : ''}` : 'closed ones, from PostgreSQL', body: body() });
}
/** What late events, merges and identities did to these sessions. @param {import('./ask.js').Answer} answer */
export function revised(answer) {
  const rows = answer.state === 'ok' ? answer.value.changes : [];
  if (!rows.length) return null;
  const signed = (/** @type {number} */ v, /** @type {string} */ text) => (v > 0 ? `+${text}` : v < 0 ? `−${text}` : '');
  const moved = (/** @type {any} */ x) => [signed(x.events, `${f.count(Math.abs(x.events))} events`), signed(x.purchases, `${f.count(Math.abs(x.purchases))} purchases`), amounts(x.revenue)].filter(Boolean).join(', ') || 'no sum';
  return card('Revised', { note: 'what changed after a session had closed, and why', body: h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Revisions' }, h('table.data', null,
    h('thead', null, h('tr', null, [['Session', ''], ['Why', ''], ['Revision', '.hide-s'], ['Changed by', '']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
    h('tbody', null, rows.slice(0, SHOWN).map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, f.dayClock(Date.parse(x.start_time))), h('td.wrap', null, CAUSES[x.cause] ?? x.cause, h('span.sub', null, f.dayClock(Date.parse(x.restated_at)))), h('td.hide-s', null, x.old_revision === null ? 'came late' : `${revisions({ revision: x.old_revision })} → ${revisions({ revision: x.new_revision })}`), h('td.wrap', null, moved(x))))))) });
}
