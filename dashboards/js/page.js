'use strict';
// Puts the page together: reads the data block, adds the sections in the order in which a decision
// needs them, and has the charts drawn.
(() => {
  const { format, theme, canvases, charts, findings, records } = gridexit;
  const { element, card, table, disclosure, strip } = gridexit.dom;
  const data = JSON.parse(document.getElementById('data').textContent);

  // The same hours as figures, for those who cannot or do not want to read a chart.
  const values = (caption, columns) =>
    disclosure('Table of values', () =>
      table(
        caption,
        [['Hour (UTC)']].concat(columns.map(([title]) => [title, true])),
        charts
          .hours(data)
          .map((time, i) =>
            [format.time(time / 1000)].concat(
              columns.map(([, column, decimals]) => format.plain(data.series[column][i], decimals)),
            ),
          )
          .reverse(),
      ),
    );

  const kinds = (words, tones) =>
    Object.fromEntries(words.map((word, i) => [String(i), [tones[i], word]]));

  const priceSection = () => {
    const decimals = data.price_decimals;
    const stateKinds = { ...kinds(format.states, format.tones), n: ['none', 'no grid running'] };
    const { states, verdicts } = data.series;
    const verdictKinds = kinds(format.verdicts, ['normal', 'range-weak', 'warning', 'latest']);
    const word = (all, text) => all[text[text.length - 1]][1];
    return card(
      `Price, last ${data.series.hours} hours`,
      { class: 'wide' },
      canvases.place(
        'Hourly price bars with the grid’s bounds and stop-loss; the table below has the figures',
        'tall',
        () => charts.price(data),
      ),
      strip('State', states, stateKinds, `now ${word(stateKinds, states)}`),
      strip('Regime', verdicts, verdictKinds, `now ${word(verdictKinds, verdicts)}`),
      element(
        'p',
        { class: 'legend' },
        [
          ['normal', 'NORMAL / RANGE_OK'],
          ['range-weak', 'RANGE_WEAK'],
          ['warning', 'WARNING / TRANSITION'],
          ['latest', 'LATEST_ACCEPTABLE_EXIT / TREND'],
          ['mandatory', 'MANDATORY_EXIT'],
          ['none', 'no grid'],
          ['absent', 'no record'],
        ].map(([tone, text]) => element('span', {}, element('i', { class: tone }), text)),
      ),
      values('Price by hour', [
        ['Open', 'open', decimals],
        ['High', 'high', decimals],
        ['Low', 'low', decimals],
        ['Close', 'close', decimals],
      ]),
    );
  };

  const breakSection = () =>
    !data.exit
      ? null
      : card(
          'Chance to touch a bound within 24 h',
          {},
          element(
            'p',
            { class: 'note' },
            'Distance to the bounds in units of present volatility: the one figure here that has ',
            'predicted breaks. Solid: either bound; dashed: the lower one, watched by early exits.',
          ),
          canvases.place(
            'Break probability of the last hours against the thresholds of the exit rules',
            'medium',
            () => charts.breakProbability(data),
          ),
          values('Break probability by hour (1 = certain)', [
            ['Either bound', 'break', 2],
            ['Lower bound', 'break_lower', 2],
          ]),
        );

  const gateStrips = () => {
    if (!data.gates) return null;
    const { hold } = data.gates;
    const gateKinds = { 0: ['none', 'does not hold'], '-': ['absent', 'not evaluated'] };
    for (let count = 1; count <= hold; count += 1) {
      gateKinds[count] = [count < hold ? 'range-weak' : 'normal', `held ${count} of ${hold}`];
    }
    return data.series.gates.map((marks, i) =>
      strip(`Gate ${i + 1}`, marks, gateKinds, gateKinds[marks[marks.length - 1]][1]),
    );
  };

  const regimeSection = () => {
    const [h1, h4, combined] = data.regime.scores;
    return card(
      'Regime',
      {},
      element(
        'p',
        { class: 'note' },
        `Range score ${format.plain(combined, 2)} (1h ${format.plain(h1, 2)}, `,
        `4h ${format.plain(h4, 2)}); 1 ranging, 0 trending. `,
        'Solid: range score; dashed: confidence.',
      ),
      canvases.place('Range score and confidence of the last hours', 'medium', () =>
        charts.regime(data),
      ),
      values('Regime by hour', [
        ['Range score', 'range_score', 2],
        ['Confidence', 'confidence', 2],
      ]),
    );
  };

  const reading = (frame, figures, { decimals, unit }) => {
    const [value, score, reason] = figures;
    const text = value === null ? format.unknown : `${format.plain(value, decimals)}${unit}`;
    const judged =
      score === null
        ? reason
          ? format.label(reason)
          : 'no score'
        : `score ${format.plain(score, 2)}`;
    return element(
      'p',
      { class: `reading ${value === null ? 'unknown' : ''}` },
      element('span', {}, frame),
      element('b', {}, text),
      element('small', {}, judged),
    );
  };

  const metricCard = (key) => {
    const meta = format.metrics[key];
    const metric = data.metrics[key];
    const [one, zero] = metric.score;
    return element(
      'article',
      { class: 'metric' },
      element('h3', {}, meta.label),
      element('p', { class: 'note' }, meta.says),
      element(
        'div',
        { class: 'readings' },
        reading('1h', metric['1h'], meta),
        reading('4h', metric['4h'], meta),
      ),
      canvases.place(`${meta.label}, 1h, against its thresholds`, 'small', () =>
        charts.metric(data, key),
      ),
      element(
        'p',
        { class: 'note' },
        metric.lines.map(([value, text]) => `${text}: ${value}`).join('; '),
        `. Score 1 at ${one}, 0 at ${zero}${key === 'ou_half_life' ? ' bars' : ''}.`,
      ),
    );
  };

  const metricsSection = () => {
    const keys = Object.keys(format.metrics);
    return card(
      'Six metrics against their thresholds',
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'They describe the market; by themselves they have hardly predicted breaks. ',
        'Score 1: ranging, 0: trending. Dashed: thresholds.',
      ),
      element('div', { class: 'metrics' }, keys.map(metricCard)),
      values(
        'Metrics by hour, 1h',
        keys.map((key) => [format.metrics[key].label, key, format.metrics[key].decimals]),
      ),
    );
  };

  const showAge = () => {
    const hours = (Date.now() / 1000 - data.time) / 3600;
    const age = document.getElementById('age');
    // An invented market has no present that its page could lag behind.
    if (hours < 2 || document.querySelector('.notice.simulated')) return;
    age.className = 'old';
    age.textContent =
      hours < 48
        ? `${Math.floor(hours)} h ago: look for a newer page`
        : `${Math.floor(hours / 24)} days ago`;
  };

  const build = () => {
    const root = document.getElementById('sections');
    const parts = [
      priceSection(),
      findings.conditions(data),
      findings.gates(data, gateStrips()),
      records.proposal(data),
      breakSection(),
      regimeSection(),
    ];
    if (!data.exit) parts.push(findings.confidence(data));
    parts.push(metricsSection());
    if (data.exit) parts.push(findings.confidence(data));
    parts.push(
      records.position(data),
      records.decisions(data),
      records.transitions(data),
      records.kpis(data),
      records.quality(data),
    );
    root.replaceChildren(...parts.filter(Boolean));
    theme.useUtc();
    Chart.register(charts.alignStrips);
    canvases.drawFromNowOn();
    showAge();
  };

  build();
})();
