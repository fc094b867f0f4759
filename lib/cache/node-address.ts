import { networkInterfaces } from "node:os";

/** The part of the settings that says where this server listens. */
export type Listening = {
  readonly PORT: number;
  readonly HOST?: string | undefined;
  readonly MERIDIAN_EMBEDDED: boolean;
  readonly MERIDIAN_NODE_URL?: string | undefined;
};

const ANY_ADDRESS = new Set(["0.0.0.0", "::", "*"]);

/** The machine's first address that other machines can reach; loopback when it has none. */
function outerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return (
    addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1"
  );
}

/**
 * Where other nodes reach this one: MERIDIAN_NODE_URL when the operator says so, as behind address translation,
 * otherwise the address it listens on.
 */
export function nodeAddress(listening: Listening): string {
  const { PORT, HOST, MERIDIAN_EMBEDDED, MERIDIAN_NODE_URL } = listening;
  if (MERIDIAN_NODE_URL !== undefined) return MERIDIAN_NODE_URL;
  const host = HOST ?? (MERIDIAN_EMBEDDED ? "127.0.0.1" : "0.0.0.0");
  const reachable = ANY_ADDRESS.has(host) ? outerAddress() : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${PORT}`;
}
