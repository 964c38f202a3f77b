/** Funnels from PostgreSQL: the ordered one, and one of chosen steps. */
import { h, icon } from './dom.js';
import { link } from './state.js';
import * as f from './format.js';
import { tableBehind } from './charts.js';
import { menu, states } from './ui.js';
import { funnelView } from './funnel-view.js';
import { reportOf } from './reports.js';

/** @type {Record<string, string>} */
export const CHOICES = { page_view: 'Page view', two_pages: 'Two pages', engaged: 'Engaged', search: 'Search', ad_click: 'Ad click', product_view: 'Product view', add_to_cart: 'Added to cart', remove_from_cart: 'Removed from cart', identify: 'Signed in', checkout: 'Checkout', purchase: 'Purchase' };
const USUAL = ['product_view', 'add_to_cart', 'checkout', 'purchase'], MOST = 6;

/** @param {import('./state.js').View} view @returns {string[]} */
export function chosen(view) {
  const list = [...new Set((view.tabs.steps ?? '').split(','))].filter(x => Object.hasOwn(CHOICES, x)).slice(0, MOST);
  return list.length ? list : USUAL;
}
/** @param {any[]} rows with name and n */
const shares = rows => rows.map(x => ({ ...x, share: rows[0].n ? x.n / rows[0].n : 0 }));

/** Each step is a menu: another one in its place, or none. @param {string[]} steps */
function builder(steps) {
  const to = (/** @type {string[]} */ list) => link({ tabs: { steps: list.join(',') } }), free = Object.keys(CHOICES).filter(x => !steps.includes(x));
  const chip = (/** @type {string} */ step, /** @type {number} */ i) => menu(h('button.step-chip', { type: 'button', 'data-key': 'step' + i, title: 'Change this step' }, h('span.step-no', null, i + 1), h('span', null, CHOICES[step]), icon('down', 12)), () => [
    h('div.menu-title', null, `Step ${i + 1}`), ...free.map(x => h('a.item', { href: to(steps.with(i, x)) }, h('span', null, CHOICES[x]))), steps.length > 1 && h('a.item.add', { href: to(steps.toSpliced(i, 1)) }, icon('close', 14), 'Take this step away')].filter(Boolean));
  const add = steps.length < MOST && free.length > 0 && menu(h('button.button', { type: 'button', 'data-key': 'step-add' }, icon('plus', 14), 'Step'), () => free.map(x => h('a.item', { href: to([...steps, x]) }, h('span', null, CHOICES[x]))));
  return h('ol.builder', { 'aria-label': 'Steps' }, steps.map((step, i) => h('li', null, chip(step, i), i < steps.length - 1 && icon('right', 14))), add && h('li', null, add));
}
/** @param {any[]} steps @param {string[]} [times] */
const table = (steps, times) => tableBehind('Funnel', ['Step', 'Sessions', 'Of step before', 'Of all', ...(times ? ['Median time'] : [])], steps.map((t, i) => [t.name, f.count(t.n), i && steps[i - 1].n ? f.percent(t.n / steps[i - 1].n) : '100%', f.percent(t.share, 2), ...(times ? [times[i]] : [])]));

/** @param {import('./state.js').View} view @param {any} r */
export function chosenFunnel(view, r) {
  const list = chosen(view), answer = reportOf('reached', r, list.join(','), r.filter);
  if (answer.state !== 'ok') return [builder(list), states(answer)];
  const steps = shares(answer.value.rows.map((/** @type {any} */ x) => ({ name: x.step === 'session' ? 'Session' : CHOICES[x.step], n: x.sessions })));
  if (!steps[0].n) return [builder(list), states({ state: 'empty' })];
  return [builder(list), funnelView(steps, 220), h('p.reading', null, icon('info', 16), h('span', null, 'A session counts at a step when it did that step and all before it, ', h('b', null, 'in any order'), '. In order and over several sessions: ', h('code', null, `./weir funnel ${list.filter(x => !['two_pages', 'engaged'].includes(x)).join(' ')}`), '.')), table(steps)];
}
const ORDERED = [['sessions', 'Session', ''], ['viewed', 'Product view', ''], ['carted', 'Added to cart', 'view_to_cart_s'], ['checked_out', 'Checkout', 'cart_to_checkout_s'], ['purchased', 'Purchase', 'checkout_to_purchase_s']];
/** @param {any} r */
export function orderedFunnel(r) {
  const answer = reportOf('ordered_funnel', r, 'all', r.filter);
  if (answer.state !== 'ok') return states(answer);
  const row = answer.value.rows[0];
  if (!row) return states({ state: 'empty' });
  const steps = shares(ORDERED.map(([key, name]) => ({ name, n: row[key] }))), times = ORDERED.map(([, , key]) => (key && row[key] !== null && row[key] !== undefined ? f.duration(row[key]) : ''));
  const told = ORDERED.slice(2).map(([, name], i) => times[i + 2] && `${times[i + 2]} to “${name.toLowerCase()}”`).filter(Boolean);
  return [funnelView(steps, 220), h('p.reading', null, icon('info', 16), h('span', null, 'Steps count when they come ', h('b', null, 'in this order'), ' within a session.', told.length > 0 && ` The middle session takes ${told.join(', ')}.`)), table(steps, times)];
}
