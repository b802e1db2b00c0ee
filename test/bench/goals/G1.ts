import { createStreamGoal } from '../machine/createStreamGoal.js';

export default createStreamGoal({
  id: 'G1',
  title: 'a 30 kB answer in 6,000 deltas, 4 per frame, tail followed',
  plan: { feed: { kind: 'answer', length: 30_000, deltas: 6_000 }, messages: 0, perFrame: 4 },
  us: 'ourMarkdown',
  peers: ['streamdown', 'streamdownPerFrame', 'reactMarkdown', 'reactMarkdownPerFrame'],
  limits: { rawLines: 1.25, streamdown: 1 / 4, reactMarkdown: 1 / 20 },
});
