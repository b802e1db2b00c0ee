// @ts-check
import { startDemo } from './startDemo.js';

const port = Number(process.env.PORT ?? 4173);

try {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(
      `PORT is "${process.env.PORT}", which is no port number, so the demo cannot start. Use one from 1 to 65535: PORT=4173 npm run demo`,
    );
  }
  const demo = await startDemo({ port, env: process.env });
  console.log(`
  agent-chat-widget demo

    React page        ${demo.url}/
    Script-tag page   ${demo.url}/script-tag
    Proxy             ${demo.url}/api/agent-chat  →  ${demo.description}

  Stop with Ctrl+C.
`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
