import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatTime, type Page } from "@liveskate/live";
import {
  Certainty, Danger, Estimate, evidenceWords, laneWords, LapsDown, Marks, Name, outWords, Overdue, placeOf, pointsWords, resultOf,
  roundRankWords,
} from "@liveskate/ui";
import type { JSX } from "preact";

interface RowsProps {
  page: Page;
  rows: readonly HeatRow[];
  heat: HeatHeader;
}

export function Rows({ page, rows, heat }: RowsProps): JSX.Element {
  if (rows.length === 0) return <p class="follows">Start list follows.</p>;
  return (
    <table class="order">
      <caption class="unseen">Skaters of this heat</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">Nation</th>
          <th scope="col">Name</th>
          <th scope="col">{rows.some((row) => row.points !== null) ? "Points, time or gap" : "Time or gap"}</th>
          <th scope="col">Through?</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.bib} page={page} row={row} heat={heat} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ page, row, heat }: { page: Page; row: HeatRow; heat: HeatHeader }): JSX.Element {
  const result = resultOf(row);
  const points = pointsWords(row);
  const running = heat.state === "running";
  const looks = [row.overdue ? "overdue" : "", row.out !== null ? "gone" : ""].join(" ").trim();
  return (
    <tr class={looks} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <td class="rank">{placeOf(row) ?? ""}</td>
      <td class="noc">
        {row.nation}
        <span class="bib">{row.bib}</span>
      </td>
      <th scope="row" class="name">
        <Name row={row} text={row.name} /> <Danger row={row} />
        {factsOf(row, heat).map((fact) => <span key={fact} class="words">{fact}</span>)}
        {running && row.overdue && <span class="words"><Overdue page={page} row={row} /></span>}
        {!running && heat.clock !== null && row.words !== null && <span class="words">{row.words}</span>}
      </th>
      <td class="time result">
        {points !== null && <span class="points">{points} <abbr title="points">p</abbr></span>}
        <span class="reached">{result.text}</span>
        <LapsDown row={row} />
        {running && row.lapMs !== null && row.out === null && <span class="lap-time">lap {formatTime(row.lapMs, 2)}</span>}
        {running && points === null && <Estimate page={page} row={row} />}
      </td>
      <td class="through">
        <Marks row={row} />
        {row.mark === null && heat.clock !== null && <Certainty certainty={row.certainty} />}
      </td>
    </tr>
  );
}

/** What stands below a name, a line each. */
function factsOf(row: HeatRow, heat: HeatHeader): readonly string[] {
  const running = heat.state === "running";
  const short = [laneWords(row, heat), roundRankWords(row), outWords(row), evidenceWords(row)].filter((words) => words !== null);
  return [
    row.members.join(", "),
    running && row.skater !== null ? `now: ${row.skater}` : "",
    short.join(" · "),
    running && row.timeMs === null && row.neededMs !== null ? `needs ${formatTime(row.neededMs)}` : "",
  ].filter((fact) => fact !== "");
}
