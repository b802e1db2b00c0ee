import { StrictMode, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { AgentChatWidget, defineTool, type ClientTools } from 'agent-chat-widget';
import 'agent-chat-widget/styles.css';

const AGENTS = [
  {
    key: 'guide',
    name: 'Guide',
    about: 'Answers questions about this library from its README, and says so when the README does not.',
  },
  { key: 'markdown', name: 'Markdown', about: 'Thinks, uses a tool and writes headings, lists, a table and code.' },
  {
    key: 'client-tool',
    name: 'Client tool',
    about: 'Asks this page to run a tool; say “both”, and it asks you first.',
  },
  { key: 'review', name: 'Review', about: 'Wants to refund an order, and waits until you allow or forbid it.' },
  { key: 'slow', name: 'Slow', about: 'Takes its time before the first word.' },
  {
    key: 'drops',
    name: 'Dropped stream',
    about: 'Loses the connection in the middle; the rest is fetched without asking twice.',
  },
  { key: 'fails-midway', name: 'Failure', about: 'Breaks off. What had arrived stays.' },
];

/** What agents may ask this page to do. Each says whether a person has to allow it. */
const TOOLS: ClientTools = {
  get_page_title: defineTool({
    title: 'Read the title of this page',
    needsApproval: false,
    execute: () => ({ title: document.title }),
  }),
  get_local_time: defineTool({
    title: 'Look at your clock',
    needsApproval: true,
    execute: () => ({ time: new Date().toLocaleTimeString() }),
  }),
};

const MODES = ['bubble', 'sidebar'] as const;
const THEMES = ['system', 'light', 'dark'] as const;

function App(): ReactElement {
  const [agent, setAgent] = useState('guide');
  const [mode, setMode] = useState<(typeof MODES)[number]>('bubble');
  const [theme, setTheme] = useState<(typeof THEMES)[number]>('system');
  return (
    <>
      <header className="site-header">
        <strong>agent-chat-widget</strong>
        <nav aria-label="Pages">
          <a href="/" aria-current="page">
            React
          </a>
          <a href="/script-tag">Script tag</a>
        </nav>
      </header>
      <main className="site-main">
        <h1>Your agent, on your site, this afternoon.</h1>
        <p className="lead">
          This page is a React app with one component in it. It talks to a small proxy, which adds the API key; the
          agent behind it is an emulator, so nothing here needs an account.
        </p>
        <pre className="snippet">
          <code>{`<AgentChatWidget url="/api/agent-chat" agent="${agent}"${mode === 'bubble' ? '' : ` mode="${mode}"`} />`}</code>
        </pre>
        <Choice
          legend="Agent"
          name="agent"
          options={AGENTS.map(({ key, name, about }) => ({ value: key, name, about }))}
          value={agent}
          onChange={setAgent}
        />
        <div className="row">
          <Choice
            legend="Mode"
            name="mode"
            options={MODES.map((value) => ({ value, name: value }))}
            value={mode}
            onChange={setMode}
          />
          <Choice
            legend="Theme"
            name="theme"
            options={THEMES.map((value) => ({ value, name: value }))}
            value={theme}
            onChange={setTheme}
          />
        </div>
      </main>
      <AgentChatWidget
        key={agent}
        url="/api/agent-chat"
        agent={agent}
        tools={TOOLS}
        mode={mode}
        theme={theme}
        greeting="Hi! Ask me about this library, or just say hello."
      />
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly name: string; readonly about?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ legend, name, options, value, onChange }: ChoiceProps<T>): ReactElement {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="option">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            <b>{option.name}</b>
            {option.about && <small>{option.about}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
