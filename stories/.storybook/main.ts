import type { StorybookConfig } from '@storybook/react-vite';
import { SUPPORTED_BROWSERS } from '../../supportedBrowsers.js';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  viteFinal: (config) => ({ ...config, build: { ...config.build, cssTarget: SUPPORTED_BROWSERS } }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};
export default config;
