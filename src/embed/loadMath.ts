import type { MathSupport } from '../markdown/MathSupport.js';

/** Shows formulas; a file beside the script. Never rejects: formulas as they were written are better than no chat. */
export async function loadMath(): Promise<MathSupport | undefined> {
  try {
    return (await import('../markdown/math/math.js')).math;
  } catch {
    console.warn(
      'agent-chat-widget: what shows formulas could not be loaded. Is the folder agent-chat beside the script?',
    );
    return undefined;
  }
}
