import type { AdvancementRow, FinalPart, FinalRow, FinalTable, HeatHeader, HeatLine, RoundTable } from "@liveskate/wire";
import { formatGap, formatTime, statusWord } from "@liveskate/live";
import { Fragment, type JSX } from "preact";
import { Certainty, Mark, Name } from "./parts.tsx";
import { ordinal } from "./row-words.ts";
import { heatNumber, inRound, wayOf } from "./words.ts";

/** Where the line is, in words: the line itself says nothing to who cannot see it. */
export const cutWords = (round: RoundTable): string =>
  round.cut === null ? "Cut line: above it, through as things stand" : `Cut line: ${round.cut} is the slowest time that goes through`;

export function heatsLeftWords(left: number, on: boolean): string {
  if (left === 0) return "all heats skated";
  if (on) return left === 1 ? "this heat is the last" : `this heat and ${left - 1} more`;
  return left === 1 ? "1 heat left" : `${left} heats left`;
}

/** The heats that are left have this one among them, until all of it are in. */
export const countsAsLeft = (heat: HeatHeader | null): boolean => heat !== null && ["scheduled", "open", "armed", "running"].includes(heat.state);

/** In a round that is on, the heat that is shown is one of its own. */
export const isOnIn = (heat: HeatHeader | null, { event, id }: RoundTable): boolean => heat?.event === event && heat.round === id && countsAsLeft(heat);

/** Who has not skated yet is neither in nor out to anybody who looks at the table. */
export const isWaiting = (row: AdvancementRow): boolean => row.mark === null && row.certainty === "out" && row.rank === null && row.timeMs === null;

export function Through({ row }: { row: AdvancementRow }): JSX.Element {
  if (row.mark !== null) return <Mark mark={row.mark} />;
  return isWaiting(row) ? <span class="certainty waiting">To skate</span> : <Certainty certainty={row.certainty} />;
}

/** Nation and number in one column: names need the room. */
export const Whence = ({ row }: { row: { nation: string; bib: string } }): JSX.Element => (
  <td class="noc">
    {row.nation} <span class="bib">{row.bib}</span>
  </td>
);

/** What belongs to the line above, over the whole width; a line each. */
export function More({ lines, columns }: { lines: readonly string[]; columns: number }): JSX.Element | null {
  const said = lines.filter((line) => line !== "");
  if (said.length === 0) return null;
  return (
    <tr class="more">
      <td />
      <td colSpan={columns}>
        {said.map((line) => <span key={line} class="words">{line}</span>)}
      </td>
    </tr>
  );
}

interface RoundViewProps {
  round: RoundTable;
  heat: HeatHeader | null;
  /** Room for all columns, and for those alone of whom there is something to say. */
  gaps: boolean;
  active: ReadonlySet<string>;
}

/** All entrants of a round, and the line under the last who goes through as things stand. */
export function RoundView({ round, heat, gaps: wide, active }: RoundViewProps): JSX.Element {
  const rows = wide && round.rows.some((row) => !isWaiting(row)) ? round.rows.filter((row) => !isWaiting(row) || active.has(row.bib)) : round.rows;
  const gaps = wide && round.cutMs !== null;
  const columns = 4 + (wide ? 2 : 0) + (gaps ? 1 : 0);
  return (
    <table class="round" data-round={round.id}>
      <caption>
        {round.name}: who goes through. {round.rule} <span class="left">{heatsLeftWords(round.heatsLeft, isOnIn(heat, round))}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Way</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          {wide && <th scope="col">Heat</th>}
          <th scope="col" class="time">Time</th>
          {gaps && <th scope="col" class="time">To the cut</th>}
          {wide && <th scope="col">Through?</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Fragment key={row.bib}>
            {index === round.lineAfter && index > 0 && (
              <tr class="cut-line">
                <td colSpan={columns}>{cutWords(round)}</td>
              </tr>
            )}
            <RoundRow row={row} wide={wide} gaps={gaps} active={active.has(row.bib)} cutMs={round.cutMs} />
          </Fragment>
        ))}
        {rows.length < round.rows.length && (
          <tr class="waiting">
            <td colSpan={columns}>{round.rows.length - rows.length} more to skate</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface RoundRowProps {
  row: AdvancementRow;
  wide: boolean;
  gaps: boolean;
  active: boolean;
  cutMs: number | null;
}

function RoundRow({ row, wide, gaps, active, cutMs }: RoundRowProps): JSX.Element {
  const toCut = row.by !== "place" && row.timeMs !== null && cutMs !== null ? row.timeMs - cutMs : null;
  return (
    <tr class={active ? "active" : ""} data-bib={row.bib} title={row.words}>
      <td class="way">{wayOf(row)}</td>
      <Whence row={row} />
      <th scope="row" class="name">
        <Name row={row} text={row.name} />
        {!wide && <span class="words">heat {heatNumber(row.heat)}</span>}
      </th>
      {wide && <td class="heat">{heatNumber(row.heat)}</td>}
      <td class="time">
        {row.time ?? (wide ? "–" : "")}
        {!wide && <span class="through"><Through row={row} /></span>}
      </td>
      {gaps && <td class="time">{toCut === null ? "" : formatGap(toCut)}</td>}
      {wide && (
        <td class="through">
          <Through row={row} />
        </td>
      )}
    </tr>
  );
}

/** Of a final ranking: the time, or the word for who has none. */
export const finalWords = (row: FinalRow): string => (row.status === "OK" ? (row.timeMs === null ? "" : formatTime(row.timeMs)) : row.status);

/** "Women's 3000 m points" beside "Women's combined" is "3000 m points": whose it is stands above. */
const partName = ({ eventName }: FinalPart, whole: string): string => {
  const [whose] = whole.split(" ");
  return eventName.startsWith(`${whose} `) ? eventName.slice(whose!.length + 1) : eventName;
};

/** Of a combined: what one of its events brought; of one that is still to come, nothing. */
export const partWords = (part: FinalPart, whole: string): string => `${partName(part, whole)}: ${scoredWords(part)}`;

const scoredWords = ({ rank, points, status }: FinalPart): string =>
  `${points === null ? "–" : `${rank === null ? status : ordinal(rank)}, ${points} ${points === 1 ? "point" : "points"}`}`;

const SETTLED = ["provisional", "review", "official"];

/** Some of its races are still to come, or are not confirmed yet. */
export const isSoFar = (final: FinalTable): boolean => !SETTLED.includes(final.status);

/** "final ranking"; before everybody has skated "standing so far, 2 heats left". */
export function finalTitle(final: FinalTable, heat: HeatHeader | null): string {
  if (!isSoFar(final)) return "final ranking";
  return final.rows.some((row) => row.parts.length > 0) ? "standing so far" : `standing so far, ${heatsLeftWords(final.heatsLeft, heat?.event === final.event && countsAsLeft(heat))}`;
}

export function FinalView({ final, heat }: { final: FinalTable; heat: HeatHeader | null }): JSX.Element {
  const pointed = final.rows.some((row) => row.points !== null);
  const timed = final.rows.some((row) => row.timeMs !== null || row.status !== "OK");
  return (
    <table class="final">
      <caption>
        {final.eventName}: {finalTitle(final, heat)} {!isSoFar(final) && <span class={`chip status ${final.status}`}>{statusWord(final.status)}</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">NOC</th>
          <th scope="col" class="name">Name</th>
          {pointed && <th scope="col" class="time">Points</th>}
          {timed && <th scope="col" class="time">Time</th>}
        </tr>
      </thead>
      <tbody>
        {final.rows.map((row) => (
          <Fragment key={row.bib}>
            <tr data-bib={row.bib} data-rank={row.rank ?? ""}>
              <td class="rank">{row.rank ?? "–"}</td>
              <Whence row={row} />
              <th scope="row" class="name">
                <Name row={row} text={row.name} />
              </th>
              {pointed && <td class="time points">{row.points}</td>}
              {timed && <td class="time">{finalWords(row)}</td>}
            </tr>
            <More lines={[row.members.join(", "), ...row.parts.map((part) => partWords(part, final.eventName))]} columns={2 + Number(pointed) + Number(timed)} />
          </Fragment>
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
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} data-heat={line.id}>
            <th scope="row" class="name">{line.eventName}</th>
            <td>{inRound(line)}</td>
            <td>
              <span class={`chip status ${line.state}`}>{statusWord(line.state)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
