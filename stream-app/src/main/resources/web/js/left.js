/** What visitors left in their carts. */
import { h, icon } from './dom.js';
import { noon } from './days.js';
import * as f from './format.js';
import { DIMS, REST, csvLink, filterOf, metric, valueName, valuesBy } from './report.js';
import { card, states } from './ui.js';
import { daysOf, reportCsv, reportOf, shortAmounts } from './reports.js';

const WAYS = ['product', 'category', 'device', 'country', 'source', 'campaign'], SHOWN = 12;
/** @type {Record<string, string>} */
const NAMES = { ...DIMS, product: 'Product', category: 'Category' };

/** A value and what was left: carts, pieces, amounts. @typedef {{ value: string, carts: number, pieces: number | null, worth: Record<string, number> }} Left */
/** From cells, of all sessions. @param {any} asked @returns {{ bad?: any, rows: Left[] }} */
function ofAll(asked) {
  const [carts, pieces, value] = ['abandoned_carts', 'abandoned_quantity', 'abandoned_cart_value'].map(name => metric(name, { ...asked, top: name === 'abandoned_carts' ? SHOWN : 1000 })), bad = [carts, pieces, value].find(a => a.state !== 'ok');
  if (bad) return { bad, rows: [] };
  const quantity = valuesBy(pieces), worth = (/** @type {string} */ group) => Object.fromEntries(value.value.rows.filter((/** @type {any} */ y) => y.group === group).map((/** @type {any} */ y) => [y.currency ?? '', y.value]));
  return { rows: carts.value.rows.filter((/** @type {any} */ x) => x.value > 0 && x.group !== REST).map((/** @type {any} */ x) => ({ value: x.group, carts: x.value, pieces: quantity(x.group), worth: worth(x.group) })) };
}
/** From rows of sessions, of those that pass the filters. @param {any} s @param {string} by @param {string[]} filter @returns {{ bad?: any, rows: Left[] }} */
function ofSome(s, by, filter) {
  const answer = reportOf('left_in_carts', s, by, filter);
  return answer.state !== 'ok' ? { bad: answer, rows: [] } : { rows: answer.value.rows.slice(0, SHOWN).map((/** @type {any} */ x) => ({ value: x.value, carts: x.carts, pieces: x.quantity, worth: x.left_value })) };
}

/** @param {import('./state.js').View} view @param {any} s */
export function leftCarts(view, s) {
  const by = WAYS.find(x => x === view.tabs.left) ?? 'product', asked = { ...s.range, grain: 'total', by }, filter = filterOf(view), days = daysOf(s);
  const body = () => {
    if (!filter && by === 'product' && !s.isOfDays) return states({ state: 'days' });
    const { bad, rows } = filter ? ofSome(s, by, filter) : ofAll(asked), most = Math.max(1, ...rows.map(x => x.carts));
    if (bad) return states(bad);
    if (!rows.length) return h('div.blank.small', null, icon('check', 20), h('b', null, 'No cart was left'), h('p', null, filter ? 'No session of these dates that passes the filter and has closed left something in its cart.' : 'No session of these dates that has closed left something in its cart.'));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Left in carts' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, NAMES[by]), ['Carts', 'Pieces', 'Worth'].map(t => h('th.n', { scope: 'col' }, t)))),
      h('tbody', null, rows.map(x => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: valueName(by, x.value) }, h('span.bar-cell', { vars: { '--w': x.carts / most * 100 + '%' } }, valueName(by, x.value))), h('td.n', null, f.count(x.carts)), h('td.n', null, f.counted(x.pieces)), h('td.n.strong', null, shortAmounts(x.worth)))))));
  };
  return card('Left in carts', { span: 'span-12', note: filter && !s.isOfDays ? `whole days, ${f.day(noon(days.from))} to ${f.day(noon(days.to))}` : 'sessions that put something into the cart and bought nothing', tabs: { key: 'left', now: by, list: WAYS.map(id => ({ id, label: NAMES[id] })) },
    tools: h('a.icon-button.csv', { href: filter ? reportCsv('left_in_carts', s, by, filter) : csvLink('abandoned_cart_value', { ...asked, top: 1000 }), download: '', 'aria-label': 'Left in carts as CSV', title: filter ? 'CSV' : 'CSV of the value' }, icon('download', 14)), body: body() });
}
