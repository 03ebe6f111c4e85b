import { statusNote, statusWord, type Page, type Screen } from "@liveskate/live";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { inRound } from "./words.ts";

const AT_MOST_EVERY_MS = 5_000;

/** Spoken by a screen reader: never a table, never a time that runs; what has just happened, at most every five seconds. */
export function Announcer({ page }: { page: Page }): JSX.Element {
  const text = sentence(page.screen.value);
  const [spoken, setSpoken] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + AT_MOST_EVERY_MS - performance.now());
    const id = setTimeout(() => {
      last.current = performance.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(id);
  }, [text]);
  const { state } = page.fresh.value;
  return (
    <div class="unseen">
      <p aria-live="polite">{spoken}</p>
      <p role="alert">{state === "stale" ? "Connection lost: what is shown is old." : ""}</p>
    </div>
  );
}

function sentence({ heat, meet, moments }: Screen): string {
  if (heat === null) return "";
  const note = statusNote(heat, meet?.timeZone);
  const moment = moments.find((line) => line.heat === heat.id);
  const state = `${inRound(heat)}: ${statusWord(heat.state).toLowerCase()}${note === null ? "" : `, ${note}`}.`;
  return moment === undefined ? state : `${state} ${moment.text}`;
}
