'use strict';
// Colours of the charts, taken from the style sheet so that light, dark and print have one source,
// and what all charts have in common: no animation, UTC on the time axis, thin lines.
gridexit.theme = (() => {
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const hour = 3600e3;
  const lengths = {
    millisecond: 1,
    second: 1e3,
    minute: 60e3,
    hour,
    day: 24 * hour,
    week: 168 * hour,
  };
  const floor = (time, unit) =>
    Math.floor(time / (lengths[unit] || lengths.day)) * (lengths[unit] || lengths.day);

  // The date adapter works in the reader's time zone; records are in UTC. These replace its
  // functions that depend on the zone.
  const useUtc = () =>
    Chart._adapters._date.override({
      formats: () => ({ hour: 'hour', day: 'day', datetime: 'datetime' }),
      format: (time, form) => {
        const text = new Date(time).toISOString();
        if (form === 'datetime') return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
        return form === 'hour' && time % lengths.day !== 0 ? text.slice(11, 16) : text.slice(5, 10);
      },
      startOf: (time, unit) => floor(time, unit),
      endOf: (time, unit) => floor(time, unit) + (lengths[unit] || lengths.day) - 1,
      add: (time, amount, unit) => time + amount * (lengths[unit] || lengths.day),
      diff: (later, earlier, unit) => (later - earlier) / (lengths[unit] || lengths.day),
    });

  const apply = () => {
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    Chart.defaults.color = colour('muted');
    Chart.defaults.borderColor = colour('line');
    Chart.defaults.interaction.mode = 'index';
    Chart.defaults.interaction.intersect = false;
    Chart.defaults.plugins.legend.display = false;
    Chart.defaults.elements.point.radius = 0;
    Chart.defaults.elements.line.borderWidth = 1.75;
  };

  // Reaches half an hour beyond both ends: a bar is an hour wide, and so is a cell of the strips
  // below the chart.
  const timeAxis = (first, last) => ({
    type: 'time',
    min: first - hour / 2,
    max: last + hour / 2,
    time: { tooltipFormat: 'datetime', minUnit: 'hour' },
    ticks: { maxRotation: 0, autoSkipPadding: 18, major: { enabled: true } },
    grid: { drawTicks: false, offset: false },
    border: { display: false },
    offset: false,
  });

  // A horizontal threshold with its meaning written on it.
  const threshold = (value, text, tone, place = 'above') => ({
    type: 'line',
    yMin: value,
    yMax: value,
    borderColor: colour(tone),
    borderWidth: 1.25,
    borderDash: [5, 4],
    label: {
      display: text !== '',
      content: text,
      position: 'start',
      yAdjust: place === 'above' ? -9 : 9,
      padding: 2,
      backgroundColor: 'transparent',
      color: colour(`${tone}-text`) || colour('muted'),
      font: { size: 11, weight: 'normal' },
    },
  });

  return { colour, useUtc, apply, timeAxis, threshold };
})();
