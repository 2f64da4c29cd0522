// What is asked or told in front of everything else.
import * as api from './api.js';
import { announce, h } from './dom.js';
import { duration, money, number } from './format.js';
import { t, word } from './texts.js';

let count = 0;

/**
 * Opens a dialog. The browser keeps the focus in it, closes it on Escape and gives the focus back afterwards.
 * @param {string} title
 * @param {Array} content
 * @param {Array} buttons - The last row.
 * @param {function} onSubmit - Does what the dialog is for; what it throws is shown, and the dialog stays.
 * @returns {Promise} What onSubmit came to; null if it was canceled.
 */
function ask(title, content, buttons, onSubmit) {
  const opener = document.activeElement;
  const titleId = `dialog-${++count}`;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h('form', { method: 'dialog' },
    h('h2', { id: titleId }, title), content, problem, h('div', { class: 'buttons' }, buttons));
  const dialog = h('dialog', { 'aria-labelledby': titleId }, form);
  let result = null;
  document.body.append(dialog);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    for (const button of form.querySelectorAll('button')) button.disabled = true;
    try {
      result = await onSubmit(new FormData(form));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      for (const button of form.querySelectorAll('button')) button.disabled = false;
      form.querySelector('[type=submit]').focus();
    }
  });

  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
      if (opener?.isConnected) opener.focus();
    });
    dialog.showModal();
  });
}

const cancelButton = (text = t('cancel')) => h('button', {
  type: 'button', onclick: (event) => event.target.closest('dialog').close(),
}, text);

const facts = (rows) => h('dl', { class: 'facts' },
  rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));

/** Asks whether the order really ended so, and takes it down. Returns the order as it is then; null if canceled. */
export async function confirmResolution(order, outcome) {
  const resolved = await ask(
    t(`${outcome}_title`),
    [
      h('p', {}, t(`${outcome}_text`)),
      facts([
        [t('order'), order.id], [t('amount'), money(order.price, order.currency)], [t('machine'), order.device_uuid],
      ]),
      h('label', { class: 'field' }, t('note'), h('textarea', { name: 'note', rows: '2', maxlength: '1000' })),
    ],
    [cancelButton(), h('button', { type: 'submit', class: 'primary' }, t('confirm'))],
    (form) => api.resolveOrder(order.id, outcome, form.get('note').trim()));
  if (resolved) announce(t('done', { id: order.id, outcome: word('detail', outcome) }));
  return resolved;
}

/** Sweeps, and tells what came of it. */
export async function sweep(button) {
  button.disabled = true;
  let report;
  try {
    report = await api.sweep();
  } catch (error) {
    announce(error.message);
    return;
  } finally {
    button.disabled = false;
  }

  button.focus();
  const counts = ['pending', 'overdue', 'restarted', 'repaired', 'unreachable', 'forgotten'];
  await ask(
    t('sweepTitle'),
    [
      h('p', {}, t('sweepText')),
      facts([
        ...counts.map((name) => [t(`sweep_${name}`), number(report[name])]),
        [t('sweep_duration'), duration(report.duration_ms)],
      ]),
    ],
    [h('button', { type: 'submit', class: 'primary', autofocus: true }, t('close'))],
    () => true);
}

const ENDINGS = [
  'paid', 'paid_late', 'wrong_amount', 'canceled', 'unpaid', 'held', 'unanswered', 'machine_refuses', 'machine_silent',
];

/** Asks what shall become of a test order, and places it. Returns the order; null if canceled. */
export const placeTestOrder = () => ask(
  t('testTitle'),
  [
    h('p', {}, t('testText')),
    h('fieldset', {}, h('legend', { class: 'hidden' }, t('testTitle')),
      ENDINGS.map((ending, i) => h('label', { class: 'choice' },
        h('input', { type: 'radio', name: 'ending', value: ending, checked: i === 0, autofocus: i === 0 }),
        t(`ending_${ending}`)))),
  ],
  [cancelButton(), h('button', { type: 'submit', class: 'primary' }, t('testPlace'))],
  (form) => api.placeTestOrder(form.get('ending')));
