import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatGap, formatTime } from "@liveskate/live";
import { Certainty, Marks, Name, resultOf } from "@liveskate/ui";
import type { JSX } from "preact";

interface OrderProps {
  rows: readonly HeatRow[];
  heat: HeatHeader;
  cutMs: number | null;
}

/** The heat, one skater a line, with all that can be said of her right now. */
export function Order({ rows, heat, cutMs }: OrderProps): JSX.Element {
  const best = Math.min(...rows.map((row) => row.lapMs ?? Number.POSITIVE_INFINITY));
  return (
    <table class="order">
      <caption class="unseen">Order of the heat</caption>
      <thead>
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">Bib</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          <th scope="col" class="time">Time or gap</th>
          <th scope="col" class="time">To next</th>
          <th scope="col" class="time">Last lap</th>
          <th scope="col">Lap</th>
          <th scope="col" class="time">To the cut</th>
          <th scope="col">Through?</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Line key={row.bib} row={row} ahead={rows[index - 1]} best={row.lapMs === best} heat={heat} cutMs={cutMs} />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  row: HeatRow;
  ahead: HeatRow | undefined;
  best: boolean;
  heat: HeatHeader;
  cutMs: number | null;
}

function Line({ row, ahead, best, heat, cutMs }: LineProps): JSX.Element {
  const result = resultOf(row);
  return (
    <tr class={row.overdue ? "overdue" : ""} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <td class="rank">{row.rank ?? ""}</td>
      <td class="bib">{row.bib}</td>
      <td class="noc">{row.nation}</td>
      <th scope="row" class="name">
        <Name row={row} text={row.name} />
        {heat.clock !== null && row.words !== null && <span class="words">{row.words}</span>}
      </th>
      <td class="time result">{result.text}</td>
      <td class="time">{toNext(row, ahead)}</td>
      <td class="time">
        {row.lapMs === null ? "" : formatTime(row.lapMs)}
        {best && <abbr class="best" title="Fastest last lap in this heat"> b</abbr>}
      </td>
      <td class="lap">
        {row.lap > 0 ? row.lap : ""}
        {row.overdue && <span class="late"> overdue</span>}
      </td>
      <td class="time">{toCut(row, cutMs)}</td>
      <td class="through">
        <Marks row={row} /> {row.mark === null && heat.clock !== null && <Certainty certainty={row.certainty} />}
      </td>
    </tr>
  );
}

/** Difference of two differences that the server measured at the same split. */
function toNext(row: HeatRow, ahead: HeatRow | undefined): string {
  if (ahead === undefined || row.gapMs === null || ahead.gapMs === null || row.lap !== ahead.lap) return "";
  return formatGap(row.gapMs - ahead.gapMs);
}

function toCut(row: HeatRow, cutMs: number | null): string {
  if (row.timeMs !== null && cutMs !== null) return formatGap(row.timeMs - cutMs);
  return row.neededMs === null ? "" : `needs ${formatTime(row.neededMs)}`;
}
