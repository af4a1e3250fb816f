/** How a customer's portal looks, in light and in dark. */
import { html } from 'hono/html'

export const portalStyles = html`
  body{margin:0;font:16px/1.5
  system-ui,sans-serif;color:var(--ink);background:var(--back);padding:16px}
  main{max-width:860px;margin:0 auto} h1{font-size:24px;line-height:1.25;margin:8px 0
  4px;overflow-wrap:anywhere} h2{font-size:18px;margin:28px 0 8px} h3{font-size:16px;margin:0}
  h4{font-size:14px;margin:12px 0 2px} p{margin:4px 0} a{color:inherit} nav ul{display:flex;gap:8px
  16px;flex-wrap:wrap;list-style:none;margin:12px 0;padding:0} nav
  a{display:inline-block;padding:10px 0}
  .cards{list-style:none;margin:0;padding:0;display:grid;gap:12px}
  .cards>li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px
  16px;overflow-wrap:anywhere} .cards>li:target{outline:3px solid var(--focus)} .pin{font:600
  20px/1.4 ui-monospace,monospace;letter-spacing:.08em}
  .told{display:inline-block;border-radius:8px;padding:2px 10px;border:1px solid
  currentColor;margin:4px 0} .wait{background:var(--back);color:var(--ink)}
  ul.rows{list-style:none;margin:4px 0;padding:0} ul.rows>li{display:flex;gap:4px
  12px;align-items:center;justify-content:space-between;flex-wrap:wrap;border-top:1px solid
  var(--line);padding:8px 0} ul.rows>li>span{min-width:0;flex:1 1 12rem} form{margin:0}
  form.add{display:flex;gap:8px;flex-wrap:wrap;align-items:end;margin-top:8px}
  form.add>label{display:grid;gap:2px;flex:1 1 12rem;font-size:14px;color:var(--quiet)}
  select,button{font:inherit;min-height:44px;border-radius:10px;padding:8px 14px;max-width:100%}
  select{color:var(--ink);background:var(--card);border:1px solid var(--edge);width:100%}
  button{font-weight:600;cursor:pointer;border:1px solid
  var(--edge);background:var(--card);color:var(--ink)} button.main{border-color:transparent;
  background:var(--ink);color:var(--card)}
`
