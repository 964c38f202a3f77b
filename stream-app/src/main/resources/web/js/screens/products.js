import { h, icon } from '../dom.js';
import { link } from '../state.js';
import { noon, span } from '../days.js';
import * as f from '../format.js';
import { REST, csvLink, filterOf, mainCurrency, metric, valuesBy } from '../report.js';
import { columns, spark, tableBehind } from '../charts.js';
import { badge, card, states } from '../ui.js';
import { leftCarts } from '../left.js';
import { toolbar } from '../toolbar.js';
import { about, finality, reportCsv, reportOf, shortAmounts, unfiltered } from '../reports.js';

const SHOWN = 40, FIRST = 12, TRENDS = 1000;
/** The columns by which the table can be sorted. */
const SORTS = [{ id: 'products_viewed', label: 'Views' }, { id: 'products_added_to_cart', label: 'To cart' }, { id: 'products_removed_from_cart', label: 'Removed' }, { id: 'products_purchased', label: 'Bought' }, { id: 'product_revenue', label: 'Revenue' }];

/** @param {any} answer @param {string} group */
const moneyOf = (answer, group) => Object.fromEntries(answer.value.rows.filter((/** @type {any} */ x) => x.group === group).map((/** @type {any} */ x) => [x.currency ?? '', x.value]));
const told = f.counted;
const part = (/** @type {number | null} */ n, /** @type {number | null} */ of) => (n === null || !of ? '–' : f.percent(n / of));

/** @param {import('../state.js').View} view @param {any} s @param {string} by */
function table(view, s, by) {
  if (!s.isOfDays) return states({ state: 'days' });
  const asked = { ...s.range, grain: 'total', by }, sort = SORTS.find(x => x.id === view.tabs.sort) ?? SORTS[0];
  const answers = SORTS.map(x => metric(x.id, { ...asked, top: x.id === sort.id ? SHOWN : 1000 })), bad = answers.find(a => a.state !== 'ok');
  if (bad) return states(bad);
  const [views, carts, removed, bought] = answers.slice(0, 4).map(valuesBy), revenue = answers[4];
  const code = mainCurrency(revenue.value.rows);
  if (code) f.setCurrency(code);
  const groups = [...new Set(answers[SORTS.indexOf(sort)].value.rows.filter((/** @type {any} */ x) => x.group !== REST && x.value > 0).map((/** @type {any} */ x) => x.group))];
  if (!groups.length) return states({ state: 'empty' });
  const shown = view.tabs.all ? groups : groups.slice(0, FIRST);
  const series = s.days < 3 ? null : metric('products_viewed', { ...s.range, grain: s.grain, by, top: Math.min(TRENDS, SHOWN) }), trends = new Map();
  if (series?.state === 'ok') for (const y of series.value.rows) if (Date.parse(y.end) <= Date.now()) trends.set(y.group, [...(trends.get(y.group) ?? []), y.value]);
  const head = (/** @type {any} */ x, cell = 'th.n') => h(cell, { scope: 'col', 'aria-sort': x.id === sort.id ? 'descending' : null }, h('a.sort', { href: link({ tabs: { sort: x.id } }), 'data-key': 'sort' + x.id }, x.label, x.id === sort.id && icon('down', 12)));
  return [h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Products' }, h('table.data.roomy', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, by === 'product' ? 'Product' : 'Category'), series && h('th.hide-s', { scope: 'col' }, 'Views by time'), head(SORTS[0]), head(SORTS[1]), h('th.n.hide-s', { scope: 'col' }, 'of views'), head(SORTS[2], 'th.n.hide-s'), head(SORTS[3]), h('th.n.hide-s', { scope: 'col' }, 'of carts'), head(SORTS[4]))),
    h('tbody', null, shown.map(group => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: group }, group || 'Not known'), series && h('td.hide-s.trend', null, trends.has(group) ? spark(trends.get(group), { w: 84, h: 24, area: false }) : null),
      h('td.n', null, told(views(group))), h('td.n', null, told(carts(group))), h('td.n.dim.hide-s', null, part(carts(group), views(group))), h('td.n.hide-s', null, told(removed(group))), h('td.n', null, told(bought(group))), h('td.n.dim.hide-s', null, part(bought(group), carts(group))), h('td.n.strong', null, shortAmounts(moneyOf(revenue, group)))))))),
    groups.length > FIRST && h('p.note.line', null, h('a.quiet', { href: link({ tabs: { all: view.tabs.all ? '' : '1' } }), 'data-key': 'all' }, view.tabs.all ? `Only the first ${FIRST}` : `Show ${f.count(groups.length - FIRST)} more`))];
}

/** The ends of a cart, from the bottom of a column on. */
const ENDS = [['purchased', 'bought'], ['recovered', 'bought later'], ['abandoned', 'left'], ['emptied', 'emptied'], ['open', 'still open']];
/** The amounts of a column, added up. @param {any[]} days @param {string} key */
function worth(days, key) {
  const all = /** @type {Record<string, number>} */ ({});
  for (const x of days) for (const [code, v] of Object.entries(x[key] ?? {})) all[code] = (all[code] ?? 0) + Number(v);
  return all;
}
/** @param {any} s @param {string[] | null} filter */
function carts(s, filter) {
  const answer = reportOf('carts', s, undefined, filter), csv = reportCsv('carts', s, undefined, filter);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    const days = answer.value.rows, sum = (/** @type {string} */ key) => days.reduce((/** @type {number} */ a, /** @type {any} */ x) => a + x[key], 0);
    if (!days.length) return states({ state: 'empty' });
    const decided = sum('carts') - sum('open') - sum('emptied'), lost = sum('abandoned') + sum('recovered');
    return [h('p.reading', null, icon('info', 16), decided ? h('span', null, 'Of ', h('b', null, f.count(decided)), ' carts that are decided, ', h('b', null, f.percent(lost / decided)), ' were left', sum('recovered') ? `; ${f.count(sum('recovered'))} of their visitors bought within 30 days.` : '.', sum('emptied') ? ` Visitors emptied ${f.count(sum('emptied'))} more.` : '') : h('span', null, 'No cart of these days is decided: a cart counts as left 24 hours after its last session.')),
      columns({ rows: days.map((/** @type {any} */ x) => ({ t: noon(x.day), open: !x.is_final, parts: ENDS.map(([kind, name]) => ({ kind: 'cart-' + kind, name, v: x[kind] })) })), label: `Carts by the day of their end: ${ENDS.map(([kind, name]) => `${f.count(sum(kind))} ${name}`).join(', ')}`, height: 180, labels: 7, naming: f.day }),
      h('dl.pairs.two', null, h('div', null, h('dt', null, 'Worth of carts that were left'), h('dd', null, shortAmounts(worth(days, 'abandoned_value')))), h('div', null, h('dt', null, 'Worth of those bought later'), h('dd', null, shortAmounts(worth(days, 'recovered_value'))))),
      tableBehind('Carts by day', ['Day', 'Carts', ...ENDS.map(([, name]) => name), 'Final'], days.map((/** @type {any} */ x) => [f.weekday(noon(x.day)), f.count(x.carts), ...ENDS.map(([kind]) => f.count(x[kind])), x.is_final ? 'yes' : 'not yet']))];
  };
  return card('Carts', { span: 'span-12', note: 'what became of them, by the day of their last session', tools: [h('span.legend.hide-s', null, ENDS.map(([kind, name]) => h('span', null, h('i.key.cart-' + kind), name))), finality(answer), ...about('Carts', answer, csv)], body: body(),
    foot: (filter ? 'Filters are on the last session of a cart. ' : '') + 'Pale days can still change: a cart that was left counts as bought later when its visitor buys within 30 times 24 hours. A day is final when the 31 days after it have settled.' });
}

/** @param {import('../state.js').View} view */
export function products(view) {
  const s = span(view), by = view.tabs.of === 'category' ? 'category' : 'product';
  return { body: [toolbar(view, s, 'Products', { isPlain: true, takesFilters: true }),
    card(by === 'product' ? 'Products' : 'Categories', { note: 'events, from view to purchase; a heading sorts', tabs: { key: 'of', now: by, list: [{ id: 'product', label: 'Product' }, { id: 'category', label: 'Category' }] },
      tools: [view.filters.length > 0 && badge('warn', 'Not filtered', 'Views, carts and purchases of products are counted by event, and an event is in no filter of sessions.'), h('a.icon-button.csv', { href: csvLink((SORTS.find(x => x.id === view.tabs.sort) ?? SORTS[0]).id, { ...s.range, grain: 'total', by, top: 1000 }), download: '', 'aria-label': 'Products as CSV', title: 'CSV of the column that sorts' }, icon('download', 14))], body: [unfiltered(view, 'This table'), table(view, s, by)],
      foot: 'A product counts once for each event that names it. “Bought” counts purchases whatever the quantity; a purchase without a cart of its own makes its share larger than 100%.' }),
    h('div.grid', null, leftCarts(view, s), carts(s, filterOf(view)))] };
}
