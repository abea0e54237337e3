// Makes editor.png: VS Code in the browser, with the extension, shows a playbook with a mistake.
//
//   node docs/images/editor.mjs ADDRESS FILE OUTPUT.png
//
// ADDRESS is that of a running code-server that has the extension (editors/vscode) and the project open, and
// FILE a file of the project. Needs the npm package playwright-core, and Chromium.

import { chromium } from 'playwright-core'

const [address, file, output] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
})
const page = await browser.newPage({ viewport: { width: 900, height: 620 } })
await page.goto(address)
await page.locator('.explorer-viewlet').getByText(file).dblclick()
const mistake = page.locator('.squiggly-error').first()
await mistake.waitFor({ state: 'attached', timeout: 60_000 })
await page.locator('.codelens-decoration').first().waitFor({ state: 'attached' })
await page.keyboard.press('Control+B')
await page.waitForTimeout(3000)
const { x, y, width, height } = await mistake.boundingBox()
await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 })
await page.locator('.monaco-hover-content').first().waitFor({ state: 'attached' })
await page.waitForTimeout(1500)
await page.screenshot({ path: output })
await browser.close()
