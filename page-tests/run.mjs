// The page in a real Chromium beside a running stream-app: node run.mjs http://127.0.0.1:8180/ target/page
import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { strict as assert } from 'node:assert';
import { chromium } from 'playwright-core';

const base = new URL(process.argv[2] ?? 'http://127.0.0.1:8180/');
const shots = process.argv[3] ?? 'target/page';
const axe = await readFile(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const SCREENS = ['overview', 'live', 'visitor', 'sources', 'products', 'funnel', 'retention', 'models', 'system'], OF_PERIODS = ['overview', 'sources', 'products', 'funnel', 'retention'], ON_TABLETS = ['overview', 'sources', 'products', 'system'];
const failures = [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** An answer of REST; while partitions move, it is asked for again. */
async function get(path) {
  for (let tries = 0; ; tries++) {
    const reply = await fetch(new URL(path, base));
    if (reply.status !== 503 || tries === 40) { assert.equal(reply.status, 200, path); return reply.json(); }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** A page that reports each error and each request to another origin. */
async function open(hash, { width = 1400, scheme = 'light', allowed = [], ...more } = {}) {
  // axe is put in by the test, so its page does not hold it to the policy; a test of the policy has its own context.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale: 'en-GB', bypassCSP: true, ...more });
  const page = await context.newPage(), problems = [];
  page.on('console', m => { if (m.type() === 'error' && !allowed.some(a => m.text().includes(a))) problems.push(`console: ${m.text()} ${m.location().url}`); });
  page.on('pageerror', e => problems.push(`error: ${e.message}`));
  page.on('request', r => { if (new URL(r.url()).origin !== base.origin) problems.push(`another origin: ${r.url()}`); });
  await page.goto(new URL(hash, base).href);
  await settled(page);
  return { page, problems, close: async () => { await context.close(); assert.deepEqual(problems, []); } };
}
const settled = page => page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.wait, .placeholder'), null, { timeout: 15_000 });
/** The address is drawn: until figures come or patience ends, the page before stays, and what the keys reached there goes with it. */
const isDrawn = page => page.waitForFunction(() => document.getElementById('app').dataset.drawn === location.hash);
const number = text => Number(text.replace(/[^\d.-]/g, ''));
/** The UTC date so many days ago. */
const daysAgo = n => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
/** Yesterday and today, as fixed dates: just after midnight today has no closed session, just before midnight yesterday has none. */
const TWO_DAYS = { from: daysAgo(1), to: daysAgo(0) }, ASKED = `from=${TWO_DAYS.from}&to=${TWO_DAYS.to}`, SHOWN = `period=custom&${ASKED}`;
/** Draws the page anew until the check passes: sessions close between the page's question and that of the test. */
async function eventually(page, check) {
  for (let tries = 1; ; tries++) {
    try { return await check(); } catch (e) { if (tries === 10) throw e; }
    await page.waitForTimeout(500);
    await page.reload();
    await settled(page);
  }
}

/** ONLY=text runs the tests whose names have it. */
async function test(name, run) {
  if (!name.includes(process.env.ONLY ?? '')) return;
  const begin = Date.now();
  try { await run(); console.log(`ok    ${name} (${Date.now() - begin} ms)`); } catch (e) { failures.push(name); console.log(`FAIL  ${name}: ${e.stack ?? e}`); }
}
async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  assert.deepEqual(violations.map(v => `${where}: ${v.id} ${v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join('; ')}`), []);
}

await mkdir(shots, { recursive: true });
const totals = await get('v1/metrics/sessions?grain=total');
assert.ok(totals.rows[0].value > 0, 'the demo has sessions');
const recent = (await get('v1/sessions/recent')).sessions[0];

for (const screen of SCREENS) for (const [scheme, width] of [['light', 1400], ['light', 390], ['dark', 1400], ['dark', 390], ...(ON_TABLETS.includes(screen) ? [['light', 768]] : [])]) {
  await test(`${screen}, ${scheme}, ${width}`, async () => {
    const hash = screen === 'visitor' ? `#/visitor/${encodeURIComponent(recent.visitorId)}` : OF_PERIODS.includes(screen) ? `#/${screen}?period=today` : `#/${screen}`;
    const { page, close } = await open(hash, { width, scheme });
    if (screen === 'live') await page.waitForFunction(() => /\d/.test(document.getElementById('open-sessions').textContent) && document.querySelectorAll('#closing tr').length > 0 && document.querySelectorAll('#open .who').length > 0);
    if (screen === 'system') await page.waitForFunction(() => document.querySelectorAll('[aria-label="Progress by partition"] tbody tr').length > 0);
    await page.screenshot({ path: `${shots}/${screen}-${scheme}-${width}.png`, fullPage: true });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page scrolls sideways');
    assert.equal(await page.locator('h1').count(), 1);
    await accessible(page, screen);
    await close();
  });
}

await test('who has to sign in sees the door, and nothing before that', async () => {
  for (const [scheme, width] of [['light', 1400], ['dark', 390]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true }), page = await context.newPage(), asked = [];
    let isIn = false, isTooOften = width === 390;
    page.on('request', r => { if (r.url().includes('/v1/')) asked.push(r.url()); });
    await page.route('**/sign-in', route => {
      const isRight = route.request().postDataJSON?.()?.key === 'right';
      if (isTooOften) { isTooOften = false; return route.fulfill({ status: 429, headers: { 'Retry-After': '1' }, json: {} }); }
      if (route.request().method() === 'GET') return route.fulfill({ json: isIn ? { isAsked: true, name: 'ann', role: 'reader' } : { isAsked: true } });
      isIn = isRight;
      return isRight ? route.fulfill({ status: 204 }) : route.fulfill({ status: 401, json: { detail: 'no such key' } });
    });
    await page.goto(new URL('#/overview', base).href);
    await page.getByLabel('Key', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('No such key').waitFor();
    await page.screenshot({ path: `${shots}/door-${scheme}-${width}.png` });
    await accessible(page, 'door');
    assert.deepEqual(asked, []);
    await page.getByLabel('Key', { exact: true }).fill('right');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await settled(page);
    await page.getByRole('button', { name: 'Sign out ann' }).waitFor();
    await context.close();
  }
});

await test('the policy forbids what is inline, and the page needs none of it', async () => {
  const { page, close } = await open('#/overview', { bypassCSP: false });
  const blocked = await page.evaluate(() => new Promise(resolve => {
    document.addEventListener('securitypolicyviolation', e => resolve(e.violatedDirective), { once: true });
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    setTimeout(() => resolve(''), 1000);
  }));
  assert.match(blocked, /script-src/);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  // That the policy speaks is an error of the console, the only one.
  await close().catch(e => assert.match(e.message, /Content Security Policy/));
});

await test('figures of the page are those of REST', async () => {
  // A range that is over for two days would be best; a young demo has none, so REST is asked before and after.
  const query = `${ASKED}&grain=total`, of = async name => (await get(`v1/metrics/${name}?${query}`)).rows;
  const names = ['visitors', 'sessions', 'page_views', 'conversion_rate', 'cart_abandonment_rate', 'bounce_rate'];
  const before = await Promise.all(names.map(of)), first = (await get(`v1/metrics/sessions?${query}&by=device`)).rows[0];
  const { page, close } = await open(`#/overview?${SHOWN}`);
  const shown = await Promise.all(names.map(n => page.locator(`[data-metric=${n}] .figure-value`).textContent()));
  const after = await Promise.all(names.map(of));
  names.forEach((name, i) => {
    const scale = name.endsWith('_rate') ? 100 : 1, bounds = [before[i][0].value * scale, after[i][0].value * scale].sort((a, b) => a - b);
    const value = number(shown[i]), slack = scale === 100 ? .0051 : 0;
    assert.ok(value >= bounds[0] - slack && value <= bounds[1] + slack, `${name}: ${shown[i]} is not within ${bounds}`);
  });
  const told = number(await page.locator(`[data-key="device${first.group}"]`).locator('xpath=ancestor::tr').locator('td').first().textContent());
  const now = (await get(`v1/metrics/sessions?${query}&by=device`)).rows.find(r => r.group === first.group);
  assert.ok(told >= first.value && told <= now.value, `${first.group}: ${told} is not within ${first.value} and ${now.value}`);
  await close();
});

/** Runs the SQL that the page shows. @returns {string} the first field of the first row */
const psql = sql => execFileSync('psql', ['-X', '-A', '-t', '-q', '-c', sql], { encoding: 'utf8', timeout: 10_000 }).trim().split('\n')[0];
if (process.env.PGPORT) await test('figures of the page are those of PostgreSQL, by the SQL that the page shows', async () => {
  // A day that gets hardly any session any more, because the demo plays 24 hours; lake-sink is seconds behind. Just before
  // midnight the demo has nothing of yesterday; in the first hour of a day the sessions of yesterday still close.
  const { from, to } = TWO_DAYS, ofYesterday = (await get(`v1/metrics/sessions?from=${from}&to=${from}&grain=total`)).rows[0]?.value;
  const day = ofYesterday ? from : to, part = new Date().getUTCHours() === 0 || day === to ? .02 : 0;
  for (const [metric, scale] of [['sessions', 1], ['visitors', 1], ['bounce_rate', 100], ['cart_abandonment_rate', 100], ['average_engaged_time', 1]]) {
    const { page, close } = await open(`#/overview?period=custom&from=${day}&to=${day}&metric=${metric}`);
    await page.locator('.main-chart .chart-head .icon-button').click();
    const sql = await page.locator('.sql-of').textContent();
    for (let tries = 0; ; tries++) {
      const shown = number(await page.locator(`[data-metric=${metric}] .figure-value`).textContent()), stored = Number(psql(sql)) * scale;
      if (Math.abs(shown - stored) <= (scale === 100 ? .0051 : metric === 'average_engaged_time' ? .5 : 0) + part * stored) break;
      assert.ok(tries < 20, `${metric}: the page says ${shown}, PostgreSQL ${stored}; ${sql}`);
      await page.waitForTimeout(1000);
      await page.reload();
      await settled(page);
      await page.locator('.main-chart .chart-head .icon-button').click();
    }
    await close();
  }
});

await test('sources, products and retention show what REST answers, and their rows, headings and tabs are links', async () => {
  const cell = async (page, row, i) => number(await page.locator(`tr:has(> th[title="${row}"]) td`).nth(i).textContent());
  const products = await open(`#/products?${SHOWN}&tab.sort=products_purchased`), most = (await get(`v1/metrics/products_purchased?${ASKED}&grain=total&by=product&top=1`)).rows[0];
  assert.ok(most?.value > 0, 'nothing was bought in two days');
  assert.ok(await cell(products.page, most.group, 4) > 0);
  assert.ok(await cell(products.page, most.group, 4) <= (await get(`v1/metrics/products_purchased?${ASKED}&grain=total&filter=product:${most.group}`)).rows[0].value);
  await products.page.locator('[data-key=sortproduct_revenue]').click();
  await products.page.waitForFunction(() => location.hash.includes('tab.sort=product_revenue'));
  await settled(products.page);
  await products.page.locator('th[aria-sort=descending] [data-key=sortproduct_revenue]').waitFor();
  await products.close();
  const touch = (await get(`v1/reports/touches?${ASKED}&by=campaign`)).rows.find(x => x.touch === 'last' && x.value), sources = await open(`#/sources?${SHOWN}&tab.touch=campaign`);
  assert.ok(touch, 'nobody bought after a campaign in two days');
  const told = number(await sources.page.locator('[aria-label="First and last touch"] tr', { has: sources.page.locator(`th[title="${touch.value}"]`) }).locator('.touch').nth(1).textContent());
  assert.ok(told >= touch.conversions && told <= touch.conversions + 5, `${told} and ${touch.conversions}`);
  await sources.page.locator('[data-key=referrer_classsearch]').click();
  await sources.page.waitForFunction(() => location.hash.includes('f=referrer_class:search'));
  await sources.close();
  const week = `from=${daysAgo(6)}&to=${TWO_DAYS.to}`, retention = await open(`#/retention?period=custom&${week}&tab.cohort=day`), count = selector => retention.page.locator(selector).count();
  await eventually(retention.page, async () => {
    const cells = (await get(`v1/reports/retention_daily?${week}`)).rows;
    assert.ok(cells.length > 0, 'no cohorts');
    assert.deepEqual([await count('.cohort .cell:not(tfoot *)'), await count('.cohort .unfinished')], [cells.length, cells.filter(x => !x.is_final).length]);
  });
  const csv = await fetch(new URL(await retention.page.locator('a[download][aria-label="Retention as CSV"]').getAttribute('href'), base));
  assert.match(await csv.text(), /^cohort,number,cohort_visitors,visitors,is_final\r\n/);
  await retention.close();
});

await test('why a figure changed: causes, sessions and diamonds; without PostgreSQL it says so', async () => {
  const at = new Date(Date.now() - 4 * 3_600_000).toISOString(), report = (columns, rows) => JSON.stringify({ report: { name: 'x', sentence: 'x', ways: [] }, sql: 'SELECT 1', columns, rows, source: 'postgresql' });
  const { page, close } = await open('#/overview?period=24h&metric=sessions', { allowed: ['503'] });
  await page.locator('[data-key=why]').click();
  await page.getByText('Why did sessions change?').waitFor();
  await settled(page);
  // Late events are rare in a young demo, so the rows are put in here; those of REST are held by its own tests.
  await page.route(/reports\/causes_of_change/, r => r.fulfill({ contentType: 'application/json', body: report([], [{ cause: 'late_event', currency: '', sessions: 3, change: -2, first: at, last: at }]) }));
  await page.route(/reports\/changes/, r => r.fulfill({ contentType: 'application/json', body: report([], [{ restated_at: at, session_key: 'k', visitor_id: recent.visitorId, start_time: at, cause: 'merge', old_revision: 0, new_revision: 2, currency: '', change: -2 }, { restated_at: at, session_key: 'k', visitor_id: recent.visitorId, start_time: at, cause: 'late_event', old_revision: 2, new_revision: 3, currency: '', change: 1 }]) }));
  await page.reload();
  await settled(page);
  assert.match(await page.locator('.why').innerText(), /Late events\s+3\s+−2/);
  assert.match(await page.locator('.why').innerText(), /Two sessions became one\s+0 → 2\s+−2/);
  // While a chart is drawn anew, it has none for a moment.
  await eventually(page, async () => assert.equal(await page.locator('.main-chart .note').count(), 1));
  // Both rows are of one session. A chart that is drawn anew waits for the mouse to move again.
  await eventually(page, async () => {
    await page.mouse.move(2, 2);
    await page.locator('.main-chart .note').hover({ force: true });
    assert.match(await page.locator('.tip:not([hidden]) .tip-note', { hasText: 'after closing' }).innerText({ timeout: 2000 }), /^1 session changed/);
  });
  await accessible(page, 'why');
  await page.screenshot({ path: `${shots}/why.png`, fullPage: true });
  await page.unroute(/reports\/causes_of_change/);
  await page.route(/reports\//, r => r.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'reports need PostgreSQL; set WEIR_POSTGRES_URL' }) }));
  await page.reload();
  await page.getByText('set WEIR_POSTGRES_URL').first().waitFor();
  await page.locator('[data-key=why-close]').click();
  await page.waitForFunction(() => !location.hash.includes('tab.why'));
  await close();
});

await test('a click on a row filters, the chip takes it away, back comes back', async () => {
  const { page, close } = await open(`#/overview?${SHOWN}`);
  const row = page.locator('[data-key^="device"]').first(), key = await row.getAttribute('data-key'), device = key.slice('device'.length);
  await row.click();
  await page.waitForFunction(d => location.hash.includes(`f=device:${d}`), device);
  await page.locator('.chip').waitFor();
  await settled(page);
  const value = number(await page.locator('[data-metric=sessions] .figure-value').textContent());
  const rest = (await get(`v1/metrics/sessions?${ASKED}&grain=total&filter=device:${encodeURIComponent(device)}`)).rows[0].value;
  assert.ok(value > 0 && value <= rest, `${value} and ${rest}`);
  const visitors = number(await page.locator('[data-metric=visitors] .figure-value').textContent());
  assert.ok(visitors > 0, 'no visitors under a filter');
  await page.screenshot({ path: `${shots}/filter.png`, fullPage: true });
  await page.locator('.chip-x').click();
  await page.waitForFunction(() => !location.hash.includes('f='));
  await page.goBack();
  await page.locator('.chip').waitFor();
  await close();
});

await test('an address is a report: two filters are answered from PostgreSQL', async () => {
  const asked = `v1/metrics/sessions?grain=total&filter=device:mobile&filter=country:DE&${ASKED}`;
  const { page, close } = await open(`#/overview?${SHOWN}&metric=bounce_rate&f=device:mobile&f=country:DE`, { allowed: ['503'] });
  assert.equal(await page.locator('.chip').count(), 2);
  await settled(page);
  await eventually(page, async () => {
    const answer = await get(asked);
    assert.equal(answer.source, 'postgresql');
    assert.ok(answer.rows[0]?.value > 0, 'nobody came');
    assert.equal(number(await page.locator('[data-metric=sessions] .figure-value').textContent()), answer.rows[0].value);
  });
  assert.match(await page.locator('.filter-note').textContent(), /all figures come from bi\.fact_session/);
  await page.route(/v1\/metrics\/.*filter=.*filter=/, route => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'set WEIR_POSTGRES_URL' }) }));
  await page.reload();
  await page.getByText('Not without PostgreSQL').first().waitFor();
  assert.match(await page.locator('[data-metric=sessions]').textContent(), /needs PostgreSQL/);
  await close();
});

await test('a filter can be all but a value: Alt and a click, or the word in the chip', async () => {
  const count = async filter => (await get(`v1/metrics/sessions?${ASKED}&grain=total&filter=${filter}`)).rows[0].value;
  const { page, close } = await open(`#/overview?${SHOWN}`);
  await page.locator('[data-key=devicemobile]').click({ modifiers: ['Alt'] });
  await page.waitForFunction(() => location.hash.includes('f=device!:mobile'));
  await page.locator('.chip').waitFor(); // until then the old figures stand there
  await settled(page);
  const before = await count('device!:mobile'), all = before + await count('device:mobile');
  const shown = number(await page.locator('[data-metric=sessions] .figure-value').textContent());
  assert.ok(before > 0 && Math.abs(shown - before) <= before * .02 + 5, `${shown} and ${before} of ${all}`);
  await page.locator('.chip-is').click();
  await page.waitForFunction(() => location.hash.includes('f=device:mobile'));
  await close();
});

await test('a funnel of own steps: each can be changed, and the address has them', async () => {
  const { page, close } = await open(`#/funnel?${SHOWN}&tab.kind=steps&tab.steps=search,add_to_cart`);
  const rows = (await get(`v1/reports/reached?${ASKED}&by=search,add_to_cart`)).rows;
  assert.deepEqual(await page.locator('.steps .step-name').allTextContents(), ['Session', 'Search', 'Added to cart']);
  const told = (await page.locator('.steps li > b').allTextContents()).map(number);
  told.forEach((n, i) => assert.ok(Math.abs(n - rows[i].sessions) <= rows[i].sessions * .02 + 5, `${told} and ${rows.map(x => x.sessions)}`));
  assert.ok(told[0] >= told[1] && told[1] >= told[2]);
  await page.locator('[data-key=step-add]').click();
  await page.locator('.menu:popover-open a', { hasText: 'Purchase' }).click();
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes('tab.steps=search,add_to_cart,purchase'));
  await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 4);
  await accessible(page, 'own steps');
  await page.screenshot({ path: `${shots}/own-steps.png`, fullPage: true });
  await page.getByRole('link', { name: 'In order' }).click();
  await page.waitForFunction(() => location.hash.includes('tab.kind=order'));
  await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 5);
  await close();
});

await test('the funnel takes the filters of the page, and a report that takes none says so', async () => {
  const first = async filter => (await get(`v1/reports/ordered_funnel?${ASKED}${filter}`)).rows[0].sessions;
  const { page, close } = await open(`#/funnel?${SHOWN}&tab.kind=order&f=device:mobile`);
  await eventually(page, async () => {
    const [some, all] = [await first('&filter=device:mobile'), await first('')], shown = number(await page.locator('.steps li > b').first().textContent());
    assert.ok(some > 0 && some < all && Math.abs(shown - some) <= some * .02 + 5, `${shown}, ${some} of ${all}`);
  });
  await page.getByRole('button', { name: 'What Funnel means' }).click();
  const sql = await page.locator('.menu:popover-open pre').textContent();
  assert.match(sql, /= 'mobile'/);
  if (process.env.PGPORT) assert.ok(Math.abs(Number(psql(sql).split('|')[1]) - await first('&filter=device:mobile')) < 50, sql);
  for (const [screen, name, report] of [['retention?tab.cohort=day', 'Retention', 'retention_daily'], ['sources?tab.touch=source', 'Touches', 'touches']]) {
    await page.goto(new URL(`#/${screen}&${SHOWN}&f=device:mobile`, base).href);
    const link = page.locator(`a[download][aria-label="${name} as CSV"]`);
    await link.waitFor();
    assert.match(await link.getAttribute('href'), new RegExp(`${report}\\?.*filter=device%3Amobile`));
    await page.locator('.filter-note').first().waitFor();
  }
  const visitors = async filter => (await get(`v1/reports/retention_daily?${ASKED}${filter}`)).rows.reduce((n, x) => n + (x.number === 0 ? x.cohort_visitors : 0), 0);
  const [mobile, everyone] = [await visitors('&filter=device:mobile'), await visitors('')];
  assert.ok(mobile > 0 && mobile < everyone, `${mobile} of ${everyone}`);
  await page.goto(new URL(`#/products?${SHOWN}&f=device:mobile`, base).href);
  await page.locator('[aria-label="Products"]').getByText('This table takes no filter').waitFor();
  const left = async filter => (await get(`v1/reports/left_in_carts?${ASKED}&by=device${filter}`)).rows.reduce((n, x) => n + x.carts, 0), [leftMobile, leftAll] = [await left('&filter=device:mobile'), await left('')];
  assert.ok(leftMobile > 0 && leftMobile < leftAll, `${leftMobile} of ${leftAll} left`);
  await page.goto(new URL(`#/products?${SHOWN}&f=device:mobile&tab.left=device`, base).href);
  await settled(page);
  await eventually(page, async () => assert.equal(number(await page.locator('[role=group][aria-label="Left in carts"] tbody td').first().textContent()), await left('&filter=device:mobile')));
  const carts = async filter => (await get(`v1/reports/carts?${ASKED}${filter}`)).rows.reduce((n, x) => n + x.carts, 0), [ofMobiles, ofAll] = [await carts('&filter=device:mobile'), await carts('')];
  assert.ok(ofMobiles > 0 && ofMobiles < ofAll, `${ofMobiles} of ${ofAll} carts`);
  assert.match(await page.locator('a[download][aria-label="Carts as CSV"]').getAttribute('href'), /carts\?.*filter=device%3Amobile/);
  assert.equal((await fetch(new URL(`v1/reports/changes?${ASKED}&by=sessions&filter=device:mobile`, base))).status, 400);
  await close();
});

await test('ads, carts that were left and late events are those of REST', async () => {
  const rows = async (name, by) => (await get(`v1/metrics/${name}?${ASKED}&grain=total&by=${by}&top=50`)).rows;
  const told = async (page, card) => number(await page.locator(`[aria-label="${card}"] tbody td`).first().textContent());
  for (const [hash, card, name, by] of [['#/sources?tab.ads=position', 'Ads', 'ad_impressions', 'position'], ['#/sources?tab.ads=page', 'Ads', 'ad_impressions', 'page'], ['#/products?tab.left=category', 'Left in carts', 'abandoned_carts', 'category'], ['#/products?tab.left=product', 'Left in carts', 'abandoned_carts', 'product']]) {
    const { page, close } = await open(`${hash}&${SHOWN}`);
    await eventually(page, async () => {
      const most = (await rows(name, by)).find(x => x.group !== '(rest)');
      assert.ok(most?.value > 0, `no ${name} by ${by}`);
      assert.equal(await told(page, card), most.value);
    });
    await accessible(page, card);
    await close();
  }
  const { page, close } = await open('#/system');
  // Nothing is too late in a young demo, so a row is put in here.
  assert.equal(await page.getByText('None came too late').count(), (await rows('late_excluded_events', 'event_type')).length ? 0 : 1);
  await page.route(/metrics\/late_excluded/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ rows: [{ group: 'purchase', value: 3, currency: r.request().url().includes('revenue') ? 'EUR' : undefined }] }) }));
  await page.reload();
  await page.locator('[aria-label="Too late"] tbody tr').waitFor();
  assert.match(await page.locator('[aria-label="Too late"] tbody').innerText(), /purchase\s+3\s+3\s+€3/);
  await close();
});

await test('the tables of the lake, and when gold was reconciled', async () => {
  const { page, close } = await open('#/system');
  await eventually(page, async () => {
    const rows = (await get('v1/reports/lake_tables')).rows, sessions = rows.find(x => x.table_name === 'silver.sessions');
    assert.ok(sessions?.files > 0 && sessions.bytes > 0 && sessions.committed_at && sessions.seen_s_ago < 300, JSON.stringify(sessions));
    assert.equal(await page.locator('[aria-label="Lake tables"] tbody tr').count(), rows.length);
    assert.equal(number(await page.locator('.lake tr:has-text("silver.sessions") td').nth(1).textContent()), sessions.files);
  });
  if (process.env.PGPORT) assert.equal(psql("SELECT count(*) FROM gold.lake_tables WHERE seen_at > now() - interval '5 minutes'"), String((await get('v1/reports/lake_tables')).rows.length));
  const run = (/** @type {object} */ more) => ({ finished_at: new Date().toISOString(), subject: 'sessions', side: 'gold', from_time: null, to_time: null, compared: 61204, different: 0, moving: 0, is_cut: false, ...more });
  const answered = async rows => { await page.unroute(/reconciliations/); await page.route(/reconciliations/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ report: { name: 'x', sentence: 'x', ways: [], takesFilters: false }, sql: 'SELECT 1', columns: [], rows, source: 'postgresql' }) })); await page.reload(); await settled(page); };
  await answered([]);
  await page.getByText('Not compared yet').waitFor();
  await answered([run({ different: 2, subject: 'events' }), run({ side: 'REST', moving: 1 }), run({ from_time: '2026-03-01T00:00:00Z', to_time: '2026-03-08T00:00:00Z' })]);
  assert.match(await page.locator('[aria-label=Comparisons] tbody').innerText(), /events\s+all\s+61,204\s+2 differ[\s\S]*by REST[\s\S]*1 moving[\s\S]*1 Mar to 7 Mar\s+61,204\s+equal/);
  const looks = () => page.locator('.toolbar .badge').first().innerText(), march = { from_time: '2026-03-01T00:00:00Z', to_time: '2026-03-08T00:00:00Z' };
  assert.match(await looks(), /events of gold differ from the lake/);
  await accessible(page, 'reconciled');
  await page.screenshot({ path: `${shots}/reconciled.png`, fullPage: true });
  // An equal run ends a warning only if it has all its days. Visitors cannot be compared any more.
  await answered([run({ subject: 'all', ...march }), run({ subject: 'all', different: 1 })]);
  assert.match(await looks(), /some figures of gold differ from the lake/);
  await answered([run({ subject: 'all but visitors' }), run({ subject: 'all', different: 1, ...march })]);
  assert.doesNotMatch(await looks(), /differ from the lake/);
  assert.match(await page.locator('[aria-label=Comparisons] tbody').innerText(), /all figures but visitors/);
  await answered([run({ different: 2, subject: 'events' }), run(march)]);
  await page.goto(new URL('#/overview?period=24h&metric=sessions', base).href);
  await page.locator('.reconciled', { hasText: 'Reconciled' }).waitFor();
  await page.locator('.main-chart .chart-head .icon-button').click();
  assert.match(await page.locator('.menu:popover-open').innerText(), /61,204 places of sessions were compared with the lake \(1 Mar to 7 Mar\): equal/);
  await close();
});

await test('a score says what moved it', async () => {
  const { page, close } = await open('#/visitor');
  const visitor = await get('v1/visitors/' + encodeURIComponent(recent.visitorId));
  const score = { sessionKey: 'k', conversionScore: .12, model: 'purchase 3', scoredAt: new Date().toISOString(), reasons: [{ feature: 'page_views', value: 7, contribution: .25 }, { feature: 'device', value: 'mobile', contribution: -1.5 }, { feature: 'gone', value: null, contribution: 0 }] };
  await page.route(/v1\/visitors\/[^/]+$/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...visitor, score, returnScore: { sessionKey: 'k', probability: .41, model: 'p_return_7d 2', scoredAt: new Date().toISOString(), reasons: [] }, timeline: [{ time: new Date().toISOString(), type: 'ad_impression', page: '/deals', products: [], late: false, ad: 'spring', clickScore: { probability: .034, model: 'p_click 3', scoredAt: new Date().toISOString() } }, ...visitor.timeline] }) }));
  await page.goto(new URL('#/visitor/' + encodeURIComponent(recent.visitorId), base).href);
  await page.locator('.reasons').waitFor();
  assert.match(await page.locator('.reasons').innerText(), /^device\s+mobile\s+−1.50\s+page views\s+7\s+\+0.25\s+gone\s+not known\s+\+0.00$/);
  assert.match(await page.locator('.card', { hasText: 'another visit within 7 days' }).innerText(), /Return[\s\S]*p_return_7d 2[\s\S]*41(\.0)?\s?%/);
  assert.match(await page.locator('.timeline .event').last().innerText(), /Ad seen[\s\S]*3\.4\s?% click[\s\S]*\/deals[\s\S]*spring/i);
  await accessible(page, 'reasons');
  await page.screenshot({ path: `${shots}/reasons.png`, fullPage: true });
  await close();
});

await test('keyboard alone: screens, periods, comparison, search, filters, chart', async () => {
  const { page, close } = await open('#/overview?period=today');
  const press = async (key, test) => { await page.keyboard.press(key); await page.waitForFunction(test); };
  await press('w', () => location.hash.includes('period=7d'));
  await press('ArrowLeft', () => location.hash.includes('at=-1'));
  await press('ArrowRight', () => !location.hash.includes('at='));
  await press('x', () => location.hash.includes('vs=off'));
  await press('2', () => location.hash.startsWith('#/live'));
  await press('1', () => location.hash.startsWith('#/overview'));
  await page.keyboard.press('?');
  await page.locator('dialog.dialog[open] .keys').waitFor();
  await press('Escape', () => !document.querySelector('dialog[open]'));
  await page.keyboard.press('/');
  await page.locator('.palette[open]').waitFor();
  await page.keyboard.type('bounce');
  await press('Enter', () => location.hash.includes('metric=bounce_rate'));
  await page.goto(new URL('#/overview?period=24h&metric=sessions&f=device:mobile', base).href);
  await page.locator('.chip').waitFor();
  await press('Escape', () => !location.hash.includes('f='));
  await isDrawn(page);
  await settled(page);
  await page.locator('.main-chart .chart').focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.tip:not([hidden]) .tip-title').waitFor();
  assert.ok((await page.locator('.sr[role=status]').last().textContent()).length > 5);
  await page.keyboard.press('Tab');
  await close();
});

await test('live: what REST says is open is shown, and it goes on by itself', async () => {
  const { page, close } = await open('#/live');
  await page.waitForFunction(() => document.querySelectorAll('#open tr').length > 1 && /\d/.test(document.getElementById('open-sessions').textContent));
  const shown = number(await page.locator('#open-sessions').textContent()), open_ = (await get('v1/counts')).openSessions;
  assert.ok(Math.abs(shown - open_) <= Math.max(20, open_ * .1), `${shown} and ${open_}`);
  await page.evaluate(() => { window.turns = 0; new MutationObserver(() => { window.turns++; }).observe(document.querySelector('.hero .pairs'), { childList: true }); });
  await page.waitForFunction(() => window.turns >= 2, null, { timeout: 8000 });
  await close();
});

await test('live: a purchase that was revised is seen whole, without scrolling', async () => {
  for (const width of [1400, 1180]) {
    const { page, close } = await open('#/overview?period=24h', { width });
    await page.route(/sessions\/recent/, r => r.fulfill({ json: { sessions: Array.from({ length: 9 }, (_, i) => ({ ...recent, sessionKey: 'x' + i, visitorId: 'a588a06f' + i + '22426698', converted: true, revenue: { USD: '1142.80' }, revision: 2, entryPage: 'shop.example/c/computers.notebook', events: 12345, durationMs: 345_000 })), missing: [] } }));
    await page.goto(new URL('#/live', base).href);
    await page.locator('#closing tr', { hasText: 'revision 2' }).first().waitFor();
    const [inner, outer] = await page.locator('[role=group][aria-label="Sessions closing"]').evaluate(e => [e.scrollWidth, e.clientWidth]);
    assert.ok(inner <= outer, `${inner} of ${outer} at ${width}`);
    await close();
  }
});

await test('a visitor is found by id, and one that is not there is told', async () => {
  const { page, close } = await open('#/visitor', { allowed: ['404', '503'] });
  await page.getByLabel('Visitor id').fill(recent.visitorId);
  await page.keyboard.press('Enter');
  await page.locator('.person').waitFor();
  await settled(page);
  assert.match(await page.locator('.mono-title').textContent(), new RegExp(recent.visitorId.slice(0, 8)));
  assert.ok(await page.locator('.timeline .event').count() > 0);
  await page.goto(new URL('#/visitor/nobody-of-this-name', base).href);
  await page.getByText('Nobody has the id nobody-of-this-name').waitFor();
  await page.route(/history/, r => r.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'set WEIR_POSTGRES_URL' }) }));
  await page.reload();
  await page.getByText('Not in memory').waitFor();
  await page.getByText('set WEIR_POSTGRES_URL').waitFor();
  await close();
});

await test('a visitor whose history did not come says so, and a cut one says that it is', async () => {
  const { page, close } = await open('#/visitor', { allowed: ['500', '503'] });
  const problem = (status, headers = {}) => r => r.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'PostgreSQL is busy.' }) });
  const here = new URL('#/visitor/' + encodeURIComponent(recent.visitorId), base).href, all = page.locator('.card', { hasText: 'All sessions' });
  for (const [answer, words] of [[problem(500), 'This figure did not come'], [problem(503, { 'Retry-After': '60' }), 'Not at this moment']]) {
    await page.unroute(/\/history$/);
    await page.route(/\/history$/, answer);
    await page.goto(here);
    await page.reload();
    await all.getByText(words).waitFor();
  }
  const session = { session_key: 'k', visitor_id: recent.visitorId, user_id: null, start_time: recent.start, end_time: recent.end, duration_ms: 1, events: 1, purchases: 0, revenue_by_currency: {} };
  await page.unroute(/\/history$/);
  await page.route(/\/history$/, r => r.fulfill({ json: { id: recent.visitorId, identities: [], sessions: Array(200).fill(session), changes: [], truncated: true, cut: ['sessions'], source: 'postgresql' } }));
  await page.reload();
  await all.getByText('more than 200 closed, the newest 50 here').waitFor();
  assert.equal(await page.getByText('A user has this id, too.').count(), 0);
  await page.unroute(/\/history$/);
  await page.route(/\/history$/, r => r.fulfill({ json: { id: recent.visitorId, identities: [{ visitor_id: 'another', user_id: recent.visitorId, event_time: recent.start }], sessions: [], changes: [], truncated: false, cut: [], source: 'postgresql' } }));
  await page.reload();
  await page.getByText('A user has this id, too.').waitFor();
  await close();
});

await test('after a 401 the page asks nothing more until it has gone', async () => {
  const { page, close } = await open('#/overview?period=24h', { allowed: ['401'] });
  let isOver = false, isGone = false, late = 0;
  // The browser takes its time to leave.
  await page.route(base.href, async r => { await new Promise(resolve => setTimeout(resolve, 1500)); isGone = true; await page.unroute('**/v1/**'); return r.continue(); });
  await page.route('**/v1/**', r => {
    if (isOver && !isGone) late++;
    isOver = true;
    return r.fulfill({ status: 401, json: { detail: 'sign in' } });
  });
  await page.evaluate(() => { location.hash = '#/sources?period=7d'; });
  await page.waitForTimeout(3000);
  assert.ok(isGone);
  assert.ok(late < 4, `${late} questions`); // as many as were under way at a time
  await settled(page);
  await close();
});

await test('a user is found by the user id, with the sessions of all visitors', async () => {
  const seen = (await get('v1/sessions/recent')).sessions.concat((await get('v1/sessions/open?limit=500')).sessions).find(x => x.userId && x.userId !== x.visitorId);
  assert.ok(seen, 'nobody has signed in');
  let person;
  for (let i = 0; i < 40 && !person?.identities.length; i++) { // lake-sink is some seconds behind
    person = await get(`v1/visitors/${encodeURIComponent(seen.userId)}/history`);
    if (!person.identities.length) await new Promise(resolve => setTimeout(resolve, 500));
  }
  assert.ok(person.identities.some(x => x.visitor_id === seen.visitorId && x.user_id === seen.userId), JSON.stringify(person.identities));
  if (process.env.PGPORT) assert.ok(Math.abs(Number(psql(`SELECT count(*) FROM bi.fact_session WHERE visitor_id IN (SELECT visitor_id FROM gold.identities WHERE user_id = '${seen.userId}')`)) - person.sessions.length) <= 2);
  const { page, close } = await open(`#/visitor/${encodeURIComponent(seen.userId)}`, { allowed: ['404'] });
  assert.match(await page.locator('.person .note').innerText(), /a user, seen as \d+ visitor/);
  assert.equal(await page.locator('[aria-label="Visitors of the user"] tbody tr').count(), person.identities.length);
  if (person.sessions.length) assert.ok(await page.locator('[role=group][aria-label="All sessions"] tbody tr').count() > 0);
  else await page.locator('.card', { hasText: 'None yet' }).waitFor();
  await accessible(page, 'user');
  await page.locator('[aria-label="Visitors of the user"] a.who').first().click();
  await page.locator('.timeline, .person .badge:has-text("Not in memory")').first().waitFor();
  await close();
  const at = new Date().toISOString(), changed = await open('#/visitor');
  await changed.page.route(/v1\/visitors\/[^/]+\/history/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...person, changes: [{ restated_at: at, session_key: 'k', visitor_id: seen.visitorId, start_time: at, cause: 'merge', old_revision: 0, new_revision: 1, events: 3, purchases: -1, revenue: {} }] }) }));
  await changed.page.goto(new URL('#/visitor/' + encodeURIComponent(recent.visitorId), base).href);
  await changed.page.locator('[aria-label=Revisions] tbody tr').waitFor();
  assert.match(await changed.page.locator('[aria-label=Revisions] tbody').innerText(), /Two sessions became one[\s\S]*0 → 1\s+\+3 events, −1 purchases/);
  await changed.close();
});

await test('days of any zone: the address, the picker and the foot say whose they are', async () => {
  const ofKolkata = async name => (await get(`v1/metrics/${name}?${ASKED}&grain=total&zone=Asia/Kolkata`)).rows[0].value, ofSite = (await get(`v1/metrics/sessions?${ASKED}&grain=total`)).rows[0].value;
  const { page, close } = await open(`#/overview?${SHOWN}&zone=asia/kolkata`, { timezoneId: 'America/New_York' });
  // Browsers differ in their name for this zone.
  const kolkata = await page.evaluate(() => new Intl.DateTimeFormat('en', { timeZone: 'asia/kolkata' }).resolvedOptions().timeZone);
  await eventually(page, async () => assert.equal(number(await page.locator('[data-metric=sessions] .figure-value').textContent()), await ofKolkata('sessions')));
  assert.ok(ofSite > 0);
  assert.match(await page.locator('[data-metric=visitors] .figure-value').textContent(), /\d/);
  assert.ok((await page.locator('footer').innerText()).includes(`All figures in ${kolkata}`));
  assert.match(await page.locator('.filter-note').first().innerText(), new RegExp(kolkata + '[\\s\\S]*days of the site, UTC'));
  assert.equal(await page.getByText('This figure did not come').count(), 0);
  await accessible(page, 'zone');
  await page.screenshot({ path: `${shots}/zone.png`, fullPage: true });
  await page.locator('[data-key=period]').click();
  const select = page.locator('.menu:popover-open select');
  assert.equal(await select.inputValue(), kolkata);
  assert.match(await select.innerText(), /UTC \(site\)[\s\S]*America\/New York \(this browser\)/);
  await select.selectOption('Pacific/Auckland');
  await page.waitForFunction(() => location.hash.includes('zone=Pacific/Auckland'));
  await page.locator('footer a', { hasText: 'Show in UTC' }).click();
  await page.waitForFunction(() => !location.hash.includes('zone='));
  // A young site has no older days, so only the refusal can be seen: nothing is asked that REST cannot answer.
  await page.goto(new URL('#/overview?period=90d&zone=Asia/Kolkata&metric=sessions', base).href);
  await page.getByText(`Days of ${kolkata} are sums of hours`).first().waitFor();
  // Another name of the site's own zone changes nothing.
  await page.goto(new URL('#/overview?period=90d&zone=Etc/UTC&metric=sessions', base).href);
  await page.waitForFunction(() => document.querySelector('footer')?.textContent?.includes('All figures in UTC'));
  assert.equal(await page.getByText('are sums of hours').count(), 0);
  await page.goto(new URL('#/overview?period=today&zone=no/zone', base).href);
  await settled(page);
  assert.match(await page.locator('footer').innerText(), /All figures in UTC/);
  await close();
});

await test('rejected records: the newest of each reason, and what flows where', async () => {
  for (let i = 0; i < 120 && !(await get('v1/quality/rejected')).records.length; i++) await new Promise(resolve => setTimeout(resolve, 500));
  const { page, close } = await open('#/system');
  await eventually(page, async () => {
    const { records } = await get('v1/quality/rejected'), x = records[0];
    assert.ok(x, 'nothing was rejected');
    const text = await page.locator('[aria-label="Rejected by reason"]').innerText();
    assert.ok(text.includes(x.detail) && text.includes(`${x.partition}:${x.offset}`), `${JSON.stringify(x)} is not in ${text}`);
  });
  const flows = await page.locator('[aria-label="How it flows"]').first().textContent();
  for (const name of ['lake-sink', 'ml-scoring', 'Iceberg', 'PostgreSQL']) assert.ok(flows.includes(name), flows);
  assert.ok(await page.locator('.flow-rate').count() >= 3);
  await close();
});

await test('products by category on the overview, and the way to the last 30 minutes', async () => {
  const { page, close } = await open(`#/overview?${SHOWN}`);
  await page.locator('[data-key=ofcategory]').click();
  await page.waitForFunction(() => location.hash.includes('tab.of=category'));
  await settled(page);
  await eventually(page, async () => {
    const most = (await get(`v1/metrics/products_viewed?${ASKED}&grain=total&by=category&top=7`)).rows.filter(x => x.group !== '(rest)')[0];
    assert.equal(number(await page.locator('[role=group][aria-label=Products] tbody td').first().textContent()), most.value);
  });
  await page.locator('[data-key=period]').click();
  await page.locator('.menu:popover-open a', { hasText: 'Live, last 30 minutes' }).click();
  await page.waitForFunction(() => location.hash.startsWith('#/live'));
  await page.goBack();
  await page.keyboard.press('l');
  await page.waitForFunction(() => location.hash.startsWith('#/live'));
  await close();
});

await test('the models are those of the newest run of drift', async () => {
  const { page, close } = await open('#/models');
  const rows = (await get('v1/reports/models')).rows.filter(x => x.is_newest), drift = (await get('v1/reports/model_drift')).rows.filter(x => x.model_version === rows[0].model_version), features = [...new Set(drift.map(x => x.feature))].filter(x => x !== '(score)');
  assert.ok(rows[0].sessions > 0 && rows[0].log_loss > 0 && rows[0].training_log_loss > 0, JSON.stringify(rows[0]));
  assert.ok(features.length > 20, features.join());
  for (const name of ['(score)', features[0]]) for (const side of ['training', 'recent']) assert.ok(Math.abs(drift.filter(x => x.feature === name).reduce((a, x) => a + x[side], 0) - 1) < 1e-9, `${name} ${side}`);
  if (process.env.PGPORT) assert.equal(psql('SELECT sessions FROM gold.model_watches ORDER BY watched_at DESC, sessions DESC LIMIT 1'), String(rows[0].sessions));
  assert.equal(await page.locator('[role=group][aria-label=Versions] tbody tr').count(), rows.length);
  assert.equal(number(await page.locator('[role=group][aria-label=Versions] tbody td').nth(1).textContent()), rows[0].sessions);
  assert.equal(await page.locator('[role=group][aria-label=Features] tbody tr').count(), features.length);
  assert.equal(await page.locator('[role=group][aria-label=Scores] tbody tr').count(), drift.filter(x => x.feature === '(score)').length);
  await page.locator('[data-key=featuredevice]').click();
  await page.getByRole('heading', { name: 'Values of device' }).waitFor();
  assert.match(await page.locator('#values tbody').innerText(), /desktop[\s\S]*mobile[\s\S]*\(missing\)/);
  await accessible(page, 'models');
  const answered = async rows => { await page.unroute(/reports.models/); await page.route(/reports.models/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ report: { name: 'x', sentence: 'x', ways: [], takesFilters: false }, sql: 'SELECT 1', columns: [], rows, source: 'postgresql' }) })); await page.reload(); await settled(page); };
  await answered([]);
  await page.getByText('Not compared with the training yet').waitFor();
  // What is served is there before any comparison.
  const scores = (await get(`v1/reports/model_scores?from=${TWO_DAYS.from}&to=${TWO_DAYS.to}`)).rows.filter(x => x.subject === 'sessions'), version = scores[0].model_version;
  const told = number(await page.locator('[role=group][aria-label="Served now"] tr', { has: page.locator(`th[title="${version}"]`) }).locator('td').first().textContent()), scored = scores.filter(x => x.model_version === version).reduce((a, x) => a + x.scores, 0);
  assert.ok(told > 0 && Math.abs(told - scored) <= scored * .05 + 5, `${told} scores, ${scored}`);
  await page.locator('[aria-label="Scores as they come"] .column').first().waitFor();
  assert.equal(await page.locator('#duels').count(), 0);
  const duel = { is_newest: true, challenger_version: 'v2', champion_version: 'v1', sessions: 2_000, log_loss_difference: -.012, log_loss_low: -.02, log_loss_high: -.004, auc_difference: .01, auc_low: null, auc_high: null, verdict: 'challenger_better' };
  await page.route(/reports.model_comparisons/, r => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ report: { name: 'x', sentence: 'x', ways: [], takesFilters: false }, sql: 'SELECT 1', columns: [], rows: [duel, { ...duel, is_newest: false }], source: 'postgresql' }) }));
  // Who comes back is known a week later: a new version has no outcome yet, and a former one nothing else.
  const back = { ...rows[0], subject: 'returns', model_name: 'p_return_7d', remark: null };
  await answered([rows[0], { ...back, model_version: 'new', outcomes: 0, conversions: 0, auc: null, log_loss: null, constant_log_loss: null, calibration_error: null }, { ...back, model_version: 'old', sessions: 0, outcomes: 1_000, conversions: 520, score_psi: null }]);
  const returns = page.locator('[role=group][aria-label=Versions] tbody tr');
  assert.match(await returns.nth(1).innerText(), /new[\s\S]*p_return_7d, sessions[\s\S]*–[\s\S]*– /);
  assert.match(await returns.nth(2).innerText(), /old[\s\S]*52\.00\s?%/);
  await page.locator('[data-key="versionp_return_7d old"]').click();
  await returns.nth(2).locator('[aria-current=true]').first().waitFor({ state: 'attached' });
  assert.equal(await returns.nth(2).locator('[aria-current=true]').count(), 1);
  await answered([{ ...rows[0], watched_s_ago: 400_000, sessions: 5_000, score_psi: .31, auc: null }]);
  assert.equal(await page.locator('#duels tbody tr').count(), 1);
  assert.match(await page.locator('#duels tbody').innerText(), /v2[\s\S]*v1[\s\S]*2,000[\s\S]*0\.0120[\s\S]*0\.0200 to [\s\S]*0\.0040[\s\S]*\+0\.0100[\s\S]*Challenger is better/);
  assert.match(await page.locator('.toolbar .badge').first().innerText(), /compared 5 days ago; scores are not those of the training/);
  await close();
});

await test('the balance of the system screen is that of REST', async () => {
  const { page, close } = await open('#/system');
  const quality = await get('v1/quality');
  assert.equal(quality.minutes.reduce((a, m) => a + Math.abs(m.balance), 0), 0);
  assert.equal(number(await page.locator('.six dd').first().textContent()), 0);
  assert.ok(quality.minutes.length > 0);
  await close();
});

await test('an instance that does not answer: the figures stay, the page says since when', async () => {
  const { page, close } = await open('#/overview?period=24h', { allowed: ['Failed to load', 'ERR_'] });
  const before = await page.locator('[data-metric=sessions] .figure-value').textContent();
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.locator('.banner.stale:not([hidden])').waitFor({ timeout: 40_000 });
  assert.match(await page.locator('.banner').textContent(), /No answer for .* trying again/);
  assert.equal(await page.locator('[data-metric=sessions] .figure-value').textContent(), before);
  await page.screenshot({ path: `${shots}/stale.png` });
  await page.context().setOffline(false);
  await page.waitForFunction(() => document.querySelector('.banner').hidden, null, { timeout: 20_000 });
  await close();
});

await test('a card whose answer fails says so, the others go on', async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB' }), page = await context.newPage();
  let times = 0; // who asks too often is told the same as when partitions move
  await page.route(/by=device/, r => r.fulfill({ status: times++ % 2 ? 503 : 429, contentType: 'application/problem+json', headers: { 'Retry-After': '1' }, body: JSON.stringify({ detail: 'partitions are moving' }) }));
  await page.goto(new URL('#/overview?period=24h', base).href);
  await page.getByText('Not at this moment').first().waitFor();
  await page.locator('[data-key^="country"]').first().waitFor();
  await page.unroute(/by=device/);
  await page.locator('[data-key^="device"]').first().waitFor({ timeout: 10_000 });
  await context.close();
});

await test('search terms beside the pages are those of REST, and filter nothing', async () => {
  const { page, close } = await open(`#/overview?tab.pages=search_term&${SHOWN}`, { allowed: ['503'] }), card = '[aria-label="Pages"]';
  await eventually(page, async () => {
    const { metric, rows } = await get(`v1/metrics/searches?${ASKED}&grain=total&by=search_term&top=8`), named = rows.filter(x => x.group !== '(rest)' && x.value > 0);
    assert.equal(metric.subject, 'events');
    assert.ok(named.length, 'no searches');
    assert.deepEqual((await page.locator(`${card} .bar-label:not(.rest)`).allTextContents()).map(x => x.trim()), named.map(x => x.group || 'No term'));
    assert.equal(number(await page.locator(`${card} tbody td`).first().textContent()), named[0].value);
  });
  assert.equal(await page.locator(`${card} a.bar-label`).count(), 0);
  const csv = await fetch(new URL(await page.locator('a[download][aria-label="Pages as CSV"]').getAttribute('href'), base));
  assert.equal(csv.status, 200);
  assert.match(await csv.text(), /^metric,start,.*\r\nsearches,/);
  await accessible(page, 'search terms');
  await page.screenshot({ path: `${shots}/search-terms.png`, fullPage: true });
  await page.goto(new URL('#/overview?tab.pages=search_term&period=custom&from=2001-01-01&to=2001-01-07&metric=sessions', base).href);
  await page.getByText('No searches in these dates').waitFor();
  await page.goto(new URL(`#/overview?tab.pages=search_term&f=country:DE&${SHOWN}`, base).href);
  await page.locator('ul.chips').waitFor();
  await settled(page);
  assert.equal(await page.locator('[data-key=pagessearch_term]').count(), 0);
  await close();
});

await test('an empty period says that it is empty', async () => {
  const { page, close } = await open('#/overview?period=custom&from=2001-01-01&to=2001-01-07&metric=sessions');
  await page.getByText('Nothing here').first().waitFor();
  await page.screenshot({ path: `${shots}/empty.png`, fullPage: true });
  await close();
});

await test('no address breaks the page', async () => {
  for (const hash of ['#/overview?period=no&at=-1e99&vs=no&metric=no&tab.tech=no', '#/overview?f=no', '#/overview?f=no:%00&period=custom&from=x&to=y', '#/overview?at=9', '#/overview?period=constructor&tab.size=constructor&metric=constructor&f=constructor:toString', '#/overview?metric=sessions&tab.why=1&f=__proto__:x', '#/retention?tab.cohort=constructor', '#/retention?period=toString&tab.cohort=__proto__', '#/funnel?tab.kind=steps&tab.steps=constructor,toString', '#/sources?tab.way=constructor&tab.touch=valueOf', '#/products?tab.sort=constructor&tab.of=toString', '#/constructor', '#/funnel?tab.by=no', '#/visitor/%E0%A4%A', '#/visitor/a%2Fb%3Fc', '#/none', '#/overview?period=custom&from=0001-01-03&to=9999-12-29']) {
    const { page, close } = await open(hash, { allowed: ['400', '404'] });
    assert.equal(await page.getByText('This screen cannot be drawn').count(), 0, hash);
    await close();
  }
});

await test('reduced motion and print', async () => {
  const { page, close } = await open('#/system', { reducedMotion: 'reduce' });
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('header.top').isVisible(), false);
  await close();
  const dark = await open(`#/products?${SHOWN}&f=device:mobile`, { scheme: 'dark' });
  await dark.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.deepEqual(await dark.page.evaluate(() => [getComputedStyle(document.querySelector('.card')).backgroundColor, getComputedStyle(document.querySelector('.print-only')).display]), ['rgb(255, 255, 255)', 'block']);
  await dark.close();
});

await test('the focus stays when the page is drawn anew, and forced colours show it', async () => {
  const { page, close } = await open('#/overview?period=today', { forcedColors: 'active' });
  for (const name of ['Search', 'Light or dark', 'Sources as CSV']) {
    await page.getByLabel(name, { exact: true }).first().focus();
    await page.evaluate(() => { document.querySelector('main h1').dataset.old = '1'; location.hash += location.hash.includes('vs=off') ? '&metric=bounce_rate' : '&vs=off'; });
    await page.waitForFunction(() => !document.querySelector('main h1').dataset.old);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), name);
  }
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'solid');
  await close();
});

/** The time until the figures are there, with an empty cache of the browser. */
async function firstView() {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB' }), page = await context.newPage();
  const begin = performance.now();
  await page.goto(new URL('#/overview?period=today', base).href, { waitUntil: 'commit' });
  await page.waitForFunction(() => /\d/.test(document.querySelector('[data-metric=sessions] .figure-value')?.textContent ?? ''), null, { polling: 20 });
  const time = performance.now() - begin;
  await context.close();
  return time;
}
await test('the first view: its figures are there within a second', async () => {
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await firstView());
  times.sort((a, b) => a - b);
  console.log(`      first view: median ${times[2].toFixed(0)} ms of ${times.map(t => t.toFixed(0)).join(', ')}`);
  // Beside a demo on a machine of two cores; the floor of a quiet one is 1 s.
  assert.ok(times[2] < Number(process.env.FIRST_VIEW_MS ?? 4000), `${times[2]} ms`);
});

/** The milliseconds of script, style and layout of each update, from a trace of DevTools: processor time of the thread, so
 *  that other work of the machine does not count; parts within parts count once. */
function costs(trace) {
  const marks = trace.filter(e => e.name.startsWith('update-') && ['R', 'I'].includes(e.ph)).sort((a, b) => a.ts - b.ts);
  const { pid, tid } = marks[0], names = ['FunctionCall', 'EventDispatch', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks', 'UpdateLayoutTree', 'Layout'];
  const parts = trace.filter(e => e.ph === 'X' && e.pid === pid && e.tid === tid && names.includes(e.name)).sort((a, b) => a.ts - b.ts);
  return marks.slice(0, -1).map((mark, i) => {
    let sum = 0, end = mark.ts;
    for (const p of parts) if (p.ts >= end && p.ts < marks[i + 1].ts) { sum += p.tdur ?? p.dur; end = p.ts + p.dur; }
    return sum / 1000;
  });
}
await test('live: script and layout of an update, with 1,000 rows on the page', async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB' }), page = await context.newPage(), counters = await get('v1/live').then(x => x.counters);
  await page.addInitScript(() => { window.EventSource = class extends EventTarget { readyState = 1; constructor() { super(); window.streamOfTest = this; } close() { this.readyState = 2; } }; });
  await page.goto(new URL('#/live', base).href);
  await page.waitForFunction(() => document.querySelectorAll('#open tr').length > 1 && document.querySelectorAll('#closing .who').length > 1);
  await page.evaluate(() => {
    const list = document.getElementById('open'), rows = [...list.children];
    list.replaceChildren = () => {}; // the list stands still with its 1,000 rows
    for (let i = 0; list.children.length < 1000; i++) list.append(rows[i % rows.length].cloneNode(true));
  });
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing'] });
  await page.evaluate(async ([session, counters]) => {
    for (let i = 0; i <= 150; i++) {
      performance.mark('update-' + i);
      window.streamOfTest.dispatchEvent(new MessageEvent('session', { data: JSON.stringify({ ...session, sessionKey: 'test' + i, revision: i % 3 }) }));
      window.streamOfTest.dispatchEvent(new MessageEvent('counters', { data: JSON.stringify({ ...counters, missing: [], instances: 1, openSessions: 1000 + i, status: { ...counters.status, received: 1000 * i } }) }));
      await new Promise(resolve => setTimeout(resolve, 40));
    }
  }, [recent, counters]);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()), list = costs(traceEvents).sort((a, b) => a - b), at = p => list[Math.floor(list.length * p)];
  console.log(`      ${list.length} updates with ${await page.locator('main tr').count()} rows: script and layout p50 ${at(.5).toFixed(1)} ms, p95 ${at(.95).toFixed(1)} ms, at most ${at(.999).toFixed(1)} ms`);
  assert.equal(list.length, 150);
  assert.ok(at(.5) > .1, 'nothing was drawn');
  // The floor is 8 ms; caches that other work empties may double it.
  assert.ok(at(.95) < Number(process.env.UPDATE_MS ?? 16), `p95 ${at(.95)} ms`);
  await context.close();
});

/** MINUTES=60 looks for an hour. */
const minutes = Number(process.env.MINUTES ?? 0);
await test('live does not grow', async () => {
  const { page, close } = await open('#/live');
  const client = await page.context().newCDPSession(page);
  const heap = async () => { await client.send('HeapProfiler.collectGarbage'); return (await client.send('Runtime.getHeapUsage')).usedSize; };
  await page.waitForTimeout(minutes ? 30_000 : 2000);
  const first = await heap(), begin = Date.now(), sizes = [first];
  do {
    await page.waitForTimeout(minutes ? 60_000 : 8000);
    sizes.push(await heap());
    if (minutes) console.log(`      ${Math.round((Date.now() - begin) / 60_000)} min: ${(sizes.at(-1) / 1e6).toFixed(2)} MB, ${await page.evaluate(() => document.getElementsByTagName('*').length)} elements`);
  } while (Date.now() - begin < minutes * 60_000);
  const grown = sizes.at(-1) - first;
  console.log(`      heap: ${(first / 1e6).toFixed(1)} MB, ${(grown / 1e3).toFixed(0)} kB more after ${Math.round((Date.now() - begin) / 1000)} s`);
  assert.ok(grown < 3e6, `${grown} bytes`);
  await close();
});

await test('an answer without some partitions says so, and is asked for again', async () => {
  const { page, close } = await open('#/live');
  let isWhole = false;
  await page.route(/v1\/metrics\/sessions\?/, async r => { const reply = await r.fetch(), body = await reply.json(); await r.fulfill({ response: reply, json: isWhole ? body : { ...body, complete: false, missingPartitions: [1, 3] } }); });
  await page.goto(new URL('#/overview?period=7d', base).href);
  await page.locator('.banner:not([hidden])').waitFor();
  assert.match(await page.locator('.banner').innerText(), /Without partitions 1, 3/);
  isWhole = true;
  await page.waitForFunction(() => document.querySelector('.banner').hidden, null, { timeout: 30_000 });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await close();
});
await test('values of any direction and length, and numbers that a double cannot hold', async () => {
  const names = ['<b onclick=alert(1)>Schuh</b> & "Söhne"', 'حذاء رياضي أحمر مقاس 42 (جديد)', '👟'.repeat(128), 'x'.repeat(512)], huge = 1234567890123456789012345678901234567890;
  for (const width of [1400, 390]) {
    const { page, close } = await open('#/models', { width });
    await page.route(/v1\/metrics\/(sessions|revenue)\?/, async r => {
      const reply = await r.fetch(), body = await reply.json(), isMoney = r.request().url().includes('revenue');
      const rows = isMoney ? body.rows.map(x => ({ ...x, value: huge })) : body.by ? names.map((group, i) => ({ ...body.rows[0], group, value: 9 - i })) : body.rows;
      await r.fulfill({ response: reply, json: { ...body, rows } });
    });
    await page.goto(new URL(`#/overview?${SHOWN}&tab.source=source`, base).href);
    await settled(page);
    await page.locator('[aria-label=Sources] .bar-label bdi').nth(3).waitFor();
    assert.deepEqual(await page.locator('[aria-label=Sources] .bar-label bdi').evaluateAll(list => list.map(e => e.textContent)), names);
    assert.equal(await page.locator('[aria-label=Sources] .bar-label bdi').nth(1).evaluate(e => e.matches(':dir(rtl)')), true, 'Arabic runs from the right');
    assert.match(await page.locator('[data-metric=revenue] .figure-value').innerText(), /^≈ \D{0,3}1\.235 × 10³⁹$/);
    assert.deepEqual(await page.locator('.figure-value').evaluateAll(list => list.filter(e => e.scrollWidth > e.parentElement.clientWidth).map(e => e.textContent)), [], 'a figure leaves its place');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page scrolls sideways');
    await page.screenshot({ path: `${shots}/hostile-${width}.png`, fullPage: true });
    await page.locator('[aria-label=Sources] .bar-label').nth(3).click();
    await page.locator('.chip b').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'a chip makes the page scroll');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await close();
  }
});

if (process.env.SECOND) await test('two instances, and one is killed while somebody looks', async () => {
  const address = process.env.SECOND_ADDRESS, knows = async () => (await get('v1/topology')).instances.some(i => i.address === address);
  for (let i = 0; i < 60 && !await knows(); i++) await new Promise(resolve => setTimeout(resolve, 500));
  const { page, close } = await open('#/system', { allowed: ['503'] });
  await page.locator('[aria-label=Instances] tbody tr').nth(1).waitFor({ timeout: 30_000 });
  assert.match(await page.locator('[aria-label=Instances]').last().innerText(), new RegExp(address));
  process.kill(Number(process.env.SECOND), 'SIGKILL');
  // Partitions that move may be named first; that the instance is gone is the more important news, and replaces them.
  await page.locator('.banner:not([hidden])', { hasText: `Without ${address}` }).waitFor({ timeout: 20_000 });
  await page.screenshot({ path: `${shots}/killed.png` });
  await page.waitForFunction(() => document.querySelector('.banner').hidden, null, { timeout: 60_000 });
  await close();
});

await browser.close();
console.log(failures.length ? `${failures.length} failed: ${failures.join('; ')}` : 'all passed');
process.exit(failures.length ? 1 : 0);
