import type { SourceAge } from "@liveskate/wire";
import { formatAge, formatTimeOfDay } from "./format.ts";

export type FreshnessState = "connecting" | "live" | "late" | "reconnecting" | "stale" | "source-down";

export interface Freshness {
  readonly state: FreshnessState;
  /** Whole seconds since the server was last heard; null before the first time. */
  readonly ageS: number | null;
  /** The state in words that can be shown as they are. */
  readonly words: string;
}

export interface Heard {
  readonly nowUs: number;
  /** Own time of the last beat or frame. */
  readonly lastUs: number | null;
  readonly open: boolean;
  readonly sources: readonly SourceAge[];
}

/** Above which age (ms) a screen is no longer what the word says. */
export const LIMITS = { live: 2_500, late: 6_000, reconnecting: 15_000 } as const;

/** How far what is shown can be believed: the same states on every screen. */
export function freshness({ nowUs, lastUs, open, sources }: Heard): Freshness {
  if (lastUs === null) return { state: "connecting", ageS: null, words: "Connecting…" };

  const ageMs = Math.max(0, (nowUs - lastUs) / 1000);
  const ageS = Math.floor(ageMs / 1000);
  const at = formatTimeOfDay(lastUs / 1000);
  if (ageMs > LIMITS.reconnecting) return { state: "stale", ageS, words: `Stale since ${at}` };
  if (ageMs > LIMITS.late || !open) return { state: "reconnecting", ageS, words: `Reconnecting… last update ${at}` };
  if (ageMs > LIMITS.live) return { state: "late", ageS, words: `${formatAge(ageMs)} behind` };

  const alarms = sources.filter((source) => source.alarm !== null).map((source) => `${source.id}: ${source.alarm}`);
  if (alarms.length > 0) return { state: "source-down", ageS, words: `Live, but ${alarms[0]}${alarms.length > 1 ? `, and ${alarms.length - 1} more` : ""}` };
  return { state: "live", ageS, words: "Live" };
}
