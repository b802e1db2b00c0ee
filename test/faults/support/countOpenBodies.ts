/** Counts the answers whose bodies somebody still reads. */
export function countOpenBodies(): { readonly now: () => number; count(response: Response): Response } {
  let open = 0;
  return {
    now: () => open,
    count({ body, status, headers }) {
      if (!body) return new Response(null, { status, headers });
      const reader = body.getReader();
      let isOpen = true;
      const settle = (): void => {
        if (isOpen) open -= 1;
        isOpen = false;
      };
      open += 1;
      const counted = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const step = await reader.read();
              if (!step.done) return controller.enqueue(step.value);
              settle();
              controller.close();
            } catch (thrown) {
              settle();
              throw thrown;
            }
          },
          cancel(reason) {
            settle();
            return reader.cancel(reason);
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(counted, { status, headers });
    },
  };
}
