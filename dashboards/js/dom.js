'use strict';
// Building blocks of the page. Text only ever enters as text: nothing here parses markup, so data
// stay data.
gridexit.dom = (() => {
  // element('p', { class: 'note' }, 'text', otherElement, [more]); null and undefined are left out.
  const element = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  };

  const svg = (tag, attributes) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  let ids = 0;
  const card = (title, attributes, ...children) => {
    ids += 1;
    const heading = element('h2', { id: `section-${ids}` }, title);
    const classes = ['card', attributes && attributes.class].filter(Boolean).join(' ');
    return element(
      'section',
      { class: classes, 'aria-labelledby': heading.id },
      heading,
      ...children,
    );
  };

  // A column is [title, numeric?]; a row is a list of texts or elements, its header first.
  const table = (caption, columns, rows) => {
    const numeric = (index) => (columns[index][1] ? 'n' : null);
    const head = columns.map(([title], i) =>
      element('th', { scope: 'col', class: numeric(i) }, title),
    );
    const body = rows.map((row) =>
      element(
        'tr',
        {},
        row.map((cell, i) =>
          i === 0
            ? element('th', { scope: 'row', class: numeric(i) }, cell)
            : element('td', { class: numeric(i), 'data-label': columns[i][0] }, cell),
        ),
      ),
    );
    return element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      element(
        'table',
        {},
        element('caption', {}, caption),
        element('thead', {}, element('tr', {}, head)),
        element('tbody', {}, body),
      ),
    );
  };

  // Content that is made when it is first opened.
  const disclosure = (summary, build) => {
    const node = element('details', {}, element('summary', {}, summary));
    node.addEventListener('toggle', () => {
      if (node.open && node.childElementCount === 1) node.append(build());
    });
    return node;
  };

  const terms = (pairs) =>
    element(
      'dl',
      { class: 'terms' },
      pairs.map(([term, value, note]) =>
        element(
          'div',
          {},
          element('dt', {}, term),
          element('dd', {}, value, note ? element('small', {}, note) : null),
        ),
      ),
    );

  const chip = (tone, text) => element('span', { class: `chip ${tone}` }, text);

  // One row of hours: `marks` is one character an hour, `kinds` maps it to [class, word]; equal
  // neighbours are one box.
  const strip = (title, marks, kinds, word) => {
    const node = svg('svg', {
      viewBox: `0 0 ${marks.length} 1`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': `${title}: ${word}`,
    });
    for (let start = 0; start < marks.length;) {
      let end = start + 1;
      while (end < marks.length && marks[end] === marks[start]) end += 1;
      const [kind, text] = kinds[marks[start]] || ['absent', 'no record'];
      const box = svg('rect', { x: start, y: 0, width: end - start, height: 1, class: kind });
      const hint = svg('title', {});
      hint.textContent = `${text}, ${end - start} h`;
      box.append(hint);
      node.append(box);
      start = end;
    }
    return element('div', { class: 'strip' }, element('span', {}, title), node);
  };

  return { element, card, table, disclosure, terms, chip, strip };
})();
