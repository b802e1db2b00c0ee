/**
 * Who is asking. What is remembered of a message or an answer is remembered for one visitor, and nobody else is told of it.
 * Visitors have no identity yet, so all of them are one: whoever knows a message's or a task's id may ask for it, as with the API's own routes.
 */
export const visitorOf: (request: Request) => string = () => 'anonymous';
