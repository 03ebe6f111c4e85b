import type { AdvancementRow, HeatHeader, HeatLine, HeatRow } from "@liveskate/wire";
import { formatGap, formatTime, type Screen } from "@liveskate/live";
import { isAgainstClock, lapsDownWords } from "./row-words.ts";

export const REHEARSAL = "Rehearsal: bibs, chips and splits are made up";

type Numbered = Pick<HeatLine, "roundName" | "number" | "of">;

/** "Heat 2/4"; of a round with one heat there is nothing to say. */
export const heatOf = (heat: { number: number; of: number }): string => (heat.of === 1 ? "" : `Heat ${heat.number}/${heat.of}`);

/** "Semifinals, heat 2/4", "Final". */
export const inRound = (heat: Numbered): string => [heat.roundName, heatOf(heat).toLowerCase()].filter((part) => part !== "").join(", ");

export const titleOf = (heat: HeatHeader | HeatLine): string => `${heat.eventName} · ${heat.roundName}`;

/** The split at which the order was taken; null before the first one, and where everybody has a split of her own. */
export function orderWords(heat: HeatHeader): string | null {
  if (heat.orderAt === null || isAgainstClock(heat)) return null;
  const { lap, atM } = heat.orderAt;
  if (atM !== null) return lap === 0 ? `order at ${atM} m` : `order at lap ${lap} + ${atM} m`;
  if (lap < heat.laps) return `order at lap ${lap}`;
  return heat.state === "running" ? "others still to finish" : "order at the finish";
}

export interface Result {
  readonly text: string;
  readonly kind: "status" | "time" | "leader" | "gap" | "split" | "laps" | "late" | "none";
}

/** What stands in the time column: the word for who has no time, the time, or what is known so far. */
export function resultOf(row: HeatRow, heat: HeatHeader): Result {
  if (row.status !== null && row.status !== "OK") return { text: row.status, kind: "status" };
  if (row.time !== null) return { text: row.time, kind: "time" };
  // An old gap beside new ones would look as if it were one of them.
  if (row.overdue) return { text: "not seen", kind: "late" };
  const lapped = lapsDownWords(row);
  if (lapped !== null) return { text: lapped, kind: "laps" };
  if (row.gapMs === null || row.elapsedMs === null) return { text: "", kind: "none" };
  // Against the clock a split is nobody's lead over those who are on the track.
  if (row.gapMs === 0 && row.roundRank !== null) return { text: formatTime(row.elapsedMs), kind: "gap" };
  if (row.gapMs === 0 && leadsThere(row, heat)) return { text: formatTime(row.elapsedMs), kind: "leader" };
  const gap = formatGap(row.gapMs);
  return isComingIn(row, heat) ? { text: `lap ${row.lap}: ${gap}`, kind: "split" } : { text: gap, kind: "gap" };
}

/** Below a time of the finish a gap of a lap before it would be taken for one to that time. */
const isComingIn = (row: HeatRow, { state, lapsToGo, orderAt }: HeatHeader): boolean =>
  state === "running" && lapsToGo === 0 && row.roundRank === null && orderAt !== null && row.lap > 0 && row.lap < orderAt.lap;

/** First at her last split, and nobody has been at the next one: a time that is older is no leader's. */
const leadsThere = (row: HeatRow, { orderAt }: HeatHeader): boolean => orderAt === null || row.lap >= orderAt.lap;

/** Where a figure was taken, if not where the order's head says: against the clock at her own last split, else laps before. */
export function splitWords(row: HeatRow, heat: HeatHeader): string | null {
  const { state, orderAt } = heat;
  if (state !== "running" || row.status !== null || row.time !== null || row.elapsedMs === null) return null;
  if (row.roundRank !== null) return "split";
  if (resultOf(row, heat).kind === "split") return null;
  return orderAt !== null && row.lap < orderAt.lap && row.lap > 0 ? `lap ${row.lap}` : null;
}

/** Before anything was read of her, "out as things stand" would say something of a race that has not been skated. */
export const certaintyOf = (row: HeatRow): string | null => (row.elapsedMs === null && row.status === null ? null : row.certainty);

const CERTAINTY: Record<string, string> = { safe: "Safe", in: "In", bubble: "Last in", out: "Out", gone: "Gone" };

export const certaintyWord = (certainty: string): string => CERTAINTY[certainty] ?? certainty;

/** The number of a heat out of its id, `m1000-pre-3`; the id itself where it has none. */
export const heatNumber = (id: string): string => /-(\d+)$/.exec(id)?.[1] ?? id;

/** What a heat is called that is known by its id alone; null where nothing on the page names it, for an id is no word to read out. */
export function heatName(id: string, { heat, rounds, programme }: Pick<Screen, "heat" | "rounds" | "programme">): string | null {
  const line = programme.find((one) => one.id === id);
  if (line !== undefined) return line.event === heat?.event ? inRound(line) : `${line.eventName}, ${inRound(line)}`;
  const named = [...(heat === null ? [] : [{ event: heat.event, id: heat.round, name: heat.roundName }]), ...rounds];
  const round = named.find((one) => id.startsWith(`${one.event}-${one.id}-`));
  return round === undefined ? null : `${round.name}, heat ${heatNumber(id)}`;
}

/** How an entrant of a round stands there: by place, by jury, or the rank among the times. */
export function wayOf(row: AdvancementRow): string {
  if (row.by === "place") return "place";
  if (row.by === "jury") return "jury";
  return row.timeRank === null ? "" : `${row.timeRank}.`;
}

/** "María Fernanda GUZMÁN ECHEVERRY" -> "M. GUZMÁN ECHEVERRY"; what has no family name in capitals stays as it is. */
export function initialled(name: string): string {
  const parts = name.split(" ");
  const given = parts.findIndex((part) => !/\p{Ll}/u.test(part));
  return given <= 0 || !/\p{Lu}/u.test(parts[given] ?? "") ? name : `${[...name][0]}. ${parts.slice(given).join(" ")}`;
}

const LANGUAGES: Record<string, string> = { TPE: "zh-Hant", CHN: "zh-Hans", HKG: "zh-Hant", JPN: "ja", KOR: "ko" };

/** For the right form of a glyph, where a name is written in its own script; undefined where Latin script is sure. */
export const languageOf = (nation: string, name: string): string | undefined =>
  /[\u3000-\u9fff\uac00-\ud7af]/.test(name) ? LANGUAGES[nation] : undefined;
