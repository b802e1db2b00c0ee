import { createStreamGoal } from '../machine/createStreamGoal.js';

export default createStreamGoal({
  id: 'G5',
  title: 'whole widgets: 198 + 2 messages, 10 kB in 2,000 deltas, 4 per frame',
  plan: { feed: { kind: 'answer', length: 10_000, deltas: 2_000 }, messages: 198, perFrame: 4 },
  us: 'ourWidget',
  peers: ['useChatStreamdown', 'deepChat', 'assistantUi', 'n8nChat'],
  limits: { rawLinesCv: 1.5, useChatStreamdown: 1 / 3, deepChat: 1 / 8, assistantUi: 1 / 25, n8nChat: 1 / 25 },
});
