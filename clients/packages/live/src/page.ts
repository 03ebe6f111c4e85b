import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import { elapsedMs, type Timers } from "./clock.ts";
import type { Feed } from "./feed.ts";
import { formatClock, formatTime } from "./format.ts";
import { freshness, type Freshness } from "./freshness.ts";
import { screenOf, type Screen } from "./screen.ts";

/** Above this (µs), tenths would be a claim that the offset cannot bear. */
const TENTHS_NEED_US = 50_000;

const RACING = ["open", "armed", "running", "finished"];

/** What every page shows, as signals. It knows no document and no component. */
export class Page {
  readonly screen: ReadonlySignal<Screen>;
  readonly fresh: ReadonlySignal<Freshness>;
  /** The race clock as text; null where there is none. */
  readonly clock: ReadonlySignal<string | null>;
  /** Race time in ms, in steps of a tenth; null while no clock runs, or its offset is not known. */
  readonly raceMs: ReadonlySignal<number | null>;
  /** Server time in whole seconds: what turns pages on all boards in the same moment. */
  readonly serverSecond: ReadonlySignal<number>;
  /** Own time (Unix ms) of what is shown: now, or when the page was paused. */
  readonly shownAtMs: ReadonlySignal<number>;
  /** Nothing on the page moves while this is set, except what says that it is paused. */
  readonly paused: Signal<boolean> = signal(false);

  private readonly now: Signal<number>;
  private readonly shownUs: ReadonlySignal<number>;
  readonly feed: Feed;

  constructor(feed: Feed, timers: Timers, scope: string) {
    this.feed = feed;
    this.now = signal(timers.nowUs());
    const live = liveScreen(feed, scope);
    this.screen = pausable(live, this.paused);
    this.shownUs = pausable(this.now, this.paused);
    this.shownAtMs = computed(() => Math.floor(this.shownUs.value / 1000));
    let told: Freshness | null = null;
    this.fresh = computed(() => {
      const next = freshness({
        nowUs: this.now.value,
        lastUs: feed.lastHeardUs.value,
        open: feed.open.value,
        sources: this.isRacing() ? feed.sources.value : [],
      });
      return told?.words === next.words && told.state === next.state && told.ageS === next.ageS ? told : (told = next);
    });
    this.clock = computed(() => this.clockText());
    this.raceMs = computed(() => this.runningMs());
    this.serverSecond = computed(() => Math.floor((this.shownUs.value + (feed.offset.value?.us ?? 0)) / 1_000_000));
  }

  /** To be called with the own time some ten times a second, and whenever the page is drawn. */
  tick(nowUs: number): void {
    this.now.value = nowUs;
  }

  /** Between races and after the last one a timing device may be switched off: nobody waits for it. */
  private isRacing(): boolean {
    return RACING.includes(this.screen.value.heat?.state ?? "");
  }

  private runningMs(): number | null {
    const clock = this.screen.value.heat?.clock;
    const offset = this.feed.offset.value;
    if (!clock?.running || offset === null) return null;
    const ms = elapsedMs(clock, this.shownUs.value, offset);
    return ms === null ? null : Math.floor(ms / 100) * 100;
  }

  private clockText(): string | null {
    const clock = this.screen.value.heat?.clock;
    if (!clock) return null;
    if (!clock.running) return clock.stoppedMs === null ? null : formatTime(clock.stoppedMs);
    const offset = this.feed.offset.value;
    if (offset === null) return null;
    const believable = offset.uncertainUs <= TENTHS_NEED_US && this.fresh.value.state !== "stale";
    return formatClock(elapsedMs(clock, this.shownUs.value, offset) ?? 0, believable);
  }
}

/** The scope itself; and where that is one heat, the event behind it, which brings the round and the final ranking. */
function liveScreen(feed: Feed, scope: string): ReadonlySignal<Screen> {
  const first = feed.watch(scope);
  if (!scope.startsWith("heat/")) return computed(() => screenOf([first.value]));
  const behind = computed(() => {
    const heat = screenOf([first.value]).heat;
    return heat === null ? null : `event/${heat.meet}/${heat.event}`;
  });
  return computed(() => screenOf([first.value, behind.value === null ? null : feed.watch(behind.value).value]));
}

function pausable<T>(live: ReadonlySignal<T>, paused: ReadonlySignal<boolean>): ReadonlySignal<T> {
  const shown = signal(live.peek());
  effect(() => {
    if (!paused.value) shown.value = live.value;
  });
  return shown;
}
