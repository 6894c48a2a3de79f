// What a page must satisfy in every size and colour, as functions that run inside it. Each gives a
// list of offenders that is empty when all is well.
export const check = {
  overflow: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,

  blankCanvases: () => {
    const colours = (canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    };
    return [...document.querySelectorAll('canvas')]
      .filter((canvas) => colours(canvas) < 3)
      .map((canvas) => canvas.ariaLabel);
  },

  // Things without a name, more than one h1, and heading levels that are skipped.
  unlabelled: () => {
    const offenders = [...document.querySelectorAll('canvas, svg, [role=region], nav')]
      .filter((node) => !node.getAttribute('aria-label'))
      .map((node) => node.tagName);
    for (const table of document.querySelectorAll('#sections table'))
      if (!table.caption) offenders.push('table');
    for (const link of document.querySelectorAll('a, summary'))
      if (!link.textContent.trim()) offenders.push('link');
    if (document.querySelectorAll('h1').length !== 1) offenders.push('h1');
    let level = 1;
    for (const heading of document.querySelectorAll('h1, h2, h3')) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) offenders.push(heading.textContent);
      level = next;
    }
    return offenders;
  },

  // Text below 4.5:1 against what is behind it (3:1 when large), by the formulas of WCAG 2.
  poorContrast: () => {
    const parse = (text) => {
      const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
      return { r, g, b, a };
    };
    const over = (front, back) =>
      Object.fromEntries(
        ['r', 'g', 'b'].map((c) => [c, front[c] * front.a + back[c] * (1 - front.a)]),
      );
    const background = (node) => {
      const layers = [];
      for (let at = node; at; at = at.parentElement)
        layers.unshift(parse(getComputedStyle(at).backgroundColor));
      return layers.reduce((back, front) => over(front, back), { r: 255, g: 255, b: 255 });
    };
    const luminance = (colour) => {
      const [r, g, b] = ['r', 'g', 'b']
        .map((c) => colour[c] / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const offenders = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      if (
        !walker.currentNode.textContent.trim() ||
        node.closest('script, noscript, svg, .skip') ||
        !node.checkVisibility()
      )
        continue;
      const style = getComputedStyle(node);
      const back = background(node);
      const pair = [luminance(over(parse(style.color), back)), luminance(back)].sort(
        (a, b) => b - a,
      );
      const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const text = walker.currentNode.textContent.trim().slice(0, 40);
      if (ratio < (large ? 3 : 4.5)) offenders.add(`${ratio.toFixed(2)} ${node.tagName} ${text}`);
    }
    return [...offenders];
  },
};
