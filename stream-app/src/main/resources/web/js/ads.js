/** Ads: where they were seen, and which were clicked. */
import { h, icon } from './dom.js';
import * as f from './format.js';
import { REST, csvLink, metric, valuesBy } from './report.js';
import { card, states } from './ui.js';

const WAYS = [{ id: 'ad', label: 'Ad' }, { id: 'position', label: 'Position' }, { id: 'page', label: 'Page' }];
const SUMS = ['ad_impressions', 'ad_clicks', 'matched_clicks', 'ctr'], SHOWN = 12;

/** @param {import('./state.js').View} view @param {any} s */
export function ads(view, s) {
  const by = WAYS.find(x => x.id === view.tabs.ads)?.id ?? 'ad', asked = { ...s.range, grain: 'total', by };
  const body = () => {
    if (by === 'page' && !s.isOfDays) return states({ state: 'days' });
    const answers = SUMS.map(name => metric(name, { ...asked, top: name === 'ad_impressions' ? SHOWN : 1000 })), bad = answers.find(a => a.state !== 'ok');
    if (bad) return states(bad);
    const [seen, rate] = [answers[0], answers[3]].map(a => new Map(a.value.rows.map((/** @type {any} */ x) => [x.group, x.value]))), [clicks, matched] = [valuesBy(answers[1]), valuesBy(answers[2])];
    const rows = [...seen].filter(([group, n]) => n > 0 && group !== REST), most = Math.max(1, ...rows.map(([, n]) => n));
    if (!rows.length) return h('div.blank.small', null, icon('info', 20), h('b', null, 'No ads in these dates'), h('p', null, 'Ads are events ad_impression and ad_click with an ad_id; the property position says where they stood.'));
    return h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Ads' }, h('table.data.roomy', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, WAYS.find(x => x.id === by)?.label), [['Seen', ''], ['Clicks', ''], ['Matched', '.hide-s'], ['Click rate', '']].map(([t, kind]) => h('th.n' + kind, { scope: 'col' }, t === 'Matched' ? h('abbr', { title: 'Clicks at most 30 minutes after the ad was seen, at most one for each time that it was seen' }, t) : t)))),
      h('tbody', null, rows.map(([group, n]) => h('tr', null, h('th.cut', { dir: 'auto', scope: 'row', title: group }, h('span.bar-cell', { vars: { '--w': n / most * 100 + '%' } }, group || 'Not known')), h('td.n', null, f.count(n)), h('td.n', null, f.counted(clicks(group))), h('td.n.dim.hide-s', null, f.counted(matched(group))), h('td.n.strong', null, rate.get(group) === undefined || rate.get(group) === null ? '–' : f.percent(rate.get(group), 2)))))));
  };
  return card('Ads', { span: 'span-12', note: 'times seen, and clicks within 30 minutes', tabs: { key: 'ads', now: by, list: WAYS }, tools: h('a.icon-button.csv', { href: csvLink('ad_impressions', { ...asked, top: 1000 }), download: '', 'aria-label': 'Ads as CSV', title: 'CSV' }, icon('download', 14)), body: body() });
}
