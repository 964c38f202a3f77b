/** Building blocks: elements, SVG, the one tooltip. No inline style attributes, so a strict CSP holds. */
const SVG = 'http://www.w3.org/2000/svg';

function fill(e, props, kids) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else if (key === 'vars') for (const [name, v] of Object.entries(value)) e.style.setProperty(name, v);
    else e.setAttribute(key, value === true ? '' : value);
  }
  e.append(...kids.flat(3).filter(k => k !== null && k !== undefined && k !== false));
  return e;
}
function named(create, spec) {
  const [tag, ...classes] = spec.split('.');
  const e = create(tag);
  if (classes.length) e.setAttribute('class', classes.join(' '));
  return e;
}
export const h = (spec, props, ...kids) => fill(named(t => document.createElement(t), spec), props, kids);
export const s = (spec, props, ...kids) => fill(named(t => document.createElementNS(SVG, t), spec), props, kids);

const ICONS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  close: 'm4 4 8 8M12 4l-8 8', left: 'M10 3 5 8l5 5', right: 'm6 3 5 5-5 5', down: 'm4 6 4 4 4-4',
  plus: 'M8 3v10M3 8h10', help: 'M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1M8 11.6v.1M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14Z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  calendar: 'M2.5 4.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1ZM2.5 7h11M5.5 2v3M10.5 2v3',
  compare: 'M3 11 6 6l3 3 4-6M3 14h10', link: 'M7 9a2.5 2.5 0 0 0 3.6 0l2-2A2.5 2.5 0 0 0 9 3.5l-.7.7M9 7a2.5 2.5 0 0 0-3.6 0l-2 2A2.5 2.5 0 0 0 7 12.5l.7-.7',
  table: 'M2.5 3.5h11v9h-11ZM2.5 6.5h11M6.5 6.5v6', download: 'M8 2v8M5 7.5 8 10.5l3-3M3 13h10', check: 'm3.5 8.5 3 3 6-7',
  info: 'M8 7.5v4M8 5v.1M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14Z', bookmark: 'M4 2.5h8v11l-4-3-4 3Z', clock: 'M8 4.5V8l2.5 1.5M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z',
  why: 'M2 12c2 0 2-8 4-8s2 8 4 8 2-5 4-5', external: 'M6 3H3v10h10v-3M9 3h4v4M13 3 7 9', filter: 'M2 3.5h12L9.5 8.5v4l-3 1.5V8.5Z',
};
export const icon = (name, size = 16) => s('svg.icon', { viewBox: '0 0 16 16', width: size, height: size, 'aria-hidden': 'true' }, s('path', { d: ICONS[name] }));

/** A weir in profile: the stream runs over the crest of a low dam. */
export const mark = size => s('svg.mark', { viewBox: '0 0 28 28', width: size, height: size, 'aria-hidden': 'true' },
  s('path.dam', { d: 'M9.2 14.2h4.6a1 1 0 0 1 1 .9l1 9.9H6.6l1.6-9.9a1 1 0 0 1 1-.9Z' }),
  s('path.stream', { d: 'M2 9.5h10.2c6 0 4.3 12 9 12H26' }),
  s('path.stream.faint', { d: 'M2 4.5h11.5c7.5 0 6.5 11.5 10 11.5H26' }));

const tip = h('div.tip', { hidden: true, 'aria-hidden': 'true' }), said = h('div.sr', { role: 'status' });
export const mountTip = () => document.body.append(tip, said);
/** Speaks what the keys have reached; the pointer stays silent. */
export const say = () => { said.textContent = [...tip.children].map(e => [...e.childNodes].map(n => n.textContent).join(' ')).join(', '); };
export function showTip(content, x, y) {
  tip.replaceChildren(...[content].flat());
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, x - box.width / 2), innerWidth - box.width - 8);
  const top = y - box.height - 14 < 8 ? y + 18 : y - box.height - 14;
  tip.style.setProperty('transform', `translate(${Math.round(left)}px, ${Math.round(top)}px)`);
}
export const hideTip = () => { tip.hidden = true; };
export const isTipShown = () => !tip.hidden;
export function tipOn(element, content) {
  element.addEventListener('pointermove', e => showTip(content(), e.clientX, e.clientY));
  element.addEventListener('pointerleave', hideTip);
  return element;
}

/** Draws again whenever the width changes; charts are drawn in real pixels, so text never scales. */
export function drawn(host, draw) {
  let width = 0;
  const watch = new ResizeObserver(([entry]) => {
    const w = Math.floor(entry.contentRect.width);
    if (w > 0 && w !== width) { width = w; draw(host, w); }
  });
  watch.observe(host);
  return host;
}
