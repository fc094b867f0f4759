/** Runs `work` with the process' own zone changed, and proves that the change took effect. */
export function inServerZone<T>(zone: string, work: () => T): T {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    const actual = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual !== zone && !(zone === "Asia/Kolkata" && actual === "Asia/Calcutta"))
      throw new Error(`the process runs in ${actual}, not in ${zone}`);
    return work();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}
