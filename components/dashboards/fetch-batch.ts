import type { Batch } from "@/lib/dashboards/core/batch";

export type AnyBlocks = Readonly<Record<string, unknown>>;

/** One answer as it came, and when it was last found to be so. */
export type Fetched<Blocks extends AnyBlocks> = {
  readonly batch: Batch<Blocks>;
  readonly etag: string | null;
  /** Epoch milliseconds of the server's clock: when the figures were computed or confirmed. */
  readonly confirmedAt: number;
};

/** An answer that is none. `status` is the one of HTTP. */
export class BatchRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the dashboard answered ${status}`);
    this.status = status;
  }
}

type Asked<Blocks extends AnyBlocks> = {
  readonly signal: AbortSignal;
  /** What is known of the very same address: the server says when nothing changed since. */
  readonly known: Fetched<Blocks> | undefined;
  /** How the interface is asked; the browser's own way, but in tests. */
  readonly ask?: Ask;
};

export type Ask = (path: string, init: RequestInit) => Promise<Response>;

const askServer: Ask = (path, init) => fetch(`/api/v1/dashboards/${path}`, init);

const serverTime = (response: Response): number =>
  Date.parse(response.headers.get("date") ?? "") || Date.now();

/** Asks for a whole dashboard: its name and the query. Throws BatchRefused, and what `fetch` throws when there is no connection. */
export async function fetchBatch<Blocks extends AnyBlocks>(
  path: string,
  { signal, known, ask = askServer }: Asked<Blocks>,
): Promise<Fetched<Blocks>> {
  const tag = known?.etag ?? null;
  const response = await ask(path, {
    signal,
    // Ours decides what is still right, by its tag; the browser's own memory would answer without asking.
    cache: "no-store",
    headers: { accept: "application/json", ...(tag === null ? {} : { "if-none-match": tag }) },
  });
  if (response.status === 304 && known !== undefined) {
    return { ...known, confirmedAt: serverTime(response) };
  }
  if (!response.ok) throw new BatchRefused(response.status);
  const batch = (await response.json()) as Batch<Blocks>;
  return { batch, etag: response.headers.get("etag"), confirmedAt: Date.parse(batch.asOf) };
}
