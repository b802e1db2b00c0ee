import { disconnect, fail, reason, say, wait, type Step } from '../step.js';

/** Says half an answer, then fails as an overloaded provider does. */
export function* failsMidway(): Generator<Step, void, void> {
  yield say('I am going to explain this in three steps. First, ');
  yield say('open the settings of your account and look for the section about notifications. Then, ');
  yield fail({ error: 'Provider overloaded', code: 503 });
}

/** Takes three seconds to say its first word and stops to think in between. */
export function* slow(): Generator<Step, void, void> {
  yield wait(3000);
  yield reason('This needs a careful look. ');
  yield wait(1500);
  yield reason('I think I have it.');
  yield wait(500);
  yield say('Good things take time. ');
  yield wait(2500);
  yield say('I had to stop and think in the middle of this sentence, ');
  yield wait(1500);
  yield say('but here is the end of it.');
}

/** Breaks the connection in the middle of its answer; the answer is finished all the same and can be polled. */
export function* drops(): Generator<Step, void, void> {
  yield say('The connection is about to break in the middle of this ');
  yield disconnect();
  yield wait(800);
  yield say('sentence, but the answer was finished on the server, and here it is, whole.');
}
