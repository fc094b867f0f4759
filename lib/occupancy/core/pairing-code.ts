/** Signs of a code: none that is mistaken for another when it is read across a room. */
const SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 8;

/** How long a code is good for, minutes. A tablet that is still waiting then shows a new one. */
export const CODE_MINUTES = 10;

/** A code of these random bytes: 40 bits, as the tablet shows it. */
export const codeOf = (bytes: Uint8Array): string =>
  [...bytes.slice(0, LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join("");

/** "K7M2-QX4P": in two halves, so that it is read without losing one's place. */
export const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** The code somebody typed, whatever they put between its halves; undefined for what is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, "");
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign))
    ? code
    : undefined;
}
