import classes from "./avatar.module.css";

/** "Mei Tan" → "MT"; one word gives one letter. Counts code points, so that 山田 gives 山. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return `${first}${last}`.toLocaleUpperCase("en");
}

/** One of six tints, the same for a name everywhere. */
function tintOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return (sum % 6) + 1;
}

/** A photo, or initials in a tinted circle; decoration beside a written name. Sizes 24, 28, 36 or 72 px. */
export function Avatar({
  name,
  size = 28,
  photoId = null,
}: {
  name: string;
  size?: 24 | 28 | 36 | 72;
  photoId?: string | null;
}) {
  return (
    <span className={classes.avatar} data-tint={tintOf(name)} data-size={size} aria-hidden="true">
      {photoId === null ? (
        initialsOf(name)
      ) : (
        // biome-ignore lint/performance/noImgElement: 256 pixels of our own encoding, cached for ever.
        <img src={`/api/v1/images/${photoId}`} alt="" width={size} height={size} />
      )}
    </span>
  );
}
