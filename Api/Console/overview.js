// How the service is doing now, what is wrong, and how the last hour was.
import { getHistory } from './api.js';
import { chart } from './charts.js';
import { h } from './dom.js';
import { age, duration, number, percent } from './format.js';
import { attentionList } from './orders.js';
import { t, word } from './texts.js';

const HOUR = 3_600_000;
const LATE_MS = 5_000;
const MANY_ERRORS = 0.05;
const FEW_ORDERS = 8;

/** What is wrong, the worst first: [how bad, in words]. */
function problemsOf(stats) {
  const problems = [];
  for (const provider of stats.providers) {
    const merchant = provider.merchant_id;
    if (provider.circuit !== 'closed') problems.push(['bad', t('wrongCircuit', { merchant })]);
    if (provider.error_rate > MANY_ERRORS && provider.requests >= 5)
      problems.push(['bad', t('wrongErrors', { merchant, share: percent(provider.error_rate) })]);
  }
  if (stats.lateness.p99_ms > LATE_MS)
    problems.push(['bad', t('wrongLate', { lateness: duration(stats.lateness.p99_ms) })]);
  for (const silo of stats.silos.filter((other) => other.status !== 'active'))
    problems.push(['warn', t('wrongSilo', { silo: silo.address, status: word('silo', silo.status) })]);
  if (!stats.silos.length) problems.push(['bad', t('wrongSilos')]);
  if (stats.attention) problems.push(['warn', t('wrongAttention', { n: number(stats.attention) })]);
  return problems;
}

function tile(name, title) {
  const value = h('span', { class: 'value' }, t('none'));
  const detail = h('span', { class: 'detail' });
  const element = h('div', { class: 'tile', 'data-tile': name }, h('span', { class: 'name' }, title), value, detail);
  element.update = (text, details, mood = '') => {
    value.textContent = text;
    detail.textContent = details;
    element.dataset.mood = mood;
  };
  return element;
}

const cell = (name, ...content) => h('td', { 'data-name': name }, ...content);

function table(title, names) {
  const body = h('tbody', {});
  const element = h('section', { class: 'card' }, h('h2', {}, title), h('table', { class: 'plain' },
    h('caption', { class: 'hidden' }, title),
    h('thead', {}, h('tr', {}, names.map((name) => h('th', { scope: 'col' }, t(name))))), body));
  element.update = (rows) => body.replaceChildren(
    ...rows.map((row) => h('tr', {}, row.map((content, i) => cell(t(names[i]), content)))));
  return element;
}

const circuitLabel = (circuit) => h('span', { class: `label circuit-${circuit}` }, word('circuit', circuit));

const siloLabel = (status) => h('span', {
  class: `label ${status === 'active' ? 'circuit-closed' : 'circuit-half_open'}`,
}, word('silo', status));

/** Puts a moment's value into its place, where more silos may have told of it since. */
function toPoint(raw) {
  return {
    at: Date.parse(raw.at),
    fast: raw.orders_by_track.fast,
    slow: raw.orders_by_track.slow,
    checks: raw.checks_per_second,
    lateness: raw.lateness.p99_ms,
    errors: raw.provider_error_rate,
    latency: raw.provider_latency_p99_ms,
  };
}

/** The overview; it takes the figures and the points as they come. */
export function overviewPage() {
  const points = new Map();
  let attention = -1;
  let looked = 0;

  const banner = h('ul', { class: 'banner', role: 'status', 'aria-live': 'polite' }, h('li', {}, t('loading')));
  const tiles = {
    attention: tile('attention', t('attention')),
    pending: tile('pending', t('pending')),
    checks: tile('checks', t('checksPerSecond')),
    lateness: tile('lateness', t('latenessP99')),
    provider: tile('provider', t('provider')),
  };
  const list = attentionList(FEW_ORDERS, false);
  const all = h('a', { class: 'all', href: '#/attention', hidden: true });
  list.heading.after(all);

  const charts = [
    chart(t('checksPerSecond'), [{ name: '', of: (p) => p.checks, className: 'one' }], (v) => number(v, 1)),
    chart(t('latenessP99'), [{ name: '', of: (p) => p.lateness, className: 'one' }], duration, 10),
    chart(t('pending'), [
      { name: t('fast'), of: (p) => p.fast, className: 'one' },
      { name: t('slow'), of: (p) => p.slow, className: 'two' },
    ], number),
    chart(t('providerErrors'), [{ name: '', of: (p) => p.errors, className: 'three' }], percent, 0.1),
    chart(t('providerLatency'), [{ name: '', of: (p) => p.latency, className: 'one' }], duration, 10),
  ];
  const providers = table(t('providers'), ['merchant', 'circuit', 'requests', 'errors', 'latency']);
  const silos = table(t('silos'), ['address', 'state', 'started', 'ordersHeld', 'checksPerSecond', 'latenessP99']);

  const element = h('div', { class: 'overview' },
    h('h2', { class: 'hidden', tabindex: '-1' }, t('overview')),
    banner,
    h('div', { class: 'tiles' }, Object.values(tiles)),
    list,
    h('section', { class: 'card' }, h('h2', {}, t('lastHour')), h('div', { class: 'charts' }, charts)),
    providers, silos);
  element.heading = element.querySelector('h2');
  element.addEventListener('resolved', () => { attention = -1; });

  function drawBanner(problems) {
    const lines = problems.length ? problems : [['good', t('allWell')]];
    const text = lines.flat().join();
    if (banner.dataset.text === text) return;
    banner.dataset.text = text;
    banner.replaceChildren(...lines.map(([mood, words]) => h('li', { class: mood }, words)));
  }

  /** Takes the figures of now. */
  element.showStats = (stats) => {
    drawBanner(problemsOf(stats));
    const tracks = stats.orders_by_track;
    const pending = tracks.fast + tracks.slow;
    tiles.attention.update(number(stats.attention), t('attentionTitle').toLocaleLowerCase(), stats.attention && 'warn');
    tiles.pending.update(number(pending),
      ['fast', 'slow', 'late'].map((track) => `${number(tracks[track])} ${t(track)}`).join(' · '));
    tiles.checks.update(number(stats.checks_per_second, 1), t('checksTotal', { n: number(stats.checks) }));
    tiles.lateness.update(duration(stats.lateness.p99_ms), t('half', { value: duration(stats.lateness.p50_ms) }),
      stats.lateness.p99_ms > LATE_MS && 'bad');

    const worst = stats.providers.find((p) => p.circuit === 'open')
      ?? stats.providers.find((p) => p.circuit !== 'closed')
      ?? [...stats.providers].sort((a, b) => b.error_rate - a.error_rate)[0];
    if (worst) {
      const isBad = worst.circuit !== 'closed' || (worst.error_rate > MANY_ERRORS && worst.requests >= 5);
      tiles.provider.update(percent(1 - worst.error_rate),
        `${word('circuit', worst.circuit)} · ${duration(worst.latency.p99_ms)} p99`, isBad && 'bad');
    } else {
      tiles.provider.update(t('none'), t('providerNone'));
    }

    providers.hidden = !stats.providers.length;
    providers.update(stats.providers.map((p) => [
      p.merchant_id, circuitLabel(p.circuit), number(p.requests), percent(p.error_rate),
      `${duration(p.latency.p50_ms)} / ${duration(p.latency.p99_ms)}`,
    ]));
    silos.update(stats.silos.map((silo) => [
      silo.address, siloLabel(silo.status), silo.started_at ? age(silo.started_at) : t('none'),
      number(silo.orders_by_track.fast + silo.orders_by_track.slow), number(silo.checks_per_second, 1),
      duration(silo.lateness.p99_ms),
    ]));

    all.hidden = stats.attention <= FEW_ORDERS;
    all.textContent = t('attentionAll', { n: number(stats.attention) });
    if (stats.attention !== attention || Date.now() - looked > 30_000) {
      attention = stats.attention;
      looked = Date.now();
      list.refresh();
    }
  };

  function drawCharts() {
    const sorted = [...points.values()].sort((a, b) => a.at - b.at);
    for (const each of charts) each.update(sorted);
  }

  /** Takes a point of the last hour. */
  element.showPoint = (raw) => {
    const point = toPoint(raw);
    points.set(point.at, point);
    for (const at of points.keys()) if (at < Date.now() - HOUR) points.delete(at);
    drawCharts();
  };

  getHistory().then((history) => {
    for (const raw of history.points) points.set(Date.parse(raw.at), points.get(Date.parse(raw.at)) ?? toPoint(raw));
    drawCharts();
  }, () => { /* The stream says that there is no connection; points come with it again. */ });
  drawCharts();
  return element;
}
