import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e8f3fc',
  '#cfe5f8',
  '#a5cdf1',
  '#79b4e9',
  '#559fe0',
  '#3a8cd0',
  '#2b77b5',
  '#0b62a3',
  '#0a5189',
  '#083f6b',
];

/** Mantine's theme: measures only. Colours come from tokens.css, so that there is one list of them. */
export const theme = createTheme({
  fontFamily: 'var(--face)',
  fontFamilyMonospace: 'var(--face-mono)',
  fontSizes: { xs: '0.6875rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.25rem' },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
});

export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--panel)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-dim)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-hover': 'var(--line)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-placeholder': 'var(--ink-dim)',
    '--mantine-color-error': 'var(--bad)',
  };
  return { variables: {}, dark: both, light: both };
};
