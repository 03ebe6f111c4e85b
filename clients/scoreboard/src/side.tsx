import type { HeatHeader } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Clock, Field } from "@liveskate/ui";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const BELL_MS = 3_000;

export function Side({ page }: { page: Page }): JSX.Element {
  const { heat, round } = page.screen.value;
  if (heat === null) return <aside />;
  const started = heat.clock !== null;
  return (
    <aside>
      {started ? (
        <Field label={heat.clock?.running === false ? "Winner" : "Time"} name="time">
          <Clock page={page} />
        </Field>
      ) : (
        <Field label="Distance" name="distance">
          {heat.distanceM} m
        </Field>
      )}
      {heat.state === "running" ? (
        <LapsToGo heat={heat} />
      ) : (
        !started && (
          <Field label="Laps" name="laps">
            {heat.laps}
          </Field>
        )
      )}
      {heat.state === "armed" && <p class="ready">READY</p>}
      {round?.cut != null && (
        <Field label="Slowest time through" name="cut">
          {round.cut}
        </Field>
      )}
      {round?.rule != null && heat.state !== "running" && <p class="rule">{round.rule}</p>}
    </aside>
  );
}

function LapsToGo({ heat }: { heat: HeatHeader }): JSX.Element | null {
  const toGo = heat.lapsToGo;
  const bell = useBell(toGo === 1 && heat.laps > 1);
  if (toGo === null) return null;
  if (bell) return <Field label="Last lap" name="to-go bell">BELL</Field>;
  if (toGo === 0) return <Field label="Leader has finished" name="to-go over">FINISH</Field>;
  return (
    <Field label={toGo === 1 ? "Last lap" : "Laps to go"} name="to-go">
      {toGo}
    </Field>
  );
}

/** True for three seconds after the last lap has begun. */
function useBell(lastLap: boolean): boolean {
  const [ringing, setRinging] = useState(false);
  useEffect(() => {
    setRinging(lastLap);
    if (!lastLap) return;
    const id = setTimeout(() => setRinging(false), BELL_MS);
    return () => clearTimeout(id);
  }, [lastLap]);
  return ringing;
}
