/** A finding as a page that stands alone: no script, no network. */
import { html } from 'hono/html'
import type { ReportedFinding } from './report.ts'
import { pictureOf } from './picture.ts'

const styles = html`
  :root{color-scheme:light
  dark;--back:#f6f6f4;--ink:#1c1e21;--quiet:#555b63;--line:#d5d8dd;--open:#2f8f5b;--shut:#c62f2f;--over:#c77700;--card:#fff}
  @media
  (prefers-color-scheme:dark){:root{--back:#131517;--ink:#f1f3f5;--quiet:#b4bac2;--line:#3a3f45;--open:#57c58a;--shut:#ff6b62;--over:#ffb04a;--card:#1d2023}}
  *{box-sizing:border-box} body{margin:0;font:16px/1.55
  system-ui,sans-serif;color:var(--ink);background:var(--back);padding:24px}
  main{max-width:940px;margin:0 auto} h1{font-size:24px;line-height:1.3;margin:0 0 8px}
  h2{font-size:18px;margin:32px 0 8px} .quiet{color:var(--quiet)} ol{padding-left:1.6em}
  li{margin:6px 0} time{color:var(--quiet);font-variant-numeric:tabular-nums}
  figure{margin:0;background:var(--card);border:1px solid
  var(--line);border-radius:12px;padding:16px;overflow-x:auto}
  svg{min-width:640px;width:100%;display:block;font:13px system-ui,sans-serif} svg
  text{fill:var(--ink)} svg .who,figcaption{fill:var(--quiet);color:var(--quiet);font-size:12px}
  .day{stroke:var(--line)} .planned{y:2px;height:24px;fill:none;stroke:var(--ink);stroke-dasharray:3
  3} .open{y:6px;height:16px;fill:var(--open);opacity:.85} .shut{y:6px;height:16px;fill:var(--shut)}
  .over{y:6px;height:16px;fill:var(--over)} line.step{stroke:var(--quiet);stroke-dasharray:2 4}
  circle.step{fill:var(--ink)} svg
  .number{fill:var(--back);text-anchor:middle;font-size:11px;font-weight:700}
  figcaption{margin-top:10px;display:flex;gap:6px 18px;flex-wrap:wrap;font-size:14px}
  .key{display:inline-block;width:14px;height:14px;border-radius:3px;vertical-align:-2px;margin-right:6px}
  pre{background:var(--card);border:1px solid
  var(--line);border-radius:12px;padding:14px;overflow:auto;font:14px/1.5 ui-monospace,monospace}
  table{border-collapse:collapse} td,th{text-align:left;padding:4px 18px 4px 0;vertical-align:top}
`

const key = (color: string, text: string) =>
  html`<span><span class="key" style="background:var(--${color})"></span>${text}</span>`

const stepLine = (line: string) => {
  const [when = '', ...rest] = line.split('  ')
  return html`<li><time>${when}</time> ${rest.join('  ')}</li>`
}

const minutesOf = (spans: readonly { from: string; to: string }[]): number =>
  Math.round(
    spans.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0) / 60_000,
  )

const lost = ({ timeline }: ReportedFinding) =>
  timeline.app.map((one, n) => {
    const reference = timeline.reference[n]
    return html`<tr>
      <td>${one.guest}, ${one.door}</td>
      <td>${minutesOf(one.shut)} (${minutesOf(reference?.shut ?? [])})</td>
      <td>${minutesOf(one.stayed_on)} (${minutesOf(reference?.stayed_on ?? [])})</td>
    </tr>`
  })

/** @param commands what plays the story again, one a line */
export const pageOf = async (
  finding: ReportedFinding,
  commands: readonly string[],
): Promise<string> => {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Finding ${finding.number}: ${finding.summary}</title>
        <style>
          ${styles}
        </style>
      </head>
      <body>
        <main>
          <p class="quiet">Guest-stay explorer, finding ${finding.number} (${finding.kind})</p>
          <h1>${finding.summary}</h1>
          <h2>The story</h2>
          <ol>
            ${finding.told.map(stepLine)}
          </ol>
          <h2>At the doors</h2>
          <figure>
            ${pictureOf(finding.timeline)}
            <figcaption>
              ${key('open', "the guest's PIN opens")}
              ${key('shut', 'a guest stands before a shut door')}
              ${key('over', 'a former guest can get in')}
              <span>dashed: when the guest was to get in</span>
            </figcaption>
          </figure>
          <h2>Minutes</h2>
          <table>
            <thead>
              <tr>
                <th>guest and door</th>
                <th>locked out (reference)</th>
                <th>former guest let in (reference)</th>
              </tr>
            </thead>
            <tbody>
              ${lost(finding)}
            </tbody>
          </table>
          <h2>Play it again</h2>
          <pre tabindex="0">${commands.join('\n')}</pre>
        </main>
      </body>
    </html>`
  return (await page).toString()
}
