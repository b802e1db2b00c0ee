export { createEmulator, type Emulator, type EmulatorOptions } from './createEmulator.js';
export type { Clock } from './clock.js';
export type { Latency, LatencyOption } from './latency.js';
export type { ManifestFields } from './manifest.js';
export { defaultProfile, type Profile } from './profile.js';
export type { Random } from './random.js';
export {
  attach,
  callClientTool,
  callTool,
  data,
  disconnect,
  fail,
  finish,
  handOff,
  reason,
  refuse,
  requestReview,
  say,
  wait,
  type ClientToolCall,
  type HandOff,
  type Refusal,
  type Step,
  type ToolCall,
} from './step.js';
export type { Scenario, ToolResult, Turn } from './turn.js';
export type { JsonObject, WireFile, WireFinishReason, WireMessage, WirePart } from './wire.js';
export { createGuide } from './guide/createGuide.js';
