interface Operation {
  readonly summary?: string;
  readonly hide?: boolean;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);

/** A plain page over the description at `/openapi.json`: every path with its parameters. No script, no style but the browser's. */
export function docsPage(description: unknown): string {
  const { paths = {}, info } = description as {
    info: { title: string; version: string; description?: string };
    paths?: Record<string, Record<string, Operation>>;
  };
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const parameters = (operation.parameters ?? []).map(
        (one) =>
          `<li><code>${escaped(one.name)}</code> (${one.in}${one.required ? ', required' : ''}) ${escaped(one.description ?? '')}</li>`,
      );
      return `<section><h2><code>${method.toUpperCase()} ${escaped(path)}</code></h2><p>${escaped(operation.summary ?? '')}</p><ul>${parameters.join('')}</ul></section>`;
    }),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(info.title)} ${escaped(info.version)}</title></head><body><main><h1>${escaped(info.title)} ${escaped(info.version)}</h1><p>${escaped(info.description ?? '')}</p><p>Machine-readable: <a href="/openapi.json">openapi.json</a>. Live: WebSocket <code>/live</code>.</p>${rows.join('')}</main></body></html>`;
}
