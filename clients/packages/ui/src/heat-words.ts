import type { HeatHeader, HeatRow, JuryOrder, MarkLine, ProposedOut, SprintStanding } from "@liveskate/wire";
import { formatTime, formatVenueTime } from "@liveskate/live";

type Rows = readonly HeatRow[];

const nameIn = (rows: Rows, bib: string): string => rows.find((row) => row.bib === bib)?.shortName ?? bib;

const within = ({ lapsToGo, laps }: HeatHeader, at: number): string => {
  const left = (lapsToGo ?? laps) - at;
  return left > 1 ? `in ${left} laps` : "at the end of this lap";
};

export function sprintAhead(heat: HeatHeader): string | null {
  if (heat.nextSprint === null) return null;
  return `${heat.nextSprint === 0 ? "Last sprint" : "Next sprint"} ${within(heat, heat.nextSprint)}`;
}

/** "Next elimination in 2 laps: 1 goes out, 14 still in". */
export function eliminationAhead(heat: HeatHeader): string | null {
  const left = heat.stillIn === null ? null : `${heat.stillIn} still in`;
  if (heat.nextElimination === null) return left;
  const out = heat.goOut === 1 ? "1 goes out" : `${heat.goOut} go out`;
  return `Next elimination ${within(heat, heat.nextElimination)}: ${[out, left].filter((part) => part !== null).join(", ")}`;
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

/** Whose time a stopped clock shows. */
export function stoppedWords(rows: Rows): string {
  if (rows.some((row) => row.points !== null)) return "First over the line";
  return rows.some((row) => row.roundRank !== null) ? "Fastest here" : "Winner";
}

export const markWords = ({ kind, time, holder }: MarkLine): string => `${kind} ${time}${holder === null ? "" : ` ${holder}`}`;

export const paceWords = ({ paceMs }: MarkLine): string => `even pace ${formatTime(paceMs, 1)} a lap`;

export function juryOrderWords({ by, reason, against }: JuryOrder): string {
  const measured = against.length === 0 ? "" : ` Against what was measured: ${against.join("; ")}.`;
  return `Order set by the jury (${by})${reason === null ? "" : `: ${reason}`}.${measured}`;
}

export const protestWords = (untilUs: number, timeZone: string | undefined): string => `Protests until ${formatVenueTime(untilUs / 1000, timeZone)}`;

const BELL = "BELL";

/** "2 laps to go", and the bell where it rings: for the last lap, a sprint or an elimination. */
export function lapsToGoWords({ lapsToGo, bell }: HeatHeader): string {
  const left = lapsToGo === 0 ? "finish" : lapsToGo === 1 ? "last lap" : `${lapsToGo} laps to go`;
  return bell ? `${left} · ${BELL}` : left;
}

export const raceLegend =
  "≈: an estimate, no result · (+2): points not judged yet · \u22121 LAP: a lap behind the leader · OUT NEXT: last as things stand · " +
  "OUT?: last by transponder, the judges decide · overdue: not read at the line when due · EL: eliminated · PF?: too close to tell · PF: by photo finish · M: time by hand · " +
  "RR: rank reduced · W1, W2: warnings · FS: false start";
