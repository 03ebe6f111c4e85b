import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatGap, formatTime, MINUS } from "@liveskate/live";

export const ordinal = (n: number): string => {
  const end = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${end}`;
};

/** Who is out of an elimination has her place from the back, at once. */
export const placeOf = (row: HeatRow): number | null => row.rank ?? row.out?.place ?? null;

/** "5 (+2)": two more as the transponders have it, which the judges have not said. */
export function pointsWords({ points, pointsUnjudged }: HeatRow): string | null {
  if (points === null) return null;
  return pointsUnjudged ? `${points - pointsUnjudged} (+${pointsUnjudged})` : `${points}`;
}

/** "−1 LAP", for who is still in the race or finished it so. */
export function lapsDownWords({ lapsDown, status }: HeatRow): string | null {
  if (lapsDown === 0 || (status !== null && status !== "OK")) return null;
  return `${MINUS}${lapsDown} ${lapsDown === 1 ? "LAP" : "LAPS"}`;
}

/** "out at 12 to go (lapped)"; null for who is not out. */
export function outWords({ out }: HeatRow): string | null {
  if (out === null) return null;
  const at = out.lapsToGo === null ? "" : ` at ${out.lapsToGo} to go`;
  return `out${at}${out.cause === "rule" ? "" : ` (${out.cause.replace("-", " ")})`}`;
}

/** Everybody has a clock of her own, and skates against who is not there. */
export const isAgainstClock = ({ format }: Pick<HeatHeader, "format">): boolean => format.endsWith("imeTrial");

/** A lane of a straight; against the clock one of two opposite lines. */
export const laneWords = ({ lane }: HeatRow, heat: Pick<HeatHeader, "format">): string | null =>
  lane === null ? null : `${isAgainstClock(heat) ? "line" : "lane"} ${lane}`;

/** Against the clock a gap is one to the best of the round; so is the place. Of who is under way it is that of her last split. */
export function roundRankWords({ roundRank, time, aheadMs }: HeatRow): string | null {
  if (roundRank === null) return null;
  const ahead = aheadMs === null ? "" : `, ${formatTime(aheadMs)} ahead`;
  return `${ordinal(roundRank)} ${time === null ? "at this point" : "of the round"}${ahead}`;
}

/** Who of a team was read last, while it is on the track; of a team time trial, whose crossing counted for it. */
export const skaterWords = ({ skater, time, status }: HeatRow, { format, state }: Pick<HeatHeader, "format" | "state">): string | null =>
  skater === null || state !== "running" || time !== null || status !== null ? null : `${format === "teamTimeTrial" ? "time taken on" : "on track"}: ${skater}`;

const WAYS: Record<string, string> = { place: "qualified by place", time: "qualified on time", jury: "sent on by the jury" };

/** What she did in the round before: "before: 2nd in the heat, 1:25.310, qualified on time". */
export function fromWords({ from }: HeatRow): string | null {
  if (from === null) return null;
  const place = from.rank === null ? null : `${ordinal(from.rank)} in the heat`;
  const said = [place, from.time, from.by === null ? null : (WAYS[from.by] ?? from.by)].filter((part) => part !== null);
  return said.length === 0 ? null : `before: ${said.join(", ")}`;
}

/** Where points rank: her place in the race, where it is another one. */
export const trackWords = ({ onTrack, points, rank }: HeatRow): string | null =>
  onTrack === null || points === null || onTrack === rank ? null : `${ordinal(onTrack)} on the track`;

export const ownStartWords = ({ startMs }: HeatRow): string | null => (startMs ? `own start ${formatGap(startMs)}` : null);

export const recordWords = ({ recordLapMs }: HeatRow, kind: string | undefined): string | null =>
  recordLapMs === null ? null : `${kind ?? "record"}: laps of ${formatTime(recordLapMs, 1)} to beat it`;

const BY: Record<string, string> = { hand: "time by hand", photo: "time by photo finish", jury: "time set by the jury", RR: "time exchanged" };

/** What a time rests on, where it is not what the track read; and what the track read. */
export function evidenceWords({ timeBy, measuredMs }: HeatRow): string | null {
  const by = timeBy === null ? null : (BY[timeBy] ?? null);
  const read = measuredMs === null ? null : `measured ${formatTime(measuredMs)}`;
  return [by, read].filter((part) => part !== null).join(", ") || null;
}

/** "≈" and a tenth: never to be taken for what was measured. */
export const estimateWords = (ms: number): string => `≈ ${formatTime(ms, 1)}`;
