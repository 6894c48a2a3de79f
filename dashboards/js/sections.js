'use strict';
// Everything below the first screen that is text: conditions, gates, confidence, position, decisions, data quality.
// Each function takes the data block and gives a section, or null when there is nothing to show.
gridexit.sections = (() => {
  const { format } = gridexit;
  const { element, card, table, terms, chip } = gridexit.dom;

  const marks = {
    true: ['met', '●', 'met'], false: ['clear', '○', 'not met'], unknown: ['unknown', '?', 'unknown'],
    not_applicable: ['clear', '–', 'does not apply'],
  };

  const condition = ([name, , met, detail]) => {
    const [kind, sign, word] = marks[met];
    return element('li', { class: kind }, element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      element('div', {}, element('b', {}, format.label(name)), ' ', element('em', {}, word), element('p', {}, detail)));
  };

  const tierNotes = (exit) => [null,
    `Holds with ${exit.min_conditions} conditions met${exit.need_threat ? ', one of them Near bound or Loss rising' : ''}.`,
    'Any one of these is enough.', 'Any one of these is enough.'];

  const conditions = ({ exit }) => {
    if (!exit) return null;
    const columns = [3, 2, 1].map((tier) => {
      const rows = exit.conditions.filter((row) => row[1] === tier);
      const met = rows.filter((row) => row[2] === 'true').length;
      return element('div', { class: `tier ${format.tones[tier]}` },
        element('h3', {}, format.label(format.states[tier].toLowerCase()), ' ', element('small', {}, `${met} of ${rows.length} met`)),
        element('p', { class: 'note' }, tierNotes(exit)[tier]), element('ul', { class: 'conditions' }, rows.map(condition)));
    });
    return card('Exit conditions', { class: 'wide' }, element('div', { class: 'tiers' }, columns));
  };

  const gateWords = {
    directional_energy_decay: 'The trend has spent itself', mean_reversion_return: 'Price comes back to its mean again',
    tradable_volatility: 'Movement pays for the fees and does not run away',
  };

  const gates = ({ gates: all }) => {
    if (!all) return null;
    const boxes = all.rows.map(([name, holds, count, values], i) => element('div', { class: `tier ${count >= all.hold ? 'normal' : 'none'}` },
      element('h3', {}, `${i + 1} ${format.label(name)}`),
      element('p', { class: 'note' }, gateWords[name] || ''),
      element('p', { class: 'counter' }, element('span', { 'aria-hidden': 'true' }, '●'.repeat(count) + '○'.repeat(Math.max(0, all.hold - count))),
        ` ${holds ? 'holds' : 'does not hold'}, ${count} of ${all.hold} evaluations in a row`),
      terms(values.map(([input, value]) => [format.label(input), value === null ? format.unknown : String(value)]))));
    return card('Restart gates', { class: 'wide' },
      element('p', { class: 'note' }, 'Passed in order, none skipped, each for ', String(all.hold),
        ' evaluations. They describe the market; grids started after them have not earned more than others.'),
      element('div', { class: 'tiers' }, boxes));
  };

  // From base to value, one bar each. Widths are set as properties: the page's policy allows no style attributes.
  const bar = (from, to, kind) => {
    const fill = element('i', { class: kind });
    fill.style.left = `${Math.max(0, Math.min(from, to)) * 100}%`;
    fill.style.width = `${Math.abs(to - from) * 100}%`;
    return element('div', { class: 'bar', 'aria-hidden': 'true' }, fill);
  };

  const confidence = ({ confidence: figures }) => {
    let level = figures.base;
    const rows = [[element('span', {}, 'Base'), '', format.plain(figures.base, 2), bar(0, figures.base, 'base')]];
    for (const [name, amount, reason] of figures.penalties) {
      rows.push([format.label(name), reason, `−${format.plain(amount, 2)}`, bar(level - amount, level, 'minus')]);
      level -= amount;
    }
    rows.push([element('b', {}, 'Confidence'), 'capped at 0.95, never below 0', element('b', {}, format.plain(figures.value, 2)), bar(0, figures.value, 'total')]);
    return card('Confidence', {},
      element('p', { class: 'note' }, 'How far the metrics agree about the present. It is not a probability of profit, and it has not foretold one.'),
      table('Confidence and its penalties', [['Part'], ['Why'], ['Amount', true], ['From 0 to 1']], rows));
  };

  const position = ({ position: figures, grid }) => {
    if (!figures) return null;
    const money = (value) => format.number(value, 2);
    const pairs = [
      ['Profit now', format.signed(figures.pnl, 2), 'if sold at market, after fees'],
      ['Grid profit', format.signed(figures.grid_profit, 2), 'matched, after fees'],
      ['Unrealised', format.signed(figures.unrealised_profit, 2), `realised ${format.signed(figures.realised_profit, 2)}`],
      ['Capital', money(figures.capital), `at risk to the stop-loss: ${money(figures.capital_at_risk)}`],
      ['Share of the risk lost', format.percent(figures.loss_share), `value at the stop-loss ${money(figures.value_at_stop)}`],
      ['Held', `${format.plain(figures.base, 4)} base`, `and ${money(figures.quote)} quote, average cost ${format.plain(figures.average_cost, 2)}`],
      ['Break within 6 h', format.percent(figures.break[0]), `24 h: ${format.percent(figures.break[1])}, 72 h: ${format.percent(figures.break[2])}`],
    ];
    if (grid) pairs.push(['Grid', `${grid.cells} cells, ${grid.spacing}`, `since ${format.time(grid.start)} UTC`]);
    if (figures.account) pairs.push(['Account', `${format.plain(figures.account[0], 4)} base`, `and ${money(figures.account[1])} quote`]);
    return card('Position', {}, chip('estimate', figures.source),
      element('p', { class: 'note' }, 'Simulated fills since the grid’s start, not what the exchange reports.'),
      figures.difference ? element('p', { class: 'notice failed' }, figures.difference) : null, terms(pairs));
  };

  const proposal = ({ proposal: grid, price_decimals: decimals }) => (!grid ? null : card('Proposed grid', {},
    element('p', { class: 'note' }, 'To be set up by hand, if at all. Prices are rounded to the exchange’s increment.'),
    terms([
      ['Range', `${format.plain(grid.lower, decimals)} to ${format.plain(grid.upper, decimals)}`, `stop-loss ${format.plain(grid.stop_loss, decimals)}`],
      ['Cells', `${grid.cells}, ${grid.spacing}`, `${grid.profit_per_grid_pct} % a cell after fees`],
      ['Capital', format.number(grid.capital, 2), `${grid.allocation_pct} % of the full allocation; ${grid.amount_per_grid} base a cell`],
    ])));

  const omitted = (list) => (list.omitted > 0
    ? element('p', { class: 'note' }, `${list.omitted} older ones are in the data repository.`) : null);

  const answer = ([at, action, by, price, note, until]) => element('div', {}, element('b', {}, action), ` ${format.time(at)} by ${by}`,
    price === null ? '' : ` at ${price}`, until === null ? '' : `, until ${format.time(until)}`, note ? element('small', {}, note) : null);

  const outcome = ([horizon, recommended, acted, impact]) => element('div', {}, element('b', {}, horizon),
    ` advice ${recommended}, action ${acted}`, impact === null ? '' : ` (${format.signed(impact, 2)} USD)`);

  const decisions = ({ decisions: list }) => card('Decisions', { class: 'wide' }, list.rows.length === 0
    ? element('p', {}, 'None so far.')
    : table('Decisions, newest first, with answers and outcomes',
      [['Time (UTC)'], ['Action'], ['Urgency'], ['Confidence', true], ['Answer'], ['Outcome']],
      list.rows.map(([at, action, urgency, sure, , answers, outcomes]) => [format.time(at), action, urgency, format.plain(sure, 2),
        answers.length ? answers.map(answer) : element('span', { class: 'muted' }, 'none recorded'),
        outcomes.length ? outcomes.map(outcome) : element('span', { class: 'muted' }, 'not due yet')])),
  omitted(list));

  const state = (tier) => chip(format.tones[tier], format.states[tier]);

  const transitions = ({ transitions: list }) => (list.rows.length === 0 && list.omitted === 0 ? null
    : card('Changes of the exit state', { class: 'wide' },
      table('Changes of the exit state, newest first', [['Time (UTC)'], ['From'], ['To'], ['Because']],
        list.rows.map(([at, from, to, reasons]) => [format.time(at), state(from), state(to),
          reasons.length ? reasons.map((reason) => element('div', {}, reason)) : 'calmer evaluations in a row'])),
      omitted(list)));

  const kpis = ({ kpis: rows }) => (!rows ? null : card('KPIs', {},
    table('Key figures with 95 % intervals', [['KPI'], ['Value', true], ['Interval', true], ['Cases', true], ['Target']],
      rows.map(([name, value, lower, upper, count, target]) => [name, value === null ? 'undefined' : format.plain(value, 2),
        lower === null || upper === null ? '–' : `${format.plain(lower, 2)} to ${format.plain(upper, 2)}`, String(count), target]))));

  const quality = ({ data }) => {
    const timeframe = (name) => {
      const [bars, filled, gaps, first, last] = data[name];
      return [name, String(bars), String(filled), String(gaps), format.optionalTime(first), format.optionalTime(last)];
    };
    const findings = data.problems.map(([code, message]) => `${message} (${code})`).concat(data.anomalies.map(
      ([metric, frame, value, low, high]) => `Anomaly: ${format.label(metric)} ${frame} is ${value}, expected ${low ?? 'any'} to ${high ?? 'any'}`));
    const [bars, change, range] = data.context_15m;
    return card('Data quality', {}, chip(data.ok ? 'normal' : 'warning', data.ok ? 'no problem found' : 'problems found'),
      findings.length ? element('ul', {}, findings.map((finding) => element('li', {}, finding))) : null,
      table('Windows behind the metrics', [['Bars of'], ['Count', true], ['Filled', true], ['Gaps', true], ['First'], ['Last']], ['1h', '4h'].map(timeframe)),
      terms([['Source', data.source, null], ['Newest bar ended', `${data.staleness} min before the hour`, null],
        ['15m context', `${bars} bars`, `change ${format.plain(change, 2)} %, range ${format.plain(range, 2)} % in the last hour; never decisive`]]),
      element('p', { class: 'note' }, 'Dataset ', element('code', {}, data.hash || format.unknown)));
  };

  return { conditions, gates, confidence, position, proposal, decisions, transitions, kpis, quality };
})();
