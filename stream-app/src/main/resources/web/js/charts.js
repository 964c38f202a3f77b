/** Charts drawn by hand in SVG. Dots mean one thing only: this part may still move. */
import { h, s, drawn, say, showTip, hideTip, tipOn } from './dom.js';
import { axis, change, show, count, percent, clock, shortDays as DAYS, weekdays } from './format.js';

const line = points => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** At most four gridlines on round numbers. */
export function ticks(max, kind, wanted = 4) {
  if (max <= 0) return [0, kind === 'percent' ? .1 : 10];
  const units = kind === 'duration' ? [15, 30, 60, 120, 300, 600, 1200, 1800, 3600] : null;
  const raw = max / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = kind === 'count' && raw < 1 ? 1 : units ? units.find(u => u >= raw) ?? Math.ceil(raw / 3600) * 3600 : [1, 2, 2.5, 5, 10].map(m => m * power).find(v => v >= raw) ?? raw;
  const list = [];
  for (let v = 0; v < max + step * .999; v += step) list.push(v);
  return list;
}

/** The table behind a chart: the same figures for a screen reader and for copying. */
export function tableBehind(caption, head, rows) {
  return h('details.behind', null, h('summary', null, 'Table'),
    h('div.scroll', { tabindex: 0, role: 'group', 'aria-label': caption }, h('table.data', null, h('caption.sr', null, caption),
      h('thead', null, h('tr', null, head.map((t, i) => h(i ? 'th.n' : 'th', { scope: 'col' }, t)))),
      h('tbody', null, rows.map(r => h('tr', null, r.map((c, i) => i ? h('td.n', null, c) : h('th', { scope: 'row' }, c))))))));
}

/** points: { name, now, then, final, rise, note }; now is null in the future. notes: diamonds on the axis. */
export function lineChart({ points, kind, label, nowName, thenName, good = 1, ticked, notes = /** @type {{ i: number, text: string }[]} */ ([]), height = w => w < 560 ? 220 : 316 }) {
  const host = h('div.chart', { tabindex: 0, role: 'img', 'aria-label': label });
  return drawn(host, (_, w) => {
    const H = height(w), pad = { l: w < 560 ? 40 : 52, r: 14, t: 14, b: 30 };
    const max = Math.max(0, ...points.flatMap(p => [p.now ?? 0, p.then ?? 0]));
    const grid = ticks(max, kind), top = grid[grid.length - 1];
    const x = i => pad.l + (w - pad.l - pad.r) * (points.length < 2 ? .5 : i / (points.length - 1));
    const y = v => pad.t + (H - pad.t - pad.b) * (1 - v / top);
    const seen = points.map((p, i) => ({ ...p, i })).filter(p => p.now !== null);
    const lastFinal = seen.findLastIndex(p => p.final);
    const solid = seen.slice(0, lastFinal + 1), running = seen.find(p => p.running);
    const loose = seen.slice(Math.max(0, lastFinal)).filter(p => !p.running);
    const at = p => [x(p.i), y(p.now)];
    const svg = s('svg', { width: w, height: H, 'aria-hidden': 'true' });
    svg.append(s('defs', null, s('linearGradient', { id: 'wash', x1: 0, x2: 0, y1: 0, y2: 1 },
      s('stop.wash-top', { offset: '0' }), s('stop.wash-end', { offset: '1' }))));
    for (const v of grid) svg.append(s('line.grid' + (v ? '' : '.base'), { x1: pad.l, x2: w - pad.r, y1: y(v), y2: y(v) }),
      s('text.tick.end', { x: pad.l - 10, y: y(v) + 4 }, axis[kind](v)));
    const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((w - pad.l) / 84))));
    points.forEach((p, i) => {
      if (i % every) return;
      svg.append(s('text.tick' + (x(i) > w - 40 ? '.end' : i ? '.mid' : ''), { x: Math.min(x(i), w - 2), y: H - 8 }, ticked(p)));
    });
    if (solid.length > 1) svg.append(s('path.area', { d: `${line(solid.map(at))}L${x(solid.at(-1).i)} ${y(0)}L${x(solid[0].i)} ${y(0)}Z`, fill: 'url(#wash)' }));
    if (loose.length > 1) svg.append(s('path.area.thin', { d: `${line(loose.map(at))}L${x(loose.at(-1).i)} ${y(0)}L${x(loose[0].i)} ${y(0)}Z`, fill: 'url(#wash)' }));
    if (points.some(p => p.then !== null)) svg.append(s('path.then', { d: line(points.map((p, i) => ({ ...p, i })).filter(p => p.then !== null).map(p => [x(p.i), y(p.then)])) }));
    if (solid.length > 1) svg.append(s('path.now', { d: line(solid.map(at)) }));
    if (loose.length > 1) svg.append(s('path.now.loose', { d: line(loose.map(at)) }));
    for (const p of loose.slice(lastFinal < 0 ? 0 : 1)) svg.append(s('circle.open-dot', { cx: x(p.i), cy: y(p.now), r: points.length > 60 ? 2.5 : 3.5 }));
    if (running) svg.append(s('line.stem', { x1: x(running.i), x2: x(running.i), y1: y(0), y2: y(running.now) }), s('circle.open-dot', { cx: x(running.i), cy: y(running.now), r: 3.5 }),
      s('text.so-far' + (x(running.i) > w - 110 ? '.end' : ''), { x: x(running.i) + (x(running.i) > w - 110 ? -10 : 10), y: y(running.now) + 4 }, `so far ${show[kind](running.now)}`));
    for (const n of notes) if (points[n.i]?.now !== null) svg.append(s('path.note', { d: `M${x(n.i)} ${y(0) - 5}l5 5-5 5-5-5Z` }));
    const hair = s('line.hair', { y1: pad.t, y2: H - pad.b, visibility: 'hidden' });
    const dot = s('circle.now-dot', { r: 4.5, visibility: 'hidden' });
    svg.append(hair, dot);
    let shown = null;
    const point = i => {
      shown = Math.max(0, Math.min(points.length - 1, i));
      const p = points[shown], box = host.getBoundingClientRect();
      for (const e of [hair, dot]) e.setAttribute('visibility', 'visible');
      hair.setAttribute('x1', x(shown)); hair.setAttribute('x2', x(shown));
      dot.setAttribute('cx', x(shown)); dot.setAttribute('cy', y(p.now ?? p.then ?? 0));
      const note = notes.find(n => n.i === shown);
      const moved = p.now !== null && p.final && p.then !== null ? change(kind, p.now, p.then) : null;
      showTip([h('div.tip-title', null, h('span', null, p.name), moved && h('span.delta.' + (Math.sign(moved.value) === good ? 'up' : 'down'), null, moved.text)),
        p.now !== null && h('div.tip-row', null, h('i.key.now'), h('span', null, nowName(p)), h('b', null, show[kind](p.now))),
        p.then !== null && h('div.tip-row', null, h('i.key.then'), h('span', null, thenName(p)), h('b', null, show[kind](p.then))),
        p.now !== null && !p.final && h('div.tip-note', null, p.running ? 'Still running' : 'Not final: may still move'),
        note && h('div.tip-note', null, note.text)].filter(Boolean), box.left + x(shown), box.top + y(Math.max(p.now ?? 0, p.then ?? 0)));
    };
    const leave = () => { hideTip(); for (const e of [hair, dot]) e.setAttribute('visibility', 'hidden'); };
    svg.addEventListener('pointermove', e => point(Math.round((e.offsetX - pad.l) / (w - pad.l - pad.r) * (points.length - 1))));
    svg.addEventListener('pointerleave', leave);
    host.onblur = leave;
    host.onkeydown = e => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
      if (move) { point((shown ?? points.length) + move); say(); e.preventDefault(); e.stopPropagation(); }
    };
    host.replaceChildren(svg);
  });
}

export function spark(values, { w = 120, h: H = 28, loose = 0, area = true } = {}) {
  if (values.length < 2) return s('svg.spark', { viewBox: `0 0 ${w} ${H}`, 'aria-hidden': 'true' });
  const max = Math.max(...values), min = Math.min(...values) * .82;
  const at = values.map((v, i) => [2 + (w - 4) * i / Math.max(1, values.length - 1), H - 3 - (H - 6) * (v - min) / Math.max(1e-9, max - min)]);
  const cutAt = values.length - loose;
  return s('svg.spark', { viewBox: `0 0 ${w} ${H}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    area && s('path.spark-area', { d: `${line(at)}L${w - 2} ${H}L2 ${H}Z` }),
    s('path.spark-line', { d: line(at.slice(0, cutAt)) }), loose > 0 && s('path.spark-line.loose', { d: line(at.slice(cutAt - 1)) }));
}

/** A stream through weirs: its height at each step is the share that came so far. */
export function stream(steps, { height = 190 } = {}) {
  const host = h('div.chart.stream', { role: 'img', 'aria-label': steps.map(t => `${t.name} ${count(t.n)}`).join(', ') });
  return drawn(host, (_, w) => {
    const n = steps.length, col = w / n, mid = height / 2, full = height - 20;
    const half = t => Math.max(1.5, t.share * full / 2);
    const svg = s('svg', { width: w, height, 'aria-hidden': 'true' });
    let upper = '', lower = '';
    steps.forEach((t, i) => {
      const x0 = i * col, flat = x0 + col * .62, next = steps[i + 1], x1 = (i + 1) * col;
      upper += `${i ? 'L' : 'M'}${x0} ${mid - half(t)}L${flat} ${mid - half(t)}`;
      if (next) upper += `C${flat + col * .2} ${mid - half(t)} ${x1 - col * .2} ${mid - half(next)} ${x1} ${mid - half(next)}`;
      else upper += `L${x1} ${mid - half(t)}`;
    });
    [...steps].reverse().forEach((t, r) => {
      const i = n - 1 - r, x0 = i * col, flat = x0 + col * .62, next = steps[i + 1], x1 = (i + 1) * col;
      if (next) lower += `C${x1 - col * .2} ${mid + half(next)} ${flat + col * .2} ${mid + half(t)} ${flat} ${mid + half(t)}`;
      else lower += `L${x1} ${mid + half(t)}`;
      lower += `L${x0} ${mid + half(t)}`;
    });
    svg.append(s('defs', null, s('linearGradient', { id: 'lost' }, s('stop.lost-from', { offset: '0' }), s('stop.lost-to', { offset: '1' }))));
    steps.slice(0, -1).forEach((t, i) => svg.append(s('rect', { x: i * col + col * .62, width: col * .7, y: mid - half(t), height: half(t) * 2, fill: 'url(#lost)' })));
    svg.append(s('path.stream-body', { d: upper + lower + 'Z' }));
    steps.forEach((t, i) => { if (i) svg.append(s('line.weir', { x1: i * col, x2: i * col, y1: 0, y2: height })); });
    host.replaceChildren(svg);
  });
}

export function heatmap(grid, label, unit) {
  const flat = grid.flat(), max = Math.max(1, ...flat);
  const host = h('div.chart', { role: 'img', 'aria-label': label });
  return drawn(host, (_, w) => {
    const left = 38, gap = w < 520 ? 1.5 : 3, cw = (w - left) / 24, ch = Math.max(20, Math.min(28, cw)), H = ch * 7 + 24;
    const svg = s('svg', { width: w, height: H, 'aria-hidden': 'true' });
    grid.forEach((row, d) => {
      svg.append(s('text.tick', { x: 0, y: d * ch + ch / 2 + 4 }, DAYS[d]));
      row.forEach((v, hour) => {
        const level = Math.min(6, Math.floor(v / max * 6.99));
        svg.append(tipOn(s(`rect.heat.l${level}`, { x: left + hour * cw, y: d * ch, width: cw - gap, height: ch - gap, rx: 3 }),
          () => [h('div.tip-title', null, `${weekdays[d]}, ${String(hour).padStart(2, '0')}:00 to ${String(hour + 1).padStart(2, '0')}:00`), h('div.tip-row', null, h('span', null, unit), h('b', null, count(v)))]));
      });
    });
    for (let hour = 0; hour < 24; hour += w < 520 ? 6 : 3) svg.append(s('text.tick', { x: left + hour * cw, y: H - 5 }, String(hour).padStart(2, '0')));
    host.replaceChildren(svg);
  });
}

/* land, by rows of five degrees from 75 north: pairs of west and east ends */
const LAND = ['-120 -78 -58 -20 100 110', '-160 -142 -125 -72 -54 -25 20 28 60 178', '-165 -68 -52 -40 -22 -16 12 174', '-162 -156 -148 -96 -78 -66 6 11 15 18 23 164', '-130 -84 -78 -61 -7 -6 -4 -1 9 12 22 139 157 161',
  '-126 -58 -4 0 3 141', '-123 -66 0 8 10 29 34 141', '-123 -76 -8 -1 15 16 21 23 28 124 140 141', '-119 -78 -6 9 34 119 127 128 133 139', '-114 -83 -9 31 35 49 53 120', '-111 -99 -81 -80 -14 34 38 55 62 118',
  '-104 -97 -90 -88 -77 -75 -16 37 41 57 73 85 94 107', '-97 -86 -16 39 44 50 75 79 99 107 120 121', '-85 -84 -75 -63 -14 49 77 78 105 106 123 124', '-77 -53 -9 46 80 80 101 102 114 117', '-79 -51 10 42 101 103 110 116 120 121',
  '-80 -37 13 38 105 105 120 121 136 144', '-77 -38 14 39 121 123 143 147', '-74 -40 13 38 47 48 127 135 142 144', '-69 -42 14 34 45 47 120 146', '-70 -49 15 32 45 45 115 152', '-71 -52 18 30 117 152', '-71 -59 20 23 118 119 138 149 174 174', '-72 -64 145 146 175 175', '-73 -68 170 170', '-73 -70'].map(r => r.split(' ').map(Number));
const PLACE = { CN: [104, 35], RU: [96, 61], MX: [-102, 24], AR: [-64, -35], CL: [-71, -33], CO: [-73, 4], PE: [-75, -10], VE: [-66, 7], PT: [-8, 39.5], IE: [-8, 53], BE: [4.5, 50.7], LU: [6, 49.7], DK: [9.5, 56], NO: [9, 61], FI: [26, 63], EE: [26, 59], LV: [25, 57], LT: [24, 55], CZ: [15.5, 49.8], SK: [19.5, 48.7], HU: [19.5, 47], SI: [15, 46], HR: [16, 45.5], RS: [21, 44], RO: [25, 46], BG: [25, 43], GR: [22, 39.5], TR: [35, 39], UA: [31, 49], BY: [28, 53.5], IS: [-19, 65], EG: [30, 27], MA: [-6, 32], DZ: [3, 28], TN: [9.5, 34], NG: [8, 10], GH: [-1, 8], KE: [38, 0.5], ET: [39, 9], IL: [35, 31], SA: [45, 24], AE: [54, 24], IR: [53, 32], PK: [70, 30], BD: [90, 24], LK: [81, 7.5], TH: [101, 15], VN: [106, 16], MY: [102, 4], SG: [104, 1.3], ID: [113, -2], PH: [122, 12], KR: [128, 36.5], TW: [121, 23.7], HK: [114, 22.3], KZ: [67, 48], DE: [10, 51], AT: [14.5, 47], FR: [2, 46], GB: [-2, 54], US: [-98, 39], NL: [5, 53], PL: [20, 52], CH: [8, 46], IT: [13, 42], ES: [-4, 40], SE: [16, 62], IN: [79, 22], CA: [-106, 56], BR: [-52, -10], JP: [138, 36], AU: [134, -25], ZA: [25, -29] };
const isLand = (lon, lat) => {
  const row = LAND[Math.round((75 - lat) / 5)] ?? [];
  for (let i = 0; i < row.length; i += 2) if (lon >= row[i] - 1.5 && lon <= row[i + 1] + 1.5) return true;
  return false;
};
export function dotMap(rows, name, href) {
  const max = Math.max(...rows.map(r => r.n));
  const host = h('div.chart.map', { role: 'group', 'aria-label': 'Sessions by country, as circles on a map' });
  return drawn(host, (_, w) => {
    const west = -128, east = 156, north = 71, south = -46, scale = w / (east - west), H = (north - south) * scale * 1.12;
    const x = lon => (lon - west) * scale, y = lat => (north - lat) * scale * 1.12;
    const svg = s('svg', { width: w, height: H });
    let dots = '';
    const step = 3.6;
    for (let lat = north; lat > south; lat -= step) for (let lon = west + 2, i = 0; lon < east; lon += step, i++)
      if (isLand(lon, lat)) dots += `M${x(lon).toFixed(1)} ${y(lat).toFixed(1)}h0`;
    svg.append(s('path.land', { d: dots, 'stroke-width': Math.max(1.6, scale * 1.7) }));
    for (const r of rows) {
      const p = PLACE[r.id];
      if (!p) continue;
      svg.append(s('a', { href: href(r), 'aria-label': `${name(r.id)}: ${count(r.n)}` },
        tipOn(s('circle.place', { cx: x(p[0]), cy: y(p[1]), r: 2.5 + Math.sqrt(r.n / max) * w / 34 }),
          () => [h('div.tip-title', null, name(r.id)), h('div.tip-row', null, h('span', null, 'Sessions'), h('b', null, count(r.n))), r.conversion !== null && h('div.tip-row', null, h('span', null, 'Conversion'), h('b', null, percent(r.conversion, 2)))])));
    }
    host.replaceChildren(svg);
  });
}

/** Columns by minute; the last one is still filling. parts: bottom first; ticked: the short names on the axis. High ones have a scale. */
export function columns({ rows, label, height = 120, labels = 5, naming = /** @type {(t: number) => string} */ (clock), ticked = naming }) {
  const host = h('div.chart', { role: 'img', 'aria-label': label });
  return drawn(host, (_, w) => {
    const most = Math.max(1, ...rows.map(r => r.parts.reduce((a, p) => a + p.v, 0))), grid = height < 180 ? [] : ticks(most, 'count', 3), max = grid.at(-1) ?? most;
    const bottom = labels ? 20 : 2, left = grid.length ? 12 + Math.max(...grid.map(v => axis.count(v).length)) * 7 : 0, cw = Math.min(rows.length < 4 ? 240 : w, (w - left) / rows.length), gap = cw > 12 ? 3 : 1.5;
    const svg = s('svg', { width: w, height, 'aria-hidden': 'true' });
    for (const v of grid) { const y = height - bottom - v / max * (height - bottom - 8) + .5; if (v) svg.append(s('line.grid', { x1: left, x2: w, y1: y, y2: y })); svg.append(s('text.tick.end', { x: left - 8, y: y + 4 }, axis.count(v))); }
    const every = labels && Math.max(Math.ceil(rows.length / labels), Math.ceil((Math.max(...rows.map(r => ticked(r.t).length)) * 5.6 + 4) / cw));
    svg.append(s('line.grid.base', { x1: left, x2: w, y1: height - bottom + .5, y2: height - bottom + .5 }));
    rows.forEach((r, i) => {
      let y = height - bottom;
      const group = tipOn(s('g.column' + (r.open ? '.open' : ''), null, s('rect.hit', { x: left + i * cw, y: 0, width: cw, height })),
        () => [h('div.tip-title', null, naming(r.t)), ...r.parts.map(p => h('div.tip-row', null, h('i.key.' + p.kind), h('span', null, p.name), h('b', null, count(p.v))))]);
      for (const p of r.parts) {
        const size = p.v ? Math.max(1, p.v / max * (height - bottom - 8)) : 0;
        y -= size;
        group.append(s('rect.part.' + p.kind, { x: left + i * cw + gap / 2, y, width: cw - gap, height: size, rx: Math.min(2, size / 2) }));
      }
      svg.append(group);
      if (labels && i % every === 0) svg.append(s('text.tick', { x: left + i * cw + 1, y: height - 4 }, ticked(r.t)));
    });
    host.replaceChildren(svg);
  });
}
