'use strict';
// The sections of a backtest's page that need no canvas: figures against targets, policies, breaks,
// rule sets, windows, what to keep in mind, and what was replayed. A function of the data block.
gridexit.reportTables = (data) => {
  const { format } = gridexit;
  const { element, card, table, disclosure } = gridexit.dom;

  const figure = (row, key, decimals = 2) => format.plain(row.figures[key].value, decimals);
  const known = (value, decimals) =>
    value === null || value === undefined ? '–' : format.plain(value, decimals);
  const money = (value) => format.number(value, 0);
  const hour = (text) => `${text.slice(0, 10)} ${text.slice(11, 16)}`;
  const texts = (node) => {
    node.classList.add('texts');
    return node;
  };

  const verdictTone = (verdict) => {
    if (verdict.startsWith('met')) return verdict === 'met' ? 'normal' : 'none';
    return verdict.startsWith('missed') ? 'warning' : 'none';
  };

  // A share with its interval and its target between 0 and 1.
  const span = (value, low, high, bound) => {
    const svg = (tag, attributes, ...children) => {
      const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
      for (const [name, text] of Object.entries(attributes)) node.setAttribute(name, text);
      node.append(...children);
      return node;
    };
    const at = (share) => 4 + 142 * share;
    const line = (from, to, kind) =>
      svg('line', { x1: at(from), x2: at(to), y1: 8, y2: 8, class: kind });
    return svg(
      'svg',
      {
        viewBox: '0 0 150 16',
        class: 'span',
        role: 'img',
        'aria-label': `${format.plain(value, 2)} between 0 and 1`,
      },
      line(0, 1, 'base'),
      ...(low === null ? [] : [line(low, high, 'width')]),
      ...(bound === null
        ? []
        : [svg('line', { x1: at(bound), x2: at(bound), y1: 1, y2: 15, class: 'target' })]),
      svg('circle', { cx: at(value), cy: 8, r: 4, class: 'value' }),
    );
  };

  const kpiRow = ([name, value, low, high, count, decimals, target, verdict, bound]) => {
    const share = decimals === 2 && value !== null && value >= 0 && value <= 1;
    return [
      name,
      known(value, decimals),
      low === null ? '–' : `${format.plain(low, decimals)} to ${format.plain(high, decimals)}`,
      share ? span(value, low, high, bound) : '',
      String(count),
      target || '–',
      verdict
        ? element('span', { class: `chip ${verdictTone(verdict)}` }, verdict)
        : element('span', { class: 'muted' }, 'no target'),
    ];
  };

  const kpis = (title) =>
    card(
      title,
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'Bar: 95 % interval from resampling whole months, because runs overlap; dashed: target. ',
        'Not proven: the interval allows both, or has no width.',
      ),
      table(
        title,
        [['Figure'], ['Value', true], ['95 % interval', true], ['0 to 1'], ['Cases', true]].concat([
          ['Target'],
          ['Verdict'],
        ]),
        data.kpis.map(kpiRow),
      ),
    );

  const between = ({ model_error: error }, key) =>
    error === null
      ? '–'
      : `${money(error.pessimistic[key])} to ${money(error.optimistic[key])}`;

  const policies = () => {
    const node = table(
      'These rules beside simpler ones',
      [
        ['Policy'],
        ['Runs', true],
        ['SLAR', true],
        ['PRR', true],
        ['TTDR', true],
        ['Early', true],
        ['FER', true],
        ['Warned over 2 h', true],
        ['PnL', true],
        ['Model error of PnL', true],
        ['Drawdown', true],
      ],
      data.policies.map((row) => [
        row.policy,
        format.number(row.figures.runs, 0),
        ...['slar', 'prr', 'ttdr', 'ttdr_early', 'fer', 'eaw_over_2h'].map((key) =>
          known(row.figures[key].value, 2),
        ),
        money(row.figures.pnl),
        between(row, 'pnl'),
        money(row.figures.drawdown),
      ]),
    );
    node.querySelector('tbody tr:last-child').classList.add('ours');
    return card(
      'Beside simpler rules',
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'SLAR: stop-losses avoided. PRR: profit kept at the exit. TTDR: breaks left in time, Early: ',
        '1 h or more before. FER: exits that no break followed. Model error: the same money with the ',
        'worse and the better order of the extremes within each bar, which candles do not tell.',
      ),
      node,
    );
  };

  const exitWords = (hours) => {
    if (hours === null) return element('span', { class: 'chip mandatory' }, 'no exit');
    if (hours < 0) return element('span', { class: 'chip warning' }, `${-hours} h late`);
    return hours === 0 ? 'in the same hour' : `${hours} h before`;
  };

  const transitions = () =>
    card(
      'Every break, newest first',
      { class: 'wide long' },
      table(
        'Breaks that runs faced, with lead times',
        [['Break (UTC)'], ['Market'], ['Run since'], ['Warned'], ['Exit']],
        data.transitions
          .slice()
          .sort((a, b) => (a.transition < b.transition ? 1 : -1))
          .map((seen) => [
            hour(seen.transition),
            seen.symbol,
            hour(seen.started),
            seen.warned_hours > 0 ? `${seen.warned_hours} h before` : 'not at all',
            exitWords(seen.exit_hours),
          ]),
      ),
    );

  const recorded = () => {
    if (!data.recorded) return null;
    const { state_changes: changes, operator_actions: actions } = data.recorded;
    const rows = changes
      .map((each) => [hour(each.timestamp), each.grid_id, `${each.from_state} → ${each.to_state}`])
      .concat(
        actions.map((each) => [
          hour(each.at),
          each.decision_id,
          `${each.recommended}: ${each.action} by ${each.by}`,
        ]),
      )
      .sort((a, b) => (a[0] < b[0] ? 1 : -1));
    return card(
      'Recorded and done in this time',
      { class: 'wide' },
      rows.length === 0
        ? element('p', { class: 'muted' }, 'No grid ran and nothing was answered.')
        : texts(table('What was recorded and done', [['Time (UTC)'], ['What'], ['Change']], rows)),
    );
  };

  const ruleName = (name, unbeaten) =>
    element(
      'div',
      { class: 'rule' },
      (name || 'the configured rules').split(' ').map((part) => element('div', {}, part)),
      unbeaten ? element('span', { class: 'chip normal' }, 'unbeaten') : null,
    );

  const rankingTable = (rows) =>
    table(
      'Rule sets by targets, early against false exits, money',
      [['Rank', true], ['Runs', true], ['SLAR', true], ['TTDR', true], ['Early', true]].concat([
        ['FER', true],
        ['PnL', true],
        ['Rule set'],
      ]),
      rows.map(([rank, row]) => [
        String(rank + 1),
        format.number(row.figures.runs, 0),
        known(row.figures.slar.value, 2),
        known(row.figures.ttdr.value, 2),
        known(row.figures.ttdr_early.value, 2),
        figure(row, 'fer'),
        money(row.figures.pnl),
        ruleName(row.rule_set, row.unbeaten),
      ]),
    );

  const ranking = () => {
    const rows = data.ranking.map((row, i) => [i, row]);
    const shown = 25;
    return card(
      'Rule sets',
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'By the targets met (SLAR, TTDR, FER), then early against false exits, then money. ',
        'Without intervals: they overlap for nearly all of these.',
      ),
      rankingTable(rows.slice(0, shown)),
      rows.length > shown
        ? disclosure(`The other ${rows.length - shown}`, () => rankingTable(rows.slice(shown)))
        : null,
    );
  };

  const steps = () =>
    card(
      'Chosen on the past, judged on what followed',
      { class: 'wide long' },
      table(
        'Windows and the rule set chosen in each',
        [['Chosen on'], ['Judged until'], ['Early', true], ['FER', true], ['Rule set']],
        data.steps.map((step) => [
          `${step.tune_from.slice(0, 10)} to ${step.test_from.slice(0, 10)}`,
          step.test_to.slice(0, 10),
          known(step.tuned.ttdr_early.value, 2),
          known(step.tuned.fer.value, 2),
          ruleName(step.rule_set),
        ]),
      ),
    );

  const caveats = {
    comparison: [
      'The figures flatter: the rules were chosen on data like these. Another market may behave ' +
        'differently.',
      'Runs from several start offsets overlap and soon fall into step, so far fewer of them are ' +
        'independent than are counted; the intervals resample whole months for that reason.',
      'Money is mostly noise: one run varies by about 57 per 1,000. What a grid holds is simulated ' +
        'from candles, which do not tell the order of their extremes.',
      'Nothing here foresees a break. Only the warning comes early, and most warnings come to ' +
        'nothing.',
    ],
    sweep: [
      `${data.tried} rule sets were tried: the best of so many looks better than it is. Walk ` +
        'forward before believing it.',
      'Rule sets next to each other differ by less than the width of their intervals; their order ' +
        'is mostly chance.',
      'Money is mostly noise: one run varies by about 57 per 1,000.',
    ],
    walk_forward: [
      `${data.tried} rule sets were tried in every window. Only the figures above, from the windows ` +
        'after each choice, say anything about choosing.',
      'Early and FER in the windows are those that the choice was made by: they flatter.',
      'Whoever repeats this with other rule sets until it looks good has chosen on all of it.',
    ],
  }[data.kind];

  const caveatSection = (attributes) =>
    card(
      'To keep in mind',
      attributes,
      element(
        'ul',
        { class: 'caveats' },
        caveats.map((text) => element('li', {}, text)),
      ),
    );

  const materialSection = () =>
    card(
      'What was replayed',
      { class: 'wide' },
      table(
        'Markets',
        [['Market'], ['From'], ['To'], ['Hours', true], ['Evaluated', true]],
        data.markets.map((market) => [
          market.symbol,
          hour(market.from),
          hour(market.to),
          format.number(market.hours, 0),
          format.number(market.evaluated, 0),
        ]),
      ),
      texts(
        table(
          'Settings',
          [['Setting'], ['Value']],
          Object.entries(data.settings).map(([name, value]) => [
            format.label(name) + (/^[0-9a-f]{64}$/.test(value) ? ', SHA-256' : ''),
            element('code', {}, value || 'none'),
          ]),
        ),
      ),
    );

  return { kpis, policies, transitions, recorded, ranking, steps, caveatSection, materialSection };
};
