/** The live stream: one connection for the whole page, whatever the screen. */
const KEPT = 200;
const SILENT_AFTER = 6000;
/** @type {{ counters: any, rate: number | null, rates: number[], sessions: any[], heard: number, since: number }} */
export const live = { counters: null, rate: null, rates: [], sessions: [], heard: 0, since: Date.now() };
/** @type {Set<(kind: string, value: any) => void>} */
const listeners = new Set();

/** @param {(kind: string, value: any) => void} act @returns {() => void} ends it */
export function listen(act) { listeners.add(act); return () => listeners.delete(act); }
const tell = (/** @type {string} */ kind, /** @type {any} */ value) => { for (const act of listeners) act(kind, value); };
/** The time of the last counters when none came for a while, else null. */
export const silentSince = () => (Date.now() - (live.heard || live.since) > SILENT_AFTER ? live.heard || live.since : null);

/** A revision takes the place of the session it revises. @param {any} session */
export function remember(session) {
  const at = live.sessions.findIndex(x => x.sessionKey === session.sessionKey);
  if (at >= 0) live.sessions.splice(at, 1);
  live.sessions.unshift(session);
  live.sessions.length = Math.min(live.sessions.length, KEPT);
}
export function connect() {
  const source = new EventSource('v1/stream');
  /** @type {{ received: number, instances: number, at: number } | null} */
  let before = null;
  source.addEventListener('counters', e => {
    const counters = JSON.parse(e.data), at = performance.now(), received = counters.status.received;
    if (before && before.instances === counters.instances && received >= before.received) {
      live.rate = (received - before.received) / ((at - before.at) / 1000);
      live.rates.push(live.rate);
      if (live.rates.length > 90) live.rates.shift();
    }
    before = { received, instances: counters.instances, at };
    live.counters = counters;
    live.heard = Date.now();
    tell('counters', counters);
  });
  source.addEventListener('session', e => { const session = JSON.parse(e.data); remember(session); tell('session', session); });
  // The browser gives up after an answer that is no stream, such as 503.
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000); });
  addEventListener('pagehide', () => source.close());
}
