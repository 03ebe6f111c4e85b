import type { HeatHeader, HeatRow } from "@liveskate/wire";
import type { Screen } from "@liveskate/live";
import type { JSX } from "preact";
import { remarksOf } from "./parts.tsx";
import { isAgainstClock, lapsDownWords } from "./row-words.ts";
import { isWaiting } from "./tables.tsx";
import { certaintyOf, certaintyWord } from "./words.ts";

/** Every mark that a page may show, in the order of a key. */
const MEANINGS: readonly (readonly [mark: string, meaning: string])[] = [
  ["italic rank", "as of the last split, not final"],
  ["Q", "through by place"], ["q", "through by time"], ["Safe", "through whatever still happens"], ["In", "through as things stand"],
  ["Last in", "the first to drop out"], ["Out", "not through as things stand"], ["Gone", "cannot go through any more"],
  ["Way", "by place, by the jury, or the rank among the times"],
  ["≈", "an estimate, no result"], ["(+2)", "points not judged yet"], ["\u22121 LAP", "a lap behind the leader"],
  ["OUT NEXT", "last as things stand"], ["OUT?", "last by transponder, the judges decide"], ["not seen", "not read at the line when due"],
  ["line 1, line 2", "opposite sides of the track, at the same time"], ["b", "fastest last lap here"],
  ["PF?", "too close to tell"], ["PF", "by photo finish"], ["M", "time by hand"], ["?", "a reading is missing"],
  ["FS", "false start"], ["W1", "first warning"], ["W2", "second warning"], ["RR", "rank reduced"], ["DNS2", "did not start in a race before"],
  ["DNS", "did not start"], ["DNF", "did not finish"], ["WDR", "withdrawn"], ["EL", "eliminated"],
  ["DSQ-TF", "disqualified, technical fault"], ["DSQ-SF", "disqualified, sport fault"], ["DSQ-DF", "disqualified, disciplinary fault"],
  ["WR", "world record"], ["GR", "games record"], ["CR", "championship record"], ["ER", "European record"], ["NR", "national record"], ["MR", "meeting record"],
  ["TR", "track record"], ["PB", "own best"], ["SB", "own best of the season"], ["pending", "not ratified yet"],
];

const REMARKS: Record<string, string> = { unresolved: "PF?", hand: "M", "missed-read": "?" };

/** "=WR (pending)" is explained by its parts. */
const partsOf = (remark: string): readonly string[] =>
  REMARKS[remark] === undefined ? [remark.replace(/^=/, "").replace(" (pending)", ""), remark.endsWith("(pending)") ? "pending" : ""] : [REMARKS[remark]];

function marksOf(row: HeatRow, heat: HeatHeader): readonly (string | null)[] {
  const certainty = row.mark === null && heat.clock !== null ? certaintyOf(row) : null;
  return [
    row.mark,
    certainty === null ? null : certaintyWord(certainty),
    heat.state === "running" && row.rank !== null && row.time === null ? "italic rank" : null,
    heat.state === "running" && row.projectedMs !== null && row.timeMs === null ? "≈" : null,
    row.pointsUnjudged ? "(+2)" : null,
    lapsDownWords(row) === null ? null : "\u22121 LAP",
    row.proposedOut ? "OUT?" : row.inDanger ? "OUT NEXT" : null,
    row.overdue && row.status === null && row.time === null ? "not seen" : null,
    row.lane !== null && isAgainstClock(heat) ? "line 1, line 2" : null,
    row.status,
    ...remarksOf(row).flatMap(partsOf),
  ];
}

/** The marks that are on the page right now, each in one plain phrase. */
export function legendOf({ heat, rows, round, rounds, final }: Screen, lastLaps: boolean): readonly string[] {
  const seen = new Set<string | null>(heat === null ? [] : rows.flatMap((row) => marksOf(row, heat)));
  for (const table of round === null ? rounds : [round]) {
    if (table.rule === null) continue;
    seen.add("Way");
    for (const row of table.rows) if (!isWaiting(row)) seen.add(row.mark ?? certaintyWord(row.certainty));
  }
  for (const { status, parts } of final?.rows ?? []) for (const said of [status, ...parts.map((part) => part.status)]) seen.add(said);
  for (const { kind } of heat === null || heat.state === "official" ? [] : heat.records) seen.add(kind);
  if (lastLaps && heat !== null && heat.clock !== null && heat.laps > 1 && rows.some((row) => row.lapMs !== null && row.out === null)) seen.add("b");
  return MEANINGS.filter(([mark]) => seen.has(mark)).map(([mark, meaning]) => `${mark}: ${meaning}`);
}

/** What the marks on this page mean; `lastLaps` where the fastest of those is marked. */
export function Legend({ screen, lastLaps = false }: { screen: Screen; lastLaps?: boolean }): JSX.Element | null {
  const lines = legendOf(screen, lastLaps);
  return lines.length === 0 ? null : <p class="legend">{lines.join(" · ")}</p>;
}
