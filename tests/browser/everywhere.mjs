// One test for each size and colour in which a page is read: it draws, stays inside the window and
// inside its policy, asks nobody for anything, and everything on it has a name and can be read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './browser.mjs';
import { check } from './checks.mjs';

export function testEverywhere(name, url) {
  for (const width of [390, 1440]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`${name} at ${width} px, ${colorScheme}`, async () => {
        const opened = await open(url, { viewport: { width, height: 900 }, colorScheme });
        const { page } = opened;
        assert.deepEqual(opened.complaints, []);
        assert.deepEqual(await page.evaluate('violations'), []);
        assert.deepEqual(
          opened.requests.filter((each) => !/^(file|data):/.test(each)),
          [],
        );
        assert.equal(await page.evaluate(check.overflow), 0, 'nothing is wider than the window');
        assert.deepEqual(await page.evaluate(check.blankCanvases), []);
        assert.deepEqual(await page.evaluate(check.unlabelled), []);
        assert.deepEqual(await page.evaluate(check.poorContrast), []);
        await opened.close();
      });
    }
  }
}
