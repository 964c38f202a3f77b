/** The live stream: one connection for the whole page, whatever the screen. */
const KEPT = 200;
const SILENT_AFTER = 6000;
/** @type {{ counters: any, rate: number | null, rates: number[], sessions: any[], heard: number, since: number, sessionRate: number | null }} */
export const live = { counters: null, sessionRate: null, rate: null, rates: [], sessions: [], heard: 0, since: Date.now() };
/** @type {Set<(kind: string, value: any) => void>} */
const listeners = new Set();

/** Sums of sessions that were emitted, a mark every ten seconds for five minutes. @type {{ at: number, emitted: number, instances: number }[]} */
let marks = [];
/** @param {any} counters @param {number} at */
function rateOfSessions({ status, instances }, at) {
  const emitted = status.sessionsClosed + status.sessionsRevised + status.sessionsRetracted, last = marks[marks.length - 1];
  if (last && (last.instances !== instances || emitted < last.emitted)) marks = []; // an instance came, or began anew
  if (!marks.length || at - marks[marks.length - 1].at >= 10_000) marks = [...marks.slice(-30), { at, emitted, instances }];
  const first = marks[0];
  return at - first.at < 5000 ? null : (emitted - first.emitted) / ((at - first.at) / 1000);
}
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
    live.sessionRate = rateOfSessions(counters, at);
    live.counters = counters;
    live.heard = Date.now();
    tell('counters', counters);
  });
  source.addEventListener('session', e => { const session = JSON.parse(e.data); remember(session); tell('session', session); });
  // The browser gives up after an answer that is no stream, such as 503.
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000); });
  addEventListener('pagehide', () => source.close());
}
