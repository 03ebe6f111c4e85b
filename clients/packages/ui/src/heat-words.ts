import type { HeatHeader, HeatRow, JuryOrder, MarkLine, ProposedOut, SprintStanding } from "@liveskate/wire";
import { formatTime, formatVenueTime } from "@liveskate/live";

type Rows = readonly HeatRow[];

const nameIn = (rows: Rows, bib: string): string => rows.find((row) => row.bib === bib)?.shortName ?? bib;

const within = ({ lapsToGo, laps }: HeatHeader, at: number): string => {
  const left = (lapsToGo ?? laps) - at;
  return left > 1 ? `in ${left} laps` : "at the end of this lap";
};

/** The bell has rung for this lap, and the lap need not be the last one. */
const ringsFor = ({ bell, lapsToGo }: HeatHeader, at: number): boolean => bell && lapsToGo === at + 1;

/** "Next sprint in 3 laps", "Bell: sprint at the end of this lap". */
export function sprintAhead(heat: HeatHeader): string | null {
  if (heat.nextSprint === null) return null;
  const isLast = heat.nextSprint === 0;
  const what = ringsFor(heat, heat.nextSprint) ? `Bell: ${isLast ? "last sprint" : "sprint"}` : isLast ? "Last sprint" : "Next sprint";
  return `${what} ${within(heat, heat.nextSprint)}`;
}

/** "Next elimination in 2 laps: 1 goes out, 14 still in". */
export function eliminationAhead(heat: HeatHeader): string | null {
  const left = heat.stillIn === null ? null : `${heat.stillIn} still in`;
  if (heat.nextElimination === null) return left;
  const out = heat.goOut === 1 ? "1 goes out" : `${heat.goOut} go out`;
  const what = ringsFor(heat, heat.nextElimination) ? "Bell: elimination" : "Next elimination";
  return `${what} ${within(heat, heat.nextElimination)}: ${[out, left].filter((part) => part !== null).join(", ")}`;
}

/** Points that the judges have not said stand in parentheses. */
export function sprintWords(sprint: SprintStanding, rows: Rows): string {
  const at = sprint.lapsToGo === 0 ? "Sprint at the finish" : `Sprint at ${sprint.lapsToGo} to go`;
  const scores = sprint.scores.map(({ bib, points }) => `${nameIn(rows, bib)} ${sprint.judged ? points : `(+${points})`}`).join(", ");
  const notes = [
    sprint.judged ? null : "not judged yet",
    sprint.unresolved ? "too close to tell" : null,
    sprint.complete ? null : "more to come",
  ].filter((note) => note !== null);
  return `${at}${notes.length === 0 ? "" : `, ${notes.join(", ")}`}: ${scores || "–"}`;
}

export function proposedWords(proposed: ProposedOut, rows: Rows): string {
  const who = proposed.bibs.map((bib) => `${bib} ${nameIn(rows, bib)}`).join(", ");
  return `Last at ${proposed.lapsToGo} to go by transponder: ${who || "–"}${proposed.unresolved ? ", too close to tell" : ""}. The judges decide.`;
}

/** In a round that goes by time a gap is not to whoever leads here. */
export const gapWords = (rows: Rows): string | null => (rows.some((row) => row.roundRank !== null) ? "gaps to the best of the round" : null);

const UNSURE: Record<string, string> = { finished: ", not confirmed", provisional: ", provisional", review: ", under review" };

/** Whose time a stopped clock shows, and how sure that is: nobody has won before the result is official. Null where it shows nobody's. */
export function stoppedWords(heat: HeatHeader, rows: Rows): { label: string; name: string } | null {
  if (heat.clock === null || heat.clock.running || heat.clock.stoppedMs === null) return null;
  const timed = rows.filter(({ time, status }) => time !== null && (status === null || status === "OK"));
  const row = timed.find(({ onTrack }) => onTrack === 1) ?? timed[0];
  return row === undefined ? null : { label: firstWords(heat, row) + (UNSURE[heat.state] ?? ""), name: row.shortName };
}

function firstWords(heat: HeatHeader, row: HeatRow): string {
  if (row.roundRank !== null) return "Fastest here";
  if (row.points !== null || row.rank !== 1) return "First over the line";
  if (heat.state !== "official") return "First";
  return heat.of > 1 ? "Heat winner" : "Winner";
}

export const markWords = ({ kind, time, holder }: MarkLine): string => `${kind} ${time}${holder === null ? "" : ` ${holder}`}`;

export const paceWords = ({ paceMs }: MarkLine): string => `even pace ${formatTime(paceMs, 1)} a lap`;

export function juryOrderWords({ by, reason, against }: JuryOrder): string {
  const measured = against.length === 0 ? "" : ` Against what was measured: ${against.join("; ")}.`;
  return `Order set by the jury (${by})${reason === null ? "" : `: ${reason}`}.${measured}`;
}

export const protestWords = (untilUs: number, timeZone: string | undefined): string => `Protests until ${formatVenueTime(untilUs / 1000, timeZone)}`;

/** The bell for the last lap is the one that everybody waits for; for a sprint or an elimination it stands beside those. */
export const isLastBell = ({ bell, lapsToGo }: HeatHeader): boolean => bell && lapsToGo === 1;

/** "2 laps to go", "last lap · BELL". */
export function lapsToGoWords(heat: HeatHeader): string {
  const left = heat.lapsToGo === 0 ? "leader has finished" : heat.lapsToGo === 1 ? "last lap" : `${heat.lapsToGo} laps to go`;
  return isLastBell(heat) ? `${left} · BELL` : left;
}
