import { expect, test } from "vitest";
import { asciiHtml } from "@/lib/cache/ascii-html";

const padding = "x".repeat(2_000);

test("other characters become references in markup and escapes in scripts", () => {
  const html = `<title>Ana’s “time”</title><p title="é">10:00–11:00 😀</p><script>push("Ana’s 😀")</script>${padding}`;
  const ascii = asciiHtml(html);
  expect(ascii).toMatch(/^[\0-\x7f]*$/);
  expect(ascii).toContain("<title>Ana&#8217;s &#8220;time&#8221;</title>");
  expect(ascii).toContain('title="&#233;"');
  expect(ascii).toContain("10:00&#8211;11:00 &#128512;");
  const script = /<script>push\((.*)\)<\/script>/.exec(ascii)?.[1] ?? "";
  expect(JSON.parse(script)).toBe("Ana’s 😀");
});

test("a page in another script, one in ASCII, and what stands in styles stay as they are", () => {
  const japanese = "<p>時間を選択してください</p>";
  expect(asciiHtml(japanese)).toBe(japanese);
  expect(asciiHtml(padding)).toBe(padding);
  expect(asciiHtml(`<style>a::after{content:"–"}</style>${padding}`)).toContain('"–"');
});
