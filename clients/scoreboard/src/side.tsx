import type { HeatHeader } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Ahead, Clock, Estimate, Field, isLastBell, markWords, stoppedWords } from "@liveskate/ui";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fit } from "./fit.tsx";

const BELL_MS = 3_000;

export function Side({ page }: { page: Page }): JSX.Element {
  const { heat, round, rows } = page.screen.value;
  if (heat === null) return <aside />;
  const started = heat.clock !== null;
  const running = heat.state === "running";
  const [first] = rows;
  const hasPoints = heat.nextSprint !== null || heat.stillIn !== null || heat.lastSprint !== null;
  const estimate = hasPoints || first === undefined || first.roundRank !== null || first.projectedMs === null ? null : first;
  const looks = [hasPoints ? "crowded" : "", heat.paused === null ? "" : "held", estimate !== null && round?.cut != null ? "busy" : ""].filter((look) => look !== "").join(" ");
  const stopped = heat.clock?.running === false;
  const whose = stoppedWords(heat, rows);
  return (
    <aside class={looks}>
      {stopped && heat.clock?.stoppedMs === null ? null : started ? (
        <Field label={whose?.label ?? "Time"} name="time">
          {whose !== null && <span class="whose"><Fit of={whose.name}>{whose.name}</Fit></span>}
          <Clock page={page} />
        </Field>
      ) : (
        <Field label="Distance" name="distance">
          {heat.distanceM} m
        </Field>
      )}
      {running && heat.laps > 1 ? (
        <LapsToGo heat={heat} />
      ) : (
        !started &&
        heat.laps > 1 && (
          <Field label="Laps" name="laps">
            {heat.laps}
          </Field>
        )
      )}
      {heat.paused !== null && <p class="paused">{heat.paused.toUpperCase()}</p>}
      {heat.state === "armed" && <p class="ready">READY</p>}
      {(running || !started) && <Ahead heat={heat} rows={rows} brief />}
      {estimate !== null && (
        <Field label={<Fit of={estimate.shortName}>Estimate, {estimate.shortName}</Fit>} name="projected">
          <Estimate page={page} row={estimate} />
        </Field>
      )}
      {!started && heat.records.map((mark) => <p key={mark.kind} class="records">{markWords(mark)}</p>)}
      {round?.cut != null && (
        <Field label="Slowest time through" name="cut">
          {round.cut}
        </Field>
      )}
      {round?.rule != null && !running && <p class="rule">{round.rule}</p>}
    </aside>
  );
}

function LapsToGo({ heat }: { heat: HeatHeader }): JSX.Element | null {
  const toGo = heat.lapsToGo;
  const ringing = useBell(isLastBell(heat));
  if (toGo === null) return null;
  if (toGo === 0) return <Field label="Leader has finished" name="to-go over">FINISH</Field>;
  const label = toGo === 1 ? "Last lap" : "Laps to go";
  if (ringing) return <Field label={label} name="to-go bell">BELL</Field>;
  return (
    <Field label={isLastBell(heat) ? `${label} · bell` : label} name="to-go">
      {toGo}
    </Field>
  );
}

/** True for three seconds after the bell has rung. */
function useBell(rings: boolean): boolean {
  const [ringing, setRinging] = useState(false);
  useEffect(() => {
    setRinging(rings);
    if (!rings) return;
    const id = setTimeout(() => setRinging(false), BELL_MS);
    return () => clearTimeout(id);
  }, [rings]);
  return ringing;
}
