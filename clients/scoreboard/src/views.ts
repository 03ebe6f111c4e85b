import type { Screen } from "@liveskate/live";

export type View = "empty" | "start" | "race" | "round" | "final" | "programme";

/** How long one view stays (s) where several take turns; server time, so that all boards turn together. */
export const DWELL_S = 8;

/** The views that belong to what is on, in the order of their turns. While a race is skated there is one, and it stays. */
export function viewsOf({ heat, round, rounds, final, programme }: Screen): readonly View[] {
  const advancement: readonly View[] = (round ?? rounds[0])?.rule ? ["round"] : [];
  const ranking: readonly View[] = final !== null && final.rows.length > 0 ? ["final"] : [];
  switch (heat?.state) {
    case "scheduled":
    case "open":
    case "armed":
      return ["start"];
    case "running":
    case "finished":
    case "review":
      return ["race"];
    case undefined: {
      const between: readonly View[] = [...ranking, ...advancement, ...(programme.length > 0 ? (["programme"] as const) : [])];
      return between.length > 0 ? between : ["empty"];
    }
    default:
      return ["race", ...advancement, ...ranking];
  }
}

export function viewAt(screen: Screen, second: number, pinned: string | null): View {
  const views = viewsOf(screen);
  const pin = views.find((view) => view === pinned);
  return pin ?? views[Math.floor(second / DWELL_S) % views.length] ?? "empty";
}

export interface Shown<T> {
  rows: readonly T[];
  from: number;
  page: number;
  pages: number;
  /** How many of the rows stay while the others take turns. */
  kept: number;
}

/**
 * Of a race that is too long for the board: the first, and whoever is kept for a reason of her own, are always there; the others take turns.
 * Everybody on the board keeps the order of the list.
 */
export function linesOf<T>(rows: readonly T[], size: number, first: number, isKept: (row: T) => boolean, second: number, views: number): Shown<T> {
  if (rows.length <= size) return { rows, from: 0, page: 1, pages: 1, kept: 0 };
  const head = rows.slice(0, first);
  const marked = rows.slice(first).filter(isKept).slice(0, first);
  const rest = rows.slice(first).filter((row) => !marked.includes(row));
  const shown = pageOf(rest, size - head.length - marked.length, second, views);
  const on = new Set([...head, ...shown.rows, ...marked]);
  return { ...shown, rows: rows.filter((row) => on.has(row)), from: 0, kept: head.length };
}

/** One page of a list that is too long for the board; pages take turns inside the time of the view's own turns. */
export function pageOf<T>(rows: readonly T[], size: number, second: number, views: number): Shown<T> {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.floor(second / (DWELL_S * views)) % pages;
  return { rows: rows.slice(page * size, (page + 1) * size), from: page * size, page: page + 1, pages, kept: 0 };
}
