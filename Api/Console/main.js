// The frame around the pages: header, routes, sign-in, and the stream of figures that all of them share.
import * as api from './api.js';
import { placeTestOrder, sweep } from './dialogs.js';
import { announce, h } from './dom.js';
import { keepTimes, number } from './format.js';
import { orderPage } from './order.js';
import { attentionList, orderLink, searchList } from './orders.js';
import { overviewPage } from './overview.js';
import { language, setLanguage, t } from './texts.js';

const THEMES = ['auto', 'light', 'dark'];

let facts = { service_id: '', cluster_id: '', version: '', sandbox_url: null };
let session = { signed_in: false, required: false, name: null };
let stats = null;
let isLive = null;
let page = null;
let stopStats = () => {};

const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Then it is for this visit only.
  }
}

const select = (label, value, options, onchange) => h('label', { class: 'setting' },
  h('span', { class: 'hidden' }, label),
  h('select', { 'aria-label': label, onchange: (event) => onchange(event.target.value) },
    options.map(([key, text]) => h('option', { value: key, selected: key === value }, text))));

function header() {
  const searchField = h('input', {
    type: 'search', name: 'q', maxlength: '255', required: true, autocomplete: 'off', spellcheck: 'false',
    placeholder: t('searchLabel'), 'aria-label': t('searchLabel'),
  });
  const signedIn = session.signed_in && session.required;
  return h('header', {},
    h('a', { class: 'skip', href: '#main', onclick: (event) => {
      event.preventDefault();
      page?.heading?.focus();
    } }, t('skip')),
    h('div', { class: 'brand' },
      h('img', { src: '/console/icon.svg', alt: '', width: '24', height: '24' }),
      h('h1', {}, 'CoffeePayment'),
      h('span', { class: 'place' }, [...new Set([facts.service_id, facts.cluster_id])].join(' / ')),
      h('span', { id: 'live', role: 'status' })),
    h('nav', {},
      h('a', { href: '#/', 'data-route': 'overview' }, t('overview')),
      h('a', { href: '#/attention', 'data-route': 'attention' },
        t('attention'), h('span', { class: 'badge', id: 'badge' }))),
    h('form', { role: 'search', onsubmit: (event) => {
      event.preventDefault();
      location.hash = `#/search/${encodeURIComponent(searchField.value.trim())}`;
    } }, searchField, h('button', { type: 'submit' }, t('searchButton'))),
    h('div', { class: 'tools' },
      facts.sandbox_url && h('button', { type: 'button', onclick: async () => {
        const order = await placeTestOrder();
        if (order) location.hash = orderLink(order.id);
      } }, t('testOrder')),
      h('button', { type: 'button', onclick: (event) => sweep(event.currentTarget) }, t('sweepNow')),
      select(t('languageLabel'), language(), [['en', 'English'], ['ru', 'Русский']], (code) => {
        setLanguage(code);
        start().then(() => document.querySelector('header select')?.focus());
      }),
      select(t('themeLabel'), document.documentElement.dataset.theme,
        THEMES.map((theme) => [theme, t(`theme_${theme}`)]), setTheme),
      signedIn && h('button', {
        type: 'button', title: session.name && t('signedInAs', { name: session.name }), onclick: leave,
      }, t('signOut'))));
}

const footer = () => h('footer', {},
  h('a', { href: '/dashboard' }, t('dashboard')),
  h('a', { href: '/metrics' }, t('metrics')),
  h('a', { href: '/openapi/v1.json' }, t('openApi')),
  facts.sandbox_url && h('a', { href: facts.sandbox_url, rel: 'noreferrer' }, t('sandbox')),
  h('span', { class: 'version' }, facts.version.split('+')[0]));

function showState() {
  const live = document.getElementById('live');
  if (!live) return;
  live.className = isLive === null ? '' : isLive ? 'on' : 'off';
  live.textContent = isLive === null ? t('connecting') : isLive ? t('live') : t('offline');
  const badge = document.getElementById('badge');
  badge.hidden = !stats?.attention;
  badge.textContent = stats ? number(stats.attention) : '';
}

function showStats(figures) {
  const changed = stats && figures.attention !== stats.attention;
  stats = figures;
  showState();
  page?.showStats?.(figures);
  if (changed) page?.attentionChanged?.();
}

function attentionPage() {
  const element = attentionList(50, true);
  const timer = setInterval(element.refresh, 30_000);
  element.attentionChanged = element.refresh;
  element.stop = () => clearInterval(timer);
  return element;
}

function pageOf(route, rest) {
  switch (route) {
    case 'attention': return attentionPage();
    case 'search': return searchList(rest);
    case 'orders': return orderPage(rest);
    default: return overviewPage();
  }
}

/** Shows what the address says. */
function route(isFirst = false) {
  const [name, ...rest] = location.hash.replace(/^#\//, '').split('/');
  let text;
  try {
    text = decodeURIComponent(rest.join('/'));
  } catch {
    text = rest.join('/');
  }
  page?.stop?.();
  page = pageOf(name, text);
  document.getElementById('main').replaceChildren(page);
  document.title = `${page.heading.textContent} – CoffeePayment`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.route === (name || 'overview')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (!isFirst) page.heading.focus({ preventScroll: true });
  if (!isFirst) scrollTo(0, 0);
  if (stats) page.showStats?.(stats);
}

const announcements = h('div', { id: 'announcements', role: 'status', 'aria-live': 'polite' });

function frame(...content) {
  document.body.replaceChildren(...content, announcements);
}

function signIn() {
  stopStats();
  page?.stop?.();
  page = null;
  stats = null;
  if (document.getElementById('key')) return;

  const problem = h('p', { class: 'problem', role: 'alert' });
  const field = h('input', {
    id: 'key', type: 'password', name: 'key', required: true, autocomplete: 'current-password',
  });
  const button = h('button', { type: 'submit', class: 'primary' }, t('signInButton'));
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  frame(h('main', { id: 'main', class: 'sign-in' },
    h('form', { class: 'card', onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      problem.textContent = '';
      try {
        await api.signIn(field.value);
        await start();
      } catch (error) {
        problem.textContent = error.message;
        button.disabled = false;
        field.select();
      }
    } },
    h('img', { src: '/console/icon.svg', alt: '', width: '40', height: '40' }),
    h('h1', {}, 'CoffeePayment'), h('p', {}, t('signInText')),
    h('label', { class: 'field' }, t('signInKey'), field), problem, h('div', { class: 'buttons' }, button))));
  document.title = `${t('signInTitle')} – CoffeePayment`;
  field.focus();
}

async function leave() {
  try {
    await api.signOut();
  } catch (error) {
    announce(error.message);
    return;
  }
  signIn();
}

/** Builds everything anew: at the beginning, after signing in, and in another language. */
async function start() {
  stopStats();
  page?.stop?.();
  try {
    session = await api.getSession();
    if (session.required && !session.signed_in) {
      signIn();
      return;
    }
    facts = await api.getConsole();
  } catch (error) {
    if (error.status === 401) return;
    // The page comes up all the same, and says that there is no connection.
  }

  frame(header(), h('main', { id: 'main' }), footer());
  isLive = null;
  showState();
  route(true);
  stopStats = api.follow('/v1/stats/events', {
    stats: showStats,
    point: (point) => page?.showPoint?.(point),
  }, (isOpen) => {
    isLive = isOpen;
    showState();
    if (!isOpen) api.getSession().then((now) => { if (now.required && !now.signed_in) signIn(); }, () => {});
  });
}

setTheme(THEMES.includes(remembered('theme')) ? remembered('theme') : 'auto');
document.documentElement.lang = language();
api.whenSignedOut(signIn);
addEventListener('hashchange', () => { if (page) route(); });
keepTimes();
await start();
