import { type Api, Refused, Unreachable } from '../api.ts';
import { BackOff } from '../back-off.ts';
import type { Chunks } from './chunks.ts';
import type { Recording } from './recording.ts';

/** How far a recording is durable. */
export interface Progress {
  readonly feed: string;
  /** Items so far. */
  readonly acknowledged: number;
  /** Bytes so far that need not be sent again. */
  readonly through: number;
}

interface RunView extends Progress {
  readonly run: string;
}

export interface UploadOptions {
  readonly feed: string;
  readonly format: string | undefined;
  readonly mode: string;
  readonly label: unknown;
  readonly onProgress: (progress: Progress) => Promise<void>;
  readonly onTrouble: (why: string) => void;
}

/** A server that is away for longer than this has gone for good. */
const PATIENCE_MS = 60_000;
const CHUNK_TIMEOUT_MS = 120_000;

/**
 * Feeds a recording in. After a lost connection or a restart of the server it asks how far the run is durable and
 * goes on from there, so that every item comes in once.
 */
export async function upload(
  api: Api,
  recording: Recording,
  chunks: Chunks,
  options: UploadOptions,
): Promise<Progress> {
  const backOff = new BackOff();
  const patiently = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (cause) {
      if (!mayPass(cause) || backOff.failingFor > PATIENCE_MS) throw cause;
      if (backOff.failingFor === 0) options.onTrouble((cause as Error).message);
      await backOff.wait();
      return undefined;
    }
  };

  const { feed, format, mode, label } = options;
  const body = {
    source: recording.name,
    mode,
    ...(format && { format }),
    ...(label !== undefined && { label }),
  };
  const path = `/api/feeds/${encodeURIComponent(feed)}/runs`;
  let opened: RunView | undefined;
  while (!opened) opened = await patiently(() => api.json<RunView>(path, { method: 'POST', body }));

  const { run } = opened;
  let offset = opened.through;
  for (;;) {
    const bytes = await chunks.next(offset);
    const last = offset + bytes.length >= recording.size;
    const answer = await patiently(() =>
      api.json<Progress>(`/api/runs/${run}/chunks?offset=${offset}&last=${last}`, {
        method: 'POST',
        body: bytes,
        timeoutMs: CHUNK_TIMEOUT_MS,
      }),
    );
    if (answer) {
      backOff.succeeded();
      offset += bytes.length;
      await options.onProgress(answer);
      if (last) return answer;
      continue;
    }
    let standing: RunView | undefined;
    while (!standing) standing = await patiently(() => api.json<RunView>(`/api/runs/${run}`));
    offset = standing.through;
  }
}

/** A lost connection, a server that restarts, a run that stands elsewhere than we thought: all of these can be mended. */
function mayPass(cause: unknown): boolean {
  if (cause instanceof Unreachable) return true;
  return cause instanceof Refused && (cause.status >= 500 || cause.status === 409 || cause.status === 429);
}
