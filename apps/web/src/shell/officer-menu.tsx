import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconBook2, IconChevronDown, IconLogout, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { instant, parseTime } from '../format/time.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say, sayMaybe } from '../words/say.ts';
import { PartyName } from './marks.tsx';

/** Who is on watch, for whom and until when; the colour scheme; sign out. */
export function OfficerMenu(props: { signOut: () => void }) {
  const { me } = useWatch();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    ['auto', IconSunMoon],
    ['light', IconSun],
    ['dark', IconMoon],
  ] as const;
  return (
    <Menu position="bottom-end" width={270} shadow="md" classNames={{ dropdown: 'officer-menu' }}>
      <Menu.Target>
        <button type="button" className="officer">
          <span>
            <span className="officer-name">{me.name}</span>
            <span className="officer-party">{me.partyName}</span>
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <dl className="officer-facts">
          <dt>{say('officer.account')}</dt>
          <dd className="mono">{me.officer}</dd>
          <dt>{say('officer.party')}</dt>
          <dd>
            <PartyName id={me.party} />
          </dd>
          <dt>{say('officer.roles')}</dt>
          <dd>{me.roles.map((it) => sayMaybe(`role.${it}`, it)).join(', ')}</dd>
          <dt>{say('officer.purposes')}</dt>
          <dd>{me.purposes.map((it) => sayMaybe(`purpose.${it}`, it)).join(', ') || '–'}</dd>
          <dt>{say('officer.until')}</dt>
          <dd className="num">{instant(parseTime(me.expiresAt))}</dd>
        </dl>
        <Menu.Divider />
        <Menu.Label>{say('theme.label')}</Menu.Label>
        {schemes.map(([scheme, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} />}
            onClick={() => setColorScheme(scheme)}
            aria-checked={colorScheme === scheme}
            role="menuitemradio"
            rightSection={colorScheme === scheme ? '✓' : undefined}
          >
            {say(`theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconBook2 size={16} />} component="a" href="/docs">
          {say('officer.api')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={props.signOut}>
          {say('officer.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
