// The system's Chromium, driven by playwright. Ends the program with a word for ctest where either
// is missing.
import { existsSync } from 'node:fs';

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const playwright = await import('playwright-core').catch(() => null);
if (!playwright || !existsSync(executablePath)) {
  const missing = playwright
    ? `${executablePath} is missing`
    : 'npm ci --prefix tests/browser was not run';
  console.log(`browser tests skipped: ${missing}`);
  process.exit(0);
}

let browser;
export const launch = async () => {
  browser = await playwright.chromium.launch({ executablePath, args: ['--no-sandbox'] });
};
export const close = async () => browser?.close();

// Opens a page and gives it with everything that it complained about or asked for.
export const open = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.violatedDirective),
    );
  });
  await page.goto(url);
  return { page, complaints, requests, close: () => context.close() };
};
