'use strict';
// The canvases: price with the grid's bounds, break probability, the six metrics, range score with
// confidence. Each function takes the data block and gives a Chart.js configuration in the
// colours of now.
gridexit.charts = (() => {
  const { format, theme } = gridexit;
  const { colour, threshold, timeAxis } = theme;

  const hours = (data) =>
    Array.from(
      { length: data.series.hours },
      (_, i) => (data.time - (data.series.hours - 1 - i) * 3600) * 1000,
    );

  const points = (data, column) => hours(data).map((x, i) => ({ x, y: data.series[column][i] }));

  const line = (data, column, label, tone, more) => ({
    type: 'line',
    label,
    data: points(data, column),
    borderColor: colour(tone),
    backgroundColor: colour(tone),
    spanGaps: false,
    ...more,
  });

  const valueAxis = (ticks, more) => ({
    position: 'right',
    ticks: { maxTicksLimit: 6, ...ticks },
    border: { display: false },
    grid: { drawTicks: false },
    ...more,
  });

  const configuration = (data, datasets, y, annotations, tooltip) => ({
    data: { datasets },
    options: {
      scales: { x: timeAxis(hours(data)[0], hours(data).at(-1)), y },
      plugins: { annotation: { annotations }, tooltip: { callbacks: tooltip || {} } },
    },
  });

  // Bars of a bar chart, floating from low to high and from open to close, make candles.
  const candles = (data) => {
    const { open, high, low, close } = data.series;
    const x = hours(data);
    const rising = (i) => close[i] >= open[i];
    const tones = x.map((_, i) => colour(rising(i) ? 'up' : 'down'));
    const bars = (from, to) =>
      x.map((time, i) => ({ x: time, y: close[i] === null ? null : [from(i), to(i)] }));
    const common = {
      type: 'bar',
      grouped: false,
      backgroundColor: tones,
      borderWidth: 0,
      minBarLength: 1,
    };
    return [
      {
        ...common,
        label: 'range',
        data: bars(
          (i) => low[i],
          (i) => high[i],
        ),
        barThickness: 1,
      },
      {
        ...common,
        label: 'bar',
        data: bars(
          (i) => open[i],
          (i) => close[i],
        ),
        barPercentage: 0.9,
        categoryPercentage: 0.9,
      },
    ];
  };

  // Spans of hours above NORMAL, to be tinted behind the price.
  const alarms = (data) => {
    const marks = data.series.states;
    const x = hours(data);
    const boxes = [];
    for (let start = 0; start < marks.length;) {
      let end = start + 1;
      while (end < marks.length && marks[end] === marks[start]) end += 1;
      const tone = format.tones[marks[start]];
      if (tone && tone !== 'normal') {
        boxes.push({
          type: 'box',
          xMin: x[start] - 18e5,
          xMax: x[end - 1] + 18e5,
          backgroundColor: colour(`${tone}-tint`),
          borderWidth: 0,
          drawTime: 'beforeDatasetsDraw',
        });
      }
      start = end;
    }
    return boxes;
  };

  // The axis shows the bars, and bounds that are near enough not to flatten them.
  const priceLimits = (data) => {
    const known = data.series.low.concat(data.series.high).filter((value) => value !== null);
    if (known.length === 0) return {};
    let [lowest, highest] = [Math.min(...known), Math.max(...known)];
    const reach = Math.max(highest - lowest, highest * 0.01);
    const { lower, upper, stop_loss: stop } = data.grid || {};
    for (const bound of [lower, upper, stop]) {
      if (bound && bound > lowest - 2 * reach && bound < highest + 2 * reach) {
        [lowest, highest] = [Math.min(lowest, bound), Math.max(highest, bound)];
      }
    }
    const margin = (highest - lowest) * 0.06;
    return { min: lowest - margin, max: highest + margin };
  };

  const price = (data) => {
    const decimals = data.price_decimals;
    const annotations = alarms(data);
    if (data.grid) {
      const { lower, upper, stop_loss: stop, take_profit: take } = data.grid;
      annotations.push({
        type: 'box',
        yMin: lower,
        yMax: upper,
        backgroundColor: colour('range-tint'),
        borderWidth: 0,
        drawTime: 'beforeDatasetsDraw',
      });
      annotations.push(threshold(upper, `upper bound ${format.plain(upper, decimals)}`, 'bound'));
      annotations.push(threshold(lower, `lower bound ${format.plain(lower, decimals)}`, 'bound'));
      if (stop)
        annotations.push(threshold(stop, `stop-loss ${format.plain(stop, decimals)}`, 'mandatory'));
      if (take)
        annotations.push(threshold(take, `take-profit ${format.plain(take, decimals)}`, 'normal'));
    }
    const chart = configuration(
      data,
      candles(data),
      valueAxis(
        { callback: (value) => format.plain(value, decimals), includeBounds: false },
        priceLimits(data),
      ),
      annotations,
      {
        label: (item) => {
          const i = item.dataIndex;
          const { open, high, low, close } = data.series;
          const figure = (column) => format.plain(column[i], decimals);
          return item.datasetIndex === 0
            ? `low ${figure(low)}, high ${figure(high)}`
            : `open ${figure(open)}, close ${figure(close)}`;
        },
      },
    );
    chart.options.plugins.alignStrips = { enabled: true };
    return chart;
  };

  const share = { callback: (value) => `${Math.round(value * 100)} %` };

  const breakProbability = (data) =>
    configuration(
      data,
      [
        line(data, 'break', 'either bound', 'accent', {
          fill: 'origin',
          backgroundColor: colour('accent-tint'),
        }),
        line(data, 'break_lower', 'lower bound', 'down', { borderDash: [3, 3] }),
      ],
      valueAxis(share, { min: 0, max: 1 }),
      data.exit.lines
        .filter(([value]) => value <= 1)
        .map(([value, text], i) =>
          threshold(
            value,
            `${text} ${format.percent(value)}`,
            i === 0 ? 'warning' : 'latest',
            value > 0.9 ? 'below' : 'above',
          ),
        ),
      { label: (item) => `${item.dataset.label}: ${format.percent(item.parsed.y)}` },
    );

  const metric = (data, key) => {
    const { decimals, label } = format.metrics[key];
    const { lines } = data.metrics[key];
    const known = data.series[key].filter((value) => value !== null);
    const all = known.concat(lines.map(([value]) => value));
    const [lowest, highest] = [Math.min(...all), Math.max(...all)];
    const margin = (highest - lowest) * 0.12;
    const floor = lowest < 0 ? lowest - margin : Math.max(0, lowest - margin);
    return configuration(
      data,
      [line(data, key, label, 'accent')],
      valueAxis({ maxTicksLimit: 4 }, { suggestedMin: floor, suggestedMax: highest + margin }),
      lines.map(([value]) => threshold(value, '', data.grid ? 'warning' : 'bound')),
      { label: (item) => format.plain(item.parsed.y, decimals) },
    );
  };

  const regime = (data) =>
    configuration(
      data,
      [
        line(data, 'range_score', 'range score', 'accent'),
        line(data, 'confidence', 'confidence', 'second', { borderDash: [3, 3] }),
      ],
      valueAxis({}, { min: 0, max: 1 }),
      data.regime.lines.map((value, i) =>
        threshold(
          value,
          i === 0 ? 'TRANSITION below' : 'RANGE_OK above',
          i === 0 ? 'warning' : 'normal',
        ),
      ),
      { label: (item) => `${item.dataset.label}: ${format.plain(item.parsed.y, 2)}` },
    );

  // Keeps the strips of hours below a chart exactly under its plot.
  const alignStrips = {
    id: 'alignStrips',
    afterLayout: (chart, _, options) => {
      if (!options.enabled) return;
      const { left, right } = chart.chartArea;
      for (const strip of chart.canvas.closest('section').querySelectorAll('.strip svg')) {
        strip.style.marginLeft = `${left}px`;
        strip.style.width = `${right - left}px`;
      }
    },
  };

  return { price, breakProbability, metric, regime, alignStrips, hours };
})();
