/** Components shared by all screens. */
import { h, icon, tipOn } from './dom.js';
import { butThis, read, link, toggled } from './state.js';
import { ask, renew } from './ask.js';
import { live } from './stream.js';
import { DIMS, REST, breakdown, valueName } from './report.js';
import { apart, change, count, percent } from './format.js';

/** @param {string} dim as the address has it */
const dimName = dim => (Object.hasOwn(DIMS, dim) ? DIMS[dim] : dim);
let ids = 0;
/**
 * A button with a panel below it. Light dismiss and Esc come with the popover itself.
 *
 * @param {any} button @param {(panel: any) => any} content @param {{ wide?: boolean | 'two' }} [options]
 */
export function menu(button, content, { wide = false } = {}) {
  const id = 'menu' + ++ids;
  const panel = h('div.menu' + (wide ? '.wide' : ''), { popover: 'auto', id });
  button.setAttribute('popovertarget', id);
  button.setAttribute('aria-haspopup', 'dialog');
  panel.addEventListener('beforetoggle', (/** @type {any} */ e) => {
    if (e.newState !== 'open') return;
    panel.replaceChildren(...[content(panel)].flat());
    const box = button.getBoundingClientRect();
    const isAbove = box.bottom > innerHeight - 80; // a button at the lower edge, as on a phone
    panel.style.setProperty('top', isAbove ? 'auto' : `${Math.round(box.bottom + 6)}px`);
    panel.style.setProperty('bottom', isAbove ? `${Math.round(innerHeight - box.top + 6)}px` : 'auto');
    const width = Math.min(wide === 'two' ? 496 : wide ? 384 : 256, innerWidth - 24);
    panel.style.setProperty('width', width + 'px');
    panel.style.setProperty('left', `${Math.round(Math.max(12, Math.min(box.left, innerWidth - width - 12)))}px`);
  });
  panel.addEventListener('keydown', (/** @type {any} */ e) => {
    if (e.target.matches('select')) { e.stopPropagation(); return; } // its own keys
    const items = [...panel.querySelectorAll('a,button')], i = items.indexOf(document.activeElement);
    const next = /** @type {Record<string, number>} */ ({ ArrowDown: i + 1, ArrowUp: i - 1 })[e.key];
    if (next !== undefined) { items[(next + items.length) % items.length]?.focus(); e.preventDefault(); }
    e.stopPropagation();
  });
  return [button, panel];
}
export const kbd = (/** @type {string} */ text) => h('kbd', null, text);

/** @param {any} m @param {string} compared */
export function delta(m, compared) {
  const c = change(m.kind, m.now, m.then);
  if (!c) return h('span.delta.none', null, 'no comparison');
  const flat = Math.abs(c.value) < .0005;
  const tone = flat ? 'flat' : Math.sign(c.value) === m.good ? 'up' : 'down';
  return h('span.delta.' + tone, { title: `Compared over ${compared}` }, c.text, h('span.sr', null, tone === 'up' ? ', better' : tone === 'down' ? ', worse' : ', unchanged'));
}

/**
 * @param {string} title
 * @param {{ tabs?: { key: string, now: string, list: { id: string, label: string }[] }, tools?: any, note?: any, span?: string, body?: any, foot?: any, id?: string }} parts
 */
export function card(title, { tabs, tools, note, span, body, foot, id } = {}) {
  // With many words in one line, tabs and tools get a line of their own sooner.
  const words = [title, note, ...(tabs?.list.map(t => t.label + '····') ?? [])].filter(x => typeof x === 'string').join('').length;
  return h('section.card' + (span ? '.' + span : ''), { 'aria-label': title, id },
    h('header.card-head' + (words > 70 ? '.many' : ''), null, h('h2', null, title),
      note && h('span.note', null, note),
      (tabs || tools) && h('div.card-tools', null,
        tabs && h('nav.tabs', { 'aria-label': title }, tabs.list.map(t => h('a', { href: link({ tabs: { [tabs.key]: t.id } }), 'aria-current': t.id === tabs.now ? 'true' : null, 'data-key': tabs.key + t.id }, t.label))),
        tools)),
    h('div.card-body', null, body), foot && h('footer.card-foot', null, foot));
}
const blank = (/** @type {string} */ name, /** @type {string} */ title, /** @type {any} */ text, /** @type {any} */ more, /** @type {any} */ props = null) => h('div.blank', props, icon(name, 20), h('b', null, title), h('p', null, text), more);
const sentence = (text = '') => text.charAt(0).toUpperCase() + text.slice(1);
export const again = () => h('button.button', { type: 'button', onclick: () => renew() }, 'Try again');

/** A site without a closed session in 28 days, which boot has asked for: what it waits for. */
function young() {
  const seen = live.counters?.status, days = ask('v1/metrics/sessions', { grain: 'day' });
  if (!seen || live.sessions.length || days.state !== 'ok' || days.value.rows.some((/** @type {any} */ x) => x.value)) return null;
  const look = (/** @type {string} */ text) => h('a.button', { href: link({ screen: 'live', id: null }) }, text);
  if (seen.received) return blank('clock', 'No session has closed yet', 'A session counts when its visitor has paused for longer than the session gap, usually 30 minutes.', look(`${count(live.counters.openSessions)} open sessions`));
  return blank('clock', 'No event yet', ['Nothing has come in since the service started. Send events to the collector or the topic, or your own files with ', h('code', null, './weir ingest FILE'), '.'], look('Live'));
}
/**
 * What a card shows in place of figures that are not there; null if they are.
 *
 * @param {{ state: string, detail?: string }} answer
 */
export function states({ state, detail }) {
  switch (state) {
    case 'loading': return h('div.wait', { 'aria-busy': 'true', role: 'status' }, h('span.sr', null, 'Loading'), [88, 71, 64, 40, 31].map(w => h('i', { vars: { '--w': w + '%' } })));
    case 'refused': return blank('info', 'Not known in this form', sentence(detail), null);
    case 'later': return blank('clock', 'Not at this moment', `${sentence(detail).replace(/[^.]$/, '$&.')} The page asks again by itself.`, null, { role: 'status' });
    case 'failed': return blank('info', 'This figure did not come', detail, again(), { role: 'alert' });
    case 'needs': return blank('filter', 'Not without PostgreSQL', sentence(detail), read().filters.length > 1 ? h('div.choices', null, read().filters.map(x => h('a.button', { href: link({ filters: [x] }) }, `Only ${apart(valueName(x.dim, x.value))}`))) : null, { role: 'status' });
    case 'days': return blank('calendar', 'By whole days only', 'This has too many values to be kept by the hour.', h('a.button', { href: link({ period: 'today', at: 0 }) }, 'Today'));
    case 'empty': return read().filters.length ? blank('filter', 'Nothing here', 'No session in these dates passes the filter.', h('a.button', { href: link({ filters: [] }) }, 'Clear filters')) : young() ?? blank('calendar', 'Nothing here', 'No session in these dates.', null);
    default: return null;
  }
}

/**
 * Rows with a bar. With `filters`, each row is a link to the same report, filtered.
 *
 * @param {string} dim @param {any} answer @param {{ head: string, unit?: string, filters?: boolean, rates?: boolean }} options
 */
export function barRows(dim, answer, { head, unit = 'Sessions', filters = true, rates = true }) {
  const other = states(answer.state === 'ok' && !answer.rows.length ? { state: 'empty' } : answer);
  if (other) return other;
  const max = Math.max(...answer.rows.filter((/** @type {any} */ r) => r.id !== REST).map((/** @type {any} */ r) => r.n), 1);
  const own = filters ? read().filters.filter(f => f.dim === dim && !f.not) : [];
  const label = (/** @type {any} */ r, /** @type {boolean} */ on) => {
    const width = { '--w': Math.min(100, r.n / max * 100).toFixed(1) + '%' }, text = h('bdi', null, valueName(dim, r.id));
    return filters && r.id !== REST ? h('a.bar-label', { href: link({ filters: toggled(dim, r.id) }), 'aria-current': on ? 'true' : null, 'data-key': dim + r.id, vars: width, title: `${on ? 'Remove filter' : 'Filter by'} ${apart(valueName(dim, r.id))}; with Alt, all but this`, onclick: butThis(dim, r.id) }, text)
      : h('span.bar-label' + (r.id === REST ? '.rest' : ''), { vars: width, title: valueName(dim, r.id) }, text);
  };
  return h('table.bars' + (own.length ? '.chosen' : ''), null, h('caption.sr', null, `${unit} by ${head.toLowerCase()}`),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, head), h('th.n', { scope: 'col' }, unit), h('th.n.extra', { scope: 'col' }, 'Share'), rates && h('th.n.rate-col', { scope: 'col' }, h('abbr', { title: 'Sessions with a purchase, of all sessions' }, 'Conv.')))),
    h('tbody', null, answer.rows.map((/** @type {any} */ r) => {
      const on = own.some(f => f.value === r.id);
      return h('tr' + (on ? '.on' : ''), null, h('th', { scope: 'row' }, label(r, on)),
        h('td.n', null, count(r.n)), h('td.n.extra.dim', null, percent(r.share)), rates && h('td.n.rate-col.dim', null, r.conversion === null ? '–' : percent(r.conversion)));
    })));
}

export function chips() {
  const { filters } = read();
  if (!filters.length) return null;
  return h('ul.chips', { 'aria-label': 'Filters' }, filters.map(f => h('li', null,
    h('span.chip', null, h('span.dim', null, dimName(f.dim)), h('a.chip-is', { href: link({ filters: filters.map(x => (x === f ? { ...f, not: !f.not } : x)) }), title: f.not ? 'Only this' : 'All but this', 'aria-label': `${dimName(f.dim)} ${f.not ? 'is not' : 'is'}; change`, 'data-key': 'is' + f.dim }, f.not ? 'is not' : 'is'), h('b', { dir: 'auto', title: valueName(f.dim, f.value) }, valueName(f.dim, f.value)),
      h('a.chip-x', { href: link({ filters: filters.filter(x => x !== f) }), 'aria-label': `Remove filter ${apart(valueName(f.dim, f.value))}` }, icon('close', 12))))),
  filters.length > 1 && h('li', null, h('a.quiet', { href: link({ filters: [] }) }, 'Clear all')));
}
/** @param {import('./report.js').Span} s */
export function filterMenu(s) {
  const button = h('button.button', { type: 'button', 'data-key': 'filter' }, icon('filter'), h('span', null, 'Filter'));
  return menu(button, panel => {
    const list = (/** @type {string} */ dim) => {
      const answer = breakdown(dim, { ...read(), filters: [] }, s, 30);
      const rows = answer.rows.filter((/** @type {any} */ r) => r.id !== REST);
      return [h('button.item.back', { type: 'button', onclick: () => panel.replaceChildren(...first()) }, icon('left', 14), DIMS[dim]),
        ...rows.map((/** @type {any} */ r) => h('a.item', { href: link({ filters: toggled(dim, r.id) }) }, h('bdi', null, valueName(dim, r.id)), h('span.n.dim', null, percent(r.share)))),
        rows.length ? null : h('p.menu-note', { role: 'status' }, answer.state === 'loading' ? 'Asking …' : answer.state === 'days' ? 'Known by whole days: choose another period.' : 'No values.')].filter(Boolean);
    };
    const open = (/** @type {string} */ dim, tries = 20) => {
      panel.replaceChildren(...list(dim));
      panel.querySelector('.item')?.focus();
      if (breakdown(dim, { ...read(), filters: [] }, s, 30).state === 'loading' && tries) setTimeout(() => panel.matches(':popover-open') && open(dim, tries - 1), 150);
    };
    const first = () => [h('div.menu-title', null, 'Filter by'), ...Object.keys(DIMS).map(dim => h('button.item', { type: 'button', onclick: () => open(dim) }, h('span', null, DIMS[dim]), icon('right', 14)))];
    return first();
  });
}

/** @param {{ text: string, more: string } | null} told */
const lines = told => (told ? [h('p.dim', null, `${told.text}. ${told.more}`)] : []);
/** What a figure means and how it is computed, as REST says it. @param {any} m @param {string} csv @param {string | null} sql @param {() => { text: string, more: string } | null} last */
export function definition(m, csv, sql, last) {
  const button = h('button.icon-button', { type: 'button', 'aria-label': `What ${m.label} means` }, icon('info'));
  return menu(button, () => {
    const said = m.series.value?.metric ?? m.total.value?.metric;
    return [h('div.define', null, h('b', null, m.label), h('p', null, said?.sentence ?? m.total.detail), said && h('pre', { tabindex: 0 }, said.formula), sql && [h('p.dim', null, 'The same in PostgreSQL, some seconds later'), h('pre.sql-of', { tabindex: 0 }, sql)],
      h('p.dim', null, `Metric ${m.id} of REST; bots are left out. A session counts when it has closed, at the time of its start.`), ...lines(last()), h('a.quiet', { href: csv, download: '' }, icon('download', 14), ' CSV'))];
  }, { wide: true });
}
/** @param {string} tone @param {any} text @param {any} [more] */
export const badge = (tone, text, more) => { const b = h('span.badge.' + tone, null, h('i'), text); return more ? tipOn(b, () => h('div.tip-note', null, more)) : b; };
/** A list of names with bars. @param {[string, number][]} rows @param {string} empty */
export const mini = (rows, empty) => (rows.length ? h('ul.mini', null, rows.map(([t, v]) => h('li', null, h('span', { vars: { '--w': v / Math.max(1, rows[0][1]) * 100 + '%' }, title: t }, h('i', { dir: 'auto' }, t)), h('b.n', null, count(v))))) : h('p.dim', null, empty));
