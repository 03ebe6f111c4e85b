// The side of a measurement that every server has: changes at the rate that standard input tells. Ends with the input.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [before, after] = readFileSync(process.argv[2], 'utf8').split(/@\d{19}/);

/** The frame of the other servers, with the time in it. */
export const frame = () => `${before}@${process.hrtime.bigint().toString().padStart(19, '0')}${after}`;

export function pulse(change) {
  let rate = 0, due = 0;
  const beat = () => {
    if (rate === 0) return;
    change();
    due += 1000 / rate;
    setTimeout(beat, Math.max(0, due - performance.now()));
  };
  createInterface({ input: process.stdin }).on('line', line => {
    const [verb, value] = line.split(' ');
    if (verb === 'rate') {
      const idle = rate === 0;
      rate = Number(value);
      due = performance.now();
      if (idle) beat();
    }
    console.log('ok');
  }).on('close', () => process.exit());
}
