// Builds elements. Every text goes in as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value === 'boolean') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  const isShown = (child) => child !== null && child !== undefined && child !== false;
  element.append(...children.flat(Infinity).filter(isShown));
  return element;
}

/** An element of the page. Strings among its children become text. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** An element of a drawing. */
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/**
 * Makes a container's children those of the items: what has not changed stays, and with it the focus.
 * @param {Element} container
 * @param {Array} items
 * @param {function} keyOf - What tells items apart.
 * @param {function} versionOf - What changes when the item must be drawn anew.
 * @param {function} draw - The item's element.
 */
export function reconcile(container, items, keyOf, versionOf, draw) {
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let place = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const version = String(versionOf(item));
    let element = old.get(key);
    if (element?.dataset.version !== version) {
      const fresh = draw(item);
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      if (element) {
        if (element === place) place = fresh;
        element.replaceWith(fresh);
      }
      element = fresh;
    }
    old.delete(key);
    if (element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  }
  for (const gone of old.values()) gone.remove();
}

/** Says something to those who hear the page instead of seeing it, and shows it for a while to those who see it. */
export function announce(text) {
  const region = document.getElementById('announcements');
  region.textContent = text;
  region.classList.add('shown');
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => region.classList.remove('shown'), 6000);
}
