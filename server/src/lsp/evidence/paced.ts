/** Something that is done when it is called, and not again before a while has passed. */
export interface Paced {
  call(): void;
  stop(): void;
}

/** The first call acts at once; calls that come too soon after it act once, later. */
export function paced(act: () => void, pauseMs: number): Paced {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    timer = undefined;
    last = performance.now();
    act();
  };
  return {
    call: () => {
      if (timer !== undefined) return;
      const wait = last + pauseMs - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
