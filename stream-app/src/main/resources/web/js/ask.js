/**
 * Questions to REST. A screen is drawn from the answers that are here; the others are fetched, and
 * then it is drawn again. An answer that grows old stays on the page until a newer one is here.
 *
 * @typedef {{ state: 'loading' | 'ok' | 'refused' | 'later' | 'needs' | 'failed', value: any, detail: string, at: number,
 *   busy: boolean, used: number, misses: number, partial: number, path: string }} Answer
 */
import { hasLeft, signInAgain } from './door.js';

const MOST_AT_ONCE = 4, MOST_OF_ROWS = 2;
const KEPT = 400;
/** @type {Map<string, Answer>} */
const answers = new Map();
/** @type {Answer[]} */
let queue = [];
let running = 0, runningOfRows = 0, drawing = 0, failures = 0, heard = Date.now();
let changed = () => {};
function tell() { if (!hasLeft()) changed(); }
const oldAfter = 20_000;
/** PostgreSQL reads rows for an answer, so it is asked less often. */
const oldRowsAfter = 60_000;

export const onChange = (/** @type {() => void} */ act) => { changed = act; };
/** Begins a drawing: questions that it does not ask are dropped from the queue. */
export function begin() { drawing++; }
export function end() { queue = queue.filter(a => a.used === drawing || !(a.busy = false)); }
/** Whether the present drawing still waits for an answer that it never had. */
export const isWaiting = () => [...answers.values()].some(a => a.used === drawing && a.state === 'loading');
/** Partitions that are in no figure of the present drawing, as while they move. @returns {number[]} */
export const missingPartitions = () => [...new Set([...answers.values()].filter(a => a.used === drawing && a.state === 'ok').flatMap(a => a.value.missingPartitions ?? []))].sort((a, b) => a - b);
/** The time since which nothing answers; null while something does. */
export const silentSince = () => (failures > 1 ? heard : null);

/** Parameters as the query of an address; a list is a parameter that is given several times. @param {Record<string, any>} parameters */
export function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) for (const each of [value].flat()) if (each !== null && each !== undefined) query.append(key, String(each));
  return query;
}
/** @param {string} path @param {Record<string, any>} [parameters] @returns {Answer} */
export function ask(path, parameters = {}) {
  const query = queryOf(parameters);
  const text = query.size ? `${path}?${query}` : path;
  let answer = answers.get(text);
  if (!answer) {
    answer = { state: 'loading', value: null, detail: '', at: 0, busy: false, used: 0, misses: 0, partial: 0, path: text };
    answers.set(text, answer);
    if (answers.size > KEPT) forget();
  }
  answer.used = drawing;
  if (!answer.busy && Date.now() - answer.at > (answer.state === 'needs' || answer.value?.source === 'postgresql' ? oldRowsAfter : oldAfter)) { answer.busy = true; queue.push(answer); next(); }
  return answer;
}
function forget() {
  for (const [path, a] of answers) if (a.used < drawing - 3 && !a.busy) answers.delete(path);
}
/** Asks again, whatever the age. */
export function renew() {
  for (const a of answers.values()) if (!a.busy) a.at = 0;
  tell();
}
/** Whether PostgreSQL answers it, as far as one can tell: if it is slow or away, the other questions do not wait behind. @param {Answer} a */
const isOfRows = a => a.state === 'needs' || a.value?.source === 'postgresql' || /^v1\/(reports\/|visitors\/[^/]*\/history|metrics\/(\w*engage|\w*visitors\?.*(from=[^&]*T|by=|filter=)))/.test(a.path) || /filter=/.test(a.path) && /by=|filter=.*filter=|filter=[^&]*!/.test(a.path);
function next() {
  while (running < MOST_AT_ONCE && !hasLeft()) {
    const at = queue.findIndex(a => runningOfRows < MOST_OF_ROWS || !isOfRows(a));
    if (at < 0) return;
    const [answer] = queue.splice(at, 1), ofRows = Number(isOfRows(answer));
    running++; runningOfRows += ofRows;
    fetched(answer).finally(() => {
      running--; runningOfRows -= ofRows;
      answer.busy = false;
      next();
      tell();
    });
  }
}
/** The body of a reply; null where it is no JSON, so that something before stream-app answered. @param {Response} reply */
async function bodyOf(reply) {
  try { return await reply.json(); } catch (e) { if (e instanceof SyntaxError) return null; throw e; }
}
/** @param {Answer} answer */
async function fetched(answer) {
  try {
    const reply = await fetch(answer.path, { headers: { Accept: 'application/json' } });
    if (reply.status === 401) { signInAgain(); return; }
    const body = await bodyOf(reply);
    if (!body) { missed(answer, `Not stream-app, but something before it answered: ${reply.status} ${reply.statusText}`); return; }
    // What is here is from before a silence. Questions that missed their answer by themselves keep their own pauses.
    if (failures > 1 && Date.now() - heard > oldAfter) for (const a of answers.values()) if (!a.busy && !a.misses) a.at = 0;
    failures = answer.misses = 0;
    answer.at = heard = Date.now();
    // What only PostgreSQL has comes back with PostgreSQL, not in a moment. 429: the page asked too often.
    const isLater = (reply.status === 503 || reply.status === 429) && reply.headers.has('Retry-After'), isNeeded = reply.status === 503 && !isLater;
    if (reply.ok) Object.assign(answer, { state: 'ok', value: body, detail: '' });
    else if (!isLater || answer.state !== 'ok') Object.assign(answer, { state: isLater ? 'later' : isNeeded ? 'needs' : reply.status < 500 ? 'refused' : 'failed', value: null, detail: body.detail ?? reply.statusText });
    // What misses partitions is asked again by itself, less and less often: its instances have enough to do.
    answer.partial = body.missingPartitions?.length ? answer.partial + 1 : 0;
    const wait = isLater ? 2000 : answer.partial ? Math.min(15_000, 3000 * answer.partial) : 0;
    if (wait) { answer.at -= oldAfter - wait; setTimeout(tell, wait + 200); }
  } catch {
    // A question that PostgreSQL answers may be slow by itself, and be cut off: that says nothing of stream-app.
    if (!isOfRows(answer)) failures++;
    // Where nothing answers, a few questions are enough to find out.
    if (failures > 1) missed(answer, 'stream-app does not answer.', queue.splice(0));
    else missed(answer, 'No answer came.');
  }
}
/** Asks again after a pause, which grows. @param {Answer} answer @param {string} detail @param {Answer[]} [others] that are not asked now */
function missed(answer, detail, others = []) {
  const wait = Math.min(15_000, 3000 * Math.max(++answer.misses, Math.ceil(failures / MOST_AT_ONCE)));
  for (const each of [answer, ...others]) {
    each.at = Date.now() - oldAfter + wait;
    if (each !== answer) each.busy = false;
    if (each.state !== 'ok') Object.assign(each, { state: 'failed', detail });
  }
  setTimeout(tell, wait + 200);
}
