'use strict';
// What this hour found: the exit conditions, the restart gates, confidence with its penalties. Each
// function takes the data block and gives a section, or null when there is nothing to show.
gridexit.findings = (() => {
  const { format } = gridexit;
  const { element, card, table, terms } = gridexit.dom;

  const marks = {
    true: ['met', '●', 'met'],
    false: ['clear', '○', 'not met'],
    unknown: ['unknown', '?', 'unknown'],
    not_applicable: ['clear', '–', 'does not apply'],
  };

  const condition = ([name, , met, detail]) => {
    const [kind, sign, word] = marks[met];
    return element(
      'li',
      { class: kind },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      element(
        'div',
        {},
        element('b', {}, format.label(name)),
        ' ',
        element('em', {}, word),
        element('p', {}, detail),
      ),
    );
  };

  const tierNotes = (exit) => [
    null,
    `Holds with ${exit.min_conditions} conditions met` +
      (exit.need_threat ? ', one of them Near bound or Loss rising.' : '.'),
    'Any one of these is enough.',
    'Any one of these is enough.',
  ];

  const conditions = ({ exit }) => {
    if (!exit) return null;
    const columns = [3, 2, 1].map((tier) => {
      const rows = exit.conditions.filter((row) => row[1] === tier);
      const met = rows.filter((row) => row[2] === 'true').length;
      return element(
        'div',
        { class: `tier ${format.tones[tier]}` },
        element(
          'h3',
          {},
          format.label(format.states[tier].toLowerCase()),
          ' ',
          element('small', {}, `${met} of ${rows.length} met`),
        ),
        element('p', { class: 'note' }, tierNotes(exit)[tier]),
        element('ul', { class: 'conditions' }, rows.map(condition)),
      );
    });
    return card('Exit conditions', { class: 'wide' }, element('div', { class: 'tiers' }, columns));
  };

  const gateWords = {
    directional_energy_decay: 'The trend has spent itself',
    mean_reversion_return: 'Price comes back to its mean again',
    tradable_volatility: 'Movement pays for the fees and does not run away',
  };

  const gates = ({ gates: all }, history) => {
    if (!all) return null;
    const boxes = all.rows.map(([name, holds, count, values], i) =>
      element(
        'div',
        { class: `tier ${count >= all.hold ? 'normal' : 'none'}` },
        element('h3', {}, `${i + 1} ${format.label(name)}`),
        element('p', { class: 'note' }, gateWords[name] || ''),
        element(
          'p',
          { class: 'counter' },
          element(
            'span',
            { 'aria-hidden': 'true' },
            '●'.repeat(count) + '○'.repeat(Math.max(0, all.hold - count)),
          ),
          holds && count === 0
            ? ' holds, but counts only after the gate before it'
            : ` ${holds ? 'holds' : 'does not hold'}, ${count} of ${all.hold} evaluations in a row`,
        ),
        terms(
          values.map(([input, value]) => [
            format.label(input),
            value === null ? format.unknown : String(Number(value.toPrecision(3))),
          ]),
        ),
      ),
    );
    return card(
      'Restart gates',
      { class: 'wide' },
      element(
        'p',
        { class: 'note' },
        'Passed in order, none skipped, each for ',
        String(all.hold),
        ' evaluations. They describe the market; ',
        'grids started after them have not earned more than others.',
      ),
      element('div', { class: 'tiers' }, boxes),
      element('h3', {}, 'Hour by hour'),
      history,
    );
  };

  // From base to value, one bar each. Widths are set as properties: the page's policy allows no
  // style attributes.
  const bar = (from, to, kind) => {
    const fill = element('i', { class: kind });
    fill.style.left = `${Math.max(0, Math.min(from, to)) * 100}%`;
    fill.style.width = `${Math.abs(to - from) * 100}%`;
    return element('div', { class: 'bar', 'aria-hidden': 'true' }, fill);
  };

  const confidence = ({ confidence: figures }) => {
    let level = figures.base;
    const rows = [
      [
        element('span', {}, 'Base'),
        '',
        format.plain(figures.base, 2),
        bar(0, figures.base, 'base'),
      ],
    ];
    for (const [name, amount, reason] of figures.penalties) {
      rows.push([
        format.label(name),
        reason,
        `−${format.plain(amount, 2)}`,
        bar(level - amount, level, 'minus'),
      ]);
      level -= amount;
    }
    rows.push([
      element('b', {}, 'Confidence'),
      'capped at 0.95, never below 0',
      element('b', {}, format.plain(figures.value, 2)),
      bar(0, figures.value, 'total'),
    ]);
    return card(
      'Confidence',
      {},
      element(
        'p',
        { class: 'note' },
        'How far the metrics agree about the present. ',
        'It is not a probability of profit, and it has not foretold one.',
      ),
      table(
        'Confidence and its penalties',
        [['Part'], ['Why'], ['Amount', true], ['From 0 to 1']],
        rows,
      ),
    );
  };

  return { conditions, gates, confidence };
})();
