import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { Marks, Name, resultOf } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";
import { pageOf } from "./views.ts";

const MOST_ROWS = 12;
const FEWEST_ROWS = 5;

interface RaceRowsProps {
  rows: readonly HeatRow[];
  heat: HeatHeader;
  second: number;
  turns: number;
}

/** Start list, live order and result are the same lines; only what is known of them grows. Type grows to fill the board. */
export function RaceRows({ rows, heat, second, turns }: RaceRowsProps): JSX.Element {
  const shown = pageOf(rows, MOST_ROWS, second, turns);
  const lines = Math.max(FEWEST_ROWS, Math.min(rows.length, MOST_ROWS));
  return (
    <div class="list">
      {rows.length === 0 && <p class="follows">Start list follows</p>}
      <ol class={rows.some((row) => row.unresolved || row.remarks.length > 0) ? "rows remarked" : "rows"} style={{ "--lines": lines }}>
        {shown.rows.map((row) => (
          <RaceRow key={row.bib} row={row} heat={heat} />
        ))}
      </ol>
      {shown.pages > 1 && <PageNumber {...shown} />}
    </div>
  );
}

function RaceRow({ row, heat }: { row: HeatRow; heat: HeatHeader }): JSX.Element {
  const result = resultOf(row);
  const name = heat.clock === null ? row.name : row.shortName;
  const behind = heat.state === "running" && heat.orderAt !== null && row.timeMs === null && row.lap < heat.orderAt.lap;
  return (
    <li class={row.overdue ? "row overdue" : "row"} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <span class="rank">{row.rank ?? ""}</span>
      <span class="bib">{row.bib}</span>
      <span class="noc">{row.nation}</span>
      <span class="name">
        <Fit of={name}>
          <Name row={row} text={name} />
        </Fit>
      </span>
      <span class="lap">{behind && row.lap > 0 ? `lap ${row.lap}` : ""}</span>
      <span class="result">{result.text}</span>
      <span class="marks">
        <Marks row={row} />
      </span>
    </li>
  );
}

export const PageNumber = ({ page, pages }: { page: number; pages: number }): JSX.Element => (
  <p class="page-number">
    {page}/{pages}
  </p>
);
