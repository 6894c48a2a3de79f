'use strict';
// What is on record: the position, the proposed grid, decisions with answers and outcomes, changes
// of the exit state, KPIs, and the quality of the data. Each function takes the data block and
// gives a section, or null when there is nothing to show.
gridexit.records = (() => {
  const { format } = gridexit;
  const { element, card, table, terms, chip } = gridexit.dom;

  const position = ({ position: figures, grid, symbol }) => {
    if (!figures) return null;
    const [base, quote] = symbol.split('-');
    const money = (value) => format.number(value, 2);
    const pairs = [
      ['Profit now', format.signed(figures.pnl, 2), 'if sold at market, after fees'],
      ['Grid profit', format.signed(figures.grid_profit, 2), 'matched, after fees'],
      [
        'Unrealised',
        format.signed(figures.unrealised_profit, 2),
        `realised ${format.signed(figures.realised_profit, 2)}`,
      ],
      [
        'Capital',
        money(figures.capital),
        `at risk to the stop-loss: ${money(figures.capital_at_risk)}`,
      ],
      [
        'Share of the risk lost',
        format.percent(figures.loss_share),
        `value at the stop-loss ${money(figures.value_at_stop)}`,
      ],
      [
        'Held',
        `${format.plain(figures.base, 4)} ${base}`,
        `and ${money(figures.quote)} ${quote}` +
          (figures.average_cost === null
            ? ''
            : `, average cost ${format.plain(figures.average_cost, 2)}`),
      ],
      [
        'Break within 6 h',
        format.percent(figures.break[0]),
        `24 h: ${format.percent(figures.break[1])}, 72 h: ${format.percent(figures.break[2])}`,
      ],
    ];
    if (grid)
      pairs.push([
        'Grid',
        `${grid.cells} cells, ${grid.spacing}`,
        `since ${format.time(grid.start)} UTC`,
      ]);
    if (figures.account)
      pairs.push([
        'Account',
        `${format.plain(figures.account[0], 4)} ${base}`,
        `and ${money(figures.account[1])} ${quote}`,
      ]);
    if (figures.fills)
      pairs.push([
        'Account’s fills',
        `${figures.fills.count} since ${format.time(figures.fills.from)} UTC`,
        `bought ${format.plain(figures.fills.bought, 4)}, ` +
          `sold ${format.plain(figures.fills.sold, 4)} ${base}`,
      ]);
    return card(
      'Position',
      {},
      chip('estimate', figures.source),
      element(
        'p',
        { class: 'note' },
        'Simulated fills since the grid’s start, not what the exchange reports.',
      ),
      figures.difference ? element('p', { class: 'notice failed' }, figures.difference) : null,
      terms(pairs),
    );
  };

  const proposal = ({ proposal: grid, price_decimals: decimals }) =>
    !grid
      ? null
      : card(
          'Proposed grid',
          { class: 'wide' },
          element(
            'p',
            { class: 'note' },
            'To be set up by hand, if at all. Prices are rounded to the exchange’s increment.',
          ),
          terms([
            [
              'Range',
              `${format.plain(grid.lower, decimals)} to ${format.plain(grid.upper, decimals)}`,
              `stop-loss ${format.plain(grid.stop_loss, decimals)}`,
            ],
            [
              'Cells',
              `${grid.cells}, ${grid.spacing}`,
              `${grid.profit_per_grid_pct} % a cell after fees`,
            ],
            [
              'Capital',
              format.number(grid.capital, 2),
              `${grid.allocation_pct} % of the full allocation; ` +
                `${grid.amount_per_grid} base a cell`,
            ],
          ]),
        );

  const omitted = (list) =>
    list.omitted > 0
      ? element('p', { class: 'note' }, `${list.omitted} older ones are in the data repository.`)
      : null;

  const answer = ([at, action, by, price, note, until]) =>
    element(
      'div',
      {},
      element('b', {}, action),
      ` ${format.time(at)} by ${by}`,
      price === null ? '' : ` at ${price}`,
      until === null ? '' : `, until ${format.time(until)}`,
      note ? element('small', {}, note) : null,
    );

  const words = (name) => name.replaceAll('_', ' ');

  const outcome = ([horizon, recommended, acted, impact, note]) =>
    element(
      'div',
      {},
      element('b', {}, horizon),
      ` advice ${words(recommended)}, action ${words(acted)}`,
      impact === null ? '' : ` (${format.signed(impact, 2)} USD)`,
      note ? element('small', {}, note) : null,
    );

  const decisions = ({ decisions: list }) =>
    card(
      'Decisions',
      { class: 'wide' },
      list.rows.length === 0
        ? element('p', {}, 'None so far.')
        : table(
            'Decisions, newest first, with answers and outcomes',
            [
              ['Time (UTC)'],
              ['Action'],
              ['Urgency'],
              ['Confidence', true],
              ['Answer'],
              ['Outcome'],
            ],
            list.rows.map(([at, action, urgency, sure, , answers, outcomes]) => [
              format.time(at),
              action,
              urgency,
              format.plain(sure, 2),
              answers.length
                ? answers.map(answer)
                : element('span', { class: 'muted' }, 'none recorded'),
              outcomes.length
                ? outcomes.map(outcome)
                : element('span', { class: 'muted' }, 'not due yet'),
            ]),
          ),
      omitted(list),
    );

  const state = (tier) => chip(format.tones[tier], format.states[tier]);

  const transitions = ({ transitions: list }) =>
    list.rows.length === 0 && list.omitted === 0
      ? null
      : card(
          'Changes of the exit state',
          { class: 'wide' },
          table(
            'Changes of the exit state, newest first',
            [['Time (UTC)'], ['From'], ['To'], ['Because']],
            list.rows.map(([at, from, to, reasons]) => [
              format.time(at),
              state(from),
              state(to),
              reasons.length
                ? reasons.map((reason) => element('div', {}, reason))
                : 'calmer evaluations in a row',
            ]),
          ),
          omitted(list),
        );

  const kpiLabels = {
    slar: 'SLAR: stop-losses avoided',
    prr: 'PRR: profit kept',
    ttdr: 'TTDR: breaks left in time',
    ttdr_early: 'of these 1 h or more before',
    fer: 'FER: false exits',
    ert_median: 'ERT: hours until you acted',
    ert_p90: 'ERT: 90 of 100',
    eaw_median: 'EAW: hours of warning',
    eaw_over_2h: 'EAW: over 2 h',
    warning_share: 'hours above NORMAL',
    mec: 'MEC: cost of missed exits',
    wpr_24h: 'WPR: warnings true in 24 h',
    wpr_72h: 'WPR: in 72 h',
  };

  const kpis = ({ kpis: rows, kpis_as_of: day }) =>
    !rows
      ? null
      : card(
          'KPIs',
          {},
          day
            ? element('p', { class: 'note' }, `All grids that ran, as known at the end of ${day}`)
            : null,
          table(
            'Key figures with 95 % intervals',
            [['KPI'], ['Value', true], ['Interval', true], ['Cases', true], ['Target']],
            rows.map(([name, value, lower, upper, count, target, verdict, reason]) => [
              kpiLabels[name] || name,
              value === null ? reason || 'not enough data' : format.plain(value, 2),
              lower === null || upper === null
                ? '–'
                : `${format.plain(lower, 2)} to ${format.plain(upper, 2)}`,
              String(count),
              [target, verdict].filter(Boolean).join(', '),
            ]),
          ),
        );

  const quality = ({ data, kpis: beside }) => {
    const timeframe = (name) => {
      const [bars, filled, gaps, first, last] = data[name];
      return [
        name,
        String(bars),
        String(filled),
        String(gaps),
        format.optionalTime(first),
        format.optionalTime(last),
      ];
    };
    const findings = data.problems
      .map(([code, message]) => `${message} (${code})`)
      .concat(
        data.anomalies.map(
          ([metric, frame, value, low, high]) =>
            `Anomaly: ${format.label(metric)} ${frame} is ${value}, ` +
            `expected ${low ?? 'any'} to ${high ?? 'any'}`,
        ),
      );
    const [bars, change, range] = data.context_15m;
    const verdict = data.ok
      ? [
          'normal',
          findings.length
            ? `${findings.length} noted, none that forbids the use of the data`
            : 'no problem found',
        ]
      : ['warning', 'problems found'];
    return card(
      'Data quality',
      { class: beside ? '' : 'wide' },
      chip(...verdict),
      findings.length
        ? element(
            'ul',
            {},
            findings.map((finding) => element('li', {}, finding)),
          )
        : null,
      table(
        'Windows behind the metrics',
        [['Bars of'], ['Count', true], ['Filled', true], ['Gaps', true], ['First'], ['Last']],
        ['1h', '4h'].map(timeframe),
      ),
      terms([
        ['Source', data.source, null],
        ['Newest bar ended', `${data.staleness} min before the hour`, null],
        [
          '15m context',
          `${bars} bars`,
          `change ${format.plain(change, 2)} %, range ${format.plain(range, 2)} % ` +
            'in the last hour; never decisive',
        ],
      ]),
      element('p', { class: 'note' }, 'Dataset ', element('code', {}, data.hash || format.unknown)),
    );
  };

  return { position, proposal, decisions, transitions, kpis, quality };
})();
