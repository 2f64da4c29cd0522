// Calls of the service's API. What goes wrong is thrown as an ApiError that has words for people.
import { t } from './texts.js';

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Is called when the service asks for a key. */
let onSignedOut = () => {};

export const whenSignedOut = (action) => { onSignedOut = action; };

async function call(method, path, body) {
  // Unsafe calls carry a header that no other site's page can send along.
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CoffeePayment-Console'] = '1';
  if (body !== undefined) headers['Content-Type'] = 'application/json';

  let response;
  try {
    response = await fetch(path, {
      method, headers, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, t('unreachable'));
  }

  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    // Some proxy's page, most likely; the status says enough.
  }

  if (response.ok) return answer;
  if (response.status === 401 && path !== '/v1/session') onSignedOut();
  throw new ApiError(response.status, answer?.detail ?? t('answered', { status: response.status }));
}

const id = encodeURIComponent;

export const getSession = async () => {
  try {
    return await call('GET', '/v1/session');
  } catch (error) {
    if (error.status === 404) return { signed_in: false, required: false, name: null };
    throw error;
  }
};
export const signIn = (key) => call('POST', '/v1/session', { key });
export const signOut = () => call('DELETE', '/v1/session');
export const getConsole = () => call('GET', '/v1/console');
export const getHistory = () => call('GET', '/v1/stats/history');
export const getOrder = (orderId) => call('GET', `/v1/orders/${id(orderId)}`);
export const checkOrder = (orderId) => call('POST', `/v1/orders/${id(orderId)}/check`);
export const resolveOrder = (orderId, outcome, note) =>
  call('POST', `/v1/orders/${id(orderId)}/resolve`, note ? { outcome, note } : { outcome });
export const sweep = () => call('POST', '/v1/sweeps');
export const placeTestOrder = (ending) => call('POST', '/v1/test-orders', { ending });

export const listAttention = (cursor, limit) =>
  call('GET', `/v1/attention?limit=${limit}${cursor ? `&cursor=${id(cursor)}` : ''}`);
export const search = (text, cursor) =>
  call('GET', `/v1/search?q=${id(text)}&limit=50${cursor ? `&cursor=${id(cursor)}` : ''}`);

/**
 * Follows a stream of events until it is stopped. Browsers come back by themselves after a broken connection, but not
 * after an answer that is no stream: then this does.
 * @param {string} path - The stream.
 * @param {Object<string, function>} handlers - For each event's name, what takes its data.
 * @param {function} onState - Is told whether the stream is open.
 * @returns {function} Stops it.
 */
export function follow(path, handlers, onState = () => {}) {
  let source = null;
  let timer = 0;
  const open = () => {
    source = new EventSource(path);
    for (const [name, handle] of Object.entries(handlers))
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    source.onopen = () => onState(true);
    source.onerror = () => {
      onState(false);
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, 3000);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
