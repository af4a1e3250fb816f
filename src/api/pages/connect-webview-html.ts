/** The pages of a Connect Webview: plain forms that need no script, no network and no picture. */
import { html } from 'hono/html'
import { sandboxHint } from '../../sim/connect-webviews/providers.ts'
import type { OfferedProvider } from '../../sim/connect-webviews/providers.ts'
import type { LoginField } from '../../sim/connect-webviews/sandbox-providers.ts'
import type { Workspace } from '../../db/tables/workspaces.ts'
import { scriptJson } from './page.ts'
import type { Html } from './page.ts'

/** Which webview a form belongs to. */
export interface FormTarget {
  connect_webview_id: string
  auth_token: string
}

const colorOr = (value: unknown, standard: string): string =>
  typeof value === 'string' && /^#[0-9a-f]{3,8}$/i.test(value) ? value : standard

const styles = (button: string, text: string): Html => html`
  *{box-sizing:border-box} body{margin:0;font:16px/1.5
  system-ui,sans-serif;color:#1c1e21;background:#f3f4f6;display:grid;place-items:center;min-height:100vh;padding:16px}
  main{background:#fff;border:1px solid
  #d9dce1;border-radius:14px;max-width:420px;width:100%;padding:28px}
  h1{font-size:22px;line-height:1.25;margin:0 0 4px} p{margin:8px 0} .by{color:#565b63;margin:0 0
  20px} ul{list-style:none;margin:16px 0;padding:0;display:grid;gap:8px} ul
  a{display:block;padding:12px 14px;border:1px solid
  #c5c9d0;border-radius:10px;color:inherit;text-decoration:none;font-weight:600} ul a:hover,ul
  a:focus-visible{border-color:#1c1e21} label{display:block;font-weight:600;margin:14px 0 4px}
  input,select{width:100%;font:inherit;padding:10px 12px;border:1px solid
  #8b9099;border-radius:10px;background:#fff;color:inherit} :focus-visible{outline:3px solid
  #6c8cff;outline-offset:2px}
  button{font:inherit;font-weight:600;width:100%;margin-top:18px;padding:12px;border-radius:10px;border:1px
  solid transparent;cursor:pointer;background:${button};color:${text}}
  button.quiet{background:none;color:#565b63;margin-top:6px;text-decoration:underline}
  .alert{background:#fdecea;border:1px solid #b3261e;color:#7a1711;border-radius:10px;padding:10px
  12px;margin:12px 0} .hint{background:#eef2ff;border-radius:10px;padding:10px 12px;margin:18px 0
  0;font-size:14px;overflow-wrap:anywhere}
`

/** One whole page. */
export const page = (workspace: Workspace | null, title: string, content: Html): Html => {
  const { primary_button_color, primary_button_text_color } =
    workspace?.connect_webview_customization ?? {}
  const css = styles(
    colorOr(primary_button_color, '#1c1e21'),
    colorOr(primary_button_text_color, '#ffffff'),
  )
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${css}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="by">
            ${workspace === null ? 'seam-emulator' : `for ${workspace.company_name}`} · sandbox
          </p>
          ${content}
        </main>
      </body>
    </html> `
}

const hidden = (values: Readonly<Record<string, string | undefined>>): Html[] =>
  Object.entries(values).map(
    ([name, value]) =>
      html`${value !== undefined && html`<input type="hidden" name="${name}" value="${value}" />`}`,
  )

const form = (target: FormTarget, content: Html): Html => html`
  <form method="post" action="/connect_webviews/view">${hidden({ ...target })} ${content}</form>
`

const cancel = (target: FormTarget): Html =>
  form(
    target,
    html`<button class="quiet" name="action" value="cancel">Cancel without connecting</button>`,
  )

/** Which provider is it? */
export const providerChoice = (
  target: FormTarget,
  providers: readonly OfferedProvider[],
  linkTo: (provider: string) => string,
): Html => html`
  <p>Which system do you use?</p>
  ${
    providers.length === 0 &&
    html`<p class="alert" role="alert">None of the accepted providers has simulated locks.</p>`
  }
  <ul>
    ${providers.map(
      ({ key, display_name }) => html`<li><a href="${linkTo(key)}">${display_name}</a></li>`,
    )}
  </ul>
  ${cancel(target)}
`

const autocomplete: Readonly<Record<string, string>> = {
  email: 'username',
  username: 'username',
  password: 'current-password',
}

const input = (field: LoginField, value: string | undefined, isFirst: boolean): Html => {
  const { name, label, kind, accepts } = field
  if (kind === 'choice') {
    return html`<label for="${name}">${label}</label>
      <select id="${name}" name="${name}">
        ${(accepts ?? []).map(
          (choice) => html`<option ${choice === value && html`selected`}>${choice}</option>`,
        )}
      </select>`
  }
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${kind}"
      autocomplete="${autocomplete[name] ?? 'off'}"
      value="${kind === 'password' ? '' : value}"
      required
      ${isFirst && html`autofocus`}
    />`
}

const alert = (message: string | null): Html =>
  html`${message !== null && html`<p class="alert" role="alert">${message}</p>`}`

/** The provider's login form. */
export const loginForm = (
  target: FormTarget,
  provider: OfferedProvider,
  answers: Readonly<Record<string, string | undefined>>,
  message: string | null,
): Html => html`
  ${alert(message)}
  ${form(
    target,
    html`${hidden({ provider: provider.key })}
      ${provider.fields.map((field, i) => input(field, answers[field.name], i === 0))}
      <button>Connect</button>`,
  )}
  ${cancel(target)}
  <p class="hint">Sandbox login: ${sandboxHint(provider)}</p>
`

/** The second factor, after a right password. */
export const codeForm = (
  target: FormTarget,
  provider: OfferedProvider,
  answers: Readonly<Record<string, string | undefined>>,
): Html => {
  const given = Object.fromEntries(provider.fields.map(({ name }) => [name, answers[name]]))
  return html`
    <p>${provider.display_name} has sent you a verification code.</p>
    ${form(
      target,
      html`${hidden({ provider: provider.key, ...given })}
        <label for="code">Verification code</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          required
          autofocus
        />
        <button>Verify</button>`,
    )}
    ${cancel(target)}
    <p class="hint">Sandbox code: 123456</p>
  `
}

/** Tells the page around the iframe, or the one that opened the window, how it went. */
const announce = (event: Readonly<Record<string, unknown>>): Html =>
  html`<script>
    const message = ${scriptJson({ event })}
    if (window.parent !== window) window.parent.postMessage(message, '*')
    if (window.opener) window.opener.postMessage(message, '*')
  </script>`

export const successContent = (
  { connect_webview_customization: { success_message } }: Workspace,
  event: Readonly<Record<string, unknown>>,
): Html => html`
  <p role="status">
    ${
      typeof success_message === 'string'
        ? success_message
        : 'Your devices are connected. You can close this window.'
    }
  </p>
  ${announce(event)}
`

export const failureContent = (event: Readonly<Record<string, unknown>>): Html => html`
  <p class="alert" role="alert">
    No account was connected. Ask for a new link to try it once more.
  </p>
  ${announce(event)}
`
