import { h, icon } from '../dom.js';
import { butThis, link, toggled } from '../state.js';
import { span } from '../days.js';
import * as f from '../format.js';
import { DIMS, REST, csvLink, filterOf, mainCurrency, metric, valueName } from '../report.js';
import { ads } from '../ads.js';
import { spark } from '../charts.js';
import { card, states } from '../ui.js';
import { toolbar } from '../toolbar.js';
import { about, finality, reportCsv, reportOf, shortAmounts, unfiltered } from '../reports.js';

const WAYS = ['referrer_class', 'source', 'medium', 'campaign', 'landing_page'];
const TOUCHES = ['source', 'medium', 'campaign'];
/** @type {[string, string, string][]} */
const COLUMNS = [['conversion_rate', 'Conversion', 'percent'], ['bounce_rate', 'Bounce', 'percent'], ['average_session_duration', 'Length', 'duration']];

const waiting = () => h('i.placeholder.small');
/** @param {import('../state.js').View} view @param {any} s @param {string} by */
function channels(view, s, by) {
  const filter = filterOf(view, by);
  if (by === 'landing_page' && !s.isOfDays && !filter) return states({ state: 'days' });
  const asked = { ...s.range, grain: 'total', by, filter }, sessions = metric('sessions', { ...asked, top: 25 });
  if (sessions.state !== 'ok') return states(sessions);
  const rates = COLUMNS.map(([name]) => metric(name, { ...asked, top: 1000 })), revenue = metric('revenue', { ...asked, top: 1000 });
  const series = s.days < 3 ? null : metric('sessions', { ...s.range, grain: s.grain, by, top: 25, filter }), trends = new Map();
  if (series?.state === 'ok') for (const y of series.value.rows) if (Date.parse(y.end) <= Date.now()) trends.set(y.group, [...(trends.get(y.group) ?? []), y.value]);
  const code = revenue.state === 'ok' ? mainCurrency(revenue.value.rows) : null;
  if (code) f.setCurrency(code);
  const all = sessions.value.rows.reduce((/** @type {number} */ a, /** @type {any} */ x) => a + x.value, 0), rows = sessions.value.rows.filter((/** @type {any} */ x) => x.value > 0);
  if (!rows.length) return states({ state: 'empty' });
  const rateOf = (/** @type {any} */ answer, /** @type {string} */ group, /** @type {string} */ kind) => { if (answer.state === 'loading') return waiting(); const v = answer.state === 'ok' ? answer.value.rows.find((/** @type {any} */ x) => x.group === group)?.value ?? null : null; return v === null ? '–' : kind === 'percent' ? f.percent(v, 2) : f.duration(v); };
  const earned = (/** @type {string} */ group) => (revenue.state === 'loading' ? waiting() : revenue.state !== 'ok' ? '–' : shortAmounts(Object.fromEntries(revenue.value.rows.filter((/** @type {any} */ x) => x.group === group).map((/** @type {any} */ x) => [x.currency ?? '', x.value]))));
  const name = (/** @type {any} */ x) => (x.group === REST ? h('span.dim', null, valueName(by, x.group)) : h('a', { href: link({ filters: toggled(by, x.group) }), title: `Filter by ${f.apart(valueName(by, x.group))}`, 'data-key': by + x.group, onclick: butThis(by, x.group), 'aria-current': view.filters.some(y => y.dim === by && y.value === x.group) ? 'true' : null }, valueName(by, x.group)));
  return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': `Sessions by ${DIMS[by].toLowerCase()}` }, h('table.data.roomy', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, DIMS[by]), series && h('th.hide-s', { scope: 'col' }, 'By time'), h('th.n', { scope: 'col' }, 'Sessions'), h('th.n.hide-s', { scope: 'col' }, 'Share'), COLUMNS.map(([, label], i) => h(i ? 'th.n.hide-s' : 'th.n', { scope: 'col' }, label)), h('th.n', { scope: 'col' }, 'Revenue'))),
    h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: valueName(by, x.group) }, name(x)), series && h('td.hide-s.trend', null, x.group !== REST && trends.has(x.group) ? spark(trends.get(x.group), { w: 84, h: 24, area: false }) : null),
      h('td.n', null, f.count(x.value)), h('td.n.dim.hide-s', null, f.percent(x.value / all)), COLUMNS.map(([, , kind], i) => h(i ? 'td.n.dim.hide-s' : 'td.n', null, x.group === REST ? '–' : rateOf(rates[i], x.group, kind))), h('td.n.strong', null, x.group === REST ? '–' : earned(x.group)))))));
}
/** The first and the last touch beside each other: each conversion is in both. @param {any} s @param {string} by @param {string[] | null} filter */
function touches(s, by, filter) {
  const answer = reportOf('touches', s, by, filter), csv = reportCsv('touches', s, by, filter);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    /** @type {Map<string, Record<string, any>>} */
    const values = new Map();
    for (const x of answer.value.rows) values.set(x.value, { ...values.get(x.value), [x.touch]: x });
    if (!values.size) return states({ state: 'empty' });
    const rows = [...values].map(([value, { first, last }]) => ({ value, first, last, most: Math.max(first?.conversions ?? 0, last?.conversions ?? 0) })).sort((a, b) => b.most - a.most).slice(0, 40), most = Math.max(...rows.map(x => x.most));
    const bar = (/** @type {any} */ x, /** @type {string} */ kind) => h('td.touch', null, h('i.' + kind, { vars: { '--w': (x?.conversions ?? 0) / most * 100 + '%' } }), h('span', null, f.count(x?.conversions ?? 0)));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'First and last touch' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, DIMS[by]), h('th', { scope: 'col' }, 'First touch'), h('th.n.hide-s', { scope: 'col' }, 'Revenue'), h('th', { scope: 'col' }, 'Last touch'), h('th.n', { scope: 'col' }, 'Revenue'), h('th.n.hide-s', { scope: 'col' }, h('abbr', { title: 'Conversions by the last touch, less those by the first' }, 'Last − first')))),
      h('tbody', null, rows.map(x => { const moved = (x.last?.conversions ?? 0) - (x.first?.conversions ?? 0); return h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: valueName(by, x.value) }, x.value === '' ? `No ${DIMS[by].toLowerCase()}` : x.value), bar(x.first, 'first'), h('td.n.hide-s', null, shortAmounts(x.first?.revenue)), bar(x.last, 'last'), h('td.n', null, shortAmounts(x.last?.revenue)), h('td.n.dim.hide-s', null, moved > 0 ? `+${f.count(moved)}` : moved < 0 ? `−${f.count(-moved)}` : '0')); }))));
  };
  return card('First and last touch', { span: 'span-12', note: 'sessions with a purchase, and their revenue', tabs: { key: 'touch', now: by, list: TOUCHES.map(id => ({ id, label: DIMS[id] })) }, tools: [finality(answer), ...about('Touches', answer, csv)], body: body(),
    foot: 'First: the campaign of the visitor’s first session, however long ago. Last: that of the session with the purchase. Each conversion is in both columns, so they are not added up. A filter is on the session with the purchase.' });
}

/** @param {import('../state.js').View} view */
export function sources(view) {
  const s = span(view), by = WAYS.includes(view.tabs.way) ? view.tabs.way : 'referrer_class', touch = TOUCHES.includes(view.tabs.touch) ? view.tabs.touch : 'source';
  return { body: [toolbar(view, s, 'Sources'),
    card('Where they come from', { note: 'sessions; a row is a filter', tabs: { key: 'way', now: by, list: WAYS.map(id => ({ id, label: DIMS[id] })) }, tools: h('a.icon-button.csv', { href: csvLink('sessions', { ...s.range, grain: 'total', by, top: 1000, filter: filterOf(view, by) }), download: '', 'aria-label': 'Sources as CSV', title: 'CSV' }, icon('download', 14)), body: channels(view, s, by) }),
    h('div.grid', null, touches(s, touch, filterOf(view)), ads(view, s)),
    unfiltered(view, 'The table of ads')] };
}
