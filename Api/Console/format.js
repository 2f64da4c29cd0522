// Numbers, money and times in the language of the console.
import { h } from './dom.js';
import { language, t } from './texts.js';

const cache = new Map();

function formatter(kind, ...options) {
  const key = `${kind.name} ${language()} ${JSON.stringify(options)}`;
  if (!cache.has(key)) cache.set(key, new kind(language(), ...options));
  return cache.get(key);
}

export const number = (value, digits = 0) =>
  formatter(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value);

export const percent = (share) =>
  formatter(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);

/** Minor units as people write them: 15000 RUB is 150 roubles. */
export function money(minorUnits, currency) {
  try {
    const format = formatter(Intl.NumberFormat, { style: 'currency', currency });
    return format.format(minorUnits / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return `${minorUnits} ${currency}`;
  }
}

/** A duration in the unit that fits. */
export function duration(milliseconds) {
  if (milliseconds < 10) return `${number(milliseconds, 1)} ${t('ms')}`;
  if (milliseconds < 1000) return `${number(milliseconds)} ${t('ms')}`;
  return `${number(milliseconds / 1000, milliseconds < 10_000 ? 1 : 0)} ${t('s')}`;
}

const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** How long ago, or in how long. */
export function relative(time, now = Date.now()) {
  const seconds = Math.round((time - now) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return formatter(Intl.RelativeTimeFormat, { numeric: 'always', style: 'short' })
    .format(Math.trunc(seconds / length), unit);
}

export const exact = (time) =>
  formatter(Intl.DateTimeFormat, { dateStyle: 'medium', timeStyle: 'medium' }).format(time);

export const clock = (time) => formatter(
  Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(time);

/** A time as "3 min ago", with the exact time in its title; kept up to date by keepTimes. */
export function age(text) {
  const time = Date.parse(text);
  return h('time', { datetime: text, title: exact(time), 'data-age': text }, relative(time));
}

/** Keeps all times on the page up to date. */
export function keepTimes() {
  setInterval(() => {
    for (const element of document.querySelectorAll('time[data-age]')) {
      const text = relative(Date.parse(element.dataset.age));
      if (element.textContent !== text) element.textContent = text;
    }
  }, 1000);
}
