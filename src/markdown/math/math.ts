import type { MathSupport } from '../MathSupport.js';
import { Formula } from './Formula.js';
import { formulaClosing } from './formulaClosing.js';
import { measureFormula } from './measureFormula.js';

/**
 * Shows formulas in the agent's text: TeX in `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and in code blocks named `math`, as MathML that the browser lays out and
 * screen readers read. What turns TeX into it is loaded with the first formula. Commands that link, load, name or style things are not carried out: such a
 * formula, like one that cannot be read, is shown as it was written.
 *
 * @example
 * import { math } from 'agent-chat-widget/math';
 * <AgentChatWidget url="/api/agent-chat" agent="tutor" math={math} />
 */
export const math: MathSupport = { closing: formulaClosing, measure: measureFormula, Formula };
