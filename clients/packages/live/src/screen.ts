import type {
  EventHeader,
  Family,
  FinalTable,
  HeatHeader,
  HeatLine,
  HeatPhase,
  HeatRow,
  HighlightLine,
  MeetHeader,
  MemberOf,
  RecordId,
  RecordOf,
  RoundTable,
  VersionLine,
} from "@liveskate/wire";
import { formatVenueTime } from "./format.ts";
import type { Held } from "./reduce.ts";

/** Everything a page can show, picked out of the records; nothing here is worked out. */
export interface Screen {
  /** At least one complete frame has come. */
  readonly known: boolean;
  readonly meet: MeetHeader | null;
  readonly event: EventHeader | null;
  readonly heat: HeatHeader | null;
  /** In the order in which the server wants them shown. */
  readonly rows: readonly HeatRow[];
  readonly round: RoundTable | null;
  /** All rounds of the event, where the scope is an event. */
  readonly rounds: readonly RoundTable[];
  readonly final: FinalTable | null;
  readonly next: HeatLine | null;
  /** The programme, where the scope is a meet or an event. */
  readonly programme: readonly HeatLine[];
  /** Newest first. */
  readonly moments: readonly HighlightLine[];
  readonly rehearsal: boolean;
}

/** Several scopes may lie over each other; the first that has a record wins. */
export function screenOf(scopes: readonly (Held | null)[]): Screen {
  const held = scopes.filter((one) => one !== null);
  const one = <Id extends RecordId>(id: Id): RecordOf<Id> | null => {
    for (const { records } of held) if (records.has(id)) return records.get(id) as RecordOf<Id>;
    return null;
  };
  const all = <F extends Family>(family: F): MemberOf<F>[] => {
    const members = new Map<string, MemberOf<F>>();
    for (const { records } of held)
      for (const [id, record] of records)
        if (id.startsWith(family + ":") && !members.has(id)) members.set(id, record as MemberOf<F>);
    return [...members.values()];
  };

  const heat = one("heat");
  const meet = one("meet");
  const rounds = all("round");
  return {
    known: held.length > 0,
    meet,
    event: one("event"),
    heat,
    rows: all("row").sort((a, b) => a.order - b.order),
    round: one("round") ?? rounds.find((round) => round.id === heat?.round) ?? null,
    rounds,
    final: one("final"),
    next: one("next"),
    programme: all("heat").sort((a, b) => a.order - b.order),
    moments: [...(held[0]?.highlights ?? [])].reverse(),
    rehearsal: (heat?.rehearsal ?? false) || (meet?.rehearsal ?? false),
  };
}

const WORDS: Record<HeatPhase, string> = {
  scheduled: "START LIST",
  open: "START LIST",
  armed: "READY",
  running: "LIVE",
  finished: "LIVE",
  provisional: "PROVISIONAL",
  review: "UNDER REVIEW",
  official: "OFFICIAL",
  cancelled: "CANCELLED",
};

/** The one word that says how far a result can be believed. A state from a newer server is shown as it is called. */
export const statusWord = (state: string): string => WORDS[state as HeatPhase] ?? state.toUpperCase();

/** What a board has room for; the desk and the phone say all. */
const FEW_CHANGES = 2;

/** "CORRECTED 14:32: SWINGS 4th → 3rd (photo finish)". */
export function correctionWords({ recordedUs, changes, reason }: VersionLine, timeZone: string | undefined, most = changes.length): string {
  const shown = changes.slice(0, most).join("; ") + (changes.length > most ? `; and ${changes.length - most} more` : "");
  return `CORRECTED ${formatVenueTime(recordedUs / 1000, timeZone)}: ${shown}${reason === null ? "" : ` (${reason})`}`;
}

/** Why there is no result, or not the one that was; what is said of one skater is no reason of the heat's. */
const reasonOf = ({ state, run, clock, reason }: HeatHeader): string | null =>
  state === "review" || state === "cancelled" || (run > 1 && clock === null) ? reason : null;

/** Why it is under review; "Version 3: CORRECTED …", where a published result has changed. Null where there is nothing to add. */
export function statusNote(heat: HeatHeader, timeZone?: string, brief = false): string | null {
  if (heat.state === "finished") return "All in, times not confirmed";
  const changed = heat.state === "running" || heat.correction === null ? null : correctionWords(heat.correction, timeZone, brief ? FEW_CHANGES : undefined);
  const reason = reasonOf(heat);
  if (brief && reason !== null) return reason;
  const version = heat.version > 1 && changed !== null ? `Version ${heat.version}: ${changed}` : changed;
  return [reason, version].filter((words) => words !== null).join(" · ") || null;
}
