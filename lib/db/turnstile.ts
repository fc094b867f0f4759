/** Writers of one resource in the database at once: one writes, the others are ready when it has committed. */
const AT_ONCE = 6;
/** Longest wait in line, milliseconds. The line keeps connections free; it guards nothing, so nobody is stuck in it. */
const PATIENCE_MS = 4_000;

type Gate = { inside: number; readonly line: (() => void)[] };

const gates = new Map<string, Gate>();

/** True when it had to wait. */
async function enter(key: string): Promise<boolean> {
  const gate = gates.get(key) ?? { inside: 0, line: [] };
  gates.set(key, gate);
  if (gate.inside < AT_ONCE) {
    gate.inside += 1;
    return false;
  }
  await new Promise<void>((resume) => {
    const called = () => {
      clearTimeout(impatient);
      // Counted here, so that nobody slips in between being called and going in.
      gate.inside += 1;
      resume();
    };
    const impatient = setTimeout(() => {
      gate.line.splice(gate.line.indexOf(called), 1);
      called();
    }, PATIENCE_MS);
    gate.line.push(called);
  });
  return true;
}

function leave(key: string): void {
  const gate = gates.get(key);
  if (!gate) return;
  gate.inside -= 1;
  if (gate.inside < AT_ONCE) gate.line.shift()?.();
  if (gate.inside === 0 && gate.line.length === 0) gates.delete(key);
}

/**
 * Runs `work`, letting few of this process' writers of the same resources into the database at a time, first come
 * first served. Whoever waits for a row lock holds a connection meanwhile: without a line before the pool, everybody
 * who wants the one popular host takes all of them, and nobody else can even read. What is true stays the row
 * locks' business, which order the writers of all processes. `work` is told whether it had to wait: what was read
 * before may be old.
 */
export async function inTurn<Value>(
  keys: readonly string[],
  work: (waited: boolean) => Promise<Value>,
): Promise<Value> {
  // In one order for all, so that no two wait for each other.
  const wanted = [...new Set(keys)].sort();
  const entered: string[] = [];
  try {
    let waited = false;
    for (const key of wanted) {
      waited = (await enter(key)) || waited;
      entered.push(key);
    }
    return await work(waited);
  } finally {
    for (const key of entered) leave(key);
  }
}
