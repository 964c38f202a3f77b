/** The business figures: what they are called here, and the answers of REST about them. */
import { ask, queryOf } from './ask.js';
import { DAY, span } from './days.js';
import { country, otherZone, siteZone, zoneName } from './format.js';
import { filterText } from './state.js';

/** @typedef {import('./ask.js').Answer} Answer @typedef {import('./state.js').View} View @typedef {ReturnType<typeof span>} Span */

export const METRICS = [
  { id: 'visitors', label: 'Visitors', kind: 'count', good: 1 }, { id: 'sessions', label: 'Sessions', kind: 'count', good: 1 },
  { id: 'page_views', label: 'Page views', kind: 'count', good: 1 }, { id: 'conversion_rate', label: 'Conversion', kind: 'percent', good: 1 },
  { id: 'revenue', label: 'Revenue', kind: 'money', good: 1 }, { id: 'cart_abandonment_rate', label: 'Cart abandonment', kind: 'percent', good: -1 },
  { id: 'bounce_rate', label: 'Bounce rate', kind: 'percent', good: -1 }, { id: 'average_engaged_time', label: 'Engaged time', kind: 'duration', good: 1 }, { id: 'average_session_duration', label: 'Session length', kind: 'duration', good: 1 },
];
const ENGAGED = 'average_engaged_time', LENGTH = 'average_session_duration';
/** Dimensions by which sessions can be filtered. @type {Record<string, string>} */
export const DIMS = {
  referrer_class: 'Channel', source: 'Source', campaign: 'Campaign', medium: 'Medium', landing_page: 'Entry page', exit_page: 'Exit page',
  country: 'Country', city: 'City', device: 'Device', browser: 'Browser', os: 'System', app: 'App', visitor_type: 'Visitors',
};
/** Dimensions with too many values for quarters of an hour: they are kept for days. */
export const OF_DAYS = ['landing_page', 'exit_page', 'page', 'product', 'search_term'];
export const REST = '(rest)';

/** @param {string} text */
const capital = text => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');
/** @param {string} dim @param {string} value */
export function valueName(dim, value) {
  if (value === REST) return 'All others';
  if (value === '') return { campaign: 'No campaign', search_term: 'No term' }[dim] ?? 'Not known';
  if (dim === 'country') return country(value);
  return ['referrer_class', 'device', 'visitor_type', 'category'].includes(dim) ? capital(value) : value;
}

/** The filters as REST takes them, without those of a dimension; null for none. @param {View} view @param {string} [without] @returns {string[] | null} */
export function filterOf(view, without) {
  const filters = view.filters.filter(f => f.dim !== without).map(filterText);
  return filters.length ? filters : null;
}
/** Days for which REST keeps hours, unless a setting says otherwise. */
const HOURS_KEPT = 34;
/** Why REST would refuse a question, so that it is not asked; null if it would not. @param {string} name @param {Record<string, any>} p */
function refusal(name, p) {
  const isOfHours = p.grain === 'hour' || String(p.from ?? '').includes('T') || String(p.to ?? '').includes('T'), dims = new Set([...(p.by ? [p.by] : []), ...(p.filter ?? []).map((/** @type {string} */ f) => f.slice(0, f.indexOf(':')))]), isNot = [...dims].some(d => d.endsWith('!'));
  // PostgreSQL knows visitors of hours; one sum costs it little, a course of 24 much.
  if (name.endsWith('visitors') && isOfHours) return p.grain === 'total' ? null : 'Visitors have a course by days.';
  if (dims.size > 1 || isNot) return null; // PostgreSQL knows each hour
  const [dim] = dims;
  if (isOfHours && OF_DAYS.includes(dim)) return 'This dimension has too many values to be kept by the hour.';
  if (isOfHours && Date.parse(p.from) < Date.now() - HOURS_KEPT * DAY) return `Hours are kept for ${HOURS_KEPT} days.`;
  if (otherZone() && !OF_DAYS.includes(dim) && Date.parse(p.from) < Date.now() - HOURS_KEPT * DAY && !name.endsWith('visitors')) return `Days of ${zoneName(String(otherZone()))} are sums of hours, which are kept for ${HOURS_KEPT} days. Days of ${zoneName(siteZone())}, the site’s zone, are kept for good.`;
  return null;
}
/** The parameters with the zone of days, if it is not the site's. What is kept by days alone has those of the site. @param {Record<string, any>} p */
const zoned = p => (p.filter?.length || !OF_DAYS.includes(p.by) ? { ...p, zone: otherZone() } : p);
/** @param {string} name @param {Record<string, any>} parameters @returns {Answer} */
export function metric(name, parameters) {
  const detail = refusal(name, parameters);
  return detail ? { state: 'refused', value: null, detail, at: 0, busy: false, used: 0, misses: 0, partial: 0, path: '' } : ask('v1/metrics/' + name, zoned(parameters));
}
/** @param {string} name @param {Record<string, any>} parameters */
export function csvLink(name, parameters) {
  return `v1/metrics/${name}?${queryOf({ ...zoned(parameters), format: 'csv' })}`;
}
/** The SQL that gives the figure of whole days in PostgreSQL; null for hours and under filters. @param {any} m @param {any} r */
export function sqlOf(m, r) {
  if (!r.isOfDays || r.filter || otherZone() || m.total.state !== 'ok') return null;
  const { from, to } = r.range, days = `day BETWEEN DATE '${from.slice(0, 10)}' AND DATE '${to.slice(0, 10)}'`, formula = m.total.value.metric.formula;
  if (m.id === 'visitors') return `SELECT sum(visitors) FROM gold.visitors_daily\nWHERE dimension = 'previous_day' AND NOT is_bot\n  AND ${days}\n  AND (value = '' OR value::int > day - DATE '${from.slice(0, 10)}')`;
  if (m.kind === 'money') return `SELECT currency, sum(amount::numeric)\nFROM gold.sessions_daily CROSS JOIN jsonb_each_text(revenue) AS each (currency, amount)\nWHERE dimension = '' AND NOT is_bot\n  AND ${days}\nGROUP BY currency`;
  if (m.id === ENGAGED) return `SELECT ${formula}\nFROM bi.fact_session CROSS JOIN gold.progress\nWHERE NOT is_bot AND (start_time AT TIME ZONE time_zone)::date\n  BETWEEN DATE '${from.slice(0, 10)}' AND DATE '${to.slice(0, 10)}'`;
  return `SELECT ${formula}\nFROM gold.sessions_daily\nWHERE dimension = '' AND NOT is_bot\n  AND ${days}`;
}
/** The currency of the largest sum. @param {any[]} rows */
export function mainCurrency(rows) {
  const sums = new Map();
  for (const r of rows) if (r.value) sums.set(r.currency ?? '', (sums.get(r.currency ?? '') ?? 0) + r.value);
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
/** The one number of a total; REST leaves out a rate of nothing. Money without any amount is zero. @param {Answer} a @param {string} kind @param {string | null} [code] */
export function totalOf(a, kind, code = null) {
  if (a.state !== 'ok') return null;
  const rows = kind === 'money' ? a.value.rows.filter((/** @type {any} */ r) => code === null || (r.currency ?? '') === code) : a.value.rows;
  return rows.length ? rows[0].value ?? null : kind === 'money' ? 0 : null;
}

/**
 * The answers of the main figures.
 *
 * @param {View} view
 */
export function report(view) {
  const s = span(view), filter = filterOf(view);
  // Engaged time is in PostgreSQL alone; without it, the whole time of a session stands there.
  const isEngaged = view.metric !== LENGTH && metric(ENGAGED, { ...s.range, grain: 'total', filter }).state !== 'needs';
  const metrics = METRICS.filter(m => m.id !== (isEngaged ? LENGTH : ENGAGED)).map(m => {
    const series = metric(m.id, { ...s.range, grain: s.grain, filter });
    const total = metric(m.id, { ...s.range, grain: 'total', filter });
    const isCompared = view.vs !== 'off' && s.isComparable;
    const [now, then] = isCompared && !(s.isRunning && s.days === 1 && m.id === 'visitors')
      ? [s.now === s.range ? total : metric(m.id, { ...s.now, grain: 'total', filter }), metric(m.id, { ...s.then, grain: 'total', filter })] : [null, null];
    const code = m.kind === 'money' && total.state === 'ok' ? mainCurrency(total.value.rows) : null;
    return { ...m, series, total, code, value: totalOf(total, m.kind, code), now: now && totalOf(now, m.kind, code), then: then && totalOf(then, m.kind, code) };
  });
  const wanted = view.metric || (s.grain === 'hour' || filter ? 'sessions' : 'visitors');
  const chosen = metrics.find(m => m.id === wanted) ?? metrics[1];
  const other = view.vs === 'off' ? null : metric(chosen.id, { ...s.other, grain: s.grain, filter });
  return { ...s, metrics, chosen, points: points(chosen, other, s), filter };
}
/** @param {any} m @param {Answer | null} other @param {Span} s */
function points(m, other, s) {
  if (m.series.state !== 'ok') return [];
  const edges = metric('sessions', { ...s.range, grain: s.grain }), now = Date.now();
  const rows = edges.state === 'ok' ? edges.value.rows : m.series.value.rows;
  const values = byStart(m.series, m.code), thens = other?.state === 'ok' ? byStart(other, m.code) : new Map();
  const otherEdges = other ? metric('sessions', { ...s.other, grain: s.grain }) : null;
  const otherRows = otherEdges?.state === 'ok' ? otherEdges.value.rows : [];
  if (![...thens.values()].some(x => x.value)) thens.clear(); // nothing was there: no line
  const zero = m.kind === 'count' || m.kind === 'money' ? 0 : null;
  return rows.map((/** @type {any} */ r, /** @type {number} */ i) => {
    const t = Date.parse(r.start), end = Date.parse(r.end), row = values.get(t), there = otherRows[i] && Date.parse(otherRows[i].start), old = thens.get(there);
    return { t, end, thenAt: there ?? null, now: t > now ? null : row ? row.value ?? null : zero, then: thens.size ? old ? old.value ?? null : zero : null, final: row ? row.isFinal : r.isFinal, running: t <= now && end > now };
  });
}
/** @param {Answer} answer @param {string | null} code */
function byStart(answer, code) {
  const rows = answer.value.rows.filter((/** @type {any} */ r) => code === null || (r.currency ?? '') === code);
  return new Map(rows.map((/** @type {any} */ r) => [Date.parse(r.start), r]));
}

/**
 * Sessions by a dimension with their conversion, in the period. The own filter of the dimension is left out, so that
 * another value is one click away.
 *
 * @param {string} dim @param {View} view @param {Span} s
 */
export function breakdown(dim, view, s, top = 8) {
  const filter = filterOf(view, dim);
  if (!filter && OF_DAYS.includes(dim) && !s.isOfDays) return { state: 'days', rows: [], sum: 0, detail: '' };
  const asked = { ...s.range, grain: 'total', by: dim, top, filter }, sessions = metric('sessions', asked), rate = metric('conversion_rate', asked);
  return rowsOf(sessions, rate);
}
/** The values of a breakdown. What is summed as the rest is not known, and no zero. @param {any} answer @returns {(group: string) => number | null} */
export function valuesBy(answer) {
  const map = new Map(), hasRest = answer.value.rows.some((/** @type {any} */ x) => x.group === REST);
  for (const x of answer.value.rows) map.set(x.group, (map.get(x.group) ?? 0) + x.value);
  return (/** @type {string} */ group) => map.get(group) ?? (hasRest ? null : 0);
}
/** @param {Answer} counts @param {Answer | null} rate */
export function rowsOf(counts, rate) {
  if (counts.state !== 'ok') return { state: counts.state, rows: [], sum: 0, detail: counts.detail };
  const rates = new Map((rate?.value?.rows ?? []).map((/** @type {any} */ r) => [r.group, r.value]));
  const sum = counts.value.rows.reduce((/** @type {number} */ a, /** @type {any} */ r) => a + r.value, 0);
  const rows = counts.value.rows.filter((/** @type {any} */ r) => r.value > 0).map((/** @type {any} */ r) => ({ id: r.group, n: r.value, share: r.value / sum, conversion: rates.get(r.group) ?? null }));
  return { state: 'ok', rows, sum, detail: '' };
}
