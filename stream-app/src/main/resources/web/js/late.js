/** Events that came too late for any session. */
import { h, icon } from './dom.js';
import { DAY, dateOf } from './days.js';
import * as f from './format.js';
import { REST, csvLink, metric, valuesBy } from './report.js';
import { card, states } from './ui.js';
import { shortAmounts } from './reports.js';

const DAYS = 28;
export function tooLate() {
  const asked = { from: dateOf(Date.now() - (DAYS - 1) * DAY), to: dateOf(Date.now()), grain: 'total', by: 'event_type', top: 20 };
  const body = () => {
    const [events, purchases, revenue] = ['late_excluded_events', 'late_excluded_purchases', 'late_excluded_revenue'].map(name => metric(name, asked)), bad = [events, purchases, revenue].find(a => a.state !== 'ok');
    if (bad) return states(bad);
    const rows = events.value.rows.filter((/** @type {any} */ x) => x.value > 0), bought = valuesBy(purchases);
    if (!rows.length) return h('div.blank.small', null, icon('check', 20), h('b', null, 'None came too late'), h('p', null, `Each event of the last ${DAYS} days found its session.`));
    const worth = (/** @type {string} */ group) => shortAmounts(Object.fromEntries(revenue.value.rows.filter((/** @type {any} */ y) => y.group === group).map((/** @type {any} */ y) => [y.currency ?? '', y.value])));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Too late' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Event'), ['Events', 'Purchases', 'Revenue'].map(t => h('th.n', { scope: 'col' }, t)))),
      h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, x.group === REST ? 'All others' : h('span.mono', null, x.group || 'not known')), h('td.n', null, f.count(x.value)), h('td.n', null, f.counted(bought(x.group))), h('td.n', null, worth(x.group)))))));
  };
  return card('Too late for any session', { span: 'span-12', note: `last ${DAYS} days, by the time of the event`, tools: h('a.icon-button.csv', { href: csvLink('late_excluded_events', asked), download: '', 'aria-label': 'Too late as CSV', title: 'CSV' }, icon('download', 14)), body: body(), foot: 'These events are in silver.late and in no other figure. A longer WEIR_STREAM_ALLOWED_LATENESS takes more of them in.' });
}
