/** Pages of the embedded issuer: plain HTML without script, and one style sheet of their own. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

/** The policy under which these pages are served: nothing but their own style sheet and form. */
export const LOGIN_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – Concord</title>
<link rel="stylesheet" href="/login.css">
</head>
<body>
<main>
<p class="mark"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><circle cx="12" cy="16" r="8"/><circle cx="20" cy="16" r="8"/></svg>Concord</p>
${body}
</main>
</body>
</html>
`;

/** What went wrong with the last attempt, in the words of the page. */
const MESSAGES = {
  'login-failed': 'Account or password is not right.',
  'login-throttled': 'Too many attempts. Wait a few minutes, then try again.',
} as const;

/** The form at `/login/{uid}`: posts `officer` and `password` to where it is shown. */
export function loginPage(form: {
  readonly uid: string;
  readonly officer?: string;
  readonly failure?: keyof typeof MESSAGES;
}): string {
  const { uid, officer = '', failure } = form;
  const alert = failure === undefined ? '' : `<p class="alert" role="alert">${MESSAGES[failure]}</p>\n`;
  return page(
    'Log in',
    `<h1>Log in</h1>
${alert}<form method="post" action="/login/${encodeURIComponent(uid)}" autocomplete="on">
<label for="officer">Account</label>
<input id="officer" name="officer" type="text" value="${escapeHtml(officer)}" placeholder="name@party" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="130"${officer === '' ? ' autofocus' : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"${officer === '' ? '' : ' autofocus'}>
<button type="submit">Log in</button>
</form>`,
  );
}

/** Says that a login could not go on, and offers to begin again. */
export const loginErrorPage = (message: string): string =>
  page(
    'Login not possible',
    `<h1>Login not possible</h1>\n<p>${escapeHtml(message)}</p>\n<p><a href="/">Begin again</a></p>`,
  );

/** The style sheet at `/login.css`. */
export const LOGIN_CSS = `:root {
  color-scheme: dark light;
  --ground: #0b1118; --panel: #131c26; --line: #2a3948; --text: #e6edf3; --faint: #9fb0c0;
  --accent: #4aa3df; --on-accent: #04121d; --alert: #ff9b8f;
}
@media (prefers-color-scheme: light) {
  :root {
    --ground: #f2f5f8; --panel: #ffffff; --line: #c9d4de; --text: #14202b; --faint: #516475;
    --accent: #10659c; --on-accent: #ffffff; --alert: #a8261a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
main { width: min(24rem, 100%); padding: 2rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.mark { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.5rem; font-weight: 600; letter-spacing: .02em; }
.mark svg { fill: none; stroke: var(--accent); stroke-width: 2.2; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; }
label { display: block; margin-block: 1rem .3rem; color: var(--faint); font-size: .875rem; }
input, button { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border-radius: 6px; font: inherit; }
input { color: inherit; background: var(--ground); border: 1px solid var(--line); }
button { margin-top: 1.5rem; color: var(--on-accent); background: var(--accent); border: 0; font-weight: 600; cursor: pointer; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.alert { margin: 0; padding: .6rem .75rem; color: var(--alert); border: 1px solid currentColor; border-radius: 6px; }
a { color: var(--accent); }
`;

/** Reads the posted form (`application/x-www-form-urlencoded`); undefined where a field is absent or repeated. */
export function readLoginForm(body: string): { officer: string; password: string } | undefined {
  if (body.length > 8192) return undefined;
  const fields = new URLSearchParams(body);
  const [officer, ...moreOfficers] = fields.getAll('officer');
  const [password, ...morePasswords] = fields.getAll('password');
  if (officer === undefined || password === undefined) return undefined;
  if (moreOfficers.length > 0 || morePasswords.length > 0) return undefined;
  return { officer, password };
}
