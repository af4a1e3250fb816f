/** What the pages of people share: one document around them, and their colours in light and in dark. */
import { html } from 'hono/html'
import type { Html } from './page.ts'

/** The colours, and what all elements have of them. */
export const sharedStyles = html`
  :root{color-scheme:light
  dark;--back:#f3f4f6;--card:#fff;--ink:#1c1e21;--quiet:#565b63;--line:#d9dce1;--edge:#8b9099;--focus:#2f55d4;--good:#e3f4ea;--good-ink:#0c4f2c;--bad:#fdecea;--bad-ink:#7a1711}
  @media
  (prefers-color-scheme:dark){:root{--back:#131517;--card:#1d2023;--ink:#f1f3f5;--quiet:#b4bac2;--line:#3a3f45;--edge:#7d848d;--focus:#9db2ff;--good:#12301f;--good-ink:#a9e5c3;--bad:#3b1614;--bad-ink:#ffb9b2}}
  *{box-sizing:border-box} .quiet{color:var(--quiet)} :focus-visible{outline:3px solid
  var(--focus);outline-offset:2px} .good{background:var(--good);color:var(--good-ink)}
  .bad{background:var(--bad);color:var(--bad-ink)}
`

/** A document with its styles in it. It needs no script. */
export const shell = (title: string, styles: Html, content: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${sharedStyles}${styles}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `
