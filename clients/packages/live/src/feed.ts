import { signal, type Signal } from "@preact/signals-core";
import type { Beat, Frame, Pong, SourceAge } from "@liveskate/wire";
import { ClockOffset, type Offset, type Timers } from "./clock.ts";
import { reduce, type Held } from "./reduce.ts";
import { SERVER_TIMEOUT_MS, type OpenSocket, type Socket } from "./socket.ts";

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const REFUSED_RETRY_MS = 5_000;
const PING_BURST = 5;
const PING_BURST_MS = 250;
const PING_MS = 10_000;

/** Half of the step is fixed, half is chance: a hall full of phones must not come back in the same instant. */
export function retryDelayMs(failures: number, random: number): number {
  const step = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  return step / 2 + (random * step) / 2;
}

/**
 * Keeps some scopes as the server has them, for as long as the page lives. The connection comes and goes; what is held
 * stays, and is patched when the server is back.
 */
export class Feed {
  readonly open = signal(false);
  readonly lastHeardUs = signal<number | null>(null);
  readonly sources = signal<readonly SourceAge[]>([]);
  readonly offset = signal<Offset | null>(null);
  /** Why the server refuses what is watched; null while it does not. */
  readonly refusal = signal<string | null>(null);

  private readonly held = new Map<string, Signal<Held | null>>();
  private readonly asking = new Set<string>();
  private readonly clock = new ClockOffset();
  private readonly openSocket: OpenSocket;
  private readonly timers: Timers;
  private socket: Socket | null = null;
  private stopped = false;
  private failures = 0;
  private wake: (() => void) | null = null;

  constructor(openSocket: OpenSocket, timers: Timers) {
    this.openSocket = openSocket;
    this.timers = timers;
  }

  /** What is held of a scope; the first call begins to watch it. */
  watch(scope: string): Signal<Held | null> {
    let held = this.held.get(scope);
    if (held === undefined) {
      held = signal<Held | null>(null);
      this.held.set(scope, held);
      void this.ask(scope);
    }
    return held;
  }

  unwatch(scope: string): void {
    if (this.held.delete(scope)) void this.socket?.invoke("Unwatch", scope).catch(() => undefined);
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      await this.connectOnce();
      if (this.stopped) return;
      const delayMs = retryDelayMs(this.failures, this.timers.random());
      this.failures++;
      await this.pause(delayMs);
    }
  }

  stop(): void {
    this.stopped = true;
    this.wake?.();
    void this.socket?.stop();
  }

  /** The page is seen again: do not wait for any timer to find out what was missed. */
  resync(): void {
    this.wake?.();
    const socket = this.socket;
    if (socket === null) return;
    const silentUs = this.timers.nowUs() - (this.lastHeardUs.peek() ?? 0);
    if (silentUs > SERVER_TIMEOUT_MS * 1000) void socket.stop();
    else {
      for (const scope of this.held.keys()) void this.ask(scope);
      void this.ping(socket);
    }
  }

  private async connectOnce(): Promise<void> {
    const socket = this.openSocket(this.failures);
    const lost = new Promise<void>((resolve) => socket.onClose(resolve));
    socket.on("frame", (frame) => this.onFrame(frame as Frame));
    socket.on("beat", (beat) => this.onBeat(beat as Beat));
    try {
      await this.within(SERVER_TIMEOUT_MS, socket.start());
      if (this.stopped) return void (await socket.stop());
      this.socket = socket;
      this.open.value = true;
      for (const scope of this.held.keys()) void this.ask(scope);
      this.keepPinging(socket, PING_BURST);
      await lost;
    } catch {
      // Not awaited: what hangs in an attempt that has failed must not hold up the next one.
      void socket.stop().catch(() => undefined);
    } finally {
      if (this.socket === socket) this.socket = null;
      this.asking.clear();
      this.open.value = false;
    }
  }

  private async ask(scope: string): Promise<void> {
    const socket = this.socket;
    if (socket === null || this.asking.has(scope)) return;
    this.asking.add(scope);
    const held = this.held.get(scope)?.peek() ?? null;
    try {
      await socket.invoke("Watch", scope, held?.epoch ?? null, held?.seq ?? null);
      this.refusal.value = null;
    } catch (error) {
      if (socket === this.socket) this.refuse(scope, error);
    } finally {
      if (socket === this.socket) this.asking.delete(scope);
    }
  }

  /** What does not exist now may exist later: the meet may still be in somebody's hands. */
  private refuse(scope: string, error: unknown): void {
    this.refusal.value = String(error instanceof Error ? error.message : error).replace(/^.*HubException: /, "");
    this.timers.after(REFUSED_RETRY_MS, () => void (this.held.has(scope) && this.ask(scope)));
  }

  private onFrame(frame: Frame): void {
    this.heard();
    const held = this.held.get(frame.scope);
    if (held === undefined) return;
    const next = reduce(held.peek(), frame);
    if (next === "watchAgain") void this.ask(frame.scope);
    else held.value = next;
  }

  private onBeat(beat: Beat): void {
    this.heard();
    this.sources.value = beat.sources;
  }

  private heard(): void {
    this.failures = 0;
    this.lastHeardUs.value = this.timers.nowUs();
  }

  private keepPinging(socket: Socket, burst: number): void {
    if (socket !== this.socket) return;
    void this.ping(socket);
    this.timers.after(burst > 0 ? PING_BURST_MS : PING_MS, () => this.keepPinging(socket, burst - 1));
  }

  private async ping(socket: Socket): Promise<void> {
    const sentUs = this.timers.nowUs();
    const pong = await socket.invoke<Pong>("Ping", sentUs).catch(() => null);
    if (pong === null || socket !== this.socket) return;
    this.clock.add(sentUs, pong.serverUs, this.timers.nowUs());
    this.offset.value = this.clock.best;
  }

  private within(ms: number, work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(ms, () => reject(new Error(`no answer within ${ms} ms`)));
      work.then(resolve, reject).finally(cancel);
    });
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.timers.after(ms, () => this.wake?.());
      this.wake = () => {
        this.wake = null;
        cancel();
        resolve();
      };
    });
  }
}
