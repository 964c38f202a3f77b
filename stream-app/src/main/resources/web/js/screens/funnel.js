import { h, icon } from '../dom.js';
import { link, toggled } from '../state.js';
import * as f from '../format.js';
import { DIMS, REST, csvLink, metric, report, totalOf, valueName } from '../report.js';
import { tableBehind } from '../charts.js';
import { card, states } from '../ui.js';
import { toolbar } from '../toolbar.js';
import { chosen, chosenFunnel, orderedFunnel } from '../steps.js';
import { about, finality, reportCsv, reportOf } from '../reports.js';
import { STEPS, SUMS, funnelView, numbersOf, stepsOf } from '../funnel-view.js';

const SEGMENTS = ['device', 'visitor_type', 'referrer_class', 'country', 'browser', 'campaign'];

/** @param {any[]} steps @param {any} r */
function reading(steps, r) {
  const [, cart, bought] = steps, [checkouts, converted] = ['checkout_sessions', 'converted_sessions'].map(name => totalOf(metric(name, { ...r.range, grain: 'total', filter: r.filter }), 'count'));
  if (!cart.n || checkouts === null || converted === null) return null;
  return h('p.reading', null, icon('info', 16), h('span', null, 'Of the sessions with a cart, ', h('b', null, f.count(cart.n - bought.n)), ` ended without a purchase. ${f.count(Math.max(0, converted - bought.n))} sessions bought without a cart of their own, and ${f.count(checkouts)} had a checkout. The tab “In order” asks for their order.`));
}
/** @param {any} r @param {string} by @param {any[]} steps */
function segments(r, by, steps) {
  const answers = SUMS.map(name => metric(name, { ...r.range, grain: 'total', by, top: name === 'sessions' ? 8 : 1000, filter: r.filter })), bad = answers.find(a => a.state !== 'ok');
  if (bad) return states(bad);
  const maps = answers.map(a => new Map(a.value.rows.map((/** @type {any} */ x) => [x.group, x.value])));
  const groups = [...maps[0]].filter(([g, n]) => g !== REST && n > 0);
  if (!groups.length) return states({ state: 'empty' });
  const cell = (/** @type {number} */ n, /** @type {number} */ before, /** @type {number} */ mean) => {
    if (!before) return h('td.n.dim', null, '–');
    const kept = n / before, better = mean ? kept / mean - 1 : 0;
    return h('td.n', null, h('b.kept', null, f.percent(kept)), h('span.meter' + (better > .08 ? '.more' : better < -.08 ? '.less' : ''), { vars: { '--w': Math.min(100, kept * 100) + '%' } }));
  };
  return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Funnel by segment' }, h('table.data.roomy.segments', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, DIMS[by]), STEPS.map((name, i) => h('th.n', { scope: 'col' }, i ? name : 'Sessions')), h('th.n', { scope: 'col' }, 'In all'))),
    h('tbody', null, groups.map(([g, n]) => {
      const numbers = numbersOf(maps.map(m => m.get(g) ?? 0));
      return h('tr', null, h('th', { scope: 'row' }, h('a', { href: link({ filters: toggled(by, g) }) }, valueName(by, g))), h('td.n', null, f.count(n)), numbers.slice(1).map((v, i) => cell(v, numbers[i], steps[i].n ? steps[i + 1].n / steps[i].n : 0)), h('td.n.strong', null, f.percent(numbers[2] / n, 2)));
    }))));
}
const KINDS = [{ id: 'cart', label: 'By cart' }, { id: 'order', label: 'In order' }, { id: 'steps', label: 'Own steps' }];
/** @type {Record<string, string>} */
const NOTES = { cart: 'sessions that reached each step', order: 'sessions that reached each step, one after the other', steps: 'sessions that did all steps so far' };
/** @param {string} kind @param {import('../state.js').View} view @param {any} r */
function tools(kind, view, r) {
  if (kind === 'cart') return h('a.quiet', { href: csvLink('converted_sessions', { ...r.range, grain: r.grain, filter: r.filter }), download: '' }, icon('download', 14), ' CSV');
  const [name, by] = kind === 'order' ? ['ordered_funnel', 'all'] : ['reached', chosen(view).join(',')];
  const answer = reportOf(name, r, by, r.filter);
  return [finality(answer), ...about('Funnel', answer, reportCsv(name, r, by, r.filter))];
}

/** @param {import('../state.js').View} view */
export function funnel(view) {
  const r = report(view), head = toolbar(view, r, 'Funnel');
  const steps = stepsOf(r.range, r.filter), by = SEGMENTS.find(x => x === view.tabs.by) ?? 'device';
  const isOk = steps.state === 'ok', kind = KINDS.find(x => x.id === view.tabs.kind)?.id ?? 'cart';
  return { body: [head,
    card('Funnel', { note: NOTES[kind], tabs: { key: 'kind', now: kind, list: KINDS }, tools: tools(kind, view, r), body: kind === 'order' ? orderedFunnel(r) : kind === 'steps' ? chosenFunnel(view, r) : !isOk ? states(steps) : [funnelView(steps.rows, 220), reading(steps.rows, r),
      tableBehind('Funnel', ['Step', 'Sessions', 'Of step before', 'Of all'], steps.rows.map((t, i) => [t.name, f.count(t.n), i && steps.rows[i - 1].n ? f.percent(t.n / steps.rows[i - 1].n) : '100%', f.percent(t.share, 2)]))] }),
    h('div.grid', null,
      card('Side by side', { span: 'span-12', note: 'share of the step before; green and red: 8% from the mean', tabs: { key: 'by', now: by, list: SEGMENTS.map(id => ({ id, label: id === 'visitor_type' ? 'New or not' : DIMS[id] })) }, body: isOk ? segments(r, by, steps.rows) : states(steps) }))] };
}
