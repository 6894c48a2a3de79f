// Opens the pages of a backtest, a sweep and a walk-forward, made by the program itself over an
// invented market: they must draw, stay inside the window and their policy, say what they must not
// keep quiet, and be usable by keyboard. Arguments: the program, and a folder for the pages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { close as quit, launch, open } from './browser.mjs';
import { testEverywhere } from './everywhere.mjs';

const [program, folder] = process.argv.slice(2);
const values = '--set exit_rules.latest.break_low=0.5,0.8,0.9,0.95 ';
const pages = {
  comparison: '',
  sweep: `${values} --set exit_rules.latest.trend_break=0.5,0.6,0.7,0.8,0.9,0.95,0.97`,
  walkForward: `${values} --walk-forward 40d/20d`,
};
const file = (name) => pathToFileURL(`${folder}/${name}.html`).href;

// Hourly bars of a walk with weeks of falling, always the same.
const candles = (hours) => {
  let seed = 42;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  const rows = ['time,open,high,low,close,volume,turnover'];
  let price = 2000;
  for (let i = 0; i < hours; i += 1) {
    const drift = i % 400 > 360 ? -0.004 : 0.0005;
    const next = price * Math.exp(drift + (random() - 0.5) * 0.014);
    const high = Math.max(price, next) * 1.002;
    const low = Math.min(price, next) * 0.998;
    const bar = [price, high, low, next].map((value) => value.toFixed(2));
    rows.push([1704067200 + i * 3600, ...bar, 100, ''].join(','));
    price = next;
  }
  return `${rows.join('\n')}\n`;
};

before(async () => {
  mkdirSync(folder, { recursive: true });
  const market = `${folder}/ETH-<b>USDT.csv`;
  writeFileSync(market, candles(4200));
  for (const [name, options] of Object.entries(pages)) {
    const words = options.split(' ').filter(Boolean);
    const html = `${folder}/${name}.html`;
    const args = ['backtest', '--candles', market, ...words, '--html', html];
    const ran = spawnSync(program, args, { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);
  }
  await launch();
});
after(quit);

for (const name of Object.keys(pages)) testEverywhere(name, file(name));

const headingsOf = async (name) => {
  const { page, close } = await open(file(name));
  const headings = await page.locator('h2').allTextContents();
  await close();
  return headings;
};

test('each kind of report has its sections', async () => {
  assert.deepEqual(await headingsOf('comparison'), [
    'These rules against their targets',
    'Beside simpler rules',
    'Profit as it added up',
    'How early',
    'To keep in mind',
    'Every break, newest first',
    'What was replayed',
  ]);
  assert.deepEqual(await headingsOf('sweep'), [
    'False exits against early exits',
    'To keep in mind',
    'Rule sets',
    'What was replayed',
  ]);
  assert.deepEqual(await headingsOf('walkForward'), [
    'Out of sample: what came after each choice',
    'To keep in mind',
    'Profit as it added up',
    'Chosen on the past, judged on what followed',
    'What was replayed',
  ]);
});

test('a sweep says how many rule sets were tried, and shows each of them', async () => {
  const { page, close } = await open(file('sweep'));
  assert.match(await page.locator('h1 + p').innerText(), /^28 rule sets tried/);
  assert.match(await page.locator('.caveats').innerText(), /28 rule sets were tried/);
  const rows = page.locator('section', { hasText: 'Rule set' }).locator('tbody tr .rule');
  assert.equal(await rows.count(), 25);
  await page.locator('summary', { hasText: 'The other 3' }).press('Enter');
  await page.locator('details table').waitFor();
  assert.equal(await rows.count(), 28);
  const [front, beaten] = await page.evaluate(() =>
    Chart.getChart(document.querySelector('canvas')).data.datasets.map(({ data }) => data.length),
  );
  assert.ok(front >= 1);
  assert.equal(front, await page.locator('.chip.normal', { hasText: 'unbeaten' }).count());
  assert.ok(front + beaten <= 28);
  await close();
});

test('the figures need no script, and markup in names stays text', async () => {
  const { page, close } = await open(file('comparison'), { javaScriptEnabled: false });
  assert.match(await page.locator('.facts').innerText(), /False exits\s+0\.\d\d/);
  assert.match(await page.locator('.headline').innerText(), /ETH-<b>USDT: 2024-01-01/);
  await close();
});

test('keyboard: skip link, then the table of values', async () => {
  const { page, close } = await open(file('comparison'));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the figures');
  await page.locator('summary').first().press('Enter');
  await page.locator('details table').waitFor();
  assert.match(await page.locator('details table tbody').innerText(), /these rules\s+2024/);
  await close();
});

test('charts follow a change of colours, and paper is light', async () => {
  const { page, close } = await open(file('comparison'), { colorScheme: 'light' });
  const ink = () => page.evaluate(() => Chart.defaults.color);
  const light = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction((before) => Chart.defaults.color !== before, light);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await ink(), light);
  await close();
});
