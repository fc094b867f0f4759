/** A guest as somebody typed or pasted them. */
export type TypedGuest = { readonly name: string; readonly email: string };

const ADDRESS = /[^\s<>,;"()]+@[^\s<>,;"()]+\.[^\s<>,;"()]+/;

/** "lukas.brandt+x@halden.example" → "Lukas Brandt": better than nothing until somebody writes the name. */
function nameFrom(address: string): string {
  const local = (address.split("@")[0] ?? "").split("+")[0] ?? "";
  return local
    .split(/[._-]+/)
    .filter((part) => part !== "")
    .map((part) => part.charAt(0).toLocaleUpperCase("en") + part.slice(1))
    .join(" ");
}

// Names hold commas ("Brandt, Lukas"), so a comma only ends a guest once there was an address.
const splitLine = (line: string): string[] => {
  const parts: string[] = [];
  let rest = line;
  for (let match = ADDRESS.exec(rest); match !== null; match = ADDRESS.exec(rest)) {
    const end = match.index + match[0].length;
    const closing = /^\s*[>)]?/.exec(rest.slice(end))?.[0].length ?? 0;
    parts.push(rest.slice(0, end + closing));
    rest = rest.slice(end + closing);
  }
  return rest.trim() === "" || parts.length > 0 ? parts : [rest];
};

function guestOf(part: string): TypedGuest | undefined {
  const address = ADDRESS.exec(part)?.[0];
  if (address === undefined) return undefined;
  const words = part
    .replace(address, " ")
    .replace(/[<>()"]/g, " ")
    .replace(/^[\s,;]+|[\s,;]+$/g, "")
    .replace(/\s+/g, " ");
  const [last, first, ...more] = words.split(",").map((word) => word.trim());
  const name = first && last && more.length === 0 ? `${first} ${last}` : words;
  return { name: name === "" ? nameFrom(address) : name, email: address };
}

/**
 * Guests out of a text: one to a line or several with commas or semicolons between, as "Lukas Brandt <l@h.example>",
 * "l@h.example" or "Lukas Brandt, l@h.example". What holds no address is given back as it was.
 */
export function readGuests(text: string): {
  readonly guests: readonly TypedGuest[];
  readonly rest: readonly string[];
} {
  const parts = text
    .split(/[\n\r\t;]+/)
    .flatMap((line) => (line.trim() === "" ? [] : splitLine(line)));
  const seen = new Set<string>();
  const guests: TypedGuest[] = [];
  const rest: string[] = [];
  for (const part of parts) {
    const guest = guestOf(part);
    if (guest === undefined) rest.push(part.trim());
    else if (!seen.has(guest.email.toLowerCase())) {
      seen.add(guest.email.toLowerCase());
      guests.push(guest);
    }
  }
  return { guests, rest };
}
