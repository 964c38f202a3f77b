/** How a session of REST is told in a row. */
import { h } from './dom.js';
import { signInAgain } from './door.js';
import { link } from './state.js';
import * as f from './format.js';
import { badge } from './ui.js';

export const who = (/** @type {string} */ id) => h('a.mono.who', { dir: 'auto', href: link({ screen: 'visitor', id }), title: id }, id);
/** @param {any} x */
export function outcome(x) {
  if (x.state === 'retracted') return badge('water', 'retracted', 'A late event joined this session to another one, which has its events now.');
  if (x.converted) { const sums = Object.entries(x.revenue); return badge('good', 'bought' + (sums.length ? ' ' + sums.map(([code, v]) => f.cents(Number(v), code)).join(', ') : '')); }
  if (x.cartAbandoned) return badge('warn', 'cart left');
  return h('span.dim', null, x.bounce ? 'bounce' : '');
}
/** How often a session was revised. An application that took over from another one counts from a whole million on. @param {any} x @returns {number} */
export const revisions = x => (x.revision ?? 0) % 1_000_000;
export const revision = (/** @type {any} */ x) => (revisions(x) ? badge('water', `revision ${revisions(x)}`, 'Late events revised this session after it had closed.') : null);
/** Fetches without the cache: for what is asked every few seconds. @param {string} path */
export async function fresh(path) {
  const reply = await fetch(path);
  if (reply.status === 401) signInAgain();
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.detail ?? reply.statusText);
  return body;
}
