// The door of a closed stream-app with TLS in a real Chromium, by the sign-in of a provider and by a key:
// node door.mjs https://localhost:8180/ PROVIDER CERTIFICATE KEY target/page
// PROVIDER is the address of provider.mjs of stream-app's tests, CERTIFICATE the file that stream-app shows, KEY a reader's.
import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { strict as assert } from 'node:assert';
import { chromium } from 'playwright-core';

const [, , address, provider, certificate, key, shots = 'target/page'] = process.argv;
const base = new URL(address), axe = await readFile(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const SESSION = '__Host-weir-session', MEMORY = '__Host-weir-sign-in', WAY = '#/sources?period=7d';
const failures = [];
// The certificate of the test alone is trusted, by its key.
const pin = createHash('sha256').update(new X509Certificate(await readFile(certificate)).publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', `--ignore-certificate-errors-spki-list=${pin}`] });

async function test(name, run) {
  if (!name.includes(process.env.ONLY ?? '')) return;
  const begin = Date.now();
  try { await run(); console.log(`ok    ${name} (${Date.now() - begin} ms)`); } catch (e) { failures.push(name); console.log(`FAIL  ${name}: ${e.stack ?? e}`); }
}
/** A page that asks this service and the provider, and nobody else: the provider's own pages have fonts of the web. */
async function open(hash, run, { width = 1400, scheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale: 'en-GB', bypassCSP: true });
  const page = await context.newPage(), problems = [];
  context.setDefaultTimeout(60_000); // a busy machine is no fault
  await context.route(url => ![base.origin, provider].includes(url.origin), route => route.abort());
  page.on('pageerror', e => problems.push(e.message));
  try {
    await page.goto(new URL(hash, base).href);
    await run(page, context);
    assert.deepEqual(problems, []);
  } catch (e) {
    await page.screenshot({ path: `${shots}/door-failed.png` }).catch(() => { /* the page is gone */ });
    throw e;
  } finally { await context.close(); }
}
const settled = page => page.waitForFunction(() => document.querySelector('header.top') && document.querySelector('main h1:not(.sr)'), null, { timeout: 60_000 });
const byProvider = page => page.getByRole('link', { name: 'Sign in with your organisation' });
const cookies = async context => Object.fromEntries((await context.cookies(base.href)).map(c => [c.name, c]));
async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  assert.deepEqual(violations.map(v => `${v.id} ${v.nodes.map(n => n.target.join(' ')).join('; ')}`), []);
}
/** Leaves for the provider and says who is there; the provider then sends the browser back. */
async function signIn(page, name) {
  await byProvider(page).click();
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(url => url.pathname.startsWith('/interaction/'), { waitUntil: 'domcontentloaded' });
  await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
}
/** Changes one part of what the browser keeps for the sign-in that is under way: state, nonce, verifier. */
async function tamper(context, part) {
  const memory = (await cookies(context))[MEMORY], parts = memory.value.split('.');
  assert.equal(parts.length, 3);
  parts[part] = parts[part].split('').reverse().join('');
  await context.addCookies([{ ...memory, value: parts.join('.') }]);
}
/** What a fetch of the page itself is answered; another site's page would send no cookie. */
const status = (page, path) => page.evaluate(async p => (await fetch(p)).status, path);

await mkdir(shots, { recursive: true });

await test('a sign-in at the provider leads to where somebody was going, and lasts until the sign-out', () => open(WAY, async (page, context) => {
  await byProvider(page).waitFor();
  assert.equal(await status(page, 'v1/status'), 401);
  await byProvider(page).click();
  await page.locator('input[name=login]').waitFor();
  const asked = new URL(page.url());
  assert.equal(asked.origin, provider);
  const { [MEMORY]: memory } = await cookies(context);
  assert.deepEqual([memory.httpOnly, memory.sameSite, memory.secure, memory.path], [true, 'Lax', true, '/']);
  await page.goBack();
  await byProvider(page).waitFor();
  await signIn(page, 'reader');
  await settled(page);
  assert.equal(page.url(), new URL(WAY, base).href);
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
  await page.getByRole('row', { name: /^Direct .* [1-9]/ }).waitFor();
  await page.getByRole('button', { name: 'Sign out reader of the shop' }).waitFor();
  const { [SESSION]: session, [MEMORY]: forgotten } = await cookies(context);
  assert.deepEqual([session.httpOnly, session.sameSite, session.secure, session.path], [true, 'Strict', true, '/']);
  const hours = (session.expires - Date.now() / 1000) / 3600;
  assert.ok(hours > 11.9 && hours <= 12, `${hours} hours`);
  assert.equal(forgotten, undefined);
  assert.equal(await page.evaluate(() => document.cookie), '');
  assert.equal(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()), '');

  await page.goto(new URL('#/live', base).href);
  await page.waitForFunction(() => /[1-9]/.test(document.getElementById('open-sessions')?.textContent ?? ''), null, { timeout: 60_000 });
  await page.screenshot({ path: `${shots}/door-in.png` });
  await page.reload();
  await page.getByRole('button', { name: 'Sign out reader of the shop' }).waitFor();
  assert.equal(await status(page, 'v1/status'), 200);
  assert.equal(await status(page, 'metrics'), 404);
  assert.equal(await page.evaluate(async () => (await fetch('v1/score', { method: 'POST' })).status), 401);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await byProvider(page).waitFor();
  assert.equal((await cookies(context))[SESSION], undefined);
  assert.equal(await status(page, 'v1/status'), 401);
  await page.getByText('Sign in to see the figures.').waitFor();
}));

for (const [what, part] of [['nonce', 1], ['proof (PKCE)', 2]]) {
  await test(`a return with a wrong ${what} lets nobody in, and the next try works`, () => open(WAY, async (page, context) => {
    await byProvider(page).click();
    await page.locator('input[name=login]').waitFor();
    await tamper(context, part);
    await page.locator('input[name=login]').fill('reader');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
    await page.getByRole('alert').getByText('That did not work.').waitFor();
    assert.equal(page.url(), new URL(WAY, base).href);
    assert.deepEqual(Object.keys(await cookies(context)), []);
    assert.equal(await status(page, 'v1/status'), 401);
    await accessible(page);
    await byProvider(page).click(); // the provider knows the person, and asks nothing
    await settled(page);
    assert.equal(page.url(), new URL(WAY, base).href);
  }));
}

await test('a return that nobody left for lets nobody in, and leaves the sign-in that is under way', () => open('#/overview', async (page, context) => {
  await byProvider(page).click();
  await page.locator('input[name=login]').waitFor();
  const under = page.url(), { [MEMORY]: memory } = await cookies(context);
  await page.goto(new URL('sign-in/callback?code=stolen&state=of-another', base).href);
  await page.getByRole('alert').getByText('That did not work.').waitFor();
  assert.equal((await cookies(context))[MEMORY].value, memory.value);
  await page.goto(under);
  await page.locator('input[name=login]').fill('operator');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
  await page.getByRole('button', { name: 'Sign out operator of the shop' }).waitFor();
}));

await test('who has no role is told so', () => open('#/overview', async (page, context) => {
  await signIn(page, 'visitor');
  await page.getByRole('alert').getByText('gives you no role here').waitFor();
  assert.equal((await cookies(context))[SESSION], undefined);
}));

await test('who cancels at the provider is told so', () => open('#/overview', async page => {
  await byProvider(page).click();
  await page.getByText('Cancel').click();
  await page.getByRole('alert').getByText('did not let you in').waitFor();
}));

for (const [scheme, width] of [['light', 1400], ['dark', 1400], ['light', 390], ['dark', 390]]) {
  await test(`a session that ends while somebody looks: ${scheme}, ${width}`, () => open(WAY, async (page, context) => {
    await signIn(page, 'reader');
    await settled(page);
    await page.goto(new URL('#/live', base).href); // it asks every few seconds
    await page.waitForFunction(() => document.getElementById('open-sessions'));
    const { [SESSION]: session } = await cookies(context);
    // A longer life needs another signature, which nobody outside can make.
    await context.addCookies([{ ...session, value: session.value.replace(/^\d+/, end => String(Number(end) + 3600)) }]);
    await page.getByText('Your session has ended.').waitFor({ timeout: 60_000 });
    await page.screenshot({ path: `${shots}/door-ended-${scheme}-${width}.png` });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page scrolls sideways');
    await accessible(page);
    await byProvider(page).click();
    await settled(page);
    assert.equal(page.url(), new URL('#/live', base).href);
  }, { width, scheme }));
}

await test('a key signs in, is kept from scripts, and goes with the sign-out', () => open(WAY, async (page, context) => {
  await page.getByLabel('Key', { exact: true }).fill(`${key}0`);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('No such key').waitFor();
  await page.screenshot({ path: `${shots}/door-wrong-key.png` });
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(page.url(), new URL(WAY, base).href);
  const { 'weir-key': kept } = await cookies(context);
  assert.deepEqual([kept.httpOnly, kept.sameSite, kept.secure], [true, 'Strict', true]);
  assert.equal(await page.evaluate(() => document.cookie), '');
  await page.reload();
  await page.getByRole('button', { name: 'Sign out ann' }).click();
  await byProvider(page).waitFor();
  assert.deepEqual(Object.keys(await cookies(context)), []);
}));

await browser.close();
console.log(failures.length ? `${failures.length} failed: ${failures.join('; ')}` : 'all passed');
process.exit(failures.length ? 1 : 0);
