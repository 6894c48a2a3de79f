'use strict';
// The canvases of a page: placed while the page is put together, drawn once it stands, and drawn
// again when the colours change (light, dark, print).
gridexit.canvases = (() => {
  const { theme } = gridexit;
  const { element } = gridexit.dom;
  const placed = [];

  // `make` gives a Chart.js configuration in the colours of now.
  const place = (label, height, make) => {
    const canvas = element('canvas', { role: 'img', 'aria-label': label });
    placed.push({ canvas, make });
    return element('div', { class: `chart ${height}` }, canvas);
  };

  const draw = () => {
    theme.apply();
    for (const entry of placed) {
      if (entry.chart) entry.chart.destroy();
      entry.chart = new Chart(entry.canvas, entry.make());
    }
  };

  const printing = (on) => {
    document.documentElement.classList.toggle('printing', on);
    draw();
  };

  const drawFromNowOn = () => {
    draw();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
    addEventListener('beforeprint', () => printing(true));
    addEventListener('afterprint', () => printing(false));
  };

  return { place, drawFromNowOn };
})();
