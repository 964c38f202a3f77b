/** What visitors left in their carts. */
import { h, icon } from './dom.js';
import * as f from './format.js';
import { DIMS, REST, csvLink, metric, valueName, valuesBy } from './report.js';
import { card, states } from './ui.js';
import { shortAmounts } from './reports.js';

const WAYS = ['product', 'category', 'device', 'country', 'source', 'campaign'], SHOWN = 12;
/** @type {Record<string, string>} */
const NAMES = { ...DIMS, product: 'Product', category: 'Category' };

/** @param {import('./state.js').View} view @param {any} s */
export function leftCarts(view, s) {
  const by = WAYS.find(x => x === view.tabs.left) ?? 'product', asked = { ...s.range, grain: 'total', by };
  const body = () => {
    if (by === 'product' && !s.isOfDays) return states({ state: 'days' });
    const [carts, pieces, value] = ['abandoned_carts', 'abandoned_quantity', 'abandoned_cart_value'].map(name => metric(name, { ...asked, top: name === 'abandoned_carts' ? SHOWN : 1000 })), bad = [carts, pieces, value].find(a => a.state !== 'ok');
    if (bad) return states(bad);
    const rows = carts.value.rows.filter((/** @type {any} */ x) => x.value > 0 && x.group !== REST), most = Math.max(1, ...rows.map((/** @type {any} */ x) => x.value)), quantity = valuesBy(pieces);
    if (!rows.length) return h('div.blank.small', null, icon('check', 20), h('b', null, 'No cart was left'), h('p', null, 'No session of these dates that has closed left something in its cart.'));
    const worth = (/** @type {string} */ group) => shortAmounts(Object.fromEntries(value.value.rows.filter((/** @type {any} */ y) => y.group === group).map((/** @type {any} */ y) => [y.currency ?? '', y.value])));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Left in carts' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, NAMES[by]), ['Carts', 'Pieces', 'Worth'].map(t => h('th.n', { scope: 'col' }, t)))),
      h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th.cut', { scope: 'row', title: valueName(by, x.group) }, h('span.bar-cell', { vars: { '--w': x.value / most * 100 + '%' } }, valueName(by, x.group))), h('td.n', null, f.count(x.value)), h('td.n', null, f.counted(quantity(x.group))), h('td.n.strong', null, worth(x.group)))))));
  };
  return card('Left in carts', { span: 'span-12', note: 'sessions that put something into the cart and bought nothing', tabs: { key: 'left', now: by, list: WAYS.map(id => ({ id, label: NAMES[id] })) },
    tools: h('a.icon-button.csv', { href: csvLink('abandoned_cart_value', { ...asked, top: 1000 }), download: '', 'aria-label': 'Left in carts as CSV', title: 'CSV of the value' }, icon('download', 14)), body: body() });
}
