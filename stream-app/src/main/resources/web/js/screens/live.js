import { h, icon } from '../dom.js';
import * as f from '../format.js';
import { link } from '../state.js';
import { columns, dotMap, spark, tableBehind } from '../charts.js';
import { badge, card, mini, states } from '../ui.js';
import { listen, live as now, remember } from '../stream.js';
import { fresh, outcome, revision, revisions, who } from '../session.js';

const SHOWN = 11, EVERY = 3000, MINUTE = 60_000;

const asking = () => states({ state: 'loading' });
/** The parts of the screen that are painted again and again. */
function parts() {
  return {
    open: h('b.huge', { id: 'open-sessions' }, '–'), pairs: h('dl.pairs.lines'), state: h('span'), rate: h('b', null, '–'), rateLine: h('div'),
    minutes: h('div.minutes', null, asking()), closing: h('tbody', { id: 'closing' }), openBody: h('tbody', { id: 'open' }, nothing(7, 'Asking all instances …')), openNote: h('span.note'), places: h('div', null, asking()),
    pages: h('div', null, asking()), products: h('div', null, asking()), types: h('div', null, asking()), filter: h('input', { type: 'search', placeholder: 'Visitor, page or country', 'aria-label': 'Search open sessions' }),
  };
}
/** @param {any} x @param {string} kind */
const closedRow = (x, kind) => h('tr' + kind, null, h('td.dim', null, f.second(Date.parse(x.end))), h('th', { scope: 'row' }, who(x.visitorId)), h('td.cut', { dir: 'auto', title: x.entryPage }, x.entryPage ?? ''), h('td.n', null, f.count(x.events)), h('td.n.hide-s', null, f.duration(x.durationMs / 1000)),
  h('td', null, outcome(x)), h('td.state', null, revision(x)));
/** @param {any} x */
const openRow = x => h('tr', null, h('th', { scope: 'row' }, who(x.visitorId)), h('td.cut', { dir: 'auto', title: x.exitPage }, x.exitPage ?? ''), h('td.hide-s', null, x.country ? f.country(x.country) : ''), h('td.hide-s', null, x.device ?? ''), h('td.n', null, f.count(x.events)), h('td.n.hide-s', null, f.duration(x.durationMs / 1000)), h('td.n', null, x.addToCarts ? badge('warn', 'cart') : null));
/** @param {[string, string][]} heads */
const head = heads => h('thead', null, h('tr', null, heads.map(([t, kind]) => h('th' + kind, { scope: 'col' }, t))));
const scroll = (/** @type {string} */ label, /** @type {any} */ table) => h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': label }, table);

/** @param {any} p @param {() => any[]} open */
function frame(p, open) {
  p.filter.addEventListener('input', () => paintOpen(p, open()));
  return [h('div.toolbar', null, h('h1', null, 'Live'), p.state, h('div.grow')),
    h('div.grid.first', null,
      h('section.card.span-4.hero', { 'aria-label': 'Open sessions now' }, h('div.card-body', null, h('h2.figure-label', null, 'Open sessions'), h('div.hero-line', null, p.open, h('span.note', null, 'visitors who have not paused yet')), p.pairs)),
      card('Last 30 minutes', { span: 'span-8', note: 'accepted events per minute', tools: h('span.rate', null, p.rateLine, h('span', null, p.rate, ' events/s')), body: p.minutes }),
      card('Sessions closing', { span: 'span-8', note: 'as they end, and as they are revised', body: scroll('Sessions closing', h('table.data.feed.closing', null, head([['Last event', ''], ['Visitor', ''], ['Entry page', '.cut'], ['Events', '.n'], ['Length', '.n.hide-s'], ['Outcome', ''], ['Revision', '.state']]), p.closing)) }),
      card('Where they are', { span: 'span-4', note: 'of the open sessions below', body: p.places }),
      card('Open sessions', { span: 'span-12', note: p.openNote, tools: h('label.field', null, icon('search'), p.filter), body: scroll('Open sessions', h('table.data.feed', null, head([['Visitor', ''], ['Page now', '.cut'], ['Country', '.hide-s'], ['Device', '.hide-s'], ['Events', '.n'], ['Open for', '.n.hide-s'], ['Cart', '.n']]), p.openBody)) }),
      card('Pages now', { span: 'span-4', note: 'open sessions', body: p.pages }), card('Products now', { span: 'span-4', note: 'open sessions', body: p.products }), card('Events', { span: 'span-4', note: 'of open sessions', body: p.types }))];
}
const nothing = (/** @type {number} */ columnCount, /** @type {string} */ text) => h('tr', null, h('td.dim.wrap', { colspan: columnCount }, text));
/** @param {any} p @param {any[]} open */
function paintOpen(p, open) {
  const words = p.filter.value.trim().toLowerCase();
  const hits = open.filter(x => [x.visitorId, x.exitPage, x.country, x.country && f.country(x.country)].join(' ').toLowerCase().includes(words));
  p.openBody.replaceChildren(...(hits.length ? hits.slice(0, words ? 100 : SHOWN).map(openRow) : [nothing(7, open.length ? 'No open session matches.' : 'Nobody is here now.')]));
}
/** @param {any} p */
function paintCounters(p) {
  const c = now.counters;
  if (!c) return;
  const s = c.status, names = `${c.instances} instance${c.instances === 1 ? '' : 's'}`;
  const told = [names, s.state, ...c.missing].join();
  if (p.state.dataset.told !== told) { p.state.dataset.told = told; p.state.replaceChildren(c.missing.length ? badge('warn', `${names}, without ${c.missing.join(', ')}`) : s.state !== 'RUNNING' ? badge('warn', s.state.toLowerCase()) : badge('good', `${c.instances === 1 ? '1 instance' : `All ${names}`}, nothing sampled`)); }
  p.open.textContent = f.count(c.openSessions);
  p.rate.textContent = now.rate === null ? '–' : f.count(now.rate);
  p.rateLine.replaceChildren(spark(now.rates, { w: 300, h: 52 }));
  const rows = [['Closed since the start', s.sessionsClosed], ['Revised', s.sessionsRevised], ['Late events', s.late], ['Not read yet', s.lag]];
  p.pairs.replaceChildren(...rows.map(([t, v]) => h('div', null, h('dt', null, t), h('dd', null, f.count(Number(v))))));
}
/** @param {any} p @param {any} quality */
function paintMinutes(p, quality) {
  const last = Math.floor(Date.now() / MINUTE) * MINUTE, known = new Map(quality.minutes.map((/** @type {any} */ m) => [Date.parse(m.minute), m]));
  const rows = Array.from({ length: 30 }, (_, i) => { const t = last - (29 - i) * MINUTE; return { t, open: i === 29, parts: [{ kind: 'accepted', name: 'Events', v: known.get(t)?.accepted ?? 0 }] }; });
  p.minutes.replaceChildren(columns({ rows, label: 'Accepted events per minute in the last 30 minutes', height: 208, labels: 6 }), tableBehind('Events per minute', ['Minute', 'Events'], rows.map(m => [f.clock(m.t), f.count(m.parts[0].v)])));
}
/** @param {any} p @param {any[]} open */
function paintPlaces(p, open) {
  const by = new Map();
  for (const x of open) if (x.country) by.set(x.country, (by.get(x.country) ?? 0) + 1);
  const rows = [...by].sort((a, b) => b[1] - a[1]).map(([id, n]) => ({ id, n, conversion: null }));
  if (!rows.length) { p.places.replaceChildren(h('p.dim', null, 'No open session with a known country.')); return; }
  p.places.replaceChildren(dotMap(rows, f.country, (/** @type {any} */ x) => link({ screen: 'overview', filters: [{ dim: 'country', value: x.id }] })), mini(rows.slice(0, 5).map(x => [f.country(x.id), x.n]), ''));
}

export function live() {
  const p = parts();
  /** @type {any[]} */
  let open = [];
  let due = false, isOver = false, painted = 0;
  /** @type {Map<string, number>} */
  const news = new Map();
  const paintClosed = () => {
    due = false;
    if (isOver || p.closing.matches(':hover') || p.closing.contains(document.activeElement)) return;
    const shown = now.sessions.slice(0, SHOWN);
    p.closing.replaceChildren(...(shown.length ? shown.map(x => closedRow(x, news.has(x.sessionKey) ? revisions(x) || x.state === 'retracted' ? '.revised' : '.fresh' : '')) : [nothing(7, 'None yet. A session closes when its visitor has paused for longer than the session gap.')]));
    news.clear();
    painted++;
  };
  const end = listen((kind, value) => {
    if (kind === 'counters') { paintCounters(p); return; }
    news.set(value.sessionKey, painted);
    if (!due) { due = true; requestAnimationFrame(paintClosed); }
  });
  const paint = async () => {
    if (document.hidden) return;
    try {
      const [answer, counts, quality] = await Promise.all([fresh('v1/sessions/open?limit=500&order=events'), fresh('v1/counts'), fresh('v1/quality?from=' + new Date(Math.floor(Date.now() / MINUTE - 29) * MINUTE).toISOString())]);
      if (isOver) return;
      open = answer.sessions;
      p.openNote.textContent = `${f.count(answer.open)}${answer.complete ? '' : ' or so'} now${answer.open > open.length ? `, the ${f.count(open.length)} with most events are searched` : ''}`;
      if (!p.openBody.matches(':hover') && !p.openBody.contains(document.activeElement)) paintOpen(p, open);
      paintPlaces(p, open);
      // While partitions move, the minutes of the others are no picture of all: the one before stays.
      if (quality.complete && !p.minutes.querySelector('details[open]')) paintMinutes(p, quality);
      const top = (/** @type {any[]} */ list) => list.slice(0, 6).map((/** @type {any} */ t) => /** @type {[string, number]} */ ([t.name, t.sessions]));
      p.pages.replaceChildren(mini(top(counts.topPages), 'No open session has seen a page.'));
      p.products.replaceChildren(mini(top(counts.topProducts), 'No open session has seen a product.'));
      p.types.replaceChildren(mini(Object.entries(counts.eventsByType).map(([k, v]) => /** @type {[string, number]} */ ([k.replaceAll('_', ' '), Number(v)])).sort((a, b) => b[1] - a[1]).slice(0, 6), 'No open session, no events.'));
    } catch { /* the banner of the page tells it; what is shown stays */ }
  };
  const first = async () => {
    try { const { sessions } = await fresh('v1/sessions/recent'); for (const x of [...sessions].reverse()) if (!now.sessions.some(y => y.sessionKey === x.sessionKey)) remember(x); news.clear(); } catch { /* as above */ }
    paintClosed();
  };
  paintCounters(p);
  first();
  paint();
  const timer = setInterval(paint, EVERY);
  return { stop: () => { isOver = true; end(); clearInterval(timer); }, body: frame(p, () => open) };
}
