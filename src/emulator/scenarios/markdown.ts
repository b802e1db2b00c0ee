import { callTool, reason, say, type Step } from '../step.js';
import type { Turn } from '../turn.js';

/** Shows what an answer can look like: every construct of GitHub-flavoured markdown, after some thought and a tool call. */
export function* markdown(turn: Turn): Generator<Step, void, void> {
  yield reason('The visitor wants to see rich text. ');
  yield reason('I will fetch the catalogue first, then show one of each: headings, lists, a table, code and a quote.');
  yield callTool({
    name: 'list_products',
    arguments: { category: 'tea', limit: 3 },
    result: [
      { name: 'Sencha', price: 8.5, stock: 12 },
      { name: 'Earl Grey', price: 6.25, stock: 0 },
      { name: 'Rooibos', price: 5, stock: 31 },
    ],
  });
  yield say(turn.index === 0 ? FIRST : AGAIN);
}

const FIRST = `## Three teas worth knowing

You asked for tea, and here is what the shop has **today**. *Prices are per 100 g*; ~~last week's prices~~ no longer hold.

| Tea | Price | In stock |
| :--- | ---: | :---: |
| Sencha | € 8.50 | 12 |
| Earl Grey | € 6.25 | – |
| Rooibos | € 5.00 | 31 |

### How to brew it

1. Boil water and let it cool to **70 °C**.
2. Use two grams a cup:
   - one level teaspoon for Sencha
   - a heaped one for Rooibos
3. Wait. \`steep(90)\` is plenty.

\`\`\`ts
function steep(seconds: number): string {
  const strength = seconds < 60 ? 'weak' : seconds < 120 ? 'right' : 'bitter';
  return \`After \${seconds} s the tea is \${strength}.\`;
}
\`\`\`

> Tea is a cup of life.
>
> — somebody who was thirsty

### Before you go

- [x] Choose a tea
- [ ] Boil the water
- [ ] Sit down

More on [brewing green tea](https://en.wikipedia.org/wiki/Green_tea#Brewing_and_serving).

---

Shall I put **Sencha** into your basket?
`;

const AGAIN = `Here is the short version:

- **Sencha** is fresh and costs € 8.50.
- **Rooibos** has no caffeine and costs € 5.00.

\`\`\`sh
brew sencha --temperature 70 --seconds 90
\`\`\`
`;
