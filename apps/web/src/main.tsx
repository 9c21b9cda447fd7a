import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/base.css';
import './theme/mantine.css';
import './theme/tokens.css';
import { App } from './app.tsx';
import { theme, variables } from './theme/theme.ts';

/** The nonce of this answer, by which Mantine's own style elements are allowed. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={variables}
        getStyleNonce={() => nonce}
      >
        <App />
      </MantineProvider>
    </StrictMode>,
  );
}
