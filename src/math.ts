'use client';
/**
 * Formulas in the agent's text, for `<AgentChatWidget math={math}>`.
 *
 * @module
 */
export { math } from './markdown/math/math.js';
export type { FormulaProps, MathSupport } from './markdown/MathSupport.js';
