// One order: where it stands, what happened to it, and what can be done about it.
import * as api from './api.js';
import { announce, h, reconcile } from './dom.js';
import { age, clock, exact, money, number } from './format.js';
import { outcomeButtons, reasonText, statusLabel } from './orders.js';
import { t, word } from './texts.js';

/** How often an order is looked at which nothing is heard of by itself. */
const LOOK_AGAIN = 15_000;

const isMoving = (order) => order.status === 'pending' || order.status === 'paid';

/** Orders that were given up can be checked after their last late check, too: money may still be found. */
const canBeChecked = (order) => order.status === 'pending' || order.status === 'failed'
  || (order.status === 'not_paid' && order.status_reason === 'payment_expired');

/** A detail in words: "canceled insufficient_funds" is two of them. */
function detailText(entry) {
  if (entry.detail === null) return t('none');
  if (entry.kind === 'make_sent') return entry.detail;
  const [first, ...rest] = entry.detail.split(' ');
  const text = word('detail', first);
  return rest.length ? `${text}: ${word('reason', rest.join(' '))}` : text;
}

const moment = (text) => h('time', { datetime: text, title: exact(Date.parse(text)) }, clock(Date.parse(text)));

function timelineEntry(entry, before, order, isLast) {
  const isDecision = before === undefined || before.status !== entry.status;
  const actor = entry.by && entry.by !== 'anonymous' ? entry.by : null;
  return h('li', { class: `entry ${entry.kind}`, 'data-kind': entry.kind },
    h('span', { class: 'at' }, moment(entry.at)),
    h('div', {},
      h('p', {}, t(`kind_${entry.kind}`, { detail: detailText(entry) }), actor && ` ${t('by', { name: actor })}`),
      entry.count > 1 && h('p', { class: 'repeat' },
        `${t('times', { n: number(entry.count) })} `, moment(entry.last_at)),
      entry.note && h('blockquote', {}, entry.note),
      isDecision && h('p', { class: 'decision' }, '→ ', statusLabel(entry.status),
        isLast && reasonText(order) && h('span', { class: 'reason' }, ` ${reasonText(order)}`))));
}

function timeline(order) {
  const lastDecision = order.history.findLastIndex((entry, i) => order.history[i - 1]?.status !== entry.status);
  return h('ol', { class: 'timeline' }, order.history.map(
    (entry, i) => timelineEntry(entry, order.history[i - 1], order, i === lastDecision)));
}

function drink(order) {
  const name = order.drink_name ?? t('drinkNumber', { number: order.drink_number });
  return t('drinkText', { name, size: t(`size_${order.size}`) });
}

function factsOf(order) {
  const next = order.next_check_at ?? order.next_late_check_at;
  const rows = [
    [t('amount'), money(order.price, order.currency)],
    [t('machine'), h('a', { href: `#/search/${encodeURIComponent(order.device_uuid)}` }, order.device_uuid)],
    [t('drink'), drink(order)],
    [t('payment'), order.payment_reference_id],
    [t('merchant'), order.merchant_id],
    [t('paymentStarted'), age(order.payment_started_at)],
    [t('expires'), age(order.expires_at)],
    [t('checks'), order.unanswered_attempts
      ? t('checksText', { n: order.check_attempts, unanswered: order.unanswered_attempts })
      : number(order.check_attempts)],
    [t('lastCheck'), order.last_check_at ? age(order.last_check_at) : t('none')],
    [t('nextCheck'), next ? [age(next), `, ${word('track', order.track)}`] : t('none')],
  ];
  return rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
}

/** The page of an order; its stop ends what it follows. */
export function orderPage(id) {
  let order = null;
  let stopFollowing = () => {};

  const heading = h('h2', { tabindex: '-1' }, t('orderTitle', { id }));
  const standing = h('p', { class: 'standing', role: 'status' }, t('loading'));
  const actions = h('div', { class: 'buttons' });
  const facts = h('dl', { class: 'facts' });
  const customer = h('div', {});
  const events = h('div', {});
  const raw = h('pre', { tabindex: '0' });
  const details = h('div', { class: 'order-parts', hidden: true },
    h('section', { class: 'card' }, facts, customer,
      h('details', {}, h('summary', {}, t('rawJson')), raw)),
    h('section', { class: 'card' }, h('h3', {}, t('timeline')), events));
  const element = h('div', { class: 'order-page' },
    h('section', { class: 'card order-head' }, h('div', {}, heading, standing), actions), details);

  const checkButton = h('button', { type: 'button', class: 'primary', onclick: check }, t('checkNow'));

  async function check() {
    checkButton.disabled = true;
    try {
      show(await api.checkOrder(id));
      announce(t('checked', { status: word('status', order.status) }));
    } catch (error) {
      announce(error.message);
    } finally {
      checkButton.disabled = false;
      (checkButton.isConnected ? checkButton : heading).focus();
    }
  }

  function drawActions() {
    const focused = actions.contains(document.activeElement) ? document.activeElement.dataset.outcome ?? 'check' : null;
    actions.replaceChildren(
      ...(canBeChecked(order) ? [checkButton] : []), ...outcomeButtons(order, resolved));
    if (focused)
      (actions.querySelector(focused === 'check' ? '.primary' : `[data-outcome=${focused}]`) ?? heading).focus();
  }

  function resolved(next) {
    show(next);
    heading.focus();
  }

  function show(next) {
    if (order && next.revision < order.revision) return;

    const isFirst = order === null;
    const hasMoved = isFirst || next.status !== order.status || next.is_resolved !== order.is_resolved
      || canBeChecked(next) !== canBeChecked(order);
    order = next;
    if (hasMoved) {
      standing.replaceChildren(statusLabel(order.status), ' ', h('span', { class: 'reason' }, reasonText(order)),
        ...(order.is_resolved ? [h('span', { class: 'reason' }, ` · ${t('resolved')}`)] : []));
      drawActions();
      customer.replaceChildren(...(order.failed_presentation_desc
        ? [h('h3', {}, t('customerReads')), h('blockquote', { class: 'customer' }, order.failed_presentation_desc)]
        : []));
    }
    reconcile(facts, factsOf(order), (row) => row.firstChild.textContent, (row) => row.outerHTML, (row) => row);
    events.replaceChildren(timeline(order));
    raw.textContent = JSON.stringify(order, null, 2);
    details.hidden = false;
    if (hasMoved && isMoving(order)) followOrder();
  }

  function followOrder() {
    stopFollowing();
    stopFollowing = api.follow(`/v1/orders/${encodeURIComponent(id)}/events`, {
      order: (next) => {
        show(next);
        if (!isMoving(next)) stopFollowing();
      },
    });
  }

  async function look() {
    try {
      show(await api.getOrder(id));
    } catch (error) {
      if (!order) standing.textContent = error.status === 404 ? t('orderNone', { id }) : error.message;
    }
  }

  const timer = setInterval(() => { if (order && !isMoving(order)) look(); }, LOOK_AGAIN);
  element.heading = heading;
  element.stop = () => {
    clearInterval(timer);
    stopFollowing();
  };
  look();
  return element;
}
