/** Named addresses, in this browser alone. */
const KEY = 'weir.views';

/** @returns {{ name: string, hash: string }[]} */
export function views() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.filter(v => typeof v?.name === 'string' && String(v?.hash).startsWith('#/')) : [];
  } catch { return []; }
}
const keep = (/** @type {object[]} */ list) => { try { localStorage.setItem(KEY, JSON.stringify(list)); } catch { /* a browser that keeps nothing */ } };
/** @param {string} name @param {string} hash */
export function saveView(name, hash) { if (name) keep([...views().filter(v => v.name !== name), { name, hash: hash || '#/overview' }]); }
/** @param {string} name */
export function dropView(name) { keep(views().filter(v => v.name !== name)); }
