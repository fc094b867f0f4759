/** z of a 95 % interval. */
const Z = 1.959963984540054;

/** Wilson's 95 % interval of a share (E. B. Wilson, 1927); null of nothing. */
export function wilson(
  hits: number,
  n: number,
): { readonly low: number; readonly high: number } | null {
  if (n <= 0) return null;
  const p = hits / n;
  const z2 = Z * Z;
  const middle = p + z2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return {
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  };
}
