import { randomBytes } from "node:crypto";
import { hashToken } from "./token";

// Crockford's digits: none of them is read as another one, and what is typed instead is read as meant.
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
const BITS_PER_DIGIT = 5;
const BYTES = 32;
const LENGTH = Math.ceil((BYTES * 8) / BITS_PER_DIGIT);

/** 256 random bits, 52 digits in groups of four: typed from a terminal, or pasted. */
export function newSetupCode(): string {
  let bits = 0n;
  for (const byte of randomBytes(BYTES)) bits = (bits << 8n) | BigInt(byte);
  const digits = Array.from({ length: LENGTH }, (_, at) => {
    const shift = BigInt((LENGTH - 1 - at) * BITS_PER_DIGIT);
    return DIGITS[Number((bits >> shift) & 31n)] ?? "";
  });
  return digits.join("").replace(/.{4}(?=.)/g, "$&-");
}

/** What is stored of a code, however it was typed: capitals, spaces, O for 0, I or l for 1. Undefined for anything else. */
export function hashSetupCode(typed: string): Buffer | undefined {
  const digits = typed
    .toLowerCase()
    .replace(/[\s-]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  const isCode = digits.length === LENGTH && [...digits].every((digit) => DIGITS.includes(digit));
  return isCode ? hashToken(`setup ${digits}`) : undefined;
}
