/** Title, filters, period and comparison: the row above every report. */
import { h, icon } from './dom.js';
import { link, go } from './state.js';
import { HOUR, PERIODS, dateOf, moved, noon } from './days.js';
import * as f from './format.js';
import { chips, filterMenu, kbd, menu } from './ui.js';
import { views, saveView, dropView } from './views.js';

/** @param {number} from @param {number} to @param {any} r */
export const rangeName = (from, to, r) => (!r.isOfDays ? `${f.dayClock(from)} – ${f.dayClock(to + HOUR)}` : f.day(from) === f.day(to) ? f.weekday(from) : `${f.day(from)} – ${f.day(to)}`);
const daysAgo = (/** @type {number} */ n) => moved(dateOf(Date.now()), -n);

/** A month of days; the first click begins a range, the second ends it. @param {any} r */
function calendar(r) {
  const host = h('div.calendar');
  const from = dateOf(r.from), to = dateOf(r.to), today = daysAgo(0);
  let [y, m] = (to < today ? to : today).split('-').map(Number);
  /** @type {string | null} */
  let first = null;
  const iso = (/** @type {number} */ d) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  const paint = () => {
    const lead = (new Date(Date.UTC(y, m - 1, 1)).getUTCDay() + 6) % 7, days = new Date(Date.UTC(y, m, 0)).getUTCDate();
    const turn = (/** @type {number} */ by) => () => { const next = new Date(Date.UTC(y, m - 1 + by, 1)); [y, m] = [next.getUTCFullYear(), next.getUTCMonth() + 1]; paint(); };
    const pick = (/** @type {string} */ day) => () => { if (!first) { first = day; paint(); return; } const [a, z] = [first, day].sort(); go({ period: 'custom', at: 0, from: a, to: z }); };
    host.replaceChildren(h('div.calendar-head', null, h('b', null, f.month(noon(iso(1)))), h('div.grow'), h('button.icon-button', { type: 'button', 'aria-label': 'Month before', onclick: turn(-1) }, icon('left')), h('button.icon-button', { type: 'button', 'aria-label': 'Month after', onclick: turn(1) }, icon('right'))),
      h('div.days', null, f.shortDays.map(d => h('span.dim', { 'aria-hidden': 'true' }, d.slice(0, 1))), Array.from({ length: lead }, () => h('span')), Array.from({ length: days }, (_, i) => {
        const day = iso(i + 1), inside = first ? day === first : day >= from && day <= to;
        return h('button' + (inside ? '.in' : '') + (inside && (first || day === from || day === to) ? '.edge' : ''), { type: 'button', disabled: day > today, 'aria-label': f.weekday(noon(day)), 'aria-pressed': inside ? 'true' : 'false', onclick: pick(day) }, i + 1);
      })), h('p.dim', null, first ? 'Now the last day' : 'Pick the first and the last day'));
  };
  paint();
  return host;
}

/** The zones of the browser. An older one has no list. @returns {string[]} */
const allZones = () => Intl.supportedValuesOf?.('timeZone') ?? [];
/** Whose days and hours: those of the site, of this browser, or of any zone. @param {import('./state.js').View} now */
function zones(now) {
  const site = f.siteZone(), own = Intl.DateTimeFormat().resolvedOptions().timeZone, chosen = f.otherZone() ?? '';
  const option = (/** @type {string} */ value, /** @type {string} */ text) => h('option', { value, selected: value === chosen }, text), near = [...new Set([own, 'UTC', chosen])].filter(z => z && !f.isSiteZone(z));
  return h('label.zones', null, h('span', null, 'Time zone'), h('select', { onchange: (/** @type {any} */ e) => go({ zone: e.target.value }) },
    option('', `${f.zoneName(site)} (site)`), near.map(z => option(z, f.zoneName(z) + (z === own ? ' (this browser)' : ''))), h('hr'), allZones().filter(z => !f.isSiteZone(z) && !near.includes(z)).map(z => option(z, f.zoneName(z)))));
}
/** Says which days are not those of the chosen zone. */
export const zoneNote = () => f.otherZone() && h('p.filter-note', null, icon('clock', 14), h('span', null, `Days and hours are those of ${f.zoneName(f.theZone())}. Pages, products, carts, cohorts, touches, sizes of sessions and steps in order are kept by days of the site, ${f.zoneName(f.siteZone())}.`));

/** @type {Record<string, string>} */
const COMPARED = { prev: 'Previous period', year: 'Year before', off: 'No comparison' };

/** @param {import('./state.js').View} now @param {any} r @param {string} title @param {{ isPlain?: boolean, takesFilters?: boolean }} [options] a plain one has no comparison, and usually no filter */
export function toolbar(now, r, title, { isPlain = false, takesFilters = !isPlain } = {}) {
  const period = PERIODS.find(p => p.id === now.period && p.id !== 'live') ?? PERIODS[5];
  const picker = menu(h('button.button.period', { type: 'button', 'data-key': 'period' }, icon('calendar'), h('span', null, now.at || now.period === 'custom' ? rangeName(r.from, r.to, r) : period.label), icon('down', 14)), () => h('div.picker', null,
    h('div', null, PERIODS.filter(p => p.id !== 'custom').map(p => h('a.item', { href: p.id === 'live' ? link({ screen: 'live', id: null }) : link({ period: p.id, at: 0 }), 'aria-current': p.id === now.period && !now.at ? 'true' : null }, h('span', null, p.label), kbd(p.key)))), h('div.calendar-side', null, calendar(r), zones(now))), { wide: 'two' });
  const compare = menu(h('button.button', { type: 'button', 'data-key': 'vs', 'aria-label': 'Comparison: ' + COMPARED[now.vs] }, icon('compare'), h('span.hide-s', null, COMPARED[now.vs]), icon('down', 14)), () => [
    ...Object.entries(COMPARED).map(([id, text]) => h('a.item', { href: link({ vs: id }), 'aria-current': id === now.vs ? 'true' : null }, h('span', null, text), id === 'off' && kbd('X'))),
    h('p.menu-note', null, 'Weekdays are kept in line. A day that is running is compared up to the same time; among several days it is left out of the change.')]);
  const saved = menu(h('button.icon-button', { type: 'button', 'aria-label': 'Saved views' }, icon('bookmark')), panel => savedViews(panel));
  return [h('div.toolbar', null, h('h1', null, title), h('p.note.print-only', null, `${rangeName(r.from, r.to, r)}, ${f.zoneName(f.theZone())}, as of ${f.dayClock(Date.now())}`), h('div.toolbar-left', null, takesFilters && filterMenu(r), takesFilters && chips()), h('div.grow'),
    h('div.toolbar-right', null, h('div.group', null, h('a.icon-button', { href: link({ at: now.at - 1 }), 'aria-label': 'Period before', 'data-key': 'before' }, icon('left')), picker[0],
      now.at < 0 ? h('a.icon-button', { href: link({ at: now.at + 1 }), 'aria-label': 'Period after', 'data-key': 'after' }, icon('right')) : h('button.icon-button', { type: 'button', disabled: true, 'aria-label': 'Period after' }, icon('right'))), picker[1], !isPlain && compare, saved)), zoneNote()].filter(Boolean);
}
toolbar.daysAgo = daysAgo;

/** Views that this browser keeps. @param {any} panel @returns {any[]} */
function savedViews(panel) {
  const again = () => panel.replaceChildren(...savedViews(panel));
  const name = h('input', { type: 'text', 'aria-label': 'Name of this view', placeholder: 'Name of this view', maxlength: 60, required: true });
  return [h('div.menu-title', null, 'Saved views'),
    ...views().map(v => h('div.saved', null, h('a.item', { href: v.hash }, h('span', null, v.name)), h('button.icon-button', { type: 'button', 'aria-label': `Forget ${v.name}`, onclick: () => { dropView(v.name); again(); } }, icon('close', 12)))),
    h('form.save', { onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); saveView(name.value.trim(), location.hash); again(); } }, name, h('button.button', null, 'Save')),
    h('p.menu-note', null, 'Kept in this browser. A link to the report is the address itself.')];
}
