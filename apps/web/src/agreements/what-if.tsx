import { Button, FileInput, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ApiError, post } from '../api/client.ts';
import type { AgreementDetail, WhatIf } from '../api/contract.ts';
import { Part } from '../shell/screen.tsx';
import { useWatch } from '../watch/use-watch.ts';
import { say, sayMaybe } from '../words/say.ts';
import { areaFilesIn } from './draft-areas.ts';
import { WhatIfFindings, WhatIfReport } from './what-if-report.tsx';
import './what-if.css';

/** A draft of the next version, and what it would change: asked before anybody signs it. */
export function WhatIfPart({ agreement }: { agreement: AgreementDetail }) {
  const { me } = useWatch();
  const [text, setText] = useState(() =>
    (agreement.text ?? '').replace(/^version: *\d+/m, `version: ${agreement.version + 1}`),
  );
  const [files, setFiles] = useState<Readonly<Record<string, File | null>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [result, setResult] = useState<WhatIf>();
  const named = areaFilesIn(text);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Whoever does not look is told as well: the answer takes the focus.
    if (result !== undefined) answer.current?.focus();
  }, [result]);

  const ask = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const areas: Record<string, string> = {};
      for (const { name, path } of named) {
        const known = agreement.areas?.find((one) => one.name === name)?.geojson;
        const given = await files[name]?.text();
        if (given !== undefined || known !== undefined) areas[path] = given ?? JSON.stringify(known);
      }
      setResult(await post<WhatIf>('/api/agreements/what-if', me.csrf, { text, areas }));
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setResult(undefined);
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Part title={say('whatIf.title')}>
      <p className="dim">{say('whatIf.lead')}</p>
      <div className="what-if-form">
        <Textarea
          label={say('whatIf.draft')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize={false}
          rows={18}
          spellCheck={false}
          classNames={{ input: 'mono' }}
        />
        <div className="what-if-areas">
          {named.map(({ name, path }) => (
            <FileInput
              key={name}
              label={say('whatIf.area', { name })}
              description={path}
              placeholder={
                agreement.areas?.some((one) => one.name === name)
                  ? say('whatIf.area.same')
                  : say('whatIf.area.none')
              }
              accept=".geojson,.json,application/geo+json"
              clearable
              value={files[name] ?? null}
              onChange={(file) => setFiles({ ...files, [name]: file })}
            />
          ))}
          <Button loading={busy} onClick={() => void ask()}>
            {say('whatIf.ask')}
          </Button>
        </div>
      </div>
      {error !== undefined && (
        <p className="what-if-error" role="alert">
          {sayMaybe(`problem.${error.code}`, error.detail || error.title)}
        </p>
      )}
      {result !== undefined && (
        <div ref={answer} tabIndex={-1} className="what-if-answer">
          {'terms' in result ? (
            <WhatIfReport result={result} />
          ) : (
            <WhatIfFindings findings={result.findings} />
          )}
        </div>
      )}
    </Part>
  );
}
