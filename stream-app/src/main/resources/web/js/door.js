/** Signing in, where stream-app asks who is there. The browser keeps the key from scripts, this one too. */
import { h, mark } from './dom.js';

/** @type {{ isAsked: boolean, hasProvider?: boolean, name?: string, role?: string }} */
let visit = { isAsked: false };
/** The name of the key, or none where nobody is asked. */
export const signedInAs = () => visit.name;

/** @param {string} path @param {any} [body] */
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) });
export async function signOut() {
  visit = { isAsked: visit.isAsked }; // what is still asked may be refused before the page has gone, and nothing has ended then
  await post('sign-out').catch(() => { /* then the key stays, and the page says so */ });
  location.reload();
}

/** Who is there. Who asked too often is told when to ask again. @returns {Promise<Response>} */
async function asked() {
  const reply = await fetch('sign-in');
  if (reply.status !== 429) return reply;
  await new Promise(resolve => { setTimeout(resolve, 1000 * (Number(reply.headers.get('Retry-After')) || 1)); });
  return asked();
}

/** Goes on once nobody has to sign in any more. @param {HTMLElement} app @param {() => void} start */
export async function enter(app, start) {
  // Without an answer the page says so itself.
  try { const reply = await asked(); if (reply.ok) visit = await reply.json(); } catch { /* as above */ }
  const outcome = new URLSearchParams(location.search).get('sign-in'), isIn = !visit.isAsked || visit.name;
  if (outcome) history.replaceState(null, '', location.pathname + location.hash);
  if (outcome || isIn) goBack(); // who was not let in may try again, and still gets there
  const hasEnded = taken(ENDED) !== null;
  if (isIn) { start(); return; }
  app.replaceChildren(door(outcome, hasEnded));
  document.title = 'Sign in · Weir';
  /** @type {HTMLElement | null} */ (app.querySelector('input'))?.focus();
}

/** What this tab keeps while the page is left: where somebody was going, and that a session has ended. No address has it. */
const WAY = 'weir-way', ENDED = 'weir-ended';
/** @param {string} name @param {string} value */
function keep(name, value) {
  try { sessionStorage.setItem(name, value); } catch { /* a browser that keeps nothing: then the page begins at its start */ }
}
/** @param {string} name @returns {string | null} */
function taken(name) {
  try {
    const value = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return value;
  } catch { return null; }
}
function goBack() {
  const way = taken(WAY);
  if (way && !location.hash) history.replaceState(null, '', way);
}
const keepWay = () => keep(WAY, location.hash);

let isLeaving = false;
/** Whether the page is on its way to its door. Until the browser has left, nothing is asked or drawn any more. */
export const hasLeft = () => isLeaving;
/** After an answer that somebody has to sign in: the page begins anew, at its door. */
export function signInAgain() {
  if (isLeaving) return;
  isLeaving = true;
  if (visit.name) keep(ENDED, 'true');
  location.reload();
}

/** @type {Record<string, string>} */
const OUTCOMES = { refused: 'Your organisation did not let you in.', 'no-role': 'You are signed in at your organisation, and it gives you no role here.' };
/** @param {string | null} outcome */
const said = outcome => (outcome ? OUTCOMES[outcome] ?? 'That did not work. Try again, or use a key.' : '');

/** @param {string | null} outcome of a sign-in at the provider @param {boolean} hasEnded whether there was a session before */
function door(outcome, hasEnded) {
  const fault = h('p.door-fault', { id: 'fault', role: 'alert', hidden: true });
  const key = h('input', { id: 'key', name: 'key', type: 'password', required: true, autocomplete: 'current-password', autocapitalize: 'off', spellcheck: 'false', 'aria-describedby': 'fault' });
  const button = h('button.button.primary', { type: 'submit' }, 'Sign in');
  const tell = (/** @type {string} */ text) => { fault.textContent = text; fault.hidden = !text; key.setAttribute('aria-invalid', String(text !== '')); };
  const form = h('form.card.door-card', { onsubmit: async (/** @type {Event} */ e) => {
    e.preventDefault();
    tell('');
    button.disabled = true;
    try {
      const reply = await post('sign-in', { key: key.value });
      if (reply.ok) { location.reload(); return; }
      const wait = reply.headers.get('Retry-After');
      tell(reply.status === 401 ? 'No such key. Look whether all of it was copied.' : wait ? `Too many tries. Try again in ${wait} s.` : (await reply.json()).detail);
    } catch { tell('stream-app does not answer.'); }
    button.disabled = false;
    key.select();
  } }, h('label', { for: 'key' }, 'Key'), key, fault, button, h('p.door-note', null, 'Whoever runs this Weir gives you one. The browser keeps it for twelve hours.'));
  tell(said(outcome));
  key.setAttribute('aria-invalid', 'false');
  const provider = visit.hasProvider
    ? h('a.button.primary.door-provider', { href: 'sign-in/start', onclick: keepWay }, 'Sign in with your organisation')
    : null;
  return h('main.door', { id: 'main', tabindex: -1 }, h('div.door-in', null, h('div.door-brand', null, mark(40), h('h1', null, 'Weir')), h('p.door-lead', { role: 'status' }, hasEnded ? 'Your session has ended. Sign in again, and you are back where you were.' : 'Sign in to see the figures.'), provider, form));
}
