/**
 * The funnel from the sums of sessions. Each step is a part of the one before: sessions with a cart, and those of them
 * that were not abandoned. A checkout is no such part, because a purchase may come without one.
 */
import { h } from './dom.js';
import { count, percent } from './format.js';
import { metric, totalOf } from './report.js';
import { stream } from './charts.js';

export const SUMS = ['sessions', 'cart_sessions', 'abandoned_sessions'];
export const STEPS = ['Session', 'Added to cart', 'Bought from the cart'];
/** @param {number[]} sums in the order of SUMS */
export const numbersOf = ([sessions, carts, abandoned]) => [sessions, carts, carts - abandoned];

/** @param {any} range @param {string[] | null} filter */
export function stepsOf(range, filter) {
  const answers = SUMS.map(name => metric(name, { ...range, grain: 'total', filter }));
  const bad = answers.find(a => a.state !== 'ok');
  if (bad) return { state: bad.state, detail: bad.detail, rows: [] };
  const numbers = numbersOf(answers.map(a => totalOf(a, 'count') ?? 0));
  if (!numbers[0]) return { state: 'empty', detail: '', rows: [] };
  return { state: 'ok', detail: '', rows: STEPS.map((name, i) => ({ name, n: numbers[i], share: numbers[i] / numbers[0] })) };
}
/** @param {any[]} steps @param {number} [height] */
export function funnelView(steps, height = 150) {
  return h('div.funnel', null, h('ol.steps', { vars: { '--n': steps.length } }, steps.map((t, i) => h('li', { vars: { '--w': t.share * 100 + '%' } }, h('span.step-name', null, t.name), h('b', null, count(t.n)),
    h('span.step-rate', null, i ? [h('span', null, steps[i - 1].n ? `${percent(t.n / steps[i - 1].n)} of the step before` : '–'), h('span.dim', null, `${percent(t.share, 2)} of all`)] : [h('span', null, '100%'), h('span.dim', null, 'all sessions')])))), stream(steps, { height }));
}
