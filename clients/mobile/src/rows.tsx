import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatTime } from "@liveskate/live";
import { Certainty, Marks, Name, resultOf } from "@liveskate/ui";
import type { JSX } from "preact";

export function Rows({ rows, heat }: { rows: readonly HeatRow[]; heat: HeatHeader }): JSX.Element {
  if (rows.length === 0) return <p class="follows">Start list follows.</p>;
  return (
    <table class="order">
      <caption class="unseen">Skaters of this heat</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">Nation</th>
          <th scope="col">Name</th>
          <th scope="col">Time or gap</th>
          <th scope="col">Through?</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.bib} row={row} heat={heat} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, heat }: { row: HeatRow; heat: HeatHeader }): JSX.Element {
  const result = resultOf(row);
  const running = heat.state === "running";
  return (
    <tr class={row.overdue ? "overdue" : ""} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <td class="rank">{row.rank ?? ""}</td>
      <td class="noc">
        {row.nation}
        <span class="bib">{row.bib}</span>
      </td>
      <th scope="row" class="name">
        <Name row={row} text={row.name} />
        {running && row.timeMs === null && row.neededMs !== null && <span class="words">needs {formatTime(row.neededMs)}</span>}
        {running && row.overdue && <span class="words">overdue</span>}
        {!running && heat.clock !== null && row.words !== null && <span class="words">{row.words}</span>}
      </th>
      <td class="time result">
        {result.text}
        {running && row.lapMs !== null && <span class="lap-time">lap {formatTime(row.lapMs, 2)}</span>}
      </td>
      <td class="through">
        <Marks row={row} />
        {row.mark === null && heat.clock !== null && <Certainty certainty={row.certainty} />}
      </td>
    </tr>
  );
}
