import { h, icon, s, drawn } from '../dom.js';
import { ask } from '../ask.js';
import * as f from '../format.js';
import { metric } from '../report.js';
import { lakeNow, lakeTables, reconciled, worries } from '../books.js';
import { tooLate } from '../late.js';
import { live } from '../stream.js';
import { columns, tableBehind } from '../charts.js';
import { badge, card, states } from '../ui.js';

const MINUTE = 60_000;
/** What a reason means and what to do. @type {Record<string, [string, string]>} */
const REASONS = {
  empty: ['The record has no value', 'A producer sends tombstones: filter them before.'], too_large: ['Larger than the limit', 'Send less in properties, or raise WEIR_STREAM_MAX_RECORD_BYTES.'], not_json: ['Not one JSON document in UTF-8', 'Look for truncated batches of a collector.'],
  duplicate_key: ['A key twice in one object', 'Mend the producer: parsers disagree about such objects.'], not_an_object: ['The document is no object', 'Send one event a record, not a list.'], missing_field: ['A required field is absent or empty', 'Required are event_id, event_type, event_time, and anonymous_id or user_id.'],
  wrong_type: ['A field of another JSON type', 'Compare the producer with the contract of raw events.'], too_long: ['A text over its limit', 'Shorten it at the producer.'], too_many: ['Too many entries in a list or map', 'Split the event.'],
  bad_time: ['A time that cannot be read', 'Send RFC 3339 with a zone, or epoch milliseconds.'], time_in_future: ['Too far in the future', 'Send sent_at, so that a wrong device clock is corrected.'], time_too_old: ['Too far in the past', 'A replay may raise WEIR_STREAM_MAX_EVENT_AGE.'],
  bad_event_type: ['A type of another form', 'Types are [a-z][a-z0-9_]*.'], bad_value: ['A value outside its range', 'Look at the detail: it names the field.'], internal_traffic: ['Own people, by the settings', 'Nothing: this is wanted.'], unsendable: ['Too large for its topic', 'A defect of Weir: please report it.'],
};
/** @param {any} quality @returns {any[]} */
function lastHour(quality) {
  const last = Math.floor(Date.now() / MINUTE) * MINUTE, known = new Map(quality.minutes.map((/** @type {any} */ m) => [Date.parse(m.minute), m]));
  return Array.from({ length: 60 }, (_, i) => {
    const t = last - (59 - i) * MINUTE, m = known.get(t);
    const rejected = m ? Object.values(m.rejected ?? {}).reduce((a, b) => Number(a) + Number(b), 0) : 0;
    return { t, open: i === 59, received: (m?.received ?? 0) + (m?.returned ?? 0), accepted: m?.accepted ?? 0, duplicate: m?.duplicates ?? 0, rekeyed: m?.rekeyed ?? 0, late: m?.late ?? 0, robots: m?.robots ?? 0, rejected, reasons: m?.rejected ?? {}, balance: m?.balance ?? 0, delayMs: m?.delayMs ?? 0 };
  });
}
const sum = (/** @type {any[]} */ rows, /** @type {string} */ key) => rows.reduce((a, m) => a + m[key], 0);

/** @param {any[]} minutes @param {any} quality */
function balance(minutes, quality) {
  const off = minutes.filter(m => m.balance !== 0), total = sum(minutes, 'balance'), seen = minutes.filter(m => m.received).length;
  return card('Balance per minute', { span: 'span-12', note: 'received = accepted + duplicate + rejected + sent on', tools: h('span.legend.hide-s', null, ['accepted', 'duplicate', 'rejected'].map(k => h('span', null, h('i.key.' + k), k))), body: [
    h('div.balance', null,
      h('div', null, h('h3', null, 'Received'), columns({ rows: minutes.map(m => ({ t: m.t, open: m.open, parts: [{ kind: 'accepted', name: 'Received', v: m.received }] })), label: `Received per minute: ${f.count(sum(minutes, 'received'))} in the last hour`, height: 84, labels: 0 })),
      h('div', null, h('h3', null, 'Not accepted', h('span.dim', null, ' on its own scale')), columns({ rows: minutes.map(m => ({ t: m.t, open: m.open, parts: ['duplicate', 'rejected'].map(k => ({ kind: k, name: k === 'rejected' ? 'Rejected' : 'Duplicate', v: m[k] })) })), label: `Duplicates and rejected per minute: ${f.count(sum(minutes, 'duplicate'))} and ${f.count(sum(minutes, 'rejected'))} in the last hour`, height: 132, labels: 7 }))),
    h('div.zero' + (off.length ? '.bad' : ''), { role: 'img', 'aria-label': off.length ? `The difference is not zero in ${off.length} minutes` : `The difference is zero in all ${seen} minutes with records` }, h('span', null, 'Difference'), h('div', null, minutes.map(m => h('i' + (m.balance ? '.off' : m.received ? '' : '.none')))), h('b', null, f.count(total))),
    quality.complete ? null : h('p.note', null, `Without partitions ${quality.missingPartitions.join(', ')}.`),
    tableBehind('Balance per minute', ['Minute', 'Received', 'Accepted', 'Duplicate', 'Rejected', 'Sent on', 'Difference'], minutes.map(m => [f.clock(m.t), ...['received', 'accepted', 'duplicate', 'rejected', 'rekeyed', 'balance'].map(k => f.count(m[k]))]))] });
}
/** The newest records that were refused for a reason. @param {any} refused @param {string} code */
function examples(refused, code) {
  const list = refused.state === 'ok' ? refused.value.records.filter((/** @type {any} */ x) => x.reason === code) : [], at = (/** @type {any} */ x) => `${x.partition}:${x.offset}`;
  if (!list.length) return h('code', null, `./weir rejected list --reason ${code}`);
  const line = (/** @type {any} */ x) => [h('span', null, x.detail), h('span.sub', null, `${f.dayClock(Date.parse(x.appendTime))}, partition and offset `, h('code', null, at(x)))];
  return list.length === 1 ? line(list[0]) : [line(list[0]), h('details.table', null, h('summary', null, `${list.length - 1} more`), h('ul.examples', null, list.slice(1).map((/** @type {any} */ x) => h('li', null, line(x)))))];
}
/** @param {any[]} minutes @param {any} refused */
function reasons(minutes, refused) {
  const by = new Map();
  for (const m of minutes) for (const [code, n] of Object.entries(m.reasons)) by.set(code, (by.get(code) ?? 0) + n);
  const rows = [...by].sort((a, b) => b[1] - a[1]), all = sum(minutes, 'rejected');
  return card('Rejected, by reason', { span: 'span-12', id: 'reasons', note: 'last hour, with the newest records', foot: rows.length ? ['The whole record: ', h('code', null, './weir rejected show PARTITION:OFFSET'), '. A mended one can be replayed.'] : null, body: rows.length === 0 ? h('div.blank.small', null, icon('check', 20), h('b', null, 'Nothing was rejected'), h('p', null, 'No record of the last hour was refused.')) : h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Rejected by reason' }, h('table.data.roomy', null,
    h('thead', null, h('tr', null, ['Reason', 'Records', 'Share', 'What to do', 'Newest'].map((t, i) => h(i === 1 ? 'th.n' : i === 2 ? 'th.n.hide-s' : i > 2 ? 'th.hide-s' : 'th', { scope: 'col' }, t)))),
    h('tbody', null, rows.map(([code, n]) => h('tr', null, h('th', { scope: 'row' }, REASONS[code]?.[0] ?? code.replaceAll('_', ' '), h('span.sub.mono', null, code), h('span.sub.only-s', null, REASONS[code]?.[1] ?? '')), h('td.n', null, f.count(n)), h('td.n.dim.hide-s', null, f.percent(n / all)), h('td.wrap.hide-s', null, REASONS[code]?.[1] ?? ''), h('td.wrap.hide-s.example', null, examples(refused, code))))))) });
}

/**
 * What flows where: nodes by column and row, and arrows with their rates. Without PostgreSQL, what comes after the topics
 * is not known here.
 *
 * @param {any[]} minutes @param {number} instances @param {number | null} lag
 */
function topology(minutes, instances, lag) {
  const done = minutes.slice(-6, -1), rate = (/** @type {string} */ key) => sum(done, key) / (done.length * 60), told = (/** @type {number} */ v) => `${f.decimal(v, v < 10 ? 1 : 0)}/s`;
  const status = live.counters?.status, lake = lakeNow(), emitted = live.sessionRate;
  /** @type {Record<string, [string, string, number, number]>} */
  const nodes = { web: ['Sites and apps', '', 0, 1], raw: ['clickstream.raw', lag === null ? '' : `${f.count(lag)} not read`, 1, 1], app: ['stream-app', `${instances} instance${instances === 1 ? '' : 's'}`, 2, 1], events: ['.events', '', 3, 0], sessions: ['.sessions', status ? `${f.count(status.sessionsClosed)} closed` : '', 3, 1], rejected: ['.rejected', '', 3, 2],
    ...(lake && { sink: ['lake-sink', `commit ${f.duration(lake.ago)} ago`, 4, 0], score: ['ml-scoring', '', 4, 2], scores: ['.scores', lake.scores ? `${f.count(lake.scores)} in the lake` : '', 5, 2], iceberg: ['Iceberg', `${lake.tables} tables, ${f.bytes(lake.bytes)}`, 5, 0], gold: ['PostgreSQL', 'gold', 5, 1] }) };
  const most = Math.max(.001, rate('received')), wide = (/** @type {number} */ v) => Math.max(1.5, 8 * Math.sqrt(v / most)), closed = wide(emitted ?? 0);
  /** @type {[string, string, number, string, string?][]} */
  const edges = [['web', 'raw', wide(rate('received')), told(rate('received'))], ['raw', 'app', wide(rate('received')), ''], ['app', 'events', wide(rate('accepted')), told(rate('accepted'))], ['app', 'sessions', closed, emitted === null ? '' : told(emitted)], ['app', 'rejected', wide(rate('rejected')), told(rate('rejected')), 'bad']];
  if (lake) edges.push(['events', 'sink', wide(rate('accepted')), ''], ['sessions', 'sink', closed, ''], ['rejected', 'sink', wide(rate('rejected')), '', 'bad'], ['sessions', 'score', closed, ''], ['score', 'scores', closed, ''], ['sink', 'iceberg', wide(rate('accepted')), ''], ['sink', 'gold', closed, '']);
  const host = h('div.chart', { role: 'img', 'aria-label': `Sites and apps send ${told(rate('received'))} to clickstream.raw; stream-app makes ${told(rate('accepted'))} events, ${emitted === null ? '' : told(emitted) + ' '}sessions and ${told(rate('rejected'))} rejected records of it${lake ? '; lake-sink writes them to Iceberg and PostgreSQL, and ml-scoring scores the sessions' : ''}.` });
  return drawn(host, (/** @type {any} */ _, /** @type {number} */ w) => {
    const columns = lake ? 6 : 4, tall = w < 720, bw = tall ? Math.min(104, (w - 24) / 3) : lake ? 132 : 150, bh = 52, H = tall ? columns * 84 - 24 : 3 * 88 - 30;
    const place = (/** @type {string} */ k) => { const [, , c, r] = nodes[k]; return tall ? [(w - bw) / 2 * r, c * 84 + 2] : [(w - bw - 4) / (columns - 1) * c + 2, r * 88 + 4]; };
    const svg = s('svg', { width: w, height: H, 'aria-hidden': 'true' }), labels = [];
    for (const [a, b, size, label, tone] of edges) {
      const [ax, ay] = place(a), [bx, by] = place(b), bend = tall ? 20 : (bx - ax - bw) / 2;
      const d = tall ? `M${ax + bw / 2} ${ay + bh}C${ax + bw / 2} ${ay + bh + bend} ${bx + bw / 2} ${by - bend} ${bx + bw / 2} ${by}` : `M${ax + bw} ${ay + bh / 2}C${ax + bw + bend} ${ay + bh / 2} ${bx - bend} ${by + bh / 2} ${bx} ${by + bh / 2}`;
      svg.append(s('path.flow' + (tone ? '.' + tone : ''), { d, 'stroke-width': size }), s('path.drops', { d, 'stroke-width': Math.max(.8, size * .45) }));
      if (label) labels.push(tall ? s('text.flow-rate.right', { x: (ax + bx + bw) / 2 + size / 2 + 6, y: (ay + bh + by) / 2 + 4 }, label) : s('text.flow-rate', { x: (ax + bw + bx) / 2, y: (ay + by + bh) / 2 - size / 2 - 5 }, label));
    }
    for (const [k, [name, sub]] of Object.entries(nodes)) {
      const [x, y] = place(k);
      svg.append(s('g.node' + (['app', 'sink', 'score'].includes(k) ? '.service' : ''), null, s('rect', { x, y, width: bw, height: bh, rx: 9 }), s('text.node-name', { x: x + bw / 2, y: y + (sub ? 22 : 31) }, name), sub && s('text.node-sub', { x: x + bw / 2, y: y + 39 }, sub)));
    }
    svg.append(...labels);
    host.replaceChildren(svg);
  });
}
/** @param {any} group @param {any} lag */
function instances(group, lag) {
  const copies = lag.state === 'ok' ? lag.value.stores.reduce((/** @type {number} */ a, /** @type {any} */ x) => a + x.lag, 0) : null;
  const told = live.counters?.missing ?? [];
  return card('Instances', { span: 'span-7', note: 'who owns what', body: h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Instances' }, h('table.data.roomy', null, h('thead', null, h('tr', null, ['Instance', 'State', 'Owns', 'Warm copies', 'Behind'].map((t, i) => h(i > 3 ? 'th.n.hide-s' : i === 3 ? 'th.hide-s' : 'th', { scope: 'col' }, t)))),
    h('tbody', null, group.instances.map((/** @type {any} */ x) => h('tr', null, h('th', { scope: 'row' }, h('span.mono', null, x.address), x.self && h('span.sub', null, 'answers this page')), h('td', null, told.includes(x.address) ? badge('bad', 'no answer') : x.self && group.state !== 'RUNNING' ? badge('warn', group.state.toLowerCase()) : badge('good', 'answers')),
      h('td.dim.wrap', null, x.activePartitions.join(', ') || 'nothing'), h('td.dim.wrap.hide-s', null, x.standbyPartitions.join(', ') || 'none'), h('td.n.hide-s', null, x.self && lag.state === 'ok' ? f.count(lag.value.total) : '–')))))), foot: copies ? `${f.count(copies)} changes are not in the copies of this instance yet.` : null });
}
/** @param {any} rules */
function finality(rules) {
  const parts = live.counters?.status.partitions ?? [];
  const time = (/** @type {string | null} */ t) => (t ? f.dayClock(Date.parse(t)) : '–');
  const answer = metric('sessions', { grain: 'total' }), until = answer.state === 'ok' ? answer.value.finalUntil : null;
  return card('Finality', { span: 'span-5', note: until ? `final until ${f.dayClock(Date.parse(until))}` : 'nothing is final yet', body: [h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': 'Progress by partition' }, h('table.data', null, h('thead', null, h('tr', null, ['Partition', 'Newest event', 'Sessions settled up to'].map(t => h('th', { scope: 'col' }, t)))),
    h('tbody', null, parts.map((/** @type {any} */ p) => h('tr', null, h('th', { scope: 'row' }, p.partition), h('td', null, time(p.watermark)), h('td', null, time(p.settledUpTo))))))),
    rules.state === 'ok' && h('p.note.line', null, `Sessions close ${plain(rules.value.sessionGap)} after the last event and ${plain(rules.value.sessionGrace)} of grace; late events revise them for ${plain(rules.value.allowedLateness)}. Older than ${plain(rules.value.maxEventAge)} is refused.`)] });
}
/** An ISO 8601 duration of hours, minutes and seconds. @param {string} iso */
function plain(iso) {
  const [, d, hours, minutes, seconds] = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso) ?? [];
  const all = Number(d ?? 0) * 24 + Number(hours ?? 0);
  return [all >= 48 && all % 24 === 0 ? `${all / 24} days` : all ? `${all} h` : '', minutes ? `${minutes} min` : '', seconds && Number(seconds) ? `${seconds} s` : ''].filter(Boolean).join(' ') || '0 s';
}

export function system() {
  const quality = ask('v1/quality'), group = ask('v1/topology'), lag = ask('v1/lag'), rules = ask('v1/rules'), refused = ask('v1/quality/rejected');
  const bad = [quality, group].find(a => a.state !== 'ok');
  if (bad) return { body: [h('div.toolbar', null, h('h1', null, 'Quality and system')), h('section.card', { 'aria-label': 'Quality' }, h('div.card-body', null, states(bad)))] };
  const minutes = lastHour(quality.value), status = live.counters?.status, received = sum(minutes, 'received'), off = minutes.filter(m => m.balance !== 0).length;
  const withRecords = minutes.filter(m => m.received), newest = [...withRecords].reverse()[0], rejected = received ? sum(minutes, 'rejected') / received : 0;
  const behind = status?.lag ?? (lag.state === 'ok' ? lag.value.total : null), missing = live.counters?.missing ?? [];
  const facts = [['Balance', f.count(sum(minutes, 'balance')), `${withRecords.length - off} of ${withRecords.length} minutes add up`, off ? 'bad' : ''], ['Delay', newest ? newest.delayMs < 1000 ? `${f.count(newest.delayMs)} ms` : `${f.decimal(newest.delayMs / 1000, 1)} s` : '–', 'from topic to result, newest minute', ''], ['Lag', behind === null ? '–' : f.count(behind), 'records not read yet', ''],
    ['Rejected', f.percent(rejected, 2), 'of the last hour', rejected > .05 ? 'bad' : ''], ['Late', f.count(sum(minutes, 'late')), 'joined no session, last hour', ''], ['Robots', sum(minutes, 'accepted') ? f.percent(sum(minutes, 'robots') / sum(minutes, 'accepted')) : '–', 'of accepted events, by their agent', '']];
  const looks = [off && `${off} minutes do not add up`, missing.length && `${missing.join(', ')} does not answer`, group.value.state !== 'RUNNING' && `the stream is ${group.value.state.toLowerCase()}`, ...worries()].filter(Boolean);
  return { body: [
    h('div.toolbar', null, h('h1', null, 'Quality and system'), looks.length ? badge('warn', looks.join('; ')) : badge('good', 'Nothing needs a look'), h('div.grow'), h('span.note', null, 'Last 60 minutes')),
    h('dl.six', null, facts.map(([t, v, note, tone]) => h('div', null, h('dt', null, t), h('dd', { 'data-tone': tone || null }, v), h('dd.note', null, note)))),
    h('div.grid', null, balance(minutes, quality.value), card('How it flows', { span: 'span-12', note: 'wider is more; rates of the last five minutes', body: topology(minutes, group.value.instances.length, behind) }), reasons(minutes, refused), tooLate(), instances(group.value, lag), finality(rules), lakeTables(), reconciled())] };
}
