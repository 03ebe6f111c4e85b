import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatGap, formatTime, type Page } from "@liveskate/live";
import { Certainty, certaintyOf, Danger, Estimate, LapsDown, Marks, Name, placeOf, pointsWords, resultOf, ResultText, splitWords } from "@liveskate/ui";
import type { JSX } from "preact";
import { factsOf } from "./facts.ts";

interface OrderProps {
  page: Page;
  rows: readonly HeatRow[];
  heat: HeatHeader;
  cutMs: number | null;
}

/** Columns that not every race has, and none before its start. */
interface Columns {
  started: boolean;
  laps: boolean;
  next: boolean;
  points: boolean;
  estimate: boolean;
  cut: boolean;
  through: boolean;
}

/** The heat, one skater a line, with all that can be said of her right now. */
export function Order({ page, rows, heat, cutMs }: OrderProps): JSX.Element {
  const best = Math.min(...rows.map((row) => (row.out === null && row.lapMs) || Number.POSITIVE_INFINITY));
  const started = heat.clock !== null;
  const points = started && rows.some((row) => row.points !== null);
  const columns: Columns = {
    started,
    laps: started && heat.laps > 1,
    next: started && !points && rows.length > 1,
    points,
    estimate: rows.some((row) => row.projectedMs !== null),
    cut: rows.some((row) => toCut(row, cutMs) !== ""),
    through: started && rows.some((row) => row.certainty !== null),
  };
  return (
    <table class="order">
      <caption class="unseen">Order of the heat</caption>
      <thead>
        <tr>
          {columns.started && <th scope="col">Rank</th>}
          <th scope="col">Bib</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          {columns.points && <th scope="col" class="time"><abbr title="In parentheses: not said by the judges yet">Points</abbr></th>}
          {columns.started && <th scope="col" class="time">Time or gap</th>}
          {columns.next && <th scope="col" class="time">To next</th>}
          {columns.laps && <th scope="col" class="time">Last lap</th>}
          {columns.laps && <th scope="col">Lap</th>}
          {columns.estimate && <th scope="col" class="time"><abbr title="Estimated, in the pace of the last lap">≈ Finish</abbr></th>}
          {columns.cut && <th scope="col" class="time">To the cut</th>}
          <th scope="col">{columns.through ? "Through?" : "Notes"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Line key={row.bib} page={page} row={row} ahead={rows[index - 1]} best={row.lapMs === best && row.out === null} heat={heat} cutMs={cutMs} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  page: Page;
  row: HeatRow;
  ahead: HeatRow | undefined;
  best: boolean;
  heat: HeatHeader;
  cutMs: number | null;
  columns: Columns;
}

function Line({ page, row, ahead, best, heat, cutMs, columns }: LineProps): JSX.Element {
  const result = resultOf(row, heat);
  const against = row.roundRank !== null && splitWords(row, heat) !== null;
  const looks = [row.overdue ? "overdue" : "", row.out !== null ? "gone" : ""].join(" ").trim();
  return (
    <tr class={looks} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      {columns.started && <td class="rank">{placeOf(row) ?? ""}</td>}
      <td class="bib">{row.bib}</td>
      <td class="noc">{row.nation}</td>
      <th scope="row" class="name">
        <Name row={row} text={row.name} />
        {factsOf(row, heat).map((fact) => <span key={fact} class="words">{fact}</span>)}
      </th>
      {columns.points && <td class="time points">{pointsWords(row)}</td>}
      {columns.started && <td class="time result">{against && <span class="lap">split </span>}<ResultText page={page} row={row} heat={heat} /></td>}
      {columns.next && <td class="time">{toNext(row, ahead)}</td>}
      {columns.laps && <LastLap row={row} best={best} />}
      {columns.laps && <td class="lap">{row.lap > 0 ? row.lap : ""} <LapsDown row={row} /></td>}
      {columns.estimate && <td class="time"><Estimate page={page} row={row} /></td>}
      {columns.cut && <td class="time">{toCut(row, cutMs)}</td>}
      <td class="through">
        {!columns.started && result.text} <Danger row={row} /> <Marks row={row} /> {row.mark === null && columns.started && <Certainty certainty={certaintyOf(row)} />}
        {row.proposed !== null && <span class="words">proposed: {row.proposed}</span>}
      </td>
    </tr>
  );
}

const LastLap = ({ row, best }: { row: HeatRow; best: boolean }): JSX.Element => (
  <td class="time">
    {row.lapMs === null ? "" : formatTime(row.lapMs)}
    {best && <abbr class="best" title="Fastest last lap in this heat"> b</abbr>}
  </td>
);

/** Difference of two differences that the server measured at the same split. */
function toNext(row: HeatRow, ahead: HeatRow | undefined): string {
  if (ahead === undefined || row.out !== null || row.overdue || row.gapMs === null || ahead.gapMs === null || row.lap !== ahead.lap) return "";
  return formatGap(row.gapMs - ahead.gapMs);
}

function toCut(row: HeatRow, cutMs: number | null): string {
  if (row.timeMs !== null && cutMs !== null) return formatGap(row.timeMs - cutMs);
  return row.neededMs === null ? "" : `needs ${formatTime(row.neededMs)}`;
}
