import { useEffect, useMemo, useState } from 'react';
import { AgreementsScreen } from './agreements/agreements-screen.tsx';
import type { Agreement, Me, Party } from './api/contract.ts';
import { useResource } from './api/use-resource.ts';
import { FeedsScreen } from './feeds/feeds-screen.tsx';
import { GrantsScreen } from './grants/grants-screen.tsx';
import { LedgerScreen } from './ledger/ledger-screen.tsx';
import { PictureScreen } from './picture/picture-screen.tsx';
import { RecallsScreen } from './recalls/recalls-screen.tsx';
import type { Route } from './route/route.ts';
import { useRoute } from './route/use-route.ts';
import { Landing } from './session/landing.tsx';
import { useSession } from './session/use-session.ts';
import { AgreementsContext } from './shell/agreements.ts';
import { Mishap } from './shell/mishap.tsx';
import { ModeStrip } from './shell/mode-strip.tsx';
import { PartiesContext } from './shell/parties.ts';
import { Failed } from './shell/state.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { StreamsScreen } from './streams/streams-screen.tsx';
import { WatchContext } from './watch/use-watch.ts';
import { Watch } from './watch/watch.ts';
import { say } from './words/say.ts';
import './app.css';

export function App() {
  const { session, ask, signOut } = useSession();
  switch (session.state) {
    case 'asking':
      return null;
    case 'failed':
      return <Failed error={session.error} retry={ask} />;
    case 'out':
      return <Landing ended={session.ended} />;
    case 'in':
      return (
        <OnWatch
          key={session.me.officer}
          me={session.me}
          ask={ask}
          signOut={() => void signOut(session.me.csrf)}
        />
      );
  }
}

function OnWatch(props: { me: Me; ask: () => void; signOut: () => void }) {
  const { me, ask } = props;
  const [watch, setWatch] = useState<Watch>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a watch lasts as long as its officer
  useEffect(() => {
    const begun = new Watch(me);
    let phase = begun.live.phase;
    const unsubscribe = begun.subscribe(() => {
      // A connection that ended, or cannot be made, may mean that the session is over.
      const changed = begun.live.phase !== phase;
      phase = begun.live.phase;
      if (changed && (phase === 'ended' || phase === 'waiting')) ask();
    });
    begun.start();
    setWatch(begun);
    return () => {
      unsubscribe();
      begun.stop();
    };
  }, [me.officer]);
  if (watch === undefined) return null;
  return (
    <WatchContext value={watch}>
      <Shell me={me} signOut={props.signOut} />
    </WatchContext>
  );
}

function Shell(props: { me: Me; signOut: () => void }) {
  const route = useRoute();
  const { data } = useResource<{ parties: readonly Party[] }>('/api/parties', 60_000);
  const agreements = useResource<{ agreements: readonly Agreement[] }>('/api/agreements', 60_000).data
    ?.agreements;
  const known = useSame(agreements ?? []);
  const { party, partyName } = props.me;
  const parties = useMemo(() => {
    const named = data?.parties ?? [];
    return named.some((it) => it.id === party) ? named : [...named, { id: party, name: partyName }];
  }, [data, party, partyName]);
  useEffect(() => {
    document.title = `${say(`nav.${route.screen}`)} · ${say('app.name')}`;
  }, [route.screen]);
  return (
    <PartiesContext value={parties}>
      <AgreementsContext value={known}>
        <div className="shell">
          <ModeStrip />
          <TopBar route={route} signOut={props.signOut} />
          <div className="shell-body">
            {/* The map stays, hidden, while other screens are read: coming back costs nothing. */}
            <div className="shell-picture" hidden={route.screen !== 'picture'}>
              <Mishap at="picture">
                <PictureScreen shown={route.screen === 'picture'} />
              </Mishap>
            </div>
            <Mishap at={route.screen}>
              <OtherScreen route={route} />
            </Mishap>
          </div>
        </div>
      </AgreementsContext>
    </PartiesContext>
  );
}

/** The value before as long as the new one says the same: answers that did not change draw nothing anew. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the value
  return useMemo(() => value, [text]);
}

function OtherScreen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'picture':
      return null;
    case 'streams':
      return <StreamsScreen />;
    case 'agreements':
      return <AgreementsScreen id={route.id} />;
    case 'grants':
      return <GrantsScreen />;
    case 'recalls':
      return <RecallsScreen />;
    case 'feeds':
      return <FeedsScreen />;
    case 'ledger':
      return <LedgerScreen />;
  }
}
