import { words } from './words.js';

/** What a visitor is after. */
export type Intent =
  'greeting' | 'thanks' | 'farewell' | 'abilities' | 'overview' | 'more' | 'example' | 'nothing' | 'question';

/** Reads the intent of a message. A greeting before a question is a question. */
export function readIntent(text: string): Intent {
  const said = text
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}\s-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (said === '') return 'nothing';
  for (const [intent, pattern] of PATTERNS) if (pattern.test(said)) return intent;
  const meaningful = words(withoutGreeting(text)).filter((word) => !FOLLOW_UP.has(word.stem));
  if (meaningful.length > 0) return 'question';
  return /\b(example|examples|code|snippet|sample)\b/.test(said) ? 'example' : 'more';
}

/** The message without the "Hi," at its beginning. */
export function withoutGreeting(text: string): string {
  return text.replace(/^\s*(hi|hello|hey|hiya|good (morning|afternoon|evening|day))( there| all)?\b[\s,.!:;–-]*/i, '');
}

const GREETING =
  '(hi|hello|hey|hiya|howdy|yo|greetings|good (morning|afternoon|evening|day))( there| all| guide| again| bot)?';
const PATTERNS: readonly (readonly [Intent, RegExp])[] = [
  ['greeting', new RegExp(`^${GREETING}( ${GREETING})?( how (are|r) (you|u)( doing)?( today)?)?$`)],
  ['greeting', /^how (are|r) (you|u)( doing)?( today)?$/],
  ['thanks', /^(ok |okay |great |cool |perfect |nice |awesome |super )*(thanks|thank you|thx|ty|cheers|much appreciated)( a lot| so much| very much| again| guide| for .+)?( (that|this) (was|is) .+| that helped| that helps)?$/],
  ['thanks', /^(great|cool|perfect|nice|awesome|super|good|ok|okay|got it|i see|understood|makes sense|that helps|that helped|very helpful)( great| cool| perfect| got it)?$/],
  ['farewell', /^(ok |okay )?(bye|goodbye|bye bye|see you|see ya|good night|cya)( later| soon)?( thanks| thank you)?$/],
  ['abilities', /^(can you )?(please )?help( me)?( please)?$|^(what is|whats) your (name|job|purpose)$|^who (made|built|created) you$|^how old are you$|^are you (an? )?(real |ro)?(bot|human|person|ai|robot|machine)( or .+)?$|^(who|what) are you$|^what can (you|i) (do|ask)( you| me| here| for me)?$|^how can you help( me)?$|^what do you know( about)?$|^what (topics|sections|questions)\b.*$/],
  ['overview', /^(so )?(what|whats)( is| does)? (this|it|agent-chat-widget|agent chat widget|(this|the) (library|widget|package|project|readme))( do| for| about| good for| all about| say)*$/],
  ['overview', /^(give me )?(an? )?(overview|summary|introduction)( please| of .+)?$|^summari[sz]e.*$|^tell me (more )?about (this|it|agent-chat-widget|(this|the) (library|widget|package|project|readme))$/],
]; // prettier-ignore

// Words that ask for more of what was being talked about.
const FOLLOW_UP = new Set(
  'more els exampl cod detail continu elaborat snipet sampl furth show go see further again next ye ok okay sure proceed expand deep depth ahead full mor'.split(
    ' ',
  ),
);
