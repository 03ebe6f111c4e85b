import type { EventHeader, FinalTable, HeatHeader, HeatLine, HeatRow, MeetHeader, RoundTable } from "./generated.ts";

/** The ids of records in a frame's `puts`, and what each one is. The list is that of the C# record Frame. */
interface Singles {
  meet: MeetHeader;
  event: EventHeader;
  heat: HeatHeader;
  round: RoundTable;
  next: HeatLine;
  final: FinalTable;
}

interface Families {
  row: HeatRow;
  round: RoundTable;
  heat: HeatLine;
  event: EventHeader;
}

export type Family = keyof Families;
export type RecordId = keyof Singles | `${Family}:${string}`;

export type RecordOf<Id extends RecordId> = Id extends keyof Singles
  ? Singles[Id]
  : Id extends `${infer F extends Family}:${string}`
    ? Families[F]
    : never;

export type MemberOf<F extends Family> = Families[F];

/** States of a heat in the order in which a heat goes through them. */
export type HeatPhase =
  | "scheduled"
  | "open"
  | "armed"
  | "running"
  | "finished"
  | "provisional"
  | "review"
  | "official"
  | "cancelled";

export type Certainty = "safe" | "in" | "bubble" | "out" | "gone";
