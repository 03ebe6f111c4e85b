import { leftOut, type Frame, type HighlightLine } from "@liveskate/wire";

/** What is held of one scope: records by id, as the server wrote them, with what it left out. */
export interface Held {
  readonly epoch: string;
  readonly seq: number;
  readonly serverUs: number;
  readonly records: ReadonlyMap<string, unknown>;
  /** Newest last. They may be lost without harm, so nothing else depends on them. */
  readonly highlights: readonly HighlightLine[];
}

const KEPT_HIGHLIGHTS = 60;

/** The next state, or "watchAgain" when the frame does not follow what is held. What is held stays usable either way. */
export function reduce(held: Held | null, frame: Frame): Held | "watchAgain" {
  const complete = frame.base === null;
  if (!complete && (held === null || held.epoch !== frame.epoch || held.seq !== frame.base)) return "watchAgain";

  const records = new Map<string, unknown>(complete ? [] : held?.records);
  for (const id of frame.removes) records.delete(id);
  for (const [id, sent] of Object.entries(frame.puts)) {
    const record = whole(id, sent);
    const before = held?.records.get(id);
    records.set(id, before !== undefined && same(before, record) ? before : record);
  }

  return {
    epoch: frame.epoch,
    seq: frame.seq,
    serverUs: frame.serverUs,
    records,
    highlights: append(held?.highlights ?? [], frame.highlights),
  };
}

/** The server leaves out of a heat's header and rows what is null, false, 0 or empty; nobody after this has to know. */
export function whole(id: string, record: unknown): unknown {
  const absent = id === "heat" ? leftOut.HeatHeader : id.startsWith("row:") ? leftOut.HeatRow : null;
  return absent === null ? record : { ...absent, ...(record as object) };
}

/** A record that did not change keeps its identity, so that its row on the screen is not drawn again. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function append(kept: readonly HighlightLine[], more: readonly HighlightLine[]): readonly HighlightLine[] {
  const fresh = more.filter((line) => !kept.some((old) => same(old, line)));
  // The greeting after a gap may bring what was missed between lines that are held.
  return fresh.length === 0 ? kept : [...kept, ...fresh].sort((a, b) => a.at - b.at).slice(-KEPT_HIGHLIGHTS);
}
