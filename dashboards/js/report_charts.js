'use strict';
// The canvases of a backtest's page: profit as it added up, lead times, and rule sets by false and
// early exits. Each function gives a Chart.js configuration in the colours of now.
gridexit.charts = (() => {
  const { format, theme } = gridexit;
  const { colour, threshold } = theme;

  // The last policy is the one on trial; the others stand behind it.
  const tones = ['bound', 'second', 'down', 'muted'];
  const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
  const toneOf = (index, count) => (index === count - 1 ? 'accent' : tones[index % tones.length]);
  const dashOf = (index, count) => (index === count - 1 ? [] : dashes[index % dashes.length]);

  const day = (time) => new Date(time).toISOString().slice(0, 10);

  const axis = (title, ticks, more) => ({
    title: { display: true, text: title },
    ticks: { maxTicksLimit: 7, maxRotation: 0, ...ticks },
    border: { display: false },
    grid: { drawTicks: false },
    ...more,
  });

  // `curves` is a list of [name, [[time, profit], ...]].
  const money = (curves) => {
    const times = curves.flatMap(([, points]) => points.map(([time]) => Date.parse(time)));
    const last = Math.max(...times);
    return {
      type: 'line',
      data: {
        datasets: curves.map(([name, points], index) => ({
          label: name,
          data: points
            .map(([time, profit]) => ({ x: Date.parse(time), y: profit }))
            .concat(points.length ? [{ x: last, y: points.at(-1)[1] }] : []),
          stepped: true,
          borderColor: colour(toneOf(index, curves.length)),
          backgroundColor: colour(toneOf(index, curves.length)),
          borderDash: dashOf(index, curves.length),
          borderWidth: index === curves.length - 1 ? 2.5 : 1.5,
          order: curves.length - index,
        })),
      },
      options: {
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: {
            ...axis('', { align: 'inner', callback: (value) => day(value).slice(0, 7) }),
            type: 'linear',
            title: { display: false },
            min: Math.min(...times),
            max: last,
          },
          y: axis('profit, quote', { callback: (value) => format.number(value, 0) }),
        },
        plugins: {
          annotation: { annotations: [threshold(0, '', 'bound')] },
          tooltip: {
            callbacks: {
              title: (items) => (items.length ? day(items[0].parsed.x) : ''),
              label: (item) => `${item.dataset.label}: ${format.number(item.parsed.y, 0)}`,
            },
          },
        },
      },
    };
  };

  // Bars of counts; `series` is a list of [name, tone, counts].
  const counts = (labels, series) => ({
    type: 'bar',
    data: {
      labels,
      datasets: series.map(([name, tone, values]) => ({
        label: name,
        data: values,
        backgroundColor: colour(tone),
        borderRadius: 3,
      })),
    },
    options: {
      scales: {
        x: axis(
          'before the break',
          { autoSkip: false, maxTicksLimit: 20, maxRotation: 60 },
          { grid: { display: false } },
        ),
        y: axis('breaks', { precision: 0 }, { beginAtZero: true }),
      },
    },
  });

  const share = (value) => `${Math.round(value * 100)} %`;

  // Points are {x: false exits, y: early exits, name}; those that no other beats are joined.
  const pareto = (unbeaten, others) => ({
    type: 'scatter',
    data: {
      datasets: [
        {
          label: 'no other beats it',
          data: unbeaten,
          pointRadius: 6,
          pointHoverRadius: 8,
          backgroundColor: colour('accent'),
          borderColor: colour('accent'),
        },
        {
          label: 'beaten by another',
          data: others,
          pointRadius: 4,
          pointHoverRadius: 6,
          pointStyle: 'circle',
          backgroundColor: 'transparent',
          borderColor: colour('muted'),
          borderWidth: 1.25,
        },
      ],
    },
    options: {
      layout: { padding: { top: 10, right: 14 } },
      interaction: { mode: 'nearest', intersect: true },
      scales: {
        x: { ...axis('false exits (FER), fewer is better', { callback: share }), grace: '8%' },
        y: { ...axis('breaks left 1 h or more before', { callback: share }), grace: '8%' },
      },
      plugins: {
        annotation: {
          annotations: [
            {
              type: 'line',
              xMin: 0.3,
              xMax: 0.3,
              adjustScaleRange: false,
              borderColor: colour('warning'),
              borderDash: [5, 4],
              borderWidth: 1.25,
            },
          ],
        },
        tooltip: {
          callbacks: {
            title: () => '',
            label: ({ raw }) => [
              ...raw.name.split(' '),
              `false exits ${format.plain(raw.x, 3)}, early ${format.plain(raw.y, 3)}`,
              `PnL ${format.number(raw.pnl, 0)}`,
            ],
          },
        },
      },
    },
  });

  return { money, counts, pareto, toneOf };
})();
