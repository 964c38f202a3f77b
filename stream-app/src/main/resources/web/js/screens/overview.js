import { h, icon } from '../dom.js';
import { link, toggled } from '../state.js';
import { DAY, noon } from '../days.js';
import * as f from '../format.js';
import { OF_DAYS, REST, breakdown, csvLink, filterOf, metric, report, rowsOf, sqlOf, totalOf, valueName, valuesBy } from '../report.js';
import { about, daysOf, reportCsv, reportOf, shortAmounts } from '../reports.js';
import { lastReconciled, reconciledLink } from '../books.js';
import { changedAt, whyCard } from '../why.js';
import { columns, dotMap, heatmap, lineChart, spark, tableBehind } from '../charts.js';
import { badge, barRows, card, definition, delta, states } from '../ui.js';
import { toolbar, rangeName } from '../toolbar.js';
import { funnelView, stepsOf } from '../funnel-view.js';

/** @typedef {import('../state.js').View} View */

/** @param {any} m @param {any} r */
function figure(m, r) {
  const label = h('span.figure-label', null, m.label), state = m.total.state, value = m.value === null ? '–' : f.show[m.kind](m.value);
  if (state === 'loading') return h('div.figure', { 'aria-busy': 'true' }, label, h('i.placeholder'), h('span.delta.none', null, '\u00a0'), h('span.spark'));
  const whole = m.series.state === 'ok' ? seriesOf(m) : [], loose = whole.filter(p => !p.isFinal).length;
  return h('a.figure', { href: link({ metric: m.id }), 'aria-current': m.id === r.chosen.id ? 'true' : null, 'data-key': 'm' + m.id, 'data-metric': m.id },
    label, h('span.figure-value', { title: state === 'ok' ? '' : m.total.detail, vars: { '--n': value.length } }, value),
    state === 'refused' ? h('span.delta.none', null, 'not known') : state === 'needs' ? h('span.delta.none', null, 'needs PostgreSQL') : state === 'ok' ? r.vs === 'off' ? h('span.delta.none', null, '\u00a0') : delta(m, r.compared) : h('span.delta.none', null, 'no answer'),
    spark(whole.map(p => p.value ?? 0), { loose: Math.min(loose, Math.max(0, whole.length - 1)) }));
}
/** The buckets that are over. @param {any} m @returns {any[]} */
const seriesOf = m => m.series.value.rows.filter((/** @type {any} */ p) => Date.parse(p.end) <= Date.now() && (m.code === null || (p.currency ?? '') === m.code));

/** @param {View} view @param {any} r */
function mainChart(view, r) {
  const m = r.chosen, isDay = r.step !== 'hour';
  const head = [h('h2', null, m.label), definition(m, csvLink(m.id, { ...r.range, grain: r.grain, filter: r.filter }), sqlOf(m, r), () => lastReconciled(m.id))];
  const state = m.series.state === 'ok' && m.total.state === 'ok' ? 'ok' : m.series.state === 'ok' ? m.total.state : m.series.state;
  if (state !== 'ok') return [h('div.chart-head', null, head), m.series.state === 'refused' && m.total.state === 'ok' ? refusedSeries(m) : states(m.series.state === 'ok' ? m.total : m.series)];
  const stepName = isDay ? f.weekday : f.dayClock;
  const points = r.points.map((/** @type {any} */ p) => ({ ...p, name: stepName(p.t) }));
  const seen = points.filter((/** @type {any} */ p) => p.now !== null), open = seen.filter((/** @type {any} */ p) => !p.final).length;
  const hasThen = points.some((/** @type {any} */ p) => p.then !== null);
  const settled = seen.filter((/** @type {any} */ p) => p.final), lastFinal = settled[settled.length - 1];
  const finality = open === 0 ? badge('good', 'Final', 'Every session of this period is past its allowed lateness. These figures stay.')
    : badge('warn', lastFinal ? `Final to ${isDay ? f.weekday(lastFinal.end - 1) : f.dayClock(lastFinal.end)}` : 'Not final yet', 'Dots may still move: late events can revise a session until its allowed lateness is over.');
  const notes = view.tabs.why ? notesOf(m, r, points) : [];
  const others = m.kind === 'money' ? [...new Set(m.total.value.rows.map((/** @type {any} */ x) => x.currency ?? ''))].filter(c => c !== m.code) : [];
  return [h('div.chart-head', null, head, finality,
    others.length > 0 && h('span.note.hide-s', null, `in ${m.code || 'no currency'}; also ${m.total.value.rows.filter((/** @type {any} */ x) => (x.currency ?? '') !== m.code).map((/** @type {any} */ x) => f.cents(x.value, x.currency)).join(', ')}`), h('div.grow'),
    h('span.legend', null, h('span', null, h('i.key.now'), rangeName(r.from, r.to, r)), hasThen && h('span', null, h('i.key.then'), rangeName(r.from - r.away, r.to - r.away, r)), open > 0 && h('span.hide-s', null, h('i.key.loose'), 'may still move'))),
  seen.length === 0 || m.value === 0 && !hasThen && m.kind === 'count' ? states({ state: 'empty' }) : lineChart({ points, kind: m.kind, label: `${m.label} by ${r.step}; ${m.value === null ? 'not known' : f.show[m.kind](m.value)} in all. Arrow keys read the points.`,
    nowName: (/** @type {any} */ p) => (isDay ? f.day(p.t) : f.clock(p.t)), thenName: (/** @type {any} */ p) => (isDay ? f.dayYear : f.dayClock)(p.thenAt ?? p.t - r.away), good: m.good, notes, ticked: (/** @type {any} */ p) => (isDay ? f.day(p.t) : f.clock(p.t)) }),
  h('div.chart-foot', null, tableBehind(`${m.label} by ${r.step}`, ['Time', 'This period', ...(hasThen ? ['Other period'] : []), 'Final'], seen.map((/** @type {any} */ p) => [p.name, p.now === null ? '–' : f.show[m.kind](p.now), ...(hasThen ? [p.then === null ? '–' : f.show[m.kind](p.then)] : []), p.final ? 'yes' : 'not yet'])),
    h('div.grow'), reconciledLink(m.id), h('a.quiet', { href: link({ tabs: { why: view.tabs.why ? '' : '1' } }), 'aria-expanded': view.tabs.why ? 'true' : 'false', 'data-key': 'why' }, icon('why', 14), ' Why did it change?'), h('a.quiet', { href: csvLink(m.id, { ...r.range, grain: r.grain, filter: r.filter }), download: `${m.id}.csv` }, icon('download', 14), ' CSV'))];
}
/** The buckets whose sessions have changed. @param {any} m @param {any} r @param {any[]} points */
function notesOf(m, r, points) {
  const counts = new Map(), { starts, isCut } = changedAt(m, r);
  for (const t of starts) { const i = points.findIndex(p => t >= p.t && t < p.end); if (i >= 0) counts.set(i, (counts.get(i) ?? 0) + 1); }
  return [...counts].map(([i, n]) => ({ i, text: `${isCut ? 'At least ' : ''}${f.count(n)} session${n > 1 ? 's' : ''} changed after closing` }));
}
/** The sum is known, its course is not: the reason is that of the refusal. @param {any} m */
const refusedSeries = m => h('div.blank', null, icon('calendar', 20), h('b', null, `${m.value === null ? 'Not known' : f.show[m.kind](m.value)} in all, without a course`), h('p', null, m.series.detail), m.id === 'visitors' ? h('a.button', { href: link({ metric: 'sessions' }) }, 'Sessions by hour') : h('a.button', { href: link({ period: '28d', at: 0 }) }, 'Last 28 days'));

/** A period of hours as the days that it touches: what has many values is kept by the day. @param {any} r */
const byDays = r => (r.isOfDays ? r : { ...r, range: daysOf(r), isOfDays: true, isWidened: true });
/** Says so. @param {any} d */
const widened = d => (d.isWidened ? `${d.range.from === d.range.to ? f.day(noon(d.range.to)) : `${f.day(noon(d.range.from))} – ${f.day(noon(d.range.to))}`}, whole days` : null);

/** @param {string} title @param {string} key @param {{ id: string, label: string, head?: string }[]} list @param {View} view @param {any} r @param {string} span */
function dimCard(title, key, list, view, r, span) {
  const shown = list.filter(t => !OF_EVENTS[t.id] || !view.filters.length);
  if (!shown.length) return null;
  const now = shown.find(t => t.id === view.tabs[key]) ?? shown[0];
  const d = OF_DAYS.includes(now.id) && !filterOf(view, now.id) ? byDays(r) : r, counted = OF_EVENTS[now.id];
  return card(title, { tabs: shown.length > 1 ? { key, now: now.id, list: shown } : undefined, note: widened(d) ?? (shown.length > 1 ? null : `sessions by ${now.label.toLowerCase()}`), span, body: counted ? ofEvents(now.id, d) : barRows(now.id, breakdown(now.id, view, d), { head: now.head ?? now.label }),
    tools: [key === 'source' && opens('sources'), h('a.icon-button.csv', { href: csvLink(counted?.metric ?? 'sessions', { ...d.range, grain: 'total', by: now.id, top: 1000, filter: counted ? null : filterOf(view, now.id) }), download: '', 'aria-label': `${title} as CSV`, title: 'CSV' }, icon('download', 14))] });
}
/** What is counted by event: no dimension of sessions, so it filters nothing. @type {Record<string, { metric: string, head: string, unit: string }>} */
const OF_EVENTS = { page: { metric: 'events', head: 'Page', unit: 'Events' }, search_term: { metric: 'searches', head: 'Search term', unit: 'Searches' } };
/** @param {string} by @param {any} r */
function ofEvents(by, r) {
  const { metric: name, head, unit } = OF_EVENTS[by], answer = rowsOf(metric(name, { ...r.range, grain: 'total', by, top: 8 }), null);
  if (by === 'search_term' && answer.state === 'ok' && !answer.rows.length) return h('div.blank.small', null, icon('info', 20), h('b', null, 'No searches in these dates'), h('p', null, 'A search is an event search. Its term is the property search_term, or q, s, search, query or keyword in the URL.'));
  return barRows(by, answer, { head, unit, filters: false, rates: false });
}

/** @param {View} view @param {any} r */
function places(view, r) {
  const answer = breakdown('country', view, r);
  const rows = answer.rows.filter((/** @type {any} */ x) => x.id !== REST);
  return card('Places', { span: 'span-7', note: 'sessions by country', body: answer.state !== 'ok' ? states(answer) : h('div.places', null,
    dotMap(rows, f.country, (/** @type {any} */ x) => link({ filters: toggled('country', x.id) })), barRows('country', answer, { head: 'Country' })) });
}

const opens = (/** @type {string} */ screen) => h('a.quiet', { href: link({ screen }) }, 'Open ', icon('right', 14));
const told = f.counted;
/** @param {View} view @param {any} r */
function products(view, r) {
  const of = view.tabs.of === 'category' ? 'category' : 'product', by = { grain: 'total', by: of };
  const d = of === 'product' ? byDays(r) : r, range = d.range, tabs = { key: 'of', now: of, list: [{ id: 'product', label: 'Product' }, { id: 'category', label: 'Category' }] };
  const views = metric('products_viewed', { ...range, ...by, top: 7 });
  const more = ['products_added_to_cart', 'products_purchased', 'product_revenue'].map(name => metric(name, { ...range, ...by, top: 1000 }));
  const waiting = [views, ...more].find(a => a.state !== 'ok');
  if (waiting) return card('Products', { span: 'span-7', tabs, body: states(waiting) });
  const [cart, bought] = more.slice(0, 2).map(valuesBy);
  const earned = (/** @type {string} */ group) => shortAmounts(Object.fromEntries(more[2].value.rows.filter((/** @type {any} */ x) => x.group === group).map((/** @type {any} */ x) => [x.currency ?? '', x.value])));
  const rows = views.value.rows.filter((/** @type {any} */ x) => x.group !== REST && x.value > 0);
  const series = r.days < 3 ? null : metric('products_viewed', { ...range, grain: r.grain, by: of, top: 7 });
  return card('Products', { span: 'span-7', note: widened(d), tabs, tools: [opens('products'), h('a.icon-button.csv', { href: csvLink('products_viewed', { ...range, ...by, top: 1000 }), download: '', 'aria-label': 'Products as CSV', title: 'CSV' }, icon('download', 14))],
    body: rows.length === 0 ? states({ state: 'empty' }) : h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Products' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, [of === 'product' ? 'Product' : 'Category', 'Views', 'To cart', 'Bought', 'Revenue', ...(series ? ['Views by time'] : [])].map((t, i) => h(i && i < 5 ? 'th.n' : i === 5 ? 'th.hide-s' : 'th', { scope: 'col' }, t)))),
      h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: x.group }, x.group ? of === 'category' ? valueName('category', x.group) : x.group : 'Not known'),
        h('td.n', null, f.count(x.value)), h('td.n', null, told(cart(x.group))), h('td.n', null, told(bought(x.group))), h('td.n.strong', null, earned(x.group)),
        series && h('td.hide-s.trend', null, series.state === 'ok' ? spark(series.value.rows.filter((/** @type {any} */ y) => y.group === x.group && Date.parse(y.end) <= Date.now()).map((/** @type {any} */ y) => y.value), { w: 84, h: 24, area: false }) : null)))))) });
}

/** @type {[string, string, (v: number) => string][]} */
const EACH = [['events_per_session', 'Events per session', f.decimal], ['pages_per_session', 'Pages per session', f.decimal], ['average_session_duration', 'Session length', f.duration], ['engagement_rate', 'Engaged sessions', v => f.percent(v)]];
/** @param {any} r */
function people(r) {
  const d = byDays(r), range = d.range, today = r.today;
  const asked = ['new_visitors', 'returning_visitors'].map(name => metric(name, { ...range, grain: 'total', filter: r.filter }));
  const active = [1, 7, 30].map(n => /** @type {const} */ ([n, metric('visitors', { from: r.daysAgo(n - 1), to: today, grain: 'total', filter: r.filter })]));
  const waiting = asked.find(a => a.state !== 'ok');
  if (waiting) return card('New and returning', { span: 'span-5', body: states(waiting) });
  const rows = asked.map((a, i) => ({ id: i ? 'returning' : 'new', n: totalOf(a, 'count') ?? 0 })), all = rows[0].n + rows[1].n;
  const one = (/** @type {string} */ id) => r.metrics.find((/** @type {any} */ m) => m.id === id).value;
  const per = !r.isRunning && !d.isWidened && one('visitors') && one('sessions') !== null ? f.decimal(one('sessions') / one('visitors')) : null;
  return card('New and returning', { span: 'span-5', note: widened(d) ?? 'visitors of the period', tools: opens('retention'), body: all === 0 ? states({ state: 'empty' }) : [
    h('div.split', { role: 'img', 'aria-label': rows.map(x => `${valueName('visitor_type', x.id)} ${f.percent(x.n / all)}`).join(', ') }, rows.map(x => h('i.' + x.id, { vars: { '--w': x.n / all * 100 + '%' } }))),
    h('dl.pairs.two', null, rows.map(x => h('div', null, h('dt', null, h('i.key.' + x.id), valueName('visitor_type', x.id)), h('dd', null, f.count(x.n), h('span.dim', null, ' ' + f.percent(x.n / all)))))),
    h('dl.pairs.lines', null, active.map(([n, a]) => h('div', null, h('dt', null, n === 1 ? 'Active today' : `Active in ${n} days`), h('dd', null, a.state === 'ok' ? f.count(totalOf(a, 'count') ?? 0) : '–'))),
      per && h('div', null, h('dt', null, 'Sessions per visitor'), h('dd', null, per)),
      EACH.map(([name, label, told]) => { const v = totalOf(metric(name, { ...range, grain: 'total', filter: r.filter }), 'rate'); return h('div', null, h('dt', null, label), h('dd', null, v === null ? '–' : told(v))); }))] });
}

/** The classes of gold.distributions: their lower bounds. @type {Record<string, { label: string, bounds: number[], told: (v: number) => string }>} */
const CLASSES = {
  events: { label: 'Events', bounds: [1, 2, 3, 4, 6, 11, 21, 51, 101], told: f.count }, pages: { label: 'Pages', bounds: [0, 1, 2, 3, 4, 6, 11, 21], told: f.count },
  duration_s: { label: 'Length', bounds: [0, 1, 10, 30, 60, 180, 600, 1800, 3600], told: f.duration },
};
/** Sessions by classes of their size. @param {View} view @param {any} r */
function distribution(view, r) {
  const by = Object.hasOwn(CLASSES, view.tabs.size) ? view.tabs.size : 'events', { bounds, told, label } = CLASSES[by], answer = reportOf('distribution', r, by, r.filter);
  const name = (/** @type {number} */ i) => (i === bounds.length - 1 ? `${told(bounds[i])} and more` : by === 'duration_s' ? `${told(bounds[i])} to ${told(bounds[i + 1])}` : bounds[i + 1] - bounds[i] === 1 ? told(bounds[i]) : `${told(bounds[i])}–${told(bounds[i + 1] - 1)}`);
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    const counts = new Map(answer.value.rows.map((/** @type {any} */ x) => [x.lower_bound, x])), rows = bounds.map((b, i) => ({ t: i, open: counts.get(b)?.is_final === false, parts: [{ kind: 'sessions', name: 'Sessions', v: counts.get(b)?.sessions ?? 0 }] }));
    const all = rows.reduce((a, x) => a + x.parts[0].v, 0);
    if (!all) return states({ state: 'empty' });
    const middle = rows.findIndex((_, i) => rows.slice(0, i + 1).reduce((a, x) => a + x.parts[0].v, 0) * 2 >= all);
    return [columns({ rows, label: `Sessions by ${label.toLowerCase()}; the middle one has ${name(middle)}.`, height: 190, labels: rows.length, naming: name, ticked: (/** @type {number} */ i) => told(bounds[i]) + (i === bounds.length - 1 ? '+' : '') }),
      h('p.note.line', null, 'The middle session: ', h('b', null, name(middle)), by === 'duration_s' ? '' : ` ${label.toLowerCase()}`, '. Classes begin at the numbers below them.'),
      tableBehind(`Sessions by ${label.toLowerCase()}`, [label, 'Sessions', 'Share'], rows.map(x => [name(x.t), f.count(x.parts[0].v), f.percent(x.parts[0].v / all)]))];
  };
  return card('Size of sessions', { span: 'span-7', tabs: { key: 'size', now: by, list: Object.entries(CLASSES).map(([id, c]) => ({ id, label: c.label })) }, tools: about('Size of sessions', answer, reportCsv('distribution', r, by, r.filter)), body: body() });
}
/** Goals, where there are any. @param {any} r */
function goals(r) {
  const [reached, rate, events, value] = ['goal_sessions', 'goal_rate', 'goal_events', 'goal_value'].map(name => metric(name, { ...r.range, grain: 'total', by: 'goal', top: 20 }));
  if (reached.state !== 'ok') return null; // without a goals file there is nothing to wait for
  const rows = reached.value.rows.filter((/** @type {any} */ x) => x.group && x.group !== REST && x.value > 0);
  if (!rows.length) return null;
  const of = (/** @type {any} */ a, /** @type {string} */ group) => (a.state === 'ok' ? a.value.rows.find((/** @type {any} */ x) => x.group === group)?.value ?? null : null);
  return card('Goals', { span: 'span-5', note: 'sessions that reached them', tools: h('a.icon-button.csv', { href: csvLink('goal_sessions', { ...r.range, grain: 'total', by: 'goal', top: 1000 }), download: '', 'aria-label': 'Goals as CSV', title: 'CSV' }, icon('download', 14)), body: h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Goals' }, h('table.data.roomy', null,
    h('thead', null, h('tr', null, ['Goal', 'Sessions', 'Rate', 'Events', 'Value'].map((t, i) => h(i === 0 ? 'th' : i > 2 ? 'th.n.hide-s' : 'th.n', { scope: 'col' }, t)))),
    h('tbody', null, rows.map((/** @type {any} */ x) => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: x.group }, x.group.replaceAll('_', ' ')), h('td.n', null, f.count(x.value)), h('td.n', null, of(rate, x.group) === null ? '–' : f.percent(of(rate, x.group), 2)), h('td.n.dim.hide-s', null, told(of(events, x.group))),
      h('td.n.hide-s', null, value.state === 'ok' ? shortAmounts(Object.fromEntries(value.value.rows.filter((/** @type {any} */ y) => y.group === x.group).map((/** @type {any} */ y) => [y.currency ?? '', y.value]))) : '–')))))) });
}

/** Sessions by weekday and hour, of at most the last 28 days: hours are kept for 35. @param {any} r @param {View} view */
function hours(r, view) {
  if (r.days < 3 || r.from > Date.now()) return null;
  const from = Math.max(r.from - DAY / 2, Date.now() - 28 * DAY), range = { from: r.days <= 28 && r.range.from >= r.daysAgo(27) ? r.range.from : r.daysAgo(27), to: r.range.to };
  if (range.from > range.to || from > r.to + DAY) return null;
  const answer = metric('sessions', { ...range, grain: 'hour', filter: filterOf(view) });
  if (answer.state !== 'ok') return card('When they come', { span: 'span-12', body: states(answer) });
  const grid = f.weekdays.map(() => Array(24).fill(0));
  for (const row of answer.value.rows) {
    const [date, rest] = row.start.split('T');
    grid[(new Date(date + 'T00:00Z').getUTCDay() + 6) % 7][Number(rest.slice(0, 2))] += row.value;
  }
  const flat = grid.flat(), most = flat.indexOf(Math.max(...flat));
  return card('When they come', { span: 'span-12', note: `sessions by weekday and hour${range.from === r.range.from ? '' : ', last 28 days'}`, body: [
    heatmap(grid, `Sessions by weekday and hour; most on ${f.weekdays[Math.floor(most / 24)]} at ${most % 24}:00.`, 'Sessions'),
    tableBehind('Sessions by weekday', ['Day', 'Sessions', 'Busiest hour'], grid.map((row, d) => [f.weekdays[d], f.count(row.reduce((a, b) => a + b)), `${String(row.indexOf(Math.max(...row))).padStart(2, '0')}:00`]))] });
}

/** @param {View} view */
export function overview(view) {
  const r = { ...report(view), vs: view.vs, today: '', daysAgo: (/** @type {number} */ _n) => '' };
  r.daysAgo = toolbar.daysAgo;
  r.today = r.daysAgo(0);
  const revenue = r.metrics.find(m => m.id === 'revenue');
  if (revenue?.code) f.setCurrency(revenue.code);
  const head = toolbar(view, r, 'Overview');
  const steps = stepsOf(r.range, r.filter);
  return { body: [head,
    h('section.card.main-card', { 'aria-label': 'Main figures' }, h('div.figures', { role: 'group', 'aria-label': 'Main figures' }, r.metrics.map(m => figure(m, r))), h('div.main-chart', null, mainChart(view, r))),
    view.tabs.why && h('div.after', null, whyCard(r.chosen, r)),
    view.filters.length > 0 && h('p.filter-note', null, icon('info', 14), h('span', null, view.filters.length > 1 || view.filters.some(x => x.not) ? 'With these filters, all figures come from ' : 'With a filter, visitors and other dimensions come from ', h('code', null, 'bi.fact_session'), view.filters.length > 1 || view.filters.some(x => x.not) ? ' of PostgreSQL. Products, events by page and searches by term take no filter.' : ' of PostgreSQL, the others from the state of the stream. Products, events by page and searches by term take no filter.')),
    h('div.grid', null,
      dimCard('Sources', 'source', [{ id: 'referrer_class', label: 'Channel' }, { id: 'source', label: 'Source' }, { id: 'campaign', label: 'Campaign' }, { id: 'medium', label: 'Medium' }], view, r, 'span-6'),
      dimCard('Pages', 'pages', [{ id: 'page', label: 'Top' }, { id: 'landing_page', label: 'Entry', head: 'Entry page' }, { id: 'exit_page', label: 'Exit', head: 'Exit page' }, { id: 'search_term', label: 'Searches' }], view, r, 'span-6'),
      places(view, r),
      dimCard('Devices', 'tech', [{ id: 'device', label: 'Device' }, { id: 'browser', label: 'Browser' }, { id: 'os', label: 'System' }, { id: 'app', label: 'App' }], view, r, 'span-5'),
      view.filters.some(x => ['city', 'visitor_type'].includes(x.dim)) && dimCard('Cities and visitors', 'more', [{ id: 'city', label: 'City' }, { id: 'visitor_type', label: 'New or returning' }], view, r, 'span-6'),
      card('Funnel', { span: 'span-12', note: 'sessions that reached each step', tools: opens('funnel'), body: steps.state === 'ok' ? funnelView(steps.rows) : states(steps) }),
      !view.filters.length && products(view, r), people(r),
      distribution(view, r), !view.filters.length && goals(r),
      hours(r, view))] };
}
