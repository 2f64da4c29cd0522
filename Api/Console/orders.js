// Lists of orders: those that wait for a person, and those that a search finds.
import * as api from './api.js';
import { confirmResolution } from './dialogs.js';
import { announce, h, reconcile } from './dom.js';
import { age, money } from './format.js';
import { t, word } from './texts.js';

const WAITING = ['manual_make', 'make_failed', 'failed'];

export const orderLink = (id) => `#/orders/${encodeURIComponent(id)}`;

export const needsAttention = (order) => WAITING.includes(order.status) && !order.is_resolved;

/** The status as a coloured label with words. */
export const statusLabel = (status) => h('span', { class: `label ${status}` }, word('status', status));

export const reasonText = (order) => (order.status_reason ? word('reason', order.status_reason) : '');

/** How a person may say that the order ended. */
export function outcomesOf(order) {
  switch (order.status) {
    case 'make_pending': return ['made', 'not_made'];
    case 'manual_make': case 'make_failed': case 'failed':
      return order.is_resolved ? ['made', 'refunded'] : ['made', 'refunded', 'dismissed'];
    case 'not_paid': return ['made', 'refunded'];
    case 'successful': return ['refunded'];
    default: return [];
  }
}

/** The buttons that resolve an order. */
export const outcomeButtons = (order, onResolved) => outcomesOf(order).map((outcome) => h('button', {
  type: 'button',
  'data-outcome': outcome,
  'aria-label': `${t(outcome)}: ${order.id}`,
  onclick: async () => {
    const resolved = await confirmResolution(order, outcome);
    if (resolved) onResolved(resolved);
  },
}, t(outcome)));

const cell = (name, className, ...content) => h('td', { class: className, 'data-name': name }, ...content);

function row(order, onResolved) {
  return h('tr', {},
    cell(t('age'), 'when', age(order.status_changed_at)),
    cell(t('status'), 'what', statusLabel(order.status), ' ', h('span', { class: 'reason' }, reasonText(order))),
    cell(t('order'), 'id', h('a', { href: orderLink(order.id) }, order.id)),
    cell(t('machine'), 'id', h('a', { href: `#/search/${encodeURIComponent(order.device_uuid)}` }, order.device_uuid)),
    cell(t('amount'), 'amount', money(order.price, order.currency)),
    onResolved && cell(t('actions'), 'buttons', outcomeButtons(order, onResolved)));
}

/** A table of orders; its update draws what has changed. */
function table(caption, onResolved) {
  const heads = ['age', 'status', 'order', 'machine', 'amount', ...(onResolved ? ['actions'] : [])];
  const body = h('tbody', {});
  const element = h('table', { class: 'orders' },
    h('caption', { class: 'hidden' }, caption),
    h('thead', {}, h('tr', {}, heads.map((name) => h('th', { scope: 'col', class: name }, t(name))))),
    body);
  element.update = (orders) => reconcile(
    body, orders, (order) => order.id, (order) => order.revision, (order) => row(order, onResolved));
  return element;
}

/**
 * A list of orders that is read page by page and looked at again.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.none - What it says while it is empty.
 * @param {function} options.read - One page, from a cursor on.
 * @param {boolean} options.canResolve
 * @param {boolean} options.hasMore - Whether it offers further pages.
 */
function list({ title, none, read, canResolve, hasMore }) {
  let orders = [];
  let cursor = null;
  let pages = 1;
  let reading = null;

  const heading = h('h2', { tabindex: '-1' }, title);
  const message = h('p', { class: 'empty', role: 'status' }, t('loading'));
  const more = h('button', { type: 'button', class: 'more', hidden: true, onclick: () => readMore() }, t('more'));
  const rows = table(title, canResolve && resolved);
  const element = h('section', { class: 'card list' }, heading, rows, message, more);

  function draw() {
    rows.update(orders);
    rows.hidden = orders.length === 0;
    message.hidden = orders.length > 0;
    message.textContent = none;
    more.hidden = !hasMore || !cursor;
  }

  function resolved(order) {
    const place = orders.findIndex((other) => other.id === order.id);
    orders = orders.filter((other) => other.id !== order.id || needsAttention(order))
      .map((other) => (other.id === order.id ? order : other));
    draw();

    // The button that had the focus is gone; the next order is what a person goes on with.
    const next = rows.querySelectorAll('tbody tr')[Math.min(place, orders.length - 1)];
    (next?.querySelector('button') ?? next?.querySelector('a') ?? heading).focus();
    element.dispatchEvent(new CustomEvent('resolved', { bubbles: true }));
  }

  async function readMore() {
    try {
      const page = await read(cursor);
      pages += 1;
      const known = new Set(orders.map((order) => order.id));
      const fresh = page.items.filter((order) => !known.has(order.id));
      orders = [...orders, ...fresh];
      cursor = page.next_cursor;
      draw();
      if (fresh.length) rows.querySelector(`tr[data-key="${CSS.escape(fresh[0].id)}"] a`)?.focus();
    } catch (error) {
      announce(error.message);
    }
  }

  /** Looks again at as many pages as are shown. */
  element.refresh = () => {
    reading ??= (async () => {
      try {
        let found = [];
        let next = null;
        for (let i = 0; i < pages; i += 1) {
          const page = await read(next);
          found = [...found, ...page.items];
          next = page.next_cursor;
          if (!next) break;
        }
        orders = [...new Map(found.map((order) => [order.id, order])).values()];
        cursor = next;
        draw();
      } catch (error) {
        if (!orders.length) message.textContent = error.message;
      } finally {
        reading = null;
      }
    })();
    return reading;
  };
  element.heading = heading;
  element.refresh();
  return element;
}

/** The orders that wait for a person. */
export const attentionList = (limit, hasMore) => list({
  title: t('attentionTitle'),
  none: t('attentionNone'),
  read: (cursor) => api.listAttention(cursor, limit),
  canResolve: true,
  hasMore,
});

/** What a search finds. */
export const searchList = (text) => list({
  title: t('searchTitle', { text }),
  none: t('searchNone'),
  read: (cursor) => api.search(text, cursor),
  canResolve: false,
  hasMore: true,
});
