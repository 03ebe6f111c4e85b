import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { formatTime, type Page } from "@liveskate/live";
import {
  Certainty, certaintyOf, Danger, Estimate, evidenceWords, fromWords, laneWords, LapsDown, Marks, More, Name, outWords, placeOf, pointsWords, resultOf,
  ResultText, roundRankWords, skaterWords, splitWords, Whence,
} from "@liveskate/ui";
import { Fragment, type JSX } from "preact";

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
  const result = resultOf(row, heat);
  const facts = factsOf(row, heat);
  const looks = [row.overdue ? "overdue" : "", row.out !== null ? "gone" : "", facts.some((fact) => fact !== "") ? "told" : ""].join(" ").trim();
  return (
    <Fragment>
      <tr class={looks} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
        <td class="rank">{placeOf(row) ?? ""}</td>
        <Whence row={row} />
        <th scope="row" class="name">
          <Name row={row} text={row.name} /> <Danger row={row} />
        </th>
        <Figures page={page} row={row} heat={heat} />
      </tr>
      <More lines={facts} columns={3} />
    </Fragment>
  );
}

/** All figures of a line below each other: on a narrow screen the name needs the width. */
function Figures({ page, row, heat }: { page: Page; row: HeatRow; heat: HeatHeader }): JSX.Element {
  const points = pointsWords(row);
  const running = heat.state === "running";
  const split = row.roundRank === null ? null : splitWords(row, heat);
  return (
    <td class="time result">
      {points !== null && heat.clock !== null && <span class="points">{points} <abbr title="points">p</abbr></span>}
      <span class="reached"><ResultText page={page} row={row} heat={heat} /></span>
      {split !== null && <span class="lap-time">{split}</span>}
      <LapsDown row={row} />
      <span class="through">
        <Marks row={row} />
        {row.mark === null && heat.clock !== null && <Certainty certainty={certaintyOf(row)} />}
      </span>
      {running && row.lapMs !== null && row.out === null && <span class="lap-time">lap {formatTime(row.lapMs, 2)}</span>}
      {running && points === null && <Estimate page={page} row={row} />}
    </td>
  );
}

/** What stands below a name, a line each. */
function factsOf(row: HeatRow, heat: HeatHeader): readonly string[] {
  const running = heat.state === "running";
  const sentence = !running && heat.clock !== null ? row.words : null;
  // The sentence says the place in the round too.
  const short = [laneWords(row, heat), sentence === null ? roundRankWords(row) : null, outWords(row), evidenceWords(row)].filter((words) => words !== null);
  return [
    row.members.join(", "),
    skaterWords(row, heat) ?? "",
    short.join(" · "),
    fromWords(row) ?? "",
    running && row.timeMs === null && row.neededMs !== null ? `needs ${formatTime(row.neededMs)} to go through` : "",
    sentence ?? "",
  ];
}
