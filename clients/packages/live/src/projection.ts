import type { HeatRow } from "@liveskate/wire";

type Pace = Pick<HeatRow, "startMs" | "projectedMs" | "projectedRestMs" | "overdueMs" | "dueMs">;

/** Her own clock: in a time trial it began after the race clock. */
const ownMs = (row: Pace, raceMs: number | null): number | null => (raceMs === null ? null : raceMs - (row.startMs ?? 0));

/** The server's estimate of the finish; it only gets worse while nothing arrives. Null where the server makes none. */
export function projectedMs(row: Pace, raceMs: number | null): number | null {
  if (row.projectedMs === null) return null;
  const own = ownMs(row, raceMs);
  return own === null || row.projectedRestMs === null ? row.projectedMs : Math.max(row.projectedMs, own + row.projectedRestMs);
}

/** How late she is at the line; null while the server says that she is in time. */
export function overdueMs(row: Pace, raceMs: number | null): number | null {
  if (row.overdueMs === null) return null;
  const own = ownMs(row, raceMs);
  return own === null || row.dueMs === null ? row.overdueMs : Math.max(row.overdueMs, own - row.dueMs);
}
