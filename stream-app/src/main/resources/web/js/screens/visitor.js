import { h, icon } from '../dom.js';
import { link, go } from '../state.js';
import { ask } from '../ask.js';
import * as f from '../format.js';
import { live } from '../stream.js';
import { badge, card, states } from '../ui.js';
import { outcome, revisions } from '../session.js';
import { historyOf, identities, isKnown, isUser, past, revised } from '../person.js';

const PAUSE = 100;
/** @type {Record<string, string>} */
const SHOWN = { page_view: 'Page view', product_view: 'Product view', add_to_cart: 'Added to cart', remove_from_cart: 'Removed from cart', search: 'Search', identify: 'Signed in', checkout: 'Checkout', purchase: 'Purchase', refund: 'Refund', page_ping: 'Page ping', ad_click: 'Ad click', ad_impression: 'Ad seen' };

/** The timeline comes newest first and is told from the beginning. @param {any[]} events */
function timeline(events) {
  const told = [...events].reverse();
  return h('ol.timeline', null, told.map((e, i) => {
    const t = Date.parse(e.time), before = i ? Date.parse(told[i - 1].time) : t, pause = (t - before) / 1000, isNewDay = i === 0 || f.day(t) !== f.day(before);
    return h('li.event.is-' + e.type.replace(/[^a-z_]/g, ''), null, isNewDay && h('span.pause.date', null, f.weekday(t)), !isNewDay && pause > PAUSE && h('span.pause', null, f.duration(pause) + ' later'), h('time', { datetime: e.time }, f.second(t)), h('i.event-dot'),
      h('div', null, h('b', { dir: 'auto' }, SHOWN[e.type] ?? e.type.replaceAll('_', ' ')), e.late && badge('warn', 'late', 'Arrived after its session could have closed.'), e.clickScore && badge('calm', `${f.percent(e.clickScore.probability, 1)} click`, `Chance of a click within 30 minutes, given when the ad was shown. Model ${e.clickScore.model}.`), e.page && h('bdi.mono.dim', null, e.page), e.ad && h('bdi.mono.dim.ad', null, e.ad), e.products.length > 0 && h('p', null, e.products.map((/** @type {string} */ name, /** @type {number} */ i) => [i ? ', ' : '', h('bdi', null, name)]))));
  }));
}
/** @param {any} v @param {any[]} sessions */
function identity(v, sessions) {
  const newest = sessions[0], user = sessions.map(s => s.userId).find(Boolean), spent = new Map();
  for (const s of sessions) for (const [code, sum] of Object.entries(s.revenue)) spent.set(code, (spent.get(code) ?? 0) + Number(sum));
  const sum = (/** @type {string} */ key) => sessions.reduce((a, s) => a + s[key], 0);
  const facts = [['Sessions in memory', f.count(sessions.length)], ['Events', f.count(sum('events'))], ['Purchases', f.count(sum('purchases'))], ['Spent', [...spent].map(([code, n]) => f.cents(n, code)).join(', ') || '–'], ['Device', newest?.device ?? '–'], ['Country', newest?.country ? f.country(newest.country) : '–'], ['Came from', newest?.referrerClass ?? '–'], ['Session number', newest ? f.count(newest.visitorSessionNumber) : '–']];
  return h('section.card.person', { 'aria-label': 'Who it is' }, h('div.person-head', null, h('div.avatar', { 'aria-hidden': 'true' }, v.visitorId.slice(0, 1).toUpperCase()),
    h('div', null, h('h2.title.mono-title', { dir: 'auto' }, v.visitorId), h('p.note', null, user ? ['known as ', h('bdi.strong', null, user)] : 'not signed in', sessions.length > 0 && `, in memory since ${f.dayClock(Date.parse(sessions[sessions.length - 1].start))}`)), h('div.grow'), v.openSession ? badge('good', 'Here now') : badge('calm', 'Not here now')),
    h('dl.facts', null, facts.map(([t, x]) => h('div', null, h('dt', null, t), h('dd', { dir: 'auto' }, x)))));
}
/** @param {any} s */
function sessionRow(s) {
  return h('tr', { 'aria-current': s.state === 'open' ? 'true' : null }, h('th', { scope: 'row' }, f.dayClock(Date.parse(s.start)), h('span.sub', { dir: 'auto' }, [s.referrerClass, s.campaign].filter(Boolean).join(', '))), h('td.n', null, f.count(s.events)), h('td.n.hide-s', null, f.duration(s.durationMs / 1000)),
    h('td.outs', null, s.state === 'open' ? badge('good', 'open') : outcome(s), revisions(s) ? badge('water', `rev ${revisions(s)}`, 'Late events revised this session after it had closed.') : null));
}
/** The features that moved a score most, as the model tells them. @param {{ feature: string, value: any, contribution: number }[] | null | undefined} list */
function reasons(list) {
  if (!list?.length) return null;
  const rows = list.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, 8), most = Math.abs(rows[0].contribution) || 1;
  const value = (/** @type {any} */ v) => (v === null || v === undefined || v === '' ? 'not known' : /^-?(0|[1-9]\d*)(\.\d+)?(E-?\d+)?$/.test(v) && !/^\d{4}$/.test(v) ? f.decimal(Number(v), Number.isInteger(Number(v)) ? 0 : 2) : String(v));
  return [h('ul.reasons', { 'aria-label': 'Reasons' }, rows.map(x => h('li' + (x.contribution < 0 ? '.less' : ''), null, h('span.reason', { title: x.feature }, x.feature.replaceAll('_', ' '), h('span.sub', null, value(x.value))), h('span.reason-bar', null, h('i', { vars: { '--w': Math.abs(x.contribution) / most * 100 + '%' } })), h('b.n', null, (x.contribution < 0 ? '−' : '+') + f.decimal(Math.abs(x.contribution)))))),
    h('p.note', null, 'What moved this score, in log odds, beside the average session.')];
}
/** @param {string} title @param {number} chance @param {string} what @param {any} score @param {any[]} sessions */
function scoreCard(title, chance, what, score, sessions) {
  const of = sessions.find(s => s.sessionKey === score.sessionKey);
  return card(title, { note: `model ${score.model}`, body: [h('div.gauge', null, h('b.huge', null, f.percent(chance, 1)), h('span.note', null, `${what}, given when the session `, of ? `of ${f.dayClock(Date.parse(of.start))} ` : '', 'closed')),
    reasons(score.reasons), h('p.note.line', null, `Scored ${f.dayClock(Date.parse(score.scoredAt))}`)] });
}
/** What PostgreSQL adds; without it, memory is all there is. @param {string} id */
function earlier(id) {
  const answer = historyOf(id);
  return isKnown(answer) ? [revised(answer), past(answer), identities(answer.value)] : answer.state === 'loading' || answer.state === 'ok' ? [] : [card('All sessions', { body: states(answer) })];
}
/** Somebody whom the stream does not hold: a user of several visitors, or a visitor of the past. @param {string} id @param {any} answer */
function notInMemory(id, answer) {
  const past_ = historyOf(id);
  if (past_.state === 'loading') return h('section.card', { 'aria-label': 'Visitor' }, states(past_));
  if (!isKnown(past_)) return h('section.card', { 'aria-label': 'Not found' }, h('div.blank', null, icon('search', 20), h('b', null, past_.state === 'ok' ? 'Nobody has the id ' : 'Not in memory: ', h('bdi.id', null, id)), h('p', null, past_.state === 'ok' ? 'No visitor and no user, neither in memory nor in PostgreSQL. Ids are compared letter by letter.' : answer.detail), past_.state !== 'ok' && h('p', null, `Users and earlier sessions: ${past_.detail}`), h('a.button', { href: link({ id: null }) }, 'Who was here')));
  const v = past_.value, isOfUser = isUser(v), seen = new Set([...v.identities, ...v.sessions].map((/** @type {any} */ x) => x.visitor_id)).size, newest = v.sessions[0];
  return [h('section.card.person', { 'aria-label': 'Who it is' }, h('div.person-head', null, h('div.avatar', { 'aria-hidden': 'true' }, id.slice(0, 1).toUpperCase()), h('div', null, h('h2.title.mono-title', { dir: 'auto' }, id), h('p.note', null, isOfUser ? `a user, seen as ${v.cut.includes('identities') ? 'more than ' : ''}${f.count(seen)} visitor${seen === 1 ? '' : 's'}` : 'a visitor', newest ? `, last seen ${f.dayClock(Date.parse(newest.end_time))}` : '')), h('div.grow'), isOfUser ? badge('calm', 'User', 'Open sessions and last events are at the visitors.') : badge('calm', 'Not in memory', 'The stream keeps a visitor until the allowed lateness after the last event. What is below comes from PostgreSQL.'))),
    h('div.grid', null, h('div.stack.span-7', null, past(past_)), h('div.stack.span-5', null, identities(v), revised(past_)))];
}
/** Senders choose the ids of visitors, also one that a user has. @param {import('../ask.js').Answer} answer */
const ofUserToo = answer => (isKnown(answer) && isUser(answer.value) ? h('p.filter-note', null, icon('info', 14), h('span', null, 'A user has this id, too. All sessions, revisions and the visitors of the user are that user’s. Last events and sessions in memory are those of a visitor of the same name.')) : null);
/** @param {string} id */
function found(id) {
  const path = 'v1/visitors/' + encodeURIComponent(id), answer = ask(path);
  if (answer.state === 'refused') return notInMemory(id, answer);
  if (answer.state !== 'ok') return h('section.card', { 'aria-label': 'Visitor' }, states(answer));
  const v = answer.value, sessions = [...(v.openSession ? [v.openSession] : []), ...v.recentSessions];
  return [identity(v, sessions), ofUserToo(historyOf(v.visitorId)), h('div.grid', null,
    card('Last events', { span: 'span-7', note: `${f.count(v.timeline.length)}, from the first to the newest`, body: v.timeline.length ? timeline(v.timeline) : states({ state: 'empty' }) }),
    h('div.stack.span-5', null, v.score && scoreCard('Score', v.score.conversionScore, 'chance of a purchase', v.score, sessions),
      v.returnScore && scoreCard('Return', v.returnScore.probability, 'chance of another visit within 7 days', v.returnScore, sessions),
      card('Sessions', { note: 'in memory, newest first', body: h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Sessions' }, h('table.data', null, h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Start'), h('th.n', { scope: 'col' }, 'Events'), h('th.n.hide-s', { scope: 'col' }, 'Length'), h('th', { scope: 'col' }, 'Outcome'))), h('tbody', null, sessions.map(sessionRow)))) }), ...earlier(v.visitorId)))];
}
/** Without an id: who was here last. */
function hint() {
  const answer = ask('v1/sessions/recent'), open = ask('v1/sessions/open', { limit: 20, order: 'events' });
  const seen = answer.state === 'ok' && open.state === 'ok' ? [...new Map([...open.value.sessions, ...live.sessions, ...answer.value.sessions].map((/** @type {any} */ s) => [s.visitorId, s])).values()] : [];
  return card('Who was here', { note: 'open sessions with most events, then those that closed last', body: answer.state !== 'ok' ? states(answer) : open.state !== 'ok' ? states(open) : seen.length === 0 ? states({ state: 'empty' }) : h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Who was here' }, h('table.data.roomy', null,
    h('thead', null, h('tr', null, [['Visitor', ''], ['Last event', ''], ['Country', '.hide-s'], ['Device', '.hide-s'], ['Events', '.n'], ['Outcome', '']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
    h('tbody', null, seen.slice(0, 20).map((/** @type {any} */ s) => h('tr', null, h('th', { scope: 'row' }, h('a.mono.who', { dir: 'auto', href: link({ screen: 'visitor', id: s.visitorId }) }, s.visitorId)), h('td.dim', null, f.second(Date.parse(s.end))), h('td.hide-s', null, s.country ? f.country(s.country) : ''), h('td.hide-s', null, s.device ?? ''), h('td.n', null, f.count(s.events)), h('td', null, s.state === 'open' ? badge('good', 'open') : outcome(s))))))) });
}

/** @param {import('../state.js').View} view */
export function visitor(view) {
  const field = h('input', { type: 'search', placeholder: 'Anonymous id or user id', 'aria-label': 'Visitor id', required: true, maxlength: 255 });
  const form = h('form.field', { role: 'search', onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); if (field.value.trim()) go({ screen: 'visitor', id: field.value.trim() }); } }, icon('search'), field);
  return { body: [h('div.toolbar', null, h('h1', null, 'Visitors'), h('div.grow'), form), view.id ? found(view.id) : hint()] };
}
