import type { AdvancementRow, FinalPart, FinalRow, FinalTable, HeatLine, RoundTable } from "@liveskate/wire";
import { formatGap, formatTime, statusWord } from "@liveskate/live";
import { Fragment, type JSX } from "preact";
import { Certainty, Mark, Name } from "./parts.tsx";
import { ordinal } from "./row-words.ts";
import { heatNumber, heatOf, wayOf } from "./words.ts";

/** Where the line is, in words: the line itself says nothing to who cannot see it. */
export const cutWords = (round: RoundTable): string =>
  round.cut === null ? "Cut line: above it, through as things stand" : `Cut line: ${round.cut} is the slowest time that goes through`;

export const heatsLeftWords = (left: number): string =>
  left === 0 ? "all heats skated" : left === 1 ? "1 heat left" : `${left} heats left`;

/** Who has not skated yet is neither in nor out to anybody who looks at the table. */
export function Through({ row }: { row: AdvancementRow }): JSX.Element {
  if (row.mark !== null) return <Mark mark={row.mark} />;
  const isWaiting = row.certainty === "out" && row.rank === null && row.timeMs === null;
  return isWaiting ? <span class="certainty waiting">To skate</span> : <Certainty certainty={row.certainty} />;
}

/** All entrants of a round, and the line under the last who goes through as things stand. */
export function RoundView({ round, gaps, active }: { round: RoundTable; gaps: boolean; active: ReadonlySet<string> }): JSX.Element {
  const columns = gaps ? 8 : 7;
  return (
    <table class="round" data-round={round.id}>
      <caption>
        {round.name}: who goes through. {round.rule} <span class="left">{heatsLeftWords(round.heatsLeft)}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Way</th>
          <th scope="col">Bib</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          <th scope="col"><abbr title="Heat">H</abbr></th>
          <th scope="col" class="time">Time</th>
          {gaps && <th scope="col" class="time">To the cut</th>}
          <th scope="col">Through?</th>
        </tr>
      </thead>
      <tbody>
        {round.rows.map((row, index) => (
          <Fragment key={row.bib}>
            {index === round.lineAfter && index > 0 && (
              <tr class="cut-line">
                <td colSpan={columns}>{cutWords(round)}</td>
              </tr>
            )}
            <RoundRow row={row} gaps={gaps} active={active.has(row.bib)} cutMs={round.cutMs} />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface RoundRowProps {
  row: AdvancementRow;
  gaps: boolean;
  active: boolean;
  cutMs: number | null;
}

function RoundRow({ row, gaps, active, cutMs }: RoundRowProps): JSX.Element {
  const toCut = row.by !== "place" && row.timeMs !== null && cutMs !== null ? row.timeMs - cutMs : null;
  return (
    <tr class={active ? "active" : ""} data-bib={row.bib} title={row.words}>
      <td class="way">{wayOf(row)}</td>
      <td class="bib">{row.bib}</td>
      <td class="noc">{row.nation}</td>
      <th scope="row" class="name">
        <Name row={row} text={row.name} />
      </th>
      <td class="heat">{heatNumber(row.heat)}</td>
      <td class="time">{row.time ?? "–"}</td>
      {gaps && <td class="time">{toCut === null ? "" : formatGap(toCut)}</td>}
      <td class="through">
        <Through row={row} />
      </td>
    </tr>
  );
}

/** Of a final ranking: the time, or the word for who has none. */
export const finalWords = (row: FinalRow): string => (row.status === "OK" ? (row.timeMs === null ? "" : formatTime(row.timeMs)) : row.status);

/** Of a combined: what one of its events brought; of one that is still to come, nothing. */
export const partWords = ({ eventName, rank, points, status }: FinalPart): string =>
  `${eventName}: ${points === null ? "–" : `${rank === null ? status : ordinal(rank)}, ${points} ${points === 1 ? "point" : "points"}`}`;

export function FinalView({ final }: { final: FinalTable }): JSX.Element {
  const pointed = final.rows.some((row) => row.points !== null);
  const timed = !final.rows.some((row) => row.parts.length > 0);
  return (
    <table class="final">
      <caption>
        {final.eventName}: final ranking <span class={`chip status ${final.status}`}>{statusWord(final.status)}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">Bib</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          {pointed && <th scope="col" class="time">Points</th>}
          <th scope="col" class="time">{timed && "Time"}</th>
        </tr>
      </thead>
      <tbody>
        {final.rows.map((row) => (
          <tr key={row.bib} data-bib={row.bib} data-rank={row.rank ?? ""}>
            <td class="rank">{row.rank ?? "–"}</td>
            <td class="bib">{row.bib}</td>
            <td class="noc">{row.nation}</td>
            <th scope="row" class="name">
              <Name row={row} text={row.name} />
              {row.members.length > 0 && <span class="words members">{row.members.join(", ")}</span>}
              {row.parts.map((part) => <span key={part.event} class="words">{partWords(part)}</span>)}
            </th>
            {pointed && <td class="time points">{row.points}</td>}
            <td class="time">{finalWords(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Programme({ lines }: { lines: readonly HeatLine[] }): JSX.Element {
  return (
    <table class="programme">
      <caption>Programme</caption>
      <thead>
        <tr>
          <th scope="col" class="name">Event</th>
          <th scope="col">Round</th>
          <th scope="col">Heat</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} data-heat={line.id}>
            <th scope="row" class="name">{line.eventName}</th>
            <td>{line.roundName}</td>
            <td>{heatOf(line)}</td>
            <td>
              <span class={`chip status ${line.state}`}>{statusWord(line.state)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
