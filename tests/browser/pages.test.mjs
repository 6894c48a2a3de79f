// Opens the sample pages in Chromium, from files as an operator would: they must draw, stay inside
// the window, stay inside their policy, keep data as text, and be usable by keyboard. Arguments: the
// program that writes the sample pages, and a folder for them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { close as quit, launch, open } from './browser.mjs';
import { check } from './checks.mjs';
import { testEverywhere } from './everywhere.mjs';

const [writer, folder] = process.argv.slice(2);

const hour = '2026/02/02/2026-02-02-14.html';
const file = (path) => pathToFileURL(`${folder}/${path}`).href;
const pages = {
  fallingGrid: file(`dashboards/ETH-USDT/${hour}`),
  waitingForGates: file(`dashboards/BTC-USDT/${hour}`),
  mandatoryExit: file(`dashboards/XRP-USDT/${hour}`),
  hostileTexts: file(`dashboards/BAD-USDT/${hour}`),
  standalone: file('standalone.html'),
  index: file('dashboards/index.html'),
};

before(async () => {
  assert.equal(
    spawnSync(writer, [folder], { stdio: 'inherit' }).status,
    0,
    'sample pages are written',
  );
  await launch();
});
after(quit);

for (const [name, url] of Object.entries(pages)) testEverywhere(name, url);

test('on a phone reasons, answers and outcomes are beside nothing that scrolls', async () => {
  const { page, close } = await open(pages.fallingGrid, { viewport: { width: 390, height: 800 } });
  const hidden = await page.$$eval('.wide > .scroll td', (cells) =>
    cells
      .filter((cell) => cell.getBoundingClientRect().right > innerWidth)
      .map((cell) => cell.textContent),
  );
  assert.deepEqual(hidden, []);
  await close();
});

test('every chart and section of a running grid is there', async () => {
  const { page, close } = await open(pages.fallingGrid);
  const headings = await page.locator('h2').allTextContents();
  for (const heading of [
    'Why',
    'Price, last 96 hours',
    'Exit conditions',
    'Confidence',
    'Position',
    'Chance to touch a bound within 24 h',
    'Regime',
    'Six metrics against their thresholds',
    'Decisions',
    'Changes of the exit state',
    'Data quality',
  ]) {
    assert.ok(headings.includes(heading), heading);
  }
  assert.ok(!headings.includes('KPIs'), 'no KPIs without data');
  assert.equal(await page.locator('canvas').count(), 9);
  assert.equal(await page.locator('.conditions li').count(), 18);
  assert.equal(await page.locator('.conditions li.unknown').count(), 1);
  await close();
});

test('gates, proposal and KPIs without a grid', async () => {
  const { page, close } = await open(pages.waitingForGates);
  const headings = await page.locator('h2').allTextContents();
  for (const heading of ['Restart gates', 'Proposed grid', 'KPIs'])
    assert.ok(headings.includes(heading), heading);
  assert.ok(!headings.includes('Position'));
  assert.match(await page.locator('main').innerText(), /SIMULATED DATA/);
  await close();
});

test('markup in data stays text', async () => {
  const { page, close } = await open(pages.hostileTexts);
  assert.equal(await page.evaluate('window.hacked'), undefined);
  assert.equal(await page.locator('img').count(), 0);
  assert.match(await page.locator('#sections').innerText(), /<img src=x onerror=/);
  assert.match(await page.locator('#decision').innerText(), /<script>window\.hacked=1<\/script>/);
  await close();
});

test('the decision needs no script', async () => {
  const { page, close } = await open(pages.fallingGrid, { javaScriptEnabled: false });
  const text = await page.locator('#decision').innerText();
  for (const part of ['Latest acceptable exit', 'Stop the grid now', 'MANDATORY_EXIT'])
    assert.ok(text.includes(part), part);
  await close();
});

test('the time axis is in UTC wherever the reader is', async () => {
  const labels = [];
  for (const timezoneId of ['UTC', 'America/St_Johns', 'Asia/Kolkata']) {
    const { page, close } = await open(pages.fallingGrid, { timezoneId });
    labels.push(
      await page.evaluate(() =>
        Chart.getChart(document.querySelector('canvas')).scales.x.ticks.map((tick) => tick.label),
      ),
    );
    await close();
  }
  assert.ok(labels[0].includes('18:00') && labels[0].includes('02-01'), labels[0].join(' '));
  assert.deepEqual(labels[1], labels[0]);
  assert.deepEqual(labels[2], labels[0]);
});

test('keyboard: skip link, then the table of values', async () => {
  const { page, close } = await open(pages.fallingGrid);
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate(() => document.activeElement.textContent),
    'Skip to the decision',
  );
  await page.locator('summary').first().focus();
  assert.notEqual(
    await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle),
    'none',
  );
  await page.keyboard.press('Enter');
  await page.locator('details table').waitFor();
  assert.equal(await page.locator('details table tbody tr').count(), 96);
  assert.match(
    await page.locator('details table tbody tr').first().innerText(),
    /^2026-02-02 14:00\s+3193\.14\s+3202\.10/,
  );
  await close();
});

test('charts follow a change of colours, and paper is light', async () => {
  const { page, close } = await open(pages.fallingGrid, { colorScheme: 'light' });
  const ink = () => page.evaluate(() => Chart.defaults.color);
  const light = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction((before) => Chart.defaults.color !== before, light);
  const dark = await ink();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await ink(), light);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await ink(), dark);
  await close();
});

test('the same policy works from a web server', async () => {
  const types = { css: 'text/css', js: 'text/javascript', html: 'text/html' };
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', types[request.url.split('.').pop()] ?? 'text/plain');
    createReadStream(`${folder}${request.url}`).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  const opened = await open(`${origin}dashboards/ETH-USDT/${hour}`);
  assert.deepEqual(opened.complaints, []);
  assert.deepEqual(
    opened.requests.filter((each) => !each.startsWith(origin) && each !== 'data:,'),
    [],
  );
  assert.deepEqual(await opened.page.evaluate(check.blankCanvases), []);
  await opened.close();
  server.close();
});

test('links of the index lead to the pages', async () => {
  const { page, close } = await open(pages.index);
  await page.locator('.symbols a', { hasText: 'ETH-USDT' }).click();
  assert.match(await page.title(), /^LATEST_ACCEPTABLE_EXIT ETH-USDT/);
  await page.locator('nav a', { hasText: 'All pages' }).click();
  assert.equal(await page.title(), 'gridexit: all symbols');
  await close();
});
