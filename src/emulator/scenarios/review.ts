import { requestReview, say, type Step } from '../step.js';
import type { Turn } from '../turn.js';

/** Wants to do something that a person has to allow, and says what came of it. */
export function* review(turn: Turn): Generator<Step, void, void> {
  yield say('I can refund that order for you. Somebody has to allow it first.');
  yield requestReview({
    name: 'refund_order',
    arguments: { order: 'A-1042', amount: 59.9, currency: 'EUR' },
    result: { refund: 'R-77', state: 'booked' },
  });
  yield say(
    turn.reviews.get('refund_order') === 'approved'
      ? 'Done: **59.90 EUR** are on their way back to you. The refund has the number R-77.'
      : 'All right, I have not refunded anything.',
  );
}
