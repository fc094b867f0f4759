/** One measured figure. `limit` is the most (or, where a note says so, the least) it may be; `ok` says whether it is. */
export type BenchRow = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly p95?: number;
  readonly limit?: number;
  readonly ok?: boolean;
  readonly note?: string;
};
