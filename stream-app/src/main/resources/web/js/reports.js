/** Reports of REST: rows of PostgreSQL about whole days, each with the SQL that gives them. */
import { h, icon } from './dom.js';
import { ask, queryOf } from './ask.js';
import { dateOf } from './days.js';
import * as f from './format.js';
import { badge, menu } from './ui.js';

/** The days of a period; a period of hours touches two. @param {any} r */
export const daysOf = r => (r.isOfDays ? { from: r.range.from.slice(0, 10), to: r.range.to.slice(0, 10) } : { from: dateOf(r.from), to: dateOf(r.to) });
/** @param {string} name @param {any} r @param {string} [by] @param {string[] | null} [filter] @returns {import('./ask.js').Answer} */
export const reportOf = (name, r, by, filter) => ask('v1/reports/' + name, { ...daysOf(r), by, filter });
/** @param {string} name @param {any} r @param {string} [by] @param {string[] | null} [filter] */
export const reportCsv = (name, r, by, filter) => `v1/reports/${name}?${queryOf({ ...daysOf(r), by, filter, format: 'csv' })}`;

/** Whether the rows can still change; nothing without rows that say so. @param {import('./ask.js').Answer} answer */
export function finality(answer) {
  const rows = answer.state === 'ok' ? answer.value.rows : [];
  if (!rows.length || rows[0].is_final === undefined) return null;
  return rows.every((/** @type {any} */ x) => x.is_final) ? badge('good', 'Final', 'No event can change these rows any more.') : badge('warn', 'Not final yet', 'Late events, or what visitors do later, can still change some of these rows.');
}
/** What a report means, its SQL and its rows. @param {string} title @param {import('./ask.js').Answer} answer @param {string} csv */
export function about(title, answer, csv) {
  const button = h('button.icon-button.csv', { type: 'button', 'aria-label': `What ${title} means` }, icon('info', 14));
  return [answer.value?.truncated && badge('warn', 'Cut', 'There are more rows than an answer has, here and in the CSV.'), ...menu(button, () => h('div.define', null, h('b', null, title), h('p', null, answer.value?.report.sentence ?? answer.detail), answer.value?.truncated && h('p', null, `There are more rows: these are the first ${f.count(answer.value.rows.length)}. A shorter period has them all.`), answer.value && h('pre', { tabindex: 0 }, answer.value.sql),
    h('p.dim', null, answer.value?.report.takesFilters === false ? 'From PostgreSQL, whole days of the site. Filters do not apply.' : 'From PostgreSQL: people only, closed sessions only, days of the site, with the filters of the page.'), h('a.quiet', { href: csv, download: '' }, icon('download', 14), ' CSV')), { wide: true }),
  h('a.icon-button.csv', { href: csv, download: '', 'aria-label': `${title} as CSV`, title: 'CSV' }, icon('download', 14))];
}
/** A line below a report that takes no filter, where some are set. @param {import('./state.js').View} view @param {string} what @param {string} [verb] */
export const unfiltered = (view, what, verb = 'takes') => view.filters.length > 0 && h('p.filter-note', null, icon('info', 14), h('span', null, `${what} ${verb} no filter: these are all people.`));
/** Amounts by currency, the site's own first. @param {Record<string, number> | null | undefined} amounts @returns {string} */
export function amounts(amounts) {
  const list = Object.entries(amounts ?? {}).filter(([, v]) => v).sort(([a], [b]) => Number(b === f.theCurrency()) - Number(a === f.theCurrency()) || a.localeCompare(b));
  return list.map(([code, v]) => f.money(v, code)).join(' + ');
}
/** The same, short: one amount, and how many more. @param {Record<string, number> | null | undefined} of */
export function shortAmounts(of) {
  const all = amounts(of), parts = all ? all.split(' + ') : [];
  return parts.length < 2 ? all || '–' : h('span', { title: all }, parts[0], h('span.more-money', null, ` +${parts.length - 1}`), h('span.sr', null, ` and ${parts.slice(1).join(', ')}`));
}
