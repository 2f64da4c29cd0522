// Charts of the last hour, as drawings of the page.
import { s, h } from './dom.js';
import { clock } from './format.js';
import { t } from './texts.js';

const WIDTH = 320;
const HEIGHT = 96;
const SPAN = 3_600_000;

/** A round number that is not less. */
function ceiling(value) {
  if (value <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * magnitude).find((step) => step >= value);
}

/** The line through the points, broken where more than two intervals are missing. */
function path(points, x, y, isArea) {
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1)?.at(-1);
    if (last && point.at - last.at <= 25_000) runs.at(-1).push(point);
    else runs.push([point]);
  }
  return runs.map((run) => {
    const line = run.map((point) => `${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join('L');
    const [first, last] = [x(run[0].at).toFixed(1), x(run.at(-1).at).toFixed(1)];
    return isArea ? `M${first} ${HEIGHT}L${line}L${last} ${HEIGHT}Z` : `M${line}${run.length === 1 ? 'h.1' : ''}`;
  }).join('');
}

/**
 * A chart that is drawn anew by its update.
 * @param {string} title
 * @param {Array<{name: string, of: function, className: string}>} series - Lines; each value is the number of a point.
 * @param {function} format - A value for people.
 * @param {number} least - The lowest height of the scale.
 */
export function chart(title, series, format, least = 1) {
  const drawing = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });
  const now = h('output', { class: 'chart-now' });
  const top = h('span', { class: 'chart-top', 'aria-hidden': 'true' });
  const readout = h('span', { class: 'chart-readout', 'aria-hidden': 'true' });
  const legend = series.length > 1
    ? series.map((line) => h('span', { class: `key ${line.className}` }, line.name))
    : [];
  let shown = [];
  const element = h('figure', { class: 'chart' },
    h('figcaption', {}, h('span', { class: 'chart-title' }, title), now),
    h('div', { class: 'plot' }, drawing, top, readout),
    h('div', { class: 'axis', 'aria-hidden': 'true' },
      h('span', {}, t('hourAgo')), ...legend, h('span', {}, t('now'))));

  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    const at = Date.now() - SPAN + ((event.clientX - box.left) / box.width) * SPAN;
    const near = shown.reduce(
      (best, point) => (!best || Math.abs(point.at - at) < Math.abs(best.at - at) ? point : best), null);
    readout.textContent = near && Math.abs(near.at - at) < 60_000
      ? `${clock(near.at)}  ${series.map((line) => format(line.of(near))).join(' / ')}`
      : '';
  });
  drawing.addEventListener('pointerleave', () => { readout.textContent = ''; });

  /** Draws the points of the last hour. */
  element.update = (points) => {
    const end = Date.now();
    shown = points.filter((point) => point.at > end - SPAN);
    const highest = Math.max(0, ...shown.flatMap((point) => series.map((line) => line.of(point))));
    const scale = Math.max(least, ceiling(highest));
    const x = (at) => WIDTH - ((end - at) / SPAN) * WIDTH;
    const y = (value) => HEIGHT - (value / scale) * (HEIGHT - 4);
    drawing.replaceChildren(
      ...[0.25, 0.5, 0.75].map((part) => s('path', { class: 'grid', d: `M0 ${y(scale * part)}H${WIDTH}` })),
      ...series.flatMap((line) => {
        const values = shown.map((point) => ({ at: point.at, value: line.of(point) }));
        return [
          s('path', { class: `area ${line.className}`, d: path(values, x, y, true) }),
          s('path', { class: `line ${line.className}`, d: path(values, x, y, false) }),
        ];
      }));
    const last = shown.at(-1);
    now.textContent = last ? series.map((line) => format(line.of(last))).join(' / ') : '–';
    top.textContent = format(scale);
    drawing.setAttribute('aria-label', t('chartLabel', { title, now: now.textContent, highest: format(highest) }));
    drawing.dataset.points = shown.length;
  };
  return element;
}
