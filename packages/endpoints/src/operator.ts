import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** A figure that is read when it is asked for. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
}

/** The operator's port: readiness in detail and metrics, on loopback unless configured otherwise. */
export function operatorServer(parts: {
  readonly ready: () => Promise<Record<string, string>>;
  readonly figures: readonly Figure[];
}): Server {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name, help, read } of parts.figures) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
  }
  return createServer((request, response) => {
    void (async () => {
      if (request.method !== 'GET') return response.writeHead(405).end();
      if (request.url === '/metrics') {
        return response
          .writeHead(200, { 'content-type': registry.contentType })
          .end(await registry.metrics());
      }
      if (request.url === '/readyz' || request.url === '/healthz') {
        const state = await parts.ready();
        const fine = Object.values(state).every((one) => one === 'ok');
        return response
          .writeHead(fine ? 200 : 503, { 'content-type': 'application/json' })
          .end(`${JSON.stringify(state)}\n`);
      }
      return response.writeHead(404).end();
    })().catch(() => response.writeHead(500).end());
  });
}
