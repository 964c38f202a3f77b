/** Days as ISO dates, in the site's zone, and the periods made of them. */
import { theZone } from './format.js';

const QUARTER = 900_000;
export const HOUR = 3_600_000, DAY = 86_400_000;

/** The date of a time in the site's zone. @param {number} time */
export const dateOf = time => new Intl.DateTimeFormat('en-CA', { timeZone: theZone(), year: 'numeric', month: '2-digit', day: '2-digit' }).format(time);
/** @param {string} date @param {number} days */
export const moved = (date, days) => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
/** @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
/** Sessions count once they have closed, so what began in the last half hour is not compared yet. */
const CLOSING = 2_100_000;
const lastQuarter = (/** @type {number} */ time) => Math.floor((time - CLOSING) / QUARTER) * QUARTER;
const quarterBefore = (/** @type {number} */ time) => new Date(lastQuarter(time)).toISOString();
/** A time of the date that is safe to print: noon. @param {string} date */
export const noon = date => Date.parse(date + 'T12:00:00Z') - offsetAt(Date.parse(date + 'T12:00:00Z'));
function offsetAt(/** @type {number} */ time) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: theZone(), year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(time);
  const of = (/** @type {string} */ type) => Number(parts.find(p => p.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) - Math.floor(time / 60_000) * 60_000;
}

export const PERIODS = [
  { id: 'live', label: 'Live, last 30 minutes', key: 'L' }, { id: '24h', label: 'Last 24 hours', key: 'H' }, { id: 'today', label: 'Today', key: 'D' }, { id: 'yesterday', label: 'Yesterday', key: 'E' },
  { id: '7d', label: 'Last 7 days', key: 'W' }, { id: '28d', label: 'Last 28 days', key: 'T' }, { id: '90d', label: 'Last 90 days', key: 'N' },
  { id: 'month', label: 'Month to date', key: 'M' }, { id: 'custom', label: 'Other dates', key: 'C' },
];

/** The first and the last day of a period. @param {string} period @param {number} at @param {string} today @param {URLSearchParams} q */
function daysOf(period, at, today, q) {
  if (period === 'today' || period === 'yesterday') { const d = moved(today, at - (period === 'yesterday' ? 1 : 0)); return [d, d]; }
  if (period === 'month') return monthOf(at, today);
  const [from, to] = [q.get('from') ?? '', q.get('to') ?? ''];
  if (period === 'custom' && isDate(from) && isDate(to) && from <= to) { const n = daysBetween(from, to) + 1; return [moved(from, at * n), moved(to, at * n)]; }
  const n = period === '7d' ? 7 : period === '90d' ? 90 : 28;
  return [moved(today, at * n - n + 1), moved(today, at * n)];
}
const isDate = (/** @type {string} */ text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
/** @param {number} at @param {string} today */
function monthOf(at, today) {
  const [y, m] = today.split('-').map(Number);
  const first = new Date(Date.UTC(y, m - 1 + at, 1)).toISOString().slice(0, 10), last = new Date(Date.UTC(y, m + at, 0)).toISOString().slice(0, 10);
  return [first, last < today ? last : today];
}

/**
 * What to ask REST about a period. `now` is what is compared with `then`: a running day of several is left out of
 * both, a single running day or hour is cut at the same time. `then` is whole weeks away, so weekdays stay in line.
 *
 * @param {{ period: string, at: number, vs: string, q: URLSearchParams }} view
 */
export function span({ period, at, vs, q }, clock = Date.now()) {
  if (period === '24h') return hours(at, vs, clock);
  const today = dateOf(clock);
  const [from, to] = daysOf(period, at, today, q);
  const n = daysBetween(from, to) + 1, away = vs === 'year' ? 364 : Math.ceil(n / 7) * 7;
  const isRunning = from <= today && to >= today, grain = n === 1 && from > moved(today, -34) ? 'hour' : n <= 92 ? 'day' : 'week';
  const other = { from: moved(from, -away), to: moved(to, -away) };
  const range = { from, to };
  let now = range, then = other, compared = 'the other period';
  if (isRunning && n > 1) [now, then, compared] = [{ from, to: moved(today, -1) }, { from: other.from, to: moved(today, -1 - away) }, 'the finished days'];
  if (isRunning && n === 1 && lastQuarter(clock) > noon(from) - DAY / 2) [now, then, compared] = [{ from, to: quarterBefore(clock) }, { from: other.from, to: quarterBefore(clock - away * DAY) }, 'the same part of the day'];
  const isComparable = !(isRunning && n === 1) || now !== range; // a day that has just begun has no part to compare
  return { isComparable, range, other, now, then, compared, grain, days: n, away: away * DAY, isRunning, isOfDays: true, from: noon(from), to: noon(to), step: grain };
}
/** @param {number} at @param {string} vs @param {number} clock */
function hours(at, vs, clock) {
  const end = Math.ceil((clock + 1) / HOUR) * HOUR + at * DAY, away = (vs === 'year' ? 364 : 7) * DAY, cut = Math.min(end, lastQuarter(clock));
  const between = (/** @type {number} */ a, /** @type {number} */ b) => ({ from: new Date(a).toISOString(), to: new Date(b).toISOString() });
  const range = between(end - DAY, end);
  return { isComparable: true, range, other: between(end - DAY - away, end - away), now: between(end - DAY, cut), then: between(end - DAY - away, cut - away), compared: 'the same hours', grain: 'hour', days: 1, away, isRunning: at === 0, isOfDays: false, from: end - DAY, to: end - HOUR, step: 'hour' };
}
