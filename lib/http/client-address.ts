import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/** The header our own server writes the socket's address into, after removing any copy that came in. */
export const PEER_HEADER = "x-meridian-peer";

export type ClientAddress = {
  /** The address as text, IPv4-mapped IPv6 written as IPv4; `unknown` when no server told us. */
  readonly address: string;
  /** What a throttle counts: an IPv4 address, or the /64 an IPv6 address lies in, which one customer owns whole. */
  readonly throttleKey: string;
};

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type HeaderReader = { readonly get: (name: string) => string | null };

const UNKNOWN: ClientAddress = { address: "unknown", throttleKey: "unknown" };

/** Reads `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]:80`, `fe80::1%eth0`. Shortened or octal IPv4 is not an address. */
function parseAddress(text: string): Address | undefined {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  if (!ipaddr.IPv6.isValid(bare)) return undefined;
  const six = ipaddr.IPv6.parse(bare);
  return six.isIPv4MappedAddress() ? six.toIPv4Address() : six;
}

function inNetwork(address: Address, network: string): boolean {
  const [base = "", bits] = network.split("/");
  const start = parseAddress(base);
  if (!start || start.kind() !== address.kind()) return false;
  const whole = address.kind() === "ipv4" ? 32 : 128;
  return address.match([start, bits === undefined ? whole : Number(bits)] as never);
}

const isTrusted = (address: Address, proxies: readonly string[]): boolean =>
  proxies.some((network) => inNetwork(address, network));

function clientOf(address: Address): ClientAddress {
  const text = address.toString();
  if (address.kind() === "ipv4") return { address: text, throttleKey: text };
  const half = (address as ipaddr.IPv6).parts.slice(0, 4);
  return { address: text, throttleKey: `${half.map((part) => part.toString(16)).join(":")}::/64` };
}

/**
 * The address a request came from, given the proxies to believe. X-Forwarded-For counts only when the connection
 * itself comes from one of them, and is read from the right: each hop is believed because the hop behind it is,
 * so what a client wrote in front of it is never reached.
 */
export function addressAmong(headers: HeaderReader, proxies: readonly string[]): ClientAddress {
  const peer = parseAddress(headers.get(PEER_HEADER) ?? "");
  if (!peer) return UNKNOWN;
  let client = peer;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").reverse();
  for (const hop of hops) {
    if (!isTrusted(client, proxies)) break;
    const next = parseAddress(hop);
    if (!next) break;
    client = next;
  }
  return clientOf(client);
}

/** The one reader of the client's address: TRUSTED_PROXIES decides what is believed. */
export const clientAddress = (headers: HeaderReader): ClientAddress =>
  addressAmong(headers, env.TRUSTED_PROXIES);

/** Does the request come from this very machine? Then it stands for nobody in particular. */
export const isLoopback = ({ address }: ClientAddress): boolean =>
  address === "::1" || address.startsWith("127.");
