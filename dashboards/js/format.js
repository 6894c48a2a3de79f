'use strict';
// Words and numbers: how the page says what its data block holds. First of the page's scripts: it
// creates `gridexit`, the one name that they share. All times are UTC, wherever the reader is.
window.gridexit = {};

gridexit.format = (() => {
  const unknown = 'unknown';

  const number = (value, decimals) =>
    value === null || value === undefined
      ? unknown
      : value.toLocaleString('en-GB', {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        });

  const plain = (value, decimals) =>
    value === null || value === undefined ? unknown : value.toFixed(decimals);

  const percent = (share) =>
    share === null || share === undefined ? unknown : `${Math.round(share * 100)}\u00a0%`;

  const signed = (value, decimals) =>
    value > 0 ? `+${number(value, decimals)}` : number(value, decimals);

  // Seconds since 1970 as "2026-02-02 14:00".
  const time = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

  const optionalTime = (seconds) => (seconds === null ? unknown : time(seconds));

  const label = (name) => {
    const words = name
      .replaceAll('_', ' ')
      .replace(/^(adx|atr|ou)\b/, (word) => word.toUpperCase());
    return words.charAt(0).toUpperCase() + words.slice(1);
  };

  const states = ['NORMAL', 'WARNING', 'LATEST_ACCEPTABLE_EXIT', 'MANDATORY_EXIT'];
  const tones = ['normal', 'warning', 'latest', 'mandatory'];
  const verdicts = ['RANGE_OK', 'RANGE_WEAK', 'TRANSITION', 'TREND'];

  // What each metric is called, what it says, and how it is written.
  const metrics = {
    adx: {
      label: 'ADX (14)',
      says: 'strength of a trend, without direction',
      decimals: 1,
      unit: '',
    },
    efficiency_ratio: {
      label: 'Efficiency ratio (24)',
      says: '1: straight line, 0: all back and forth',
      decimals: 2,
      unit: '',
    },
    autocorrelation: {
      label: 'Autocorrelation (72)',
      says: 'above 0: moves continue, below: they revert',
      decimals: 2,
      unit: '',
    },
    ou_half_life: {
      label: 'Half-life of reversion',
      says: 'time to come half way back to the mean',
      decimals: 1,
      unit: ' h',
    },
    normalized_slope: {
      label: 'Slope (24)',
      says: 'drift in ATR per bar, signed',
      decimals: 3,
      unit: '',
    },
    bollinger_bandwidth: {
      label: 'Bandwidth ratio',
      says: 'Bollinger bandwidth against its median',
      decimals: 2,
      unit: '',
    },
  };

  return {
    unknown,
    number,
    plain,
    percent,
    signed,
    time,
    optionalTime,
    label,
    states,
    tones,
    verdicts,
    metrics,
  };
})();
