import type { HeatRow } from "@liveskate/wire";

type Pace = Pick<HeatRow, "startMs" | "projectedMs" | "projectedRestMs" | "elapsedMs">;

/** Her own clock: in a time trial it began after the race clock. */
const ownMs = (row: Pace, raceMs: number | null): number | null => (raceMs === null ? null : raceMs - (row.startMs ?? 0));

/** The server's estimate of the finish; it only gets worse while nothing arrives. Null where the server makes none. */
export function projectedMs(row: Pace, raceMs: number | null): number | null {
  if (row.projectedMs === null) return null;
  const own = ownMs(row, raceMs);
  return own === null || row.projectedRestMs === null ? row.projectedMs : Math.max(row.projectedMs, own + row.projectedRestMs);
}

/** How long ago she was read last; null where that cannot be said. */
export function unseenMs(row: Pace, raceMs: number | null): number | null {
  const own = ownMs(row, raceMs);
  return own === null ? null : Math.max(0, own - (row.elapsedMs ?? 0));
}
