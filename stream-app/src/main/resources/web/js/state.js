/**
 * The address is the state: screen, period, comparison, figure, filters, open tabs. A link is a report.
 *
 * @typedef {{ dim: string, value: string, not?: boolean }} Filter with `not`, all but the value
 * @typedef {{ screen: string, id: string | null, period: string, at: number, vs: string, metric: string, filters: Filter[],
 *   zone: string, tabs: Record<string, string>, q: URLSearchParams }} View zone: empty for that of the site
 */
/** @type {Record<string, string>} */
const DEFAULTS = { period: '28d', at: '0', vs: 'prev', metric: '', zone: '' };

/** Periods back: dates before the year 1 have no form here. */
const FURTHEST = -200;

/** @returns {View} */
export function read() {
  const [path, query = ''] = location.hash.slice(1).split('?');
  const q = new URLSearchParams(query);
  const [, screen = '', id] = path.split('/');
  const get = (/** @type {string} */ key) => q.get(key) ?? DEFAULTS[key];
  return {
    screen: screen || 'overview', id: id ? decoded(id) : null, period: get('period'), at: Math.max(FURTHEST, Math.min(0, Math.trunc(Number(get('at'))) || 0)), vs: ['prev', 'year', 'off'].includes(get('vs')) ? get('vs') : DEFAULTS.vs,
    metric: get('metric'), zone: get('zone'), filters: q.getAll('f').map(parseFilter), tabs: Object.fromEntries([...q].filter(([k]) => k.startsWith('tab.')).map(([k, v]) => [k.slice(4), v])),
    q,
  };
}
function decoded(/** @type {string} */ text) { try { return decodeURIComponent(text); } catch { return text; } }
function parseFilter(/** @type {string} */ text) {
  const [dim, ...rest] = text.split(':'), not = dim.endsWith('!');
  return { dim: not ? dim.slice(0, -1) : dim, value: rest.join(':'), not };
}
/** A filter as REST and the address have it: `country:DE`, or `country!:DE` for all others. */
export const filterText = (/** @type {Filter} */ f) => `${f.dim}${f.not ? '!' : ''}:${f.value}`;

/**
 * The address of the present report with some of it changed.
 *
 * @param {Partial<View> & { from?: string, to?: string }} changes
 */
export function link(changes = {}) {
  const now = read();
  const next = { ...now, ...changes };
  const q = new URLSearchParams();
  for (const key of /** @type {const} */ (['period', 'at', 'vs', 'metric', 'zone'])) if (String(next[key]) !== DEFAULTS[key]) q.set(key, String(next[key]));
  if (next.period === 'custom') for (const key of /** @type {const} */ (['from', 'to'])) q.set(key, changes[key] ?? now.q.get(key) ?? '');
  for (const f of next.filters) q.append('f', filterText(f));
  for (const [key, value] of Object.entries({ ...now.tabs, ...changes.tabs })) if (value) q.set('tab.' + key, value);
  const path = '/' + next.screen + (next.id && next.screen === now.screen || changes.id ? '/' + encodeURIComponent(String(next.id)) : '');
  const text = q.toString().replaceAll('%3A', ':').replaceAll('%21', '!').replaceAll('%2F', '/');
  return '#' + path + (text ? '?' + text : '');
}
/** @param {Partial<View> & { from?: string, to?: string }} changes */
export const go = changes => { location.hash = link(changes); };

/** Adds the filter, or takes it away when it is there already; another value of a dimension replaces the old one. */
export function toggled(/** @type {string} */ dim, /** @type {string} */ value, not = false) {
  const { filters } = read();
  const rest = filters.filter(f => f.dim !== dim);
  return filters.some(f => f.dim === dim && f.value === value && Boolean(f.not) === not) ? rest : [...rest, { dim, value, not }];
}
/** Alt and a click on a row: all but this. */
export const butThis = (/** @type {string} */ dim, /** @type {string} */ value) => (/** @type {MouseEvent} */ e) => { if (e.altKey) { e.preventDefault(); go({ filters: toggled(dim, value, true) }); } };
