'use strict';
// Puts a backtest's page together from its data block, whose keys are those of `backtest -o json`
// and, beside them, `kind` (comparison, sweep, walk_forward) and `kpis`: the judged figures as
// [name, value, low, high, count, decimals, target, verdict, bound].
(() => {
  const { format, canvases, charts } = gridexit;
  const { element, card, table, disclosure } = gridexit.dom;
  const data = JSON.parse(document.getElementById('data').textContent);
  const tables = gridexit.reportTables(data);
  const money = (value) => format.number(value, 0);

  const legend = (entries) =>
    element(
      'p',
      { class: 'legend' },
      entries.map(([tone, text]) => {
        const mark = element('i', { class: 'dash' });
        mark.style.background = `var(--${tone})`;
        return element('span', {}, mark, text);
      }),
    );

  const moneySection = (curves, note) =>
    curves.every(([, points]) => points.length === 0)
      ? null
      : card(
          'Profit as it added up',
          { class: 'wide' },
          element('p', { class: 'note' }, note),
          canvases.place(
            `Sum of the profit of ended runs over time: ${curves
              .filter(([, points]) => points.length)
              .map(([name, points]) => `${name} ${money(points.at(-1)[1])}`)
              .join(', ')}`,
            'tall',
            () => charts.money(curves),
          ),
          legend(curves.map(([name], i) => [charts.toneOf(i, curves.length), name])),
          disclosure('Table of values', () =>
            table(
              'Profit at the end of each year',
              [['Policy'], ['Until'], ['Profit', true]],
              curves.flatMap(([name, points]) =>
                points
                  .filter(
                    ([time], i) =>
                      i + 1 === points.length || points[i + 1][0].slice(0, 4) !== time.slice(0, 4),
                  )
                  .map(([time, profit]) => [name, time.slice(0, 10), money(profit)]),
              ),
            ),
          ),
        );

  const leadTimes = () => {
    const buckets = ['not at all', 'late', 'same hour', '1–2 h', '3–6 h', '7–12 h', '13–24 h', 'over 24 h'];
    const bucket = (hours) => {
      if (hours === null) return 0;
      if (hours < 0) return 1;
      return 2 + [0, 2, 6, 12, 24, Infinity].findIndex((most) => hours <= most);
    };
    const count = (values) =>
      buckets.map((_, i) => values.filter((hours) => bucket(hours) === i).length);
    const warned = count(
      data.transitions.map(({ warned_hours: hours }) => (hours === 0 ? null : hours)),
    );
    const left = count(data.transitions.map(({ exit_hours: hours }) => hours));
    return card(
      'How early',
      {},
      element(
        'p',
        { class: 'note' },
        `${data.transitions.length} breaks that runs of the first offset faced: when the warning `,
        'began, and when the exit was said.',
      ),
      canvases.place('Breaks by hours of warning and of exit before them', 'medium', () =>
        charts.counts(buckets, [
          ['warning', 'second', warned],
          ['exit', 'accent', left],
        ]),
      ),
      legend([
        ['second', 'warning began'],
        ['accent', 'exit said'],
      ]),
      disclosure('Table of values', () =>
        table(
          'Breaks by lead time',
          [['Before the break'], ['Warning', true], ['Exit', true]],
          buckets.map((name, i) => [name, String(warned[i]), String(left[i])]),
        ),
      ),
    );
  };

  const paretoSection = () => {
    const points = (unbeaten) =>
      data.ranking
        .filter(
          (row) =>
            row.unbeaten === unbeaten &&
            row.figures.fer.value !== null &&
            row.figures.ttdr_early.value !== null,
        )
        .map((row) => ({
          x: row.figures.fer.value,
          y: row.figures.ttdr_early.value,
          pnl: row.figures.pnl,
          name: row.rule_set,
        }));
    const [front, others] = [points(true), points(false)];
    if (front.length + others.length === 0) return null;
    return card(
      'False exits against early exits',
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'Each point is a rule set; further left and further up is better. Filled: no other beats it ',
        'in false exits, early exits and money together. Dashed: the target, below 30 % false exits.',
      ),
      canvases.place(
        `Rule sets by false and early exits: ${front.length} unbeaten, ${others.length} beaten`,
        'tall',
        () => charts.pareto(front, others),
      ),
    );
  };

  const sections = {
    comparison: () => [
      tables.kpis('These rules against their targets'),
      tables.policies(),
      moneySection(
        data.policies.map((row) => [row.policy, row.curve]),
        'Profit of all runs that had ended by then, first offset, all markets together. Solid and ' +
          'strong: these rules.',
      ),
      data.transitions.length ? leadTimes() : null,
      tables.caveatSection(data.transitions.length ? {} : { class: 'wide' }),
      data.transitions.length ? tables.transitions() : null,
      tables.recorded(),
    ],
    sweep: () => [paretoSection(), tables.caveatSection({ class: 'wide' }), tables.ranking()],
    walk_forward: () => [
      tables.kpis('Out of sample: what came after each choice'),
      tables.caveatSection({ class: 'wide' }),
      moneySection(
        [['chosen rule sets', data.curve]],
        'Profit of the runs started in the windows after each choice, first offset.',
      ),
      tables.steps(),
    ],
  };

  document
    .getElementById('sections')
    .replaceChildren(...sections[data.kind]().concat(tables.materialSection()).filter(Boolean));
  canvases.drawFromNowOn();
})();
