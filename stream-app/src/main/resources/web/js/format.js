/** Numbers and times in the viewer's language; days and hours of the site's zone, or of the one that the viewer chose. */
export const LOCALE = new Intl.NumberFormat(navigator.languages.length ? [...navigator.languages] : undefined).resolvedOptions().locale;
let site = 'UTC', zone = 'UTC', currency = '';
export const theZone = () => zone;
export const siteZone = () => site;
/** The zone that was chosen in place of the site's; null for the site's own. */
export const otherZone = () => (zone === site ? null : zone);
/** A zone as people write it. */
export const zoneName = (/** @type {string} */ name) => name.replaceAll('_', ' ');
export const theCurrency = () => currency;
/** @type {Map<string, any>} */
const made = new Map();
/** @param {string} name @param {() => any} make */
function kept(name, make) { const key = name + zone + currency; if (!made.has(key)) made.set(key, make()); return made.get(key); }
export function setSite(/** @type {string} */ name) { site = zone = name; }
/** What is no zone is that of the site. Another name of the site's zone, or one in other letters, is the same zone. */
export function setZone(/** @type {string} */ name) { const known = usualZone(name); zone = known && !isSiteZone(known) ? known : site; }
export const isSiteZone = (/** @type {string} */ name) => name === site || usualZone(name) === usualZone(site);
/** @type {Map<string, string>} */
const usual = new Map();
/** The name that this browser has for a zone, which REST takes too; empty for what is no zone. @param {string} name @returns {string} */
function usualZone(name) {
  if (!usual.has(name)) { try { usual.set(name, name && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone); } catch { usual.set(name, ''); } }
  return usual.get(name) ?? '';
}
export function setCurrency(/** @type {string} */ code) { currency = code; }
const number = (/** @type {string} */ name, /** @type {Intl.NumberFormatOptions} */ options) => kept(name, () => new Intl.NumberFormat(LOCALE, options));
/** The site's own currency by its short sign; the others must not look like it. @param {string} code @returns {'narrowSymbol' | 'symbol'} */
const display = code => (code === currency ? 'narrowSymbol' : 'symbol');
/** @type {(options: Intl.NumberFormatOptions, code?: string) => Intl.NumberFormatOptions} */
const inMoney = (options, code = currency) => (code ? { style: 'currency', currency: code, currencyDisplay: display(code), ...options } : { minimumFractionDigits: 0, ...options });

export const count = (/** @type {number} */ v) => (isWhole(v) ? number('whole', { maximumFractionDigits: 0 }).format(Math.round(v)) : '≈ ' + rounded(v));
/**
 * A double has the whole digits of a number up to 2^53. A larger one is shown rounded, by a unit or a power of ten, with a sign that says so.
 *
 * @param {number} v @param {Intl.NumberFormatOptions} [options] @param {number} [digits]
 */
function rounded(v, options = {}, digits = 4) {
  const notation = Math.abs(v) < 1e18 ? 'compact' : 'scientific';
  return number(notation + digits + JSON.stringify(options), { ...options, notation, maximumSignificantDigits: digits, minimumFractionDigits: undefined, maximumFractionDigits: undefined }).format(v)
    .replace(/E(\d+)/, (_, power) => ' × 10' + [...power].map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join(''));
}
const isWhole = (/** @type {number} */ v) => Math.abs(v) <= Number.MAX_SAFE_INTEGER;
/** A dash where the number is not known. */
export const counted = (/** @type {number | null | undefined} */ v) => (v === null || v === undefined ? '–' : count(v));
export const money = (/** @type {number} */ v, code = currency) => (isWhole(v) ? number('money' + code, inMoney({ maximumFractionDigits: 0 }, code)).format(v) : '≈ ' + rounded(v, inMoney({}, code)));
export const cents = (/** @type {number} */ v, code = currency) => (!isWhole(v * 100) ? '≈ ' + rounded(v, inMoney({}, code)) : code ? number('cents' + code, { style: 'currency', currency: code, currencyDisplay: display(code) }) : number('plain', { minimumFractionDigits: 2, maximumFractionDigits: 2 })).format(v);
export const percent = (/** @type {number} */ v, digits = 1) => number('percent' + digits, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(v);
export const decimal = (/** @type {number} */ v, digits = 2) => number('decimal' + digits, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(v);
export function duration(/** @type {number} */ seconds) {
  const t = Math.round(seconds);
  if (t < 60) return `${t}s`;
  if (t < 3600) return `${Math.floor(t / 60)}m ${String(t % 60).padStart(2, '0')}s`;
  return `${Math.floor(t / 3600)}h ${String(Math.floor(t % 3600 / 60)).padStart(2, '0')}m`;
}
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
/** A size by thousands. @param {number} v */
export function bytes(v) {
  const i = Math.min(SIZES.length - 1, v < 1000 ? 0 : Math.floor(Math.log10(v) / 3)), n = v / 1000 ** i;
  return number('size' + i + (n < 10), { style: 'unit', unit: SIZES[i], maximumFractionDigits: i && n < 10 ? 1 : 0 }).format(n);
}
/** Exact for reading, short for axes. @type {Record<string, (v: number) => string>} */
export const show = { count, money: v => money(v), percent: v => percent(v, 2), duration: v => (v >= .05 && v < 9.95 ? decimal(v, 1) + 's' : duration(v)) };
const brief = { notation: /** @type {const} */ ('compact'), maximumFractionDigits: 1 };
/** @type {Record<string, (v: number) => string>} */
export const axis = { count: v => (isWhole(v) ? number('short', brief).format(v) : rounded(v, {}, 2)), money: v => (isWhole(v) ? number('short money', inMoney(brief)).format(v) : rounded(v, inMoney({}), 2)), percent: v => percent(v, v >= .1 || v === 0 ? 0 : 1), duration };

/**
 * A change: rates in percentage points, all else in percent.
 * @param {string} kind @param {number | null} now @param {number | null | undefined} then
 */
export function change(kind, now, then) {
  if (now === null || then === null || then === undefined || (!then && kind !== 'percent')) return null;
  const value = kind === 'percent' ? now - then : now / then - 1;
  const size = Math.abs(value) * 100;
  const text = kind === 'percent' ? `${decimal(size, size < 1 ? 2 : 1)} pp` : `${decimal(size, size < 10 ? 1 : 0)}%`;
  return { value, text: (value > 0 ? '+' : value < 0 ? '−' : '') + text };
}
/** @param {Intl.DateTimeFormatOptions} options @returns {(t: number | Date) => string} */
const dated = options => t => kept(JSON.stringify(options), () => new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options })).format(t);
export const day = dated({ day: 'numeric', month: 'short' });
export const dayYear = dated({ day: 'numeric', month: 'short', year: 'numeric' });
export const weekday = dated({ weekday: 'short', day: 'numeric', month: 'short' });
export const month = dated({ month: 'long', year: 'numeric' });
export const clock = dated({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const second = dated({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
export const dayClock = dated({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const weekdays = [...Array(7).keys()].map(i => new Intl.DateTimeFormat(LOCALE, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + i)));
export const shortDays = [...Array(7).keys()].map(i => new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + i)));
/** A text of others in one of our sentences: its direction does not spread, and it cannot end that. @param {string} text */
export const apart = text => `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
/** @param {string} code */
export function country(code) {
  try { return (/^[A-Z]{2}$/.test(code) && kept('regions', () => new Intl.DisplayNames([LOCALE], { type: 'region' })).of(code)) || code; } catch { return code; }
}
