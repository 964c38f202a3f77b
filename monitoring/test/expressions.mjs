// Asks a Prometheus every expression of the rules and of the dashboards: node expressions.mjs http://127.0.0.1:9090
// An expression of a dashboard must give a series. One of a rule gives none while all is well, and one with a lower limit
// gives none in a small demo, so the series that it is made of must be there.
import { readdir, readFile } from 'node:fs/promises';

const base = process.argv[2], folder = new URL('../grafana/dashboards/', import.meta.url);
const SCRAPES = 4, PATIENCE_MS = 30_000;
const failures = [];
// Only with a challenger, a click model or TLS, which the demo does not have.
const OPTIONAL = new Set(['weir_scoring_side_ready', 'weir_certificate_left_seconds', 'weir_certificate_warning_seconds']);

async function get(path, parameters = {}) {
  const reply = await fetch(`${base}/api/v1/${path}?${new URLSearchParams(parameters)}`), body = await reply.json();
  if (body.status !== 'success') throw new Error(body.error);
  return body.data;
}
const query = async expr => (await get('query', { query: expr })).result;

/** Waits until each of the three services was scraped often enough for a rate. */
async function scraped() {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 500))) {
    const up = await query(`sum_over_time(up[5m]) >= ${SCRAPES}`).catch(() => []);
    if (up.length === 3) return;
  }
  throw new Error(`not all services can be scraped: ${JSON.stringify(await query('up').catch(e => e.message))}`);
}

async function check(what, run) {
  try { await run(); } catch (e) { failures.push(`${what}: ${e.message}`); }
}
async function mustGive(expr) {
  if ((await query(expr)).length === 0) throw new Error(`no series: ${expr}`);
}
async function partsMustBeThere(expr) {
  const names = new Set(expr.match(/\b(weir_\w+|disk_\w+|up)\b/g));
  if (names.size === 0) throw new Error('no metric of ours');
  for (const name of names) if (!OPTIONAL.has(name)) await mustGive(name);
}
// As Grafana expands them.
const expanded = expr => expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(table|model|version)\b/g, '.*');

await scraped();
let asked = 0;
for (const file of (await readdir(folder)).filter(name => name.endsWith('.json'))) {
  const dashboard = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
  for (const panel of dashboard.panels) for (const { expr } of panel.targets ?? []) {
    if (!expr) continue;
    asked++;
    await check(`${file}, ${panel.title}`, () => (expr.includes('>=') || [...OPTIONAL].some(name => expr.includes(name)) ? partsMustBeThere : mustGive)(expanded(expr)));
  }
  for (const { name, query: of } of dashboard.templating.list) {
    const label = /^label_values\((\w+)(\{.*\})?, (\w+)\)$/.exec(expanded(of?.query ?? ''));
    const chosen = label?.[2] ? `${label[2].slice(0, -1)},` : '{';
    if (label) await check(`${file}, variable ${name}`, () => mustGive(`count by (${label[3]}) (${label[1]}${chosen}${label[3]}!=""})`));
  }
}
const rules = (await get('rules')).groups.flatMap(group => group.rules);
for (const rule of rules) {
  await check(rule.name, async () => {
    if (rule.health === 'err') throw new Error(rule.lastError);
    await partsMustBeThere(rule.query);
  });
}
// Of these the state is the answer: right now all is well.
for (const name of ['WeirServiceDown', 'WeirNotReady', 'WeirBalanceBroken', 'WeirModelMissing']) {
  await check(name, async () => {
    const rule = rules.find(each => each.name === name);
    if (rule.state !== 'inactive') throw new Error(`${rule.state}, although the services run`);
  });
}
console.log(`monitoring test: ${asked} expressions of dashboards and ${rules.length} rules, ${failures.length} failures`);
for (const failure of failures) console.error(`FAIL  ${failure}`);
process.exitCode = failures.length || asked < 20 || rules.length < 22 ? 1 : 0;
