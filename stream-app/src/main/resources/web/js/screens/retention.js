import { h, icon, tipOn } from '../dom.js';
import { noon, span } from '../days.js';
import * as f from '../format.js';
import { filterOf } from '../report.js';
import { card, states } from '../ui.js';
import { toolbar } from '../toolbar.js';
import { about, reportCsv, reportOf, unfiltered } from '../reports.js';
import { visitorsByDay } from '../people.js';

/** @type {Record<string, { report: string, unit: string, most: number, label: string }>} */
const KINDS = { week: { report: 'retention_weekly', unit: 'week', most: 12, label: 'By week' }, day: { report: 'retention_daily', unit: 'day', most: 14, label: 'By day' } };

/** @param {any[]} rows @returns {{ start: string, size: number, cells: any[] }[]} the youngest cohort last */
function cohorts(rows) {
  const by = new Map();
  for (const x of rows) {
    const cohort = by.get(x.cohort) ?? { start: x.cohort, size: x.cohort_visitors, cells: [] };
    cohort.cells[x.number] = x;
    by.set(x.cohort, cohort);
  }
  return [...by.values()];
}
/** Of all cohorts whose cell can change no more, together. @param {ReturnType<typeof cohorts>} list @param {number} number */
function together(list, number) {
  const known = list.filter(c => c.cells[number]?.is_final);
  const size = known.reduce((a, c) => a + c.size, 0);
  return size ? known.reduce((a, c) => a + c.cells[number].visitors, 0) / size : null;
}
/** @param {any} x @param {any} kind */
function cell(x, kind) {
  if (!x) return h('td.none', null, h('span.sr', null, 'not yet'));
  const share = x.visitors / x.cohort_visitors, level = x.number === 0 ? 'x' : Math.min(6, Math.ceil(share * 14));
  const when = x.number ? `Back ${x.number} ${kind.unit}${x.number > 1 ? 's' : ''} later` : `In the same ${kind.unit}`;
  return tipOn(h(`td.cell.l${level}${x.is_final ? '' : '.unfinished'}`, null, f.percent(share, x.number ? 1 : 0), !x.is_final && h('span.sr', null, ', not finished')),
    () => [h('div.tip-title', null, `Came first ${kind.unit === 'week' ? 'in the week of' : 'on'} ${f.day(noon(x.cohort))}`), h('div.tip-row', null, h('span', null, when), h('b', null, `${f.count(x.visitors)} of ${f.count(x.cohort_visitors)}`)), !x.is_final && h('div.tip-note', null, `This ${kind.unit} is not over, or late events can still change it.`)].filter(Boolean));
}
/** @param {import('../ask.js').Answer} answer @param {any} kind */
function triangle(answer, kind) {
  if (answer.state !== 'ok') return states(answer);
  const list = cohorts(answer.value.rows);
  if (!list.length) return states({ state: 'empty' });
  const wide = Math.min(kind.most, Math.max(...list.map(c => c.cells.length)) - 1), numbers = [...Array(wide + 1).keys()];
  const mean = numbers.map(n => together(list, n));
  return [reading(list, mean, kind),
    h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Retention' }, h('table.cohort' + (wide < 5 ? '.narrow' : ''), null, h('caption.sr', null, `Share of each cohort that came back, by ${kind.unit}s since the first`),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, `First ${kind.unit}`), h('th.n', { scope: 'col' }, 'Visitors'), numbers.map(n => h('th', { scope: 'col' }, n ? `+${n}` : kind.unit === 'week' ? 'Week 0' : 'Day 0')))),
      h('tbody', null, list.map(c => h('tr', null, h('th', { scope: 'row' }, kind.unit === 'week' ? f.day(noon(c.start)) : f.weekday(noon(c.start))), h('td.n', null, f.count(c.size)), numbers.map(n => cell(c.cells[n], kind))))),
      mean.some(x => x !== null) && h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, 'Together'), h('td.n', null, f.count(list.reduce((a, c) => a + c.size, 0))), mean.map((x, n) => h('td.cell', null, x === null ? '–' : f.percent(x, n ? 1 : 0)))))))];
}
/** @param {ReturnType<typeof cohorts>} list @param {(number | null)[]} mean @param {any} kind */
function reading(list, mean, kind) {
  if (mean[1] === undefined || mean[1] === null) return h('p.reading', null, icon('info', 16), h('span', null, `No ${kind.unit} after the first one is over yet. Hatched cells may still grow.`));
  const seen = list.filter(c => c.cells[1]?.is_final).length;
  return h('p.reading', null, icon('info', 16), h('span', null, h('b', null, f.percent(mean[1])), ` came back one ${kind.unit} after their first, over the ${f.count(seen)} cohort${seen > 1 ? 's' : ''} of which that ${kind.unit} is over.`));
}

/** @param {import('../state.js').View} view */
export function retention(view) {
  const s = span(view), cohort = Object.hasOwn(KINDS, view.tabs.cohort) ? view.tabs.cohort : 'week', kind = KINDS[cohort], filter = filterOf(view), answer = reportOf(kind.report, s, undefined, filter);
  return { body: [toolbar(view, s, 'Retention', { isPlain: true, takesFilters: true }),
    card('Cohorts', { note: `visitors by their first ${kind.unit}, and who of them came back`, tabs: { key: 'cohort', now: cohort, list: Object.entries(KINDS).map(([id, k]) => ({ id, label: k.label })) },
      tools: [h('span.legend.hide-s', null, h('span', null, h('i.swatch.unfinished'), `${kind.unit} not over`)), ...about('Retention', answer, reportCsv(kind.report, s, undefined, filter))], body: triangle(answer, kind),
      foot: 'A visitor is an anonymous id; who refused consent counts as somebody new. A filter is on the first session. Cohorts come from closed sessions in PostgreSQL.' }),
    h('div.grid', null, card('New and returning', { span: 'span-12', note: 'visitors by the day', tools: h('span.legend', null, h('span', null, h('i.key.new'), 'new'), h('span', null, h('i.key.returning'), 'returning')), body: visitorsByDay(s) })), unfiltered(view, 'New and returning by the day')] };
}
