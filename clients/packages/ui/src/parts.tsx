import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { statusNote, statusWord, type Page } from "@liveskate/live";
import type { ComponentChildren, JSX } from "preact";
import { certaintyWord, languageOf, REHEARSAL } from "./words.ts";

/** A result's standing in one word; what it looks like only repeats what it says. Nothing that has stopped coming is called live. */
export function Status({ page, heat }: { page: Page; heat: HeatHeader }): JSX.Element {
  const word = statusWord(heat.state);
  const isOld = word === statusWord("running") && (page.paused.value || OLD.includes(page.fresh.value.state));
  return (
    <>
      <span class={`chip status ${isOld ? "old" : heat.state}`}>{isOld ? "NOT LIVE" : word}</span>
      {heat.paused !== null && <span class="chip status paused">{heat.paused.toUpperCase()}</span>}
    </>
  );
}

/** What there is to say about it; `brief` where all of it would not fit. */
export function StatusNote({ page, heat, brief }: { page: Page; heat: HeatHeader; brief?: boolean }): JSX.Element | null {
  const note = statusNote(heat, page.screen.value.meet?.timeZone, brief);
  return note === null ? null : <span class="note">{note}</span>;
}

export function Clock({ page }: { page: Page }): JSX.Element {
  const running = page.screen.value.heat?.clock?.running;
  return (
    <span class="clock" role="timer" data-clock={running === undefined ? "none" : running ? "running" : "stopped"}>
      {page.clock.value ?? "–"}
    </span>
  );
}

export function Freshness({ page }: { page: Page }): JSX.Element {
  const { state, words } = page.fresh.value;
  return (
    <span class={`freshness ${state}`}>
      <span class="dot" aria-hidden="true" />
      {words}
    </span>
  );
}

/** Shown whenever anything on the page is made up. */
export const Rehearsal = ({ page }: { page: Page }): JSX.Element | null =>
  page.screen.value.rehearsal ? <p class="rehearsal">{REHEARSAL}</p> : null;

export function Name({ row, text }: { row: { nation: string }; text: string }): JSX.Element {
  return <bdi lang={languageOf(row.nation, text)}>{text}</bdi>;
}

/** Q and q, photo finish, remarks: each a letter or a word in a shape of its own. */
export function Marks({ row, brief }: { row: HeatRow; brief?: boolean }): JSX.Element {
  return (
    <>
      {remarksOf(row).map((remark) => (
        <span key={remark} class="chip remark" title={REMARKS[remark] ?? remark}>
          {SHORT[remark] ?? (brief ? remark.replace(PENDING, "?") : remark)}
        </span>
      ))}
      {row.mark !== null && <Mark mark={row.mark} />}
    </>
  );
}

/** All remarks of a row, and what its time alone says. */
export function remarksOf(row: HeatRow): readonly string[] {
  const remarks = row.remarks.filter((remark) => remark !== "unresolved");
  if (row.unresolved || remarks.length < row.remarks.length) remarks.push("unresolved");
  if (row.timeBy === "hand") remarks.push("hand");
  return remarks;
}

export const Mark = ({ mark }: { mark: string }): JSX.Element => (
  <span class={`chip mark ${mark === "Q" ? "place" : "time"}`} title={mark === "Q" ? "Through by place" : "Through by time"}>
    {mark}
  </span>
);

export const Certainty = ({ certainty }: { certainty: string | null }): JSX.Element | null =>
  certainty === null ? null : <span class={`certainty ${certainty}`}>{certaintyWord(certainty)}</span>;

export const Refusal = ({ page }: { page: Page }): JSX.Element | null =>
  page.feed.refusal.value === null ? null : (
    <p class="refusal" role="alert">
      {page.feed.refusal.value}
    </p>
  );

export const Field = ({ label, children, name }: { label: ComponentChildren; children: ComponentChildren; name: string }): JSX.Element => (
  <div class={`field ${name}`}>
    <span class="label">{label}</span>
    <span class="value">{children}</span>
  </div>
);

const OLD = ["reconnecting", "stale"];

const REMARKS: Record<string, string> = {
  PF: "The photo finish decided",
  unresolved: "Too close to tell: the photo finish decides",
  FS: "False start",
  W1: "First warning",
  W2: "Second warning",
  RR: "Rank reduced",
  DNS2: "Did not start in an earlier race: the jury decides",
  "missed-read": "A reading is missing",
  hand: "Time taken by hand",
};

/** Of a record that nobody has ratified: a question mark, where there is no room for the word. */
const PENDING = " (pending)";

/** As short as a line of a board; the rest are codes already. */
const SHORT: Record<string, string> = { unresolved: "PF?", "missed-read": "?", hand: "M" };
