// Reads the figures again and again and shows them. Whatever comes from the cluster is set as text, never as markup.

const texts = {
  en: {
    dashboard: 'dashboard', home: 'Home', figures: 'Figures', callsPerSecond: 'Calls a second', callsShort: 'Calls/s',
    latency: 'Latency, mean', failures: 'Failures', activations: 'Activations', silos: 'Silos', silo: 'Silo',
    status: 'Status', up: 'Up', version: 'Version', cpu: 'CPU', memory: 'Memory', heap: 'Heap', queue: 'Queue',
    grains: 'Grains and their methods', grain: 'Grain', mean: 'Mean', slowest: 'Slowest', total: 'Calls in all',
    lastFailure: 'Last failure', reminders: 'Reminders', name: 'Name', period: 'Period', next: 'Next',
    timer: 'timer ticks', noAnswer: 'no answer', live: 'live', waiting: 'connecting',
    lost: 'no connection to the cluster; trying again', refused: 'signed out', paused: 'paused',
    span: time => `failures and latencies: the last ${time}`, siloCount: (up, all) => `on ${up} of ${all} silos`,
    reminderCount: (shown, all) => shown < all ? `the next ${shown} of ${all}` : '', none: 'There are none.',
    unreadable: 'Their table cannot be read now.', ago: time => `${time} ago`, now: 'now',
    units: { d: 'd', h: 'h', min: 'min', s: 's', ms: 'ms', us: 'µs', mb: 'MB' },
  },
  ru: {
    dashboard: 'кластер изнутри', home: 'На главную', figures: 'Показатели', callsPerSecond: 'Вызовов в секунду',
    callsShort: 'Вызовов/с', latency: 'Задержка, средняя', failures: 'Ошибки', activations: 'Активации',
    silos: 'Силосы', silo: 'Силос', status: 'Состояние', up: 'Работает', version: 'Версия', cpu: 'ЦП',
    memory: 'Память', heap: 'Куча', queue: 'Очередь', grains: 'Грейны и их методы', grain: 'Грейн', mean: 'Средняя',
    slowest: 'Худшая', total: 'Всего вызовов', lastFailure: 'Последняя ошибка', reminders: 'Напоминания', name: 'Имя',
    period: 'Период', next: 'Следующее', timer: 'тики таймеров', noAnswer: 'не отвечает', live: 'обновляется',
    waiting: 'соединение', lost: 'нет связи с кластером; попытки продолжаются', refused: 'вход не выполнен',
    paused: 'приостановлено', span: time => `ошибки и задержки: за последние ${time}`,
    siloCount: (up, all) => `на силосах: ${up} из ${all}`,
    reminderCount: (shown, all) => shown < all ? `ближайшие ${shown} из ${all}` : '', none: 'Их нет.',
    unreadable: 'Таблица напоминаний сейчас не читается.', ago: time => `${time} назад`, now: 'сейчас',
    units: { d: 'д', h: 'ч', min: 'мин', s: 'с', ms: 'мс', us: 'мкс', mb: 'МБ' },
  },
};

// What was chosen for other pages of the same host holds here as well.
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const language = [remembered('language'), navigator.language.slice(0, 2)].find(code => code in texts) ?? 'en';
const text = texts[language];
const svg = 'http://www.w3.org/2000/svg';
const byId = id => document.getElementById(id);

// How numbers are written

const format = (value, digits) => value.toLocaleString(language, {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
});
const count = value => format(value, 0);
const rate = value => format(value, value === 0 || value >= 100 ? 0 : 1);
const megabytes = bytes => unit(bytes / 1048576, 'mb');
const unit = (value, name, digits = 0) => `${format(value, digits)} ${text.units[name]}`;

function duration(seconds) {
  if (seconds < 120) return unit(Math.max(0, seconds), 's');
  if (seconds < 7200) return unit(seconds / 60, 'min');
  return seconds < 172800 ? unit(seconds / 3600, 'h') : unit(seconds / 86400, 'd');
}

function latency(milliseconds) {
  if (milliseconds === null) return '–';
  if (milliseconds < 1) return unit(milliseconds * 1000, 'us');
  return milliseconds < 1000
    ? unit(milliseconds, 'ms', milliseconds < 10 ? 1 : 0)
    : unit(milliseconds / 1000, 's', 1);
}

// Lines over time

// The newest value is at the right; where there is none (null) there is a gap.
function draw(chart, values, highest = 0) {
  const [width, height] = [100, 32];
  const top = Math.max(highest, ...values.map(value => value ?? 0)) || 1;
  const step = width / Math.max(1, values.length - 1);
  const runs = [[]];
  values.forEach((value, i) => {
    if (value === null) runs.push([]);
    else runs.at(-1).push({ x: (i * step).toFixed(2), y: (height - 1 - value / top * (height - 2)).toFixed(2) });
  });
  const drawn = runs.filter(run => run.length > 0)
    .map(run => ({ first: run[0].x, last: run.at(-1).x, line: run.map(point => `${point.x},${point.y}`).join('L') }));
  if (!chart.firstChild) chart.append(document.createElementNS(svg, 'path'), document.createElementNS(svg, 'path'));
  const [area, line] = chart.children;
  area.setAttribute('d', drawn.map(run => `M${run.first},${height}L${run.line}L${run.last},${height}Z`).join(''));
  line.setAttribute('d', drawn.map(run => `M${run.line}`).join(''));
}

// Tables: a row is a key, a class and cells; what has not changed is left alone, so that it can be selected

function fill(id, rows) {
  const body = byId(id).tBodies[0];
  const known = new Map([...body.rows].map(row => [row.dataset.key, row]));
  const shown = rows.map(({ key, kind = '', cells }) => {
    const row = known.get(key) ?? document.createElement('tr');
    row.dataset.key = key;
    if (row.className !== kind) row.className = kind;
    cells.forEach((cell, i) => show(row, i, cell));
    return row;
  });
  if (shown.length !== body.rows.length || shown.some((row, i) => row !== body.rows[i])) body.replaceChildren(...shown);
}

function show(row, i, { value = '', note, kind = '', spark, highest, title = '' }) {
  const cell = row.cells[i] ?? row.appendChild(document.createElement(i === 0 ? 'th' : 'td'));
  if (i === 0) cell.scope = 'row';
  if (cell.className !== kind) cell.className = kind;
  if (cell.title !== title) cell.title = title;
  if (spark) {
    if (!cell.firstChild) {
      const chart = cell.appendChild(document.createElementNS(svg, 'svg'));
      chart.setAttribute('viewBox', '0 0 100 32');
      chart.setAttribute('preserveAspectRatio', 'none');
      chart.setAttribute('class', 'spark');
      chart.setAttribute('aria-hidden', 'true');
    }
    draw(cell.firstChild, spark, highest);
    return;
  }

  const content = note ? `${value}\n${note}` : value;
  if (cell.dataset.content === content) return;
  cell.dataset.content = content;
  cell.replaceChildren(value);
  if (note) cell.appendChild(document.createElement('small')).textContent = note;
}

const number = value => ({ value, kind: 'number' });
const midNumber = value => ({ value, kind: 'number mid' });
const wideNumber = value => ({ value, kind: 'number wide' });

// What is shown

// Of the cells that a silo without an answer has nothing for.
const unknownKinds = [
  'wide', 'wide', 'number', 'number', 'number wide', 'number wide', 'number mid', 'number', 'number wide',
];

function siloRow(silo, now) {
  const steady = silo.status === 'Active';
  const up = midNumber(duration((now - Date.parse(silo.startedAt)) / 1000));
  const name = { value: silo.name, note: `${silo.address} · ${silo.host}` };
  const status = { value: silo.answers ? silo.status : `${silo.status}, ${text.noAnswer}` };
  status.kind = !silo.answers ? 'bad' : steady ? 'good' : 'warn';
  if (!silo.answers) return { key: silo.address, cells: [name, status, up, ...unknownKinds.map(kind => ({ kind }))] };
  return {
    key: silo.address,
    cells: [
      name, status, up, version(silo.version), { spark: silo.cpu, highest: 1, kind: 'wide' },
      number(`${count((silo.cpu.at(-1) ?? 0) * 100)} %`), number(megabytes(silo.residentBytes)),
      wideNumber(megabytes(silo.heapBytes)), wideNumber(count(silo.queuedWork)), midNumber(count(silo.activations)),
      number(rate(silo.calls.perSecond)), failures(silo.calls, 'number wide'),
    ],
  };
}

// What a build adds to it, the commit, is for those who look closer.
function version(value) {
  const [number, commit = ''] = value.split('+');
  return { value: number, note: commit.slice(0, 8), title: value, kind: 'wide' };
}

function failures(calls, kind = 'number') {
  return { value: count(calls.failures), kind: calls.failures > 0 ? `${kind} bad` : kind };
}

function lastFailure(calls, now) {
  if (!calls.lastFailureAt) return { kind: 'wide' };
  const ago = text.ago(duration((now - Date.parse(calls.lastFailureAt)) / 1000));
  return { value: `${calls.lastFailure}, ${ago}`, kind: 'wide' };
}

function callCells(calls, now) {
  return [
    { spark: calls.callsPerSecondBySample, kind: 'wide' }, number(rate(calls.perSecond)),
    number(latency(calls.meanMilliseconds)), wideNumber(latency(calls.slowestMilliseconds)), failures(calls),
    wideNumber(count(calls.total)), lastFailure(calls, now),
  ];
}

function grainRows(grain, now) {
  const short = grain.grainClass.split('.').at(-1);
  const quiet = calls => calls.recent === 0;
  const name = { value: short, title: grain.grainClass };
  const head = {
    key: grain.grainClass, kind: quiet(grain.calls) ? 'quiet' : '',
    cells: [name, number(count(grain.activations)), ...callCells(grain.calls, now)],
  };
  const methods = grain.methods.map(({ method, calls }) => ({
    key: `${grain.grainClass} ${method}`, kind: quiet(calls) ? 'method quiet' : 'method',
    cells: [{ value: method === '(timer)' ? text.timer : method }, number(''), ...callCells(calls, now)],
  }));
  return [head, ...methods];
}

function reminderRow(reminder, now) {
  const left = (Date.parse(reminder.nextAt) - now) / 1000;
  return {
    key: `${reminder.grain} ${reminder.name}`,
    cells: [
      { value: reminder.grain }, { value: reminder.name }, number(duration(reminder.periodSeconds)),
      number(left < 1 ? text.now : duration(left)),
    ],
  };
}

function render(figures) {
  const now = Date.parse(figures.now);
  const { calls, silos, reminders } = figures;
  byId('cluster').textContent = figures.clusterId;
  byId('calls').textContent = rate(calls.perSecond);
  byId('latency').textContent = latency(calls.meanMilliseconds);
  byId('failures').textContent = count(calls.failures);
  for (const id of ['failures', 'failures-chart']) byId(id).classList.toggle('bad', calls.failures > 0);
  byId('activations').textContent = count(figures.activations);
  byId('silo-count').textContent = text.siloCount(silos.filter(silo => silo.answers).length, silos.length);
  byId('span').textContent = text.span(duration(figures.historySeconds));
  draw(byId('calls-chart'), calls.callsPerSecondBySample);
  draw(byId('latency-chart'), figures.millisecondsBySample);
  draw(byId('failures-chart'), figures.failuresBySample);

  fill('silos', silos.map(silo => siloRow(silo, now)));
  fill('grains', figures.grains.flatMap(grain => grainRows(grain, now)));
  fill('reminders', reminders.next.map(reminder => reminderRow(reminder, now)));
  byId('reminder-count').textContent = text.reminderCount(reminders.next.length, reminders.total);
  byId('no-reminders').hidden = reminders.next.length > 0;
  byId('no-reminders').textContent = reminders.isReadable ? text.none : text.unreadable;
  byId('reminders').hidden = reminders.next.length === 0;
}

// Reading

function say(state) {
  const shown = byId('state');
  if (shown.dataset.state === state && shown.textContent) return;
  shown.dataset.state = state;
  shown.textContent = text[state];
}

let interval = 1000;

async function read() {
  try {
    const answer = await fetch('figures', { signal: AbortSignal.timeout(10000) });
    if (answer.ok) {
      const figures = await answer.json();
      interval = Math.max(1000, figures.intervalSeconds * 1000);
      render(figures);
    }
    say(answer.ok ? 'live' : answer.status === 401 || answer.status === 403 ? 'refused' : 'lost');
  } catch {
    say('lost');
  }
}

async function readOn() {
  while (true) {
    if (document.hidden) {
      say('paused');
      await new Promise(resolve => document.addEventListener('visibilitychange', resolve, { once: true }));
    } else {
      await read();
      await new Promise(resolve => setTimeout(resolve, interval));
    }
  }
}

document.documentElement.lang = language;
document.documentElement.dataset.theme = remembered('theme') ?? '';
for (const element of document.querySelectorAll('[data-text]')) element.textContent = text[element.dataset.text];
for (const element of document.querySelectorAll('[data-label]')) element.ariaLabel = text[element.dataset.label];
say('waiting');
readOn();
