import { replyTags } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import { sameBytes } from "@/lib/crypto/token";

/** A calendar entry, by its UID, and who was invited to it. */
type Reader = { readonly uid: string; readonly email: string };

/**
 * The address one reader's calendar sends its answers to: the inbound address with a tag nobody else can make. It is
 * the ORGANIZER of everything this reader is sent about the meeting (docs/decisions/0017).
 */
export function replyAddress(keys: KeyRing, inbound: string, reader: Reader): string {
  const at = inbound.lastIndexOf("@");
  return `${inbound.slice(0, at)}+${replyTags(keys, reader)[0]}${inbound.slice(at)}`;
}

const ADDRESS = /^(?<local>[^@+]+)\+(?<tag>[0-9a-f]{32})(?<domain>@[^@]+)$/;

/** The tags of those addresses among `addresses` that are of the inbound one; case does not matter. */
export function tagsIn(addresses: readonly string[], inbound: string): readonly string[] {
  return addresses.flatMap((address) => {
    const { local, tag, domain } = ADDRESS.exec(address.trim().toLowerCase())?.groups ?? {};
    return tag !== undefined && `${local}${domain}` === inbound.toLowerCase() ? [tag] : [];
  });
}

/** Was this tag made for this reader, by any key of the ring? */
export const isTagOf = (keys: KeyRing, tag: string, reader: Reader): boolean =>
  replyTags(keys, reader).some((known) => sameBytes(Buffer.from(known), Buffer.from(tag)));
