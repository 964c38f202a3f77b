// How the page asks, in a real Chromium beside a server that answers as the test says: node ask.mjs
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { strict as assert } from 'node:assert';
import { chromium } from 'playwright-core';

const web = new URL('../stream-app/src/main/resources/web/', import.meta.url), failures = [];
const REPORTS = ['v1/reports/touches', 'v1/reports/carts'], WELL = ['sessions', 'visitors', 'page_views', 'revenue', 'events', 'searches'].map(n => `v1/metrics/${n}`);
const ok = body => (_, reply) => reply.setHeader('Content-Type', 'application/json').end(JSON.stringify(body)), live = ok({ source: 'state' });
const gateway = (_, reply) => reply.writeHead(504, { 'Content-Type': 'text/html' }).end('<html><h1>504 Gateway Time-out</h1></html>');
// With a piece of the answer: the browser by itself asks again where there was none.
const cut = (request, reply) => { reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' }).write('{', () => request.socket.destroy()); };
const never = () => {};
/** What answers the questions, by path, and how often each was asked. */
let answersOf = () => live, asked = new Map();
const server = createServer(async (request, reply) => {
  const path = request.url.slice(1);
  if (path.startsWith('js/')) { reply.setHeader('Content-Type', 'text/javascript').end(await readFile(new URL(path, web))); return; }
  if (!path.startsWith('v1/')) { reply.setHeader('Content-Type', 'text/html').end('<!doctype html><title>ask</title>'); return; }
  asked.set(path, (asked.get(path) ?? 0) + 1);
  answersOf(path)(request, reply);
});
await new Promise(resolve => { server.listen(0, '127.0.0.1', resolve); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** A page that draws from these answers, as its clock says. */
async function open(paths) {
  const context = await browser.newContext(), page = await context.newPage();
  asked = new Map();
  await page.clock.install({ time: new Date('2026-03-09T10:00:00Z') });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async of => {
    const asks = await import('/js/ask.js');
    const draw = () => { asks.begin(); window.drawn = of.map(path => asks.ask(path)); asks.end(); window.silent = asks.silentSince(); };
    asks.onChange(draw);
    setInterval(draw, 1000);
    draw();
  }, paths);
  const pass = async seconds => {
    for (let i = 0; i < seconds; i++) { await page.clock.runFor(1000); await new Promise(resolve => { setTimeout(resolve, 60); }); }
  };
  const drawn = () => page.evaluate(() => ({ silent: window.silent, states: Object.fromEntries(window.drawn.map(a => [a.path, a.state])), details: window.drawn.map(a => a.detail) }));
  return { pass, drawn, close: () => context.close() };
}
const states = (paths, state) => Object.fromEntries(paths.map(path => [path, state]));
async function test(name, run) {
  if (!name.includes(process.env.ONLY ?? '')) return;
  const begin = Date.now();
  try { await run(); console.log(`ok    ${name} (${Date.now() - begin} ms)`); } catch (e) { failures.push(name); console.log(`FAIL  ${name}: ${e.stack ?? e}`); }
}

for (const [how, failing, detail] of [['a gateway answers', gateway, /504 Gateway/], ['are cut off', cut, /^No answer came/]]) {
  await test(`two reports that ${how} have pauses, and the others stay`, async () => {
    answersOf = path => (REPORTS.includes(path) ? failing : live);
    const { pass, drawn, close } = await open([...REPORTS, ...WELL]);
    for (let minute = 0; minute < 2; minute++) {
      await pass(minute ? 60 : 2);
      const { silent, states: now, details } = await drawn();
      assert.deepEqual(now, { ...states(REPORTS, 'failed'), ...states(WELL, 'ok') });
      assert.equal(silent, null);
      assert.match(details[0], detail);
    }
    for (const path of REPORTS) assert.ok(asked.get(path) >= 4 && asked.get(path) <= 8, `${path} was asked ${asked.get(path)} times in a minute`);
    for (const path of WELL) assert.ok(asked.get(path) >= 3 && asked.get(path) <= 4, `${path} was asked ${asked.get(path)} times in a minute`);
    await close();
  });
}

await test('after a silence what is from before it is asked again, that of PostgreSQL too', async () => {
  const isUp = path => (REPORTS.includes(path) ? ok({ source: 'postgresql' }) : live);
  answersOf = isUp;
  const { pass, drawn, close } = await open([...REPORTS, ...WELL]);
  await pass(2);
  answersOf = () => cut;
  await pass(44);
  const silence = await drawn();
  assert.deepEqual(silence.states, states([...REPORTS, ...WELL], 'ok'));
  assert.ok(silence.silent);
  answersOf = isUp;
  asked.clear();
  await pass(8);
  assert.equal((await drawn()).silent, null);
  for (const path of REPORTS) assert.equal(asked.get(path), 1, path);
  await close();
});

await test('where nothing answers from the start, a few questions find it out', async () => {
  answersOf = () => cut;
  const { pass, drawn, close } = await open([...REPORTS, ...WELL]);
  await pass(2);
  const { silent, states: now, details } = await drawn();
  assert.ok(silent);
  assert.deepEqual(now, states([...REPORTS, ...WELL], 'failed'));
  assert.ok(details.includes('stream-app does not answer.'));
  assert.ok([...asked.values()].reduce((a, n) => a + n, 0) <= 12, 'each question was asked');
  answersOf = () => live;
  await pass(16);
  assert.deepEqual((await drawn()).states, states([...REPORTS, ...WELL], 'ok'));
  await close();
});

await test('a visitor does not wait behind reports, whatever the id', async () => {
  const visitors = ['v1/visitors/engaged', 'v1/visitors/history'];
  answersOf = path => (REPORTS.includes(path) ? never : live);
  const { pass, drawn, close } = await open([...REPORTS, ...visitors, 'v1/visitors/history/history']);
  await pass(2);
  assert.deepEqual((await drawn()).states, { ...states(REPORTS, 'loading'), ...states(visitors, 'ok'), 'v1/visitors/history/history': 'loading' });
  await close();
});

await browser.close();
server.closeAllConnections();
server.close();
if (failures.length) { console.log(`${failures.length} failed`); process.exitCode = 1; }
