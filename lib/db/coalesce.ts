type Flight = { readonly running: Promise<unknown>; next?: Promise<unknown> };

// By whoever reads (a database), then by what is read. What nobody waits for is forgotten at once.
const flights = new WeakMap<object, Map<string, Flight>>();

function take(under: Map<string, Flight>, key: string, read: () => Promise<unknown>): Flight {
  const running = read();
  const flight: Flight = { running };
  under.set(key, flight);
  const landed = () => {
    // Whoever waits has the next one begun by now, under the same key.
    if (under.get(key) === flight) under.delete(key);
  };
  running.then(landed, landed);
  return flight;
}

/**
 * Reads what many ask for at once as one. The first asks for itself; whoever comes while its answer is under way waits
 * for the next reading, begun when that one is done and shared by all who came meanwhile. So every answer was read
 * after it was asked for, and a storm costs two readings at a time, not one for each.
 *
 * `together` may read more than `alone` does, so that it serves everybody.
 */
export function coalesce<Value>(
  { of, key }: { readonly of: object; readonly key: string },
  alone: () => Promise<Value>,
  together: () => Promise<Value>,
): Promise<Value> {
  const under = flights.get(of) ?? new Map<string, Flight>();
  flights.set(of, under);
  const flight = under.get(key);
  if (flight === undefined) return take(under, key, alone).running as Promise<Value>;
  const begin = () => take(under, key, together).running;
  flight.next ??= flight.running.then(begin, begin);
  return flight.next as Promise<Value>;
}
