import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatAge, projectedMs, unseenMs, type Page } from "@liveskate/live";
import type { JSX } from "preact";
import { eliminationAhead, juryOrderWords, markWords, proposedWords, protestWords, sprintAhead, sprintWords } from "./heat-words.ts";
import { estimateWords, lapsDownWords } from "./row-words.ts";
import { resultOf } from "./words.ts";

/** What an elimination holds for her: a word in a dashed frame, since none of it is decided. */
export function Danger({ row }: { row: HeatRow }): JSX.Element | null {
  if (row.proposedOut)
    return <span class="chip danger" title="Last by transponder; the judges have not said so">OUT?</span>;
  return row.inDanger ? <span class="chip danger" title="Goes out at the next elimination as things stand">OUT NEXT</span> : null;
}

/** Beside a time; without one it stands in its place. */
export function LapsDown({ row }: { row: HeatRow }): JSX.Element | null {
  const words = row.time === null ? null : lapsDownWords(row);
  return words === null ? null : <span class="laps-down">{words}</span>;
}

/** Draws itself anew with the clock; nothing around it does. */
export function Estimate({ page, row }: { page: Page; row: HeatRow }): JSX.Element | null {
  const ms = row.timeMs === null ? projectedMs(row, page.raceMs.value) : null;
  return ms === null ? null : <span class="estimate" title="An estimate, in the pace of the last lap">{estimateWords(ms)}</span>;
}

/** What stands in the time column; of who is overdue, since when: how late she is would be taken for a gap. */
export function ResultText({ page, row, heat }: { page: Page; row: HeatRow; heat: HeatHeader }): JSX.Element {
  const { text, kind } = resultOf(row, heat);
  return kind === "late" ? <Overdue page={page} row={row} /> : <>{text}</>;
}

function Overdue({ page, row }: { page: Page; row: HeatRow }): JSX.Element {
  const ms = unseenMs(row, page.raceMs.value);
  return <span class="late">not seen{ms === null ? "" : ` for ${formatAge(ms)}`}</span>;
}

interface AheadProps {
  heat: HeatHeader;
  rows: readonly HeatRow[];
  /** On a board who may be out is said in her own line, and the last sprint below. */
  brief?: boolean;
}

/** What comes next in a race with sprints or eliminations, and what the last one brought. */
export function Ahead({ heat, rows, brief }: AheadProps): JSX.Element | null {
  const proposed = brief ? [] : heat.proposed;
  const next = [sprintAhead(heat), eliminationAhead(heat)].filter((words) => words !== null);
  const last = brief || heat.lastSprint === null ? null : sprintWords(heat.lastSprint, rows);
  if (next.length === 0 && last === null && proposed.length === 0) return null;
  return (
    <div class="ahead">
      {next.map((words) => <p key={words} class="next-point">{words}</p>)}
      {proposed.map((one) => <p key={one.lapsToGo} class="proposed">{proposedWords(one, rows)}</p>)}
      {last !== null && <p class="last-sprint" data-judged={heat.lastSprint?.judged}>{last}</p>}
    </div>
  );
}

/** What the jury has said of a heat, or has to say still. */
export function JuryNotes({ page, heat }: { page: Page; heat: HeatHeader }): JSX.Element {
  return (
    <>
      {heat.startListDoubt !== null && <p class="proposed">{heat.startListDoubt} The jury decides.</p>}
      {heat.juryOrder !== null && <p class="jury-order">{juryOrderWords(heat.juryOrder)}</p>}
      {heat.protestUntilUs !== null && <p class="protest">{protestWords(heat.protestUntilUs, page.screen.value.meet?.timeZone)}</p>}
    </>
  );
}

export const Records = ({ heat }: { heat: HeatHeader }): JSX.Element | null =>
  heat.records.length === 0 ? null : <p class="records">{heat.records.map(markWords).join(" · ")}</p>;
