/** New and returning visitors by the day. */
import * as f from './format.js';
import { metric } from './report.js';
import { columns, tableBehind } from './charts.js';
import { states } from './ui.js';

/** @param {any} r */
export function visitorsByDay(r) {
  if (!r.isOfDays) return states({ state: 'days' });
  const grain = r.grain === 'hour' ? 'day' : r.grain, [fresh, back] = ['new_visitors', 'returning_visitors'].map(name => metric(name, { ...r.range, grain, filter: r.filter ?? null }));
  const bad = [fresh, back].find(a => a.state !== 'ok');
  if (bad) return states(bad);
  const returning = new Map(back.value.rows.map((/** @type {any} */ x) => [x.start, x.value]));
  const rows = fresh.value.rows.filter((/** @type {any} */ x) => Date.parse(x.start) <= Date.now()).map((/** @type {any} */ x) => ({ t: Date.parse(x.start), open: !x.isFinal, parts: [{ kind: 'returning', name: 'Returning', v: returning.get(x.start) ?? 0 }, { kind: 'new', name: 'New', v: x.value }] }));
  if (!rows.some((/** @type {any} */ x) => x.parts[0].v + x.parts[1].v)) return states({ state: 'empty' });
  return [columns({ rows, label: `New and returning visitors by ${grain}`, height: 200, labels: 7, naming: f.day }), tableBehind(`Visitors by ${grain}`, [grain === 'day' ? 'Day' : 'Week from', 'New', 'Returning', 'Share returning'], rows.map((/** @type {any} */ x) => { const [b, a] = x.parts; return [f.weekday(x.t), f.count(a.v), f.count(b.v), a.v + b.v ? f.percent(b.v / (a.v + b.v)) : '–']; }))];
}
