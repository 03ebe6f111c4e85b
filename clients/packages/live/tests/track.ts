import type { Frame, SourceAge } from "@liveskate/wire";
import type { Socket, Timers } from "../src/index.ts";

/** Time that passes only when told to. */
export class HandTimers implements Timers {
  private us = 1_700_000_000_000_000;
  private waiting: { at: number; call: () => void }[] = [];

  nowUs = (): number => this.us;
  random = (): number => 0.5;

  after = (ms: number, call: () => void): (() => void) => {
    const entry = { at: this.us + ms * 1000, call };
    this.waiting.push(entry);
    return () => void (this.waiting = this.waiting.filter((other) => other !== entry));
  };

  async pass(ms: number): Promise<void> {
    const until = this.us + ms * 1000;
    for (;;) {
      await settled();
      const [next] = this.waiting.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.waiting = this.waiting.filter((entry) => entry !== next);
      this.us = next.at;
      next.call();
    }
    this.us = until;
    await settled();
  }
}

/** Lets every promise that can go on go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The far end of the seam that SignalR fills in the browser: a server at the test's command. */
export class HandSocket implements Socket {
  readonly calls: { method: string; args: unknown[] }[] = [];
  answers: Record<string, (...args: unknown[]) => unknown> = {
    Ping: (clientUs) => ({ clientUs, serverUs: (clientUs as number) + 7_000 }),
  };
  opening: Promise<void> = Promise.resolve();
  stopped = false;
  private handlers = new Map<string, (argument: unknown) => void>();
  private closed: () => void = () => undefined;

  start = (): Promise<void> => this.opening;
  stop = async (): Promise<void> => {
    this.stopped = true;
    this.closed();
  };
  on = (method: string, call: (argument: unknown) => void): void => void this.handlers.set(method, call);
  onClose = (call: () => void): void => void (this.closed = call);

  invoke = async <T>(method: string, ...args: unknown[]): Promise<T> => {
    this.calls.push({ method, args });
    return (await this.answers[method]?.(...args)) as T;
  };

  watches = (): unknown[][] => this.calls.filter((call) => call.method === "Watch").map((call) => call.args);
  send = (frame: Frame): void => this.handlers.get("frame")?.(frame);
  beat = (sources: SourceAge[] = []): void => this.handlers.get("beat")?.({ serverUs: 0, at: 1, sources });
  break = (): void => this.closed();
}
