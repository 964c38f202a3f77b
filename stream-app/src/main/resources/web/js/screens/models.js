import { h, icon } from '../dom.js';
import { ask } from '../ask.js';
import { link } from '../state.js';
import * as f from '../format.js';
import { badge, card, states } from '../ui.js';
import { about } from '../reports.js';
import { served } from '../served.js';

const WATCHES = 'v1/reports/models', DRIFT = 'v1/reports/model_drift', COMPARISONS = 'v1/reports/model_comparisons';
/** The usual reading of the index, and how many sessions it takes to mean something. */
const LOOK = .1, OTHER = .25, ENOUGH = 1000;
const DAY = 86_400, STALE = 2 * DAY, OLD = 30 * DAY;
const SCORE = '(score)';

const known = (/** @type {number | null} */ v, digits = 4) => (v === null ? '–' : f.decimal(v, digits));
/** A figure beside that of the training. @param {number | null} now @param {number | null} then */
const beside = (now, then) => [h('b', null, known(now)), h('span.dim', { title: 'on the test part of the training' }, ` ${known(then)}`)];
/** @param {number | null} psi @param {number} sessions */
function index(psi, sessions) {
  if (psi === null) return sessions ? badge('calm', 'unknown', 'This model has no snapshot of its training data.') : '–';
  const text = f.decimal(psi, 3);
  if (sessions < ENOUGH) return badge('calm', text, `Fewer than ${f.count(ENOUGH)} of them: chance alone moves the index.`);
  return psi > OTHER ? badge('bad', text, 'Above 0.25: another population than in the training.') : psi > LOOK ? badge('warn', text, 'Above 0.1: worth a look.') : badge('good', text, 'As in the training.');
}
const scroll = (/** @type {string} */ label, /** @type {any} */ table) => h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': label }, table);
/** What a model scores, which the answers call sessions. @param {any} x */
const things = x => (x.subject === 'impressions' ? 'ad impressions' : 'sessions');
const OUTCOMES = /** @type {Record<string, string>} */ ({ sessions: 'converted', impressions: 'clicked', returns: 'were followed by another one within 7 days' });
/** The share of those with a known outcome. @param {any} x */
const happened = x => (x.outcomes ? f.percent(x.conversions / x.outcomes, 2) : '–');
/** Whether a row is of this model. @param {any} x @param {any} chosen */
const same = (x, chosen) => x.model_version === chosen.model_version && x.model_name === chosen.model_name;
const day = (/** @type {string | null} */ time) => (time ? f.dayYear(Date.parse(time)) : '–');

/** The versions of the newest run. @param {import('../ask.js').Answer} answer @param {any[]} newest @param {any} chosen */
function versions(answer, newest, chosen) {
  const body = () => {
    if (answer.state !== 'ok') return states(answer);
    if (!newest.length) return h('div.blank.small', null, icon('compare', 20), h('b', null, 'Not compared with the training yet'), h('p', null, 'The comparison says how good each version is on what it scored (AUC, log-loss, calibration) beside its training, and which features moved. ', h('code', null, './weir demo'), ' makes the first one a minute or two after its history is played, and trains a newer model. Elsewhere run ', h('code', null, './weir drift'), ' once a day.'));
    return scroll('Versions', h('table.data.roomy.models', null,
      h('thead', null, h('tr', null, [['Version', ''], ['Trained', '.hide-s'], ['Compared', '.n'], ['Came true', '.n.hide-s'], ['Mean score', '.n.hide-s'], ['AUC', '.n'], ['Log-loss', '.n.hide-s'], ['Calibration error', '.n.hide-s'], ['Scores moved', '.n']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
      h('tbody', null, newest.map(x => h('tr', null,
        h('th.cut', { scope: 'row', title: x.remark ?? x.model_version }, h('a', { href: link({ tabs: { version: x.model_version, model: x.model_name } }), 'aria-current': same(x, chosen) ? 'true' : null, 'data-key': `version${x.model_name} ${x.model_version}` }, x.model_version), h('span.sub', null, `${x.model_name}, ${things(x)}`)),
        h('td.dim.hide-s', null, day(x.trained_at)), h('td.n', { title: things(x) }, f.count(x.sessions), x.outcomes !== x.sessions && h('span.sub', null, `${f.count(x.outcomes)} judged`)), h('td.n.hide-s', { title: `${f.count(x.conversions)} of ${f.count(x.outcomes)} ${OUTCOMES[x.subject]}` }, happened(x)), h('td.n.hide-s', null, f.percent(x.mean_score, 2)),
        h('td.n', null, beside(x.auc, x.training_auc)), h('td.n.hide-s', null, beside(x.log_loss, x.training_log_loss)), h('td.n.hide-s', null, beside(x.calibration_error, x.training_calibration_error)), h('td.n', null, index(x.score_psi, x.sessions)))))));
  };
  const x = newest[0];
  return card('Versions', { span: 'span-12', note: x ? `from ${f.dayClock(Date.parse(x.from_time))} to ${f.dayClock(Date.parse(x.to_time))}` : 'how each does on what it scored', tools: about('Versions', answer, WATCHES + '?format=csv'), body: body(),
    foot: x ? 'Grey: on the test part of the training. A session counts when it has closed, an ad impression after half an hour: their outcome is known. Who comes back is known eight days later: these figures are of earlier sessions.' : null });
}

const VERDICTS = /** @type {Record<string, [string, string, string]>} */ ({
  challenger_better: ['good', 'Challenger is better', 'The whole interval of the log-loss is below zero.'], champion_better: ['calm', 'Champion is better', 'The whole interval of the log-loss is above zero.'],
  no_difference: ['calm', 'No difference shown', 'Zero is inside the interval of the log-loss.'], too_few: ['calm', 'Too few sessions', 'It takes 1,000 sessions of both, and 50 of each outcome.'] });
const signed = (/** @type {number | null} */ v, digits = 4) => (v === null ? '–' : (v > 0 ? '+' : '') + f.decimal(v, digits));
/** A difference and its interval. @param {number | null} value @param {number | null} low @param {number | null} high */
const interval = (value, low, high) => [h('b', null, signed(value)), h('span.dim', null, ` ${signed(low)} to ${signed(high)}`)];

/** Champion and challenger in the newest run. @param {import('../ask.js').Answer} answer @param {any[]} rows */
const duels = (answer, rows) => card('Champion and challenger', { span: 'span-12', id: 'duels', note: 'on the sessions that both scored', tools: about('Champion and challenger', answer, COMPARISONS + '?format=csv'),
  body: scroll('Champion and challenger', h('table.data.roomy', null,
    h('thead', null, h('tr', null, [['Challenger', ''], ['Champion', ''], ['Sessions', '.n'], ['Log-loss differs by', '.n'], ['AUC differs by', '.n.hide-s'], ['Verdict', '.n']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
    h('tbody', null, rows.map(x => { const [kind, text, why] = VERDICTS[x.verdict]; return h('tr', null, h('th.cut', { scope: 'row', title: x.challenger_version }, x.challenger_version), h('td.cut', { title: x.champion_version }, x.champion_version), h('td.n', null, f.count(x.sessions)),
      h('td.n', null, interval(x.log_loss_difference, x.log_loss_low, x.log_loss_high)), h('td.n.hide-s', null, interval(x.auc_difference, x.auc_low, x.auc_high)), h('td.n', null, badge(kind, text, why))); })))),
  foot: 'Challenger minus champion, and the 95 % interval. A lower log-loss and a higher AUC are better.' });

/** The shares of the classes of a feature, now and in the training. @param {any[]} rows @param {string} label */
function classes(rows, label) {
  const most = Math.max(.0001, ...rows.flatMap(x => [x.training, x.recent]));
  const share = (/** @type {number} */ v) => h('td.n', null, h('span.bar-cell', { vars: { '--w': v / most * 100 + '%' } }, f.percent(v)));
  return scroll(label, h('table.data', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Value'), ['Training', 'Recent'].map(t => h('th.n', { scope: 'col' }, t)))),
    h('tbody', null, rows.map(x => h('tr', null, h('th', { scope: 'row' }, x.label), share(x.training), share(x.recent))))));
}

/** @param {any} answer @param {any[]} rows of the chosen version @param {string} feature @param {number} sessions */
function features(answer, rows, feature, sessions) {
  const firsts = rows.filter(x => x.number === 1 && x.feature !== SCORE);
  const body = answer.state !== 'ok' ? states(answer) : !firsts.length ? h('div.blank.small', null, icon('info', 20), h('b', null, sessions ? 'No snapshot' : 'Nothing to compare'), h('p', null, sessions ? 'This model does not say what its training data looked like.' : 'This version scored nothing that began in these days; its earlier scores are judged above.')) : scroll('Features', h('table.data.roomy', null,
    h('thead', null, h('tr', null, [['Feature', ''], ['Moved', '.n'], ['Missing', '.n'], ['in the training', '.n.hide-s']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
    h('tbody', null, firsts.map(x => h('tr', null, h('th.cut', { scope: 'row' }, h('a', { href: link({ tabs: { feature: x.feature } }), 'aria-current': x.feature === feature ? 'true' : null, 'data-key': 'feature' + x.feature }, x.feature)), h('td.n', null, index(x.psi, sessions)), h('td.n', null, f.percent(x.missing_share)), h('td.n.dim.hide-s', null, f.percent(x.training_missing_share)))))));
  return card('Features', { span: 'span-6', id: 'features', note: 'the one that moved most first', tools: about('Features', answer, DRIFT + '?format=csv'), body });
}

/** The index of the scores at each run, the newest first. @param {any[]} all @param {any} chosen */
function history(all, chosen) {
  const rows = all.filter(x => same(x, chosen)).slice(0, 12);
  return card('Runs', { span: 'span-12', note: `the newest of version ${chosen.model_version}`, body: scroll('Runs', h('table.data.roomy', null,
    h('thead', null, h('tr', null, [['When', ''], ['Compared', '.n'], ['AUC', '.n'], ['Log-loss', '.n'], ['of the constant', '.n.hide-s'], ['Calibration error', '.n.hide-s'], ['Scores moved', '.n']].map(([t, kind]) => h('th' + kind, { scope: 'col' }, t)))),
    h('tbody', null, rows.map(x => h('tr', null, h('th', { scope: 'row' }, f.dayClock(Date.parse(x.watched_at))), h('td.n', null, f.count(x.sessions)), h('td.n', null, known(x.auc)), h('td.n', null, known(x.log_loss)), h('td.n.dim.hide-s', null, known(x.constant_log_loss)), h('td.n.hide-s', null, known(x.calibration_error)), h('td.n', null, index(x.score_psi, x.sessions))))))) });
}

/** What needs a look. @param {any[]} newest @returns {string[]} */
function worries(newest) {
  const x = newest[0], found = [];
  if (!x) return [];
  if (x.watched_s_ago > STALE) found.push(`compared ${f.count(x.watched_s_ago / DAY)} days ago`);
  if (newest.some(v => v.score_psi > OTHER && v.sessions >= ENOUGH)) found.push('scores are not those of the training');
  const ages = new Map();
  for (const v of newest) if (v.trained_at) ages.set(v.model_name, Math.max(ages.get(v.model_name) ?? 0, Date.parse(v.trained_at)));
  for (const [name, trained] of ages) if (Date.now() - trained > OLD * 1000) found.push(`the newest ${name} is older than 30 days`);
  return found;
}

/** @param {import('../state.js').View} view */
export function models(view) {
  const answer = ask(WATCHES), drift = ask(DRIFT), compared = ask(COMPARISONS);
  const all = answer.state === 'ok' ? answer.value.rows : [], newest = all.filter((/** @type {any} */ x) => x.is_newest);
  const ofVersion = newest.filter((/** @type {any} */ x) => x.model_version === view.tabs.version), chosen = ofVersion.find((/** @type {any} */ x) => x.model_name === view.tabs.model) ?? ofVersion[0] ?? newest[0];
  const rows = drift.state === 'ok' && chosen ? drift.value.rows.filter((/** @type {any} */ x) => same(x, chosen)) : [];
  const names = [...new Set(rows.filter((/** @type {any} */ x) => x.feature !== SCORE).map((/** @type {any} */ x) => x.feature))], feature = names.includes(view.tabs.feature) ? view.tabs.feature : names[0];
  const of = (/** @type {string} */ name) => rows.filter((/** @type {any} */ x) => x.feature === name), looks = worries(newest), rivals = compared.state === 'ok' ? compared.value.rows.filter((/** @type {any} */ x) => x.is_newest) : [];
  return { body: [
    h('div.toolbar', null, h('h1', null, 'Models'), newest.length > 0 && (looks.length ? badge('warn', looks.join('; ')) : badge('good', 'Nothing needs a look')), h('div.grow'), chosen && h('span.note', null, `compared ${f.dayClock(Date.parse(chosen.watched_at))}`)),
    h('div.grid', null, served(view), versions(answer, newest, chosen), rivals.length > 0 && duels(compared, rivals),
      rows.length > 0 && [card('Scores', { span: 'span-6', note: `of ${f.count(chosen.sessions)} ${things(chosen)}, and of the training’s test part`, body: classes(of(SCORE), 'Scores') })],
      chosen && features(drift, rows, feature, chosen.sessions),
      feature && card(`Values of ${feature}`, { span: 'span-12', id: 'values', note: `share of the ${things(chosen)} in each class`, body: classes(of(feature), `Values of ${feature}`) }),
      chosen && history(all, chosen))] };
}
