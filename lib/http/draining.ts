type Step = () => void | Promise<void>;
type Draining = { begun: boolean; readonly first: Step[]; readonly last: Step[] };

// The server runs outside the framework's bundles, and what has to be ended was begun inside one of them.
const PLACE = Symbol.for("meridian.draining");
const shared = globalThis as typeof globalThis & { [PLACE]?: Draining };

function draining(): Draining {
  shared[PLACE] ??= { begun: false, first: [], last: [] };
  return shared[PLACE];
}

/** Is this server about to end? Then it asks for no new work. */
export const isDraining = (): boolean => draining().begun;

/** Done as soon as the server is told to stop: ends answers that would never end by themselves. */
export function onDrain(step: () => void): void {
  draining().first.push(step);
}

/** Done when the last answer is out, while the database is still there: writes down what was only remembered. */
export function onDrained(step: () => Promise<void>): void {
  draining().last.push(step);
}

/** The server was told to stop. */
export function beginDraining(): void {
  draining().begun = true;
  for (const step of draining().first.splice(0)) void step();
}

/** The last answer is out. Every step is done, whatever became of the others; each reports its own trouble. */
export async function endDraining(): Promise<void> {
  await Promise.allSettled(
    draining()
      .last.splice(0)
      .map((step) => step()),
  );
}
