import type { RaceClock } from "@liveskate/wire";

/** Where time comes from. Nothing in this package reads a clock or starts a timer of its own. */
export interface Timers {
  /** Unix time in µs that never jumps while the page lives, however the machine's clock is set. */
  nowUs(): number;
  /** Calls once after so many ms; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
  /** 0 up to, not including, 1. */
  random(): number;
}

export const browserTimers: Timers = {
  nowUs: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
  after: (ms, call) => {
    const id = setTimeout(call, ms);
    return () => clearTimeout(id);
  },
  random: () => Math.random(),
};

export interface Offset {
  /** Server time minus own time. */
  readonly us: number;
  /** Half the way there and back: the most by which `us` can be wrong. */
  readonly uncertainUs: number;
}

const KEPT_SAMPLES = 10;
/** What two honest clocks may drift apart between two samples. */
const DRIFT_US = 5_000;

/** Offset to the server's clock: of the last ten answers to Ping, the one that was fastest. */
export class ClockOffset {
  private samples: Offset[] = [];

  /** All three in µs; the first and the last by the own clock. */
  add(sentUs: number, serverUs: number, receivedUs: number): void {
    const delayUs = Math.max(0, receivedUs - sentUs);
    const sample = { us: serverUs - (sentUs + delayUs / 2), uncertainUs: delayUs / 2 };
    const best = this.best;
    // Both cannot be true: a clock was set, or this machine slept. What was measured before says nothing now.
    if (best !== null && Math.abs(best.us - sample.us) > best.uncertainUs + sample.uncertainUs + DRIFT_US) this.samples = [];
    this.samples = [...this.samples, sample].slice(-KEPT_SAMPLES);
  }

  get best(): Offset | null {
    let best: Offset | null = null;
    for (const sample of this.samples) if (best === null || sample.uncertainUs <= best.uncertainUs) best = sample;
    return best;
  }

  forget(): void {
    this.samples = [];
  }
}

/** Race time in ms: computed from the start every time, never counted. Null where the clock has nothing to show. */
export function elapsedMs(clock: RaceClock, nowUs: number, offset: Offset): number | null {
  if (!clock.running) return clock.stoppedMs;
  return Math.max(0, Math.floor(((nowUs + offset.us - clock.startUs) * clock.rate) / 1000));
}
