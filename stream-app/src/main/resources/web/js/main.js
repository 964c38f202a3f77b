/** Frame, routes, keyboard, search. */
import { h, icon, mark, mountTip, hideTip, isTipShown } from './dom.js';
import { read, link, go, toggled } from './state.js';
import { missingPartitions, ask, begin, end, isWaiting, onChange, renew, silentSince as askedSince } from './ask.js';
import { PERIODS } from './days.js';
import { DIMS, METRICS, valueName } from './report.js';
import { connect, listen, live as now, silentSince } from './stream.js';
import * as f from './format.js';
import { kbd, menu, states } from './ui.js';
import { enter, signedInAs, signOut } from './door.js';
import { overview } from './screens/overview.js';
import { live } from './screens/live.js';
import { visitor } from './screens/visitor.js';
import { funnel } from './screens/funnel.js';
import { sources } from './screens/sources.js';
import { products } from './screens/products.js';
import { retention } from './screens/retention.js';
import { models } from './screens/models.js';
import { system } from './screens/system.js';

/** @typedef {{ body: any, stop?: () => void }} Drawn */
/** @type {{ id: string, label: string, short?: string, draw: (view: import('./state.js').View) => Drawn, isAlive?: boolean, isMore?: boolean }[]} where there is little room, those of "more" are in a menu */
const SCREENS = [
  { id: 'overview', label: 'Overview', draw: overview }, { id: 'live', label: 'Live', draw: live, isAlive: true }, { id: 'visitor', label: 'Visitors', draw: visitor },
  { id: 'sources', label: 'Sources', draw: sources, isMore: true }, { id: 'products', label: 'Products', draw: products, isMore: true },
  { id: 'funnel', label: 'Funnel', draw: funnel }, { id: 'retention', label: 'Retention', draw: retention, isMore: true }, { id: 'models', label: 'Models', draw: models, isMore: true }, { id: 'system', label: 'Quality & system', short: 'System', draw: system, isMore: true },
];
const PATIENCE = 220;
const app = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {(() => void) | undefined} */
let stop;
let shownHash = '', drawnHash = '#', turned = 0, timer = 0, isIn = false;

const pulse = h('b', { id: 'pulse' }, '–');
const banner = h('p.banner', { role: 'status', hidden: true });
function frame(/** @type {import('./state.js').View} */ view) {
  return h('header.top', null, h('div.top-in', null,
    h('a.brand', { href: '#/overview', 'aria-label': 'Weir, overview' }, mark(26), h('span', null, 'Weir')),
    h('nav.screens', { 'aria-label': 'Screens' }, SCREENS.map(t => h('a' + (t.isMore ? '.of-more' : ''), { href: link({ screen: t.id, id: null }), 'aria-current': view.screen === t.id ? 'page' : null, 'data-key': 'nav' + t.id },
      h('span.long', null, t.label), h('span.short', null, t.short ?? t.label))), more(view)),
    h('div.grow'),
    h('a.pulse', { href: link({ screen: 'live', id: null }), title: 'Open sessions' }, h('i'), pulse, h('span', null, 'open')),
    h('button.button.search', { type: 'button', onclick: openSearch, 'aria-label': 'Search' }, icon('search'), h('span', null, 'Search'), kbd('/')),
    h('button.icon-button', { type: 'button', onclick: theme, 'aria-label': 'Light or dark' }, icon('sun')),
    h('button.icon-button.wide-only', { type: 'button', onclick: openHelp, 'aria-label': 'Keyboard' }, icon('help'))));
}
/** @param {import('./state.js').View} view */
function more(view) {
  const list = SCREENS.filter(t => t.isMore), here = list.find(t => t.id === view.screen);
  return menu(h('button.more-screens', { type: 'button', 'aria-current': here ? 'page' : null, 'data-key': 'more' }, here ? here.short ?? here.label : 'More', icon('down', 12)), () => list.map(t => h('a.item', { href: link({ screen: t.id, id: null }), 'aria-current': t === here ? 'true' : null }, h('span', null, t.label))));
}
const foot = () => h('footer.bottom', null, h('span', null, `All figures in ${f.zoneName(f.theZone())}, bots left out`), ofZone(), h('a', { href: 'openapi.yaml' }, 'REST'), h('div.grow'),
  signedInAs() ? h('button.quiet', { type: 'button', onclick: signOut }, `Sign out ${signedInAs()}`) : null,
  h('a', { href: link(), onclick: copy }, icon('link', 14), h('span', null, ' Copy link to this report')), h('button.quiet', { type: 'button', onclick: openHelp }, 'Keyboard ', kbd('?')));

/** The way to the zone of the browser, and back to that of the site. */
function ofZone() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return f.otherZone() ? h('a', { href: link({ zone: '' }) }, `Show in ${f.zoneName(f.siteZone())}`) : !f.isSiteZone(own) ? h('a', { href: link({ zone: own }) }, `Show in ${f.zoneName(own)}`) : null;
}
/** A defect of one screen leaves the frame, so that the others can be reached. @param {typeof SCREENS[number]} screen @param {import('./state.js').View} view @returns {Drawn} */
function drawn(screen, view) {
  try { return screen.draw(view); } catch (e) {
    console.error(e);
    return { body: [h('div.toolbar', null, h('h1', null, screen.label)), h('section.card', { 'aria-label': 'Fault' }, states({ state: 'failed', detail: 'This screen cannot be drawn from what REST answered. The console of the browser has the details.' }))] };
  }
}
function draw() {
  const view = read(), screen = SCREENS.find(t => t.id === view.screen) ?? SCREENS[0];
  if (location.hash !== shownHash) { shownHash = location.hash; turned = performance.now(); }
  f.setZone(view.zone);
  begin();
  const made = drawn(screen, view);
  end();
  clearTimeout(timer);
  // Figures that come at once shall not be preceded by grey rows: the page before stays that long.
  const wait = turned + PATIENCE - performance.now();
  if (isWaiting() && wait > 0 && app.childElementCount) { made.stop?.(); timer = window.setTimeout(draw, wait); return; }
  const focused = /** @type {HTMLElement | null} */ (document.activeElement), again = focused && app.contains(focused) ? theSameAs(focused) : null, y = scrollY, same = document.body.dataset.screen === screen.id;
  const open = [...app.querySelectorAll('details')].map(d => d.open);
  stop?.();
  hideTip();
  stop = made.stop;
  app.dataset.drawn = drawnHash = location.hash;
  document.body.dataset.screen = screen.id;
  document.title = `${screen.label} · Weir`;
  app.replaceChildren(frame(view), banner, h('main', { id: 'main', tabindex: -1 }, made.body), foot());
  if (same) [...app.querySelectorAll('details')].forEach((d, i) => { d.open = open[i] ?? false; });
  again?.()?.focus({ preventScroll: true });
  showPulse();
  scrollTo(0, same ? y : 0);
}
/** How to find what had the focus when all is drawn anew: by its key, else by its name in its card. @param {HTMLElement} had @returns {() => HTMLElement | undefined} */
function theSameAs(had) {
  const key = had.dataset.key, place = (/** @type {Element} */ e) => [e.closest('section, nav, footer')?.getAttribute('aria-label'), e.getAttribute('aria-label') ?? e.textContent].join('\n'), name = place(had);
  return () => [...app.querySelectorAll(key ? `[data-key="${CSS.escape(key)}"]` : had.tagName)].map(e => /** @type {HTMLElement} */ (e)).find(e => key || had.id && e.id === had.id || place(e) === name);
}
const isRead = () => drawnHash === location.hash && (isTipShown() || app.querySelector(':popover-open, .chart:focus, main input:focus, .scroll:focus-within') !== null);
/** Draws again when nobody reads a tip, a menu or a list with the keyboard. */
function drawSoon() {
  clearTimeout(timer);
  if (drawnHash === location.hash && SCREENS.find(t => t.id === read().screen)?.isAlive) return; // paints itself
  timer = window.setTimeout(() => (isRead() ? drawSoon() : draw()), isRead() ? 700 : isWaiting() ? 120 : 0);
}
function showPulse() {
  if (now.counters) pulse.textContent = f.count(now.counters.openSessions);
  const since = silentSince() ?? askedSince(), missing = now.counters?.missing ?? [], parts = missingPartitions();
  const text = since !== null ? [h('b', null, `No answer for ${f.duration(Math.max(1, (Date.now() - since) / 1000))}. `), `The figures are those of ${f.second(since)}; trying again.`]
    : missing.length ? [h('b', null, `Without ${missing.join(', ')}. `), missing.length === 1 ? 'This instance does not answer; the figures are those of the others.' : 'These instances do not answer; the figures are those of the others.']
    : parts.length ? [h('b', null, `Without partition${parts.length > 1 ? 's' : ''} ${parts.join(', ')}. `), 'While partitions move, some figures are those of the others; the page asks again by itself.'] : null;
  pulse.parentElement?.classList.toggle('stale', since !== null);
  const words = text ? text.map(t => (typeof t === 'string' ? t : t.textContent)).join('') : '';
  if (banner.dataset.text === words) return;
  banner.dataset.text = words;
  banner.hidden = !text;
  banner.classList.toggle('stale', since !== null);
  banner.replaceChildren(...(text ? [icon('clock', 16), h('span', null, text)] : []));
}
function copy(/** @type {any} */ e) { e.preventDefault(); navigator.clipboard?.writeText(location.href); e.currentTarget.lastChild.textContent = ' Copied'; }
function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('weir.theme', root.dataset.theme); } catch { /* a browser that keeps nothing */ }
}

const KEYS = [['/', 'Search'], ['1 … 9', 'Screens'], ['← →', 'Period before, period after'], ['X', 'Comparison on or off'], ['Esc', 'Clear filters'], ['L H D E W T N M', 'Live, 24 hours, today, yesterday, 7, 28, 90 days, month'], ['?', 'This list']];
const help = h('dialog.dialog', { 'aria-label': 'Keyboard' }, h('h2', null, 'Keyboard'), h('dl.keys', null, KEYS.map(([k, t]) => h('div', null, h('dt', null, k.split(' ').filter(x => x !== '…').map(x => kbd(x))), h('dd', null, t)))),
  h('form', { method: 'dialog' }, h('button.button', null, 'Close')));
function openHelp() { if (!help.open) help.showModal(); }

const box = h('input', { type: 'search', placeholder: 'Visitor id, figure, country, campaign …', 'aria-label': 'Search', autocomplete: 'off', spellcheck: 'false', oninput: find });
const found = h('ul.found', { 'aria-label': 'Found' });
const search = h('dialog.dialog.palette', { 'aria-label': 'Search', onclick: (/** @type {any} */ e) => { if (e.target === search) search.close(); } }, h('div.palette-box', null, icon('search', 18), box, kbd('Esc')), found);
function entries() {
  const values = ['country', 'campaign', 'referrer_class', 'device', 'browser', 'os'].flatMap(dim => {
    const answer = ask('v1/metrics/sessions', { grain: 'total', by: dim, top: 50 });
    return answer.state === 'ok' ? answer.value.rows.filter((/** @type {any} */ r) => r.value > 0 && r.group && r.group !== '(rest)').map((/** @type {any} */ r) => ({ kind: DIMS[dim], text: valueName(dim, r.group), href: link({ screen: 'overview', id: null, filters: toggled(dim, r.group) }) })) : [];
  });
  return [...SCREENS.map(t => ({ kind: 'Screen', text: t.label, href: link({ screen: t.id, id: null }) })),
    ...METRICS.map(m => ({ kind: 'Figure', text: m.label, href: link({ screen: 'overview', metric: m.id, id: null }) })),
    ...[...new Set(now.sessions.map(x => x.visitorId))].slice(0, 50).map(v => ({ kind: 'Visitor', text: v, href: link({ screen: 'visitor', id: v }) })), ...values];
}
function find() {
  const typed = box.value.trim(), words = typed.toLowerCase();
  const hits = entries().filter(e => (e.text + ' ' + e.kind).toLowerCase().includes(words)).slice(0, 9);
  if (typed && !hits.some(x => x.text === typed)) hits.push({ kind: 'Visitor of this id', text: typed, href: link({ screen: 'visitor', id: typed }) });
  found.replaceChildren(...hits.map(e => h('li', null, h('a.item', { href: e.href, onclick: () => search.close() }, h('bdi', null, e.text), h('span.dim', null, e.kind)))));
}
function openSearch() { if (search.open) return; box.value = ''; find(); search.showModal(); box.focus(); setTimeout(find, 400); }
search.addEventListener('keydown', (/** @type {any} */ e) => {
  const items = [...found.querySelectorAll('a')];
  const i = items.indexOf(document.activeElement);
  if (e.key === 'Enter' && document.activeElement === box) { items[0]?.click(); e.preventDefault(); }
  const next = /** @type {Record<string, number>} */ ({ ArrowDown: i + 1, ArrowUp: i - 1 })[e.key];
  if (next !== undefined) { (items[next] ?? box).focus(); e.preventDefault(); }
  e.stopPropagation();
});

addEventListener('keydown', e => {
  const target = /** @type {Element} */ (e.target);
  // The focus may stay in a dialog for a moment after it has closed.
  if (e.ctrlKey || e.metaKey || e.altKey || !isIn || target.closest?.('input,select,textarea,dialog[open]')) return;
  const view = read(), name = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  const period = PERIODS.find(x => x.key.toLowerCase() === name && x.id !== 'custom'), screen = /^[1-9]$/.test(name) ? SCREENS[Number(name) - 1] : null;
  /** @type {Record<string, () => void>} */
  const acts = {
    '/': openSearch, '?': openHelp, x: () => go({ vs: view.vs === 'off' ? 'prev' : 'off' }), Escape: () => { if (view.filters.length) go({ filters: [] }); },
    ArrowLeft: () => go({ at: view.at - 1 }), ArrowRight: () => { if (view.at < 0) go({ at: view.at + 1 }); },
  };
  const act = acts[name] ?? (screen ? () => go({ screen: screen.id, id: null }) : period?.id === 'live' ? () => go({ screen: 'live', id: null }) : period ? () => go({ period: period.id, at: 0 }) : null);
  if (act) { act(); e.preventDefault(); }
});
addEventListener('hashchange', e => {
  if (location.hash === '#main') { history.replaceState(null, '', e.oldURL); document.getElementById('main')?.focus(); return; }
  if (isIn) draw();
});

/** The zone of the site is in every answer. A young site opens with the period that it has figures of. */
function boot() {
  begin();
  const first = ask('v1/metrics/sessions', { grain: 'day' });
  end();
  if (first.state === 'loading') { timer ||= window.setTimeout(() => { if (!app.childElementCount) app.replaceChildren(frame(read()), banner, h('main', { id: 'main', tabindex: -1 }, h('h1.sr', null, 'Weir'), h('section.card', { 'aria-label': 'Loading' }, h('div.card-body', null, states(first))))); }, 2 * PATIENCE); return; }
  clearTimeout(timer);
  if (first.state !== 'ok') { // without the zone there is no day to ask for
    app.replaceChildren(frame(read()), banner, h('main', { id: 'main', tabindex: -1 }, h('h1.sr', null, 'Weir'), h('section.card', { 'aria-label': 'No answer' }, states(first))), foot());
    return;
  }
  onChange(drawSoon);
  f.setSite(first.value.zone);
  const begun = first.value.rows.find((/** @type {any} */ r) => r.value > 0);
  if (begun && Date.parse(begun.start) > Date.now() - 3 * 86_400_000 && !location.hash) history.replaceState(null, '', '#/overview?period=24h');
  draw();
  setInterval(() => { if (!document.hidden && !read().at) drawSoon(); }, 21_000);
}
try { const kept = localStorage.getItem('weir.theme'); if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept; } catch { /* a browser that keeps nothing */ }
document.body.append(help, search);
mountTip();
let isTold = false;
enter(app, () => {
  isIn = true;
  connect();
  listen(showPulse);
  listen(kind => { if (kind === 'counters' && !isTold && drawnHash !== '#') { isTold = true; drawSoon(); } }); // screens that show counters have waited for the first
  setInterval(showPulse, 1000);
  addEventListener('online', renew);
  onChange(boot);
  boot();
});
