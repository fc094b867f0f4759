// Runs before anything is painted: a cached page is the same for every site that shows it.
const LOOK =
  '(()=>{const t=new URLSearchParams(location.search).get("theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t})()';

/** The light or dark a site asked for its calendar, from the frame's address. `nonce`: of a page made per request. */
export function FrameLook({ nonce }: { readonly nonce?: string | undefined }) {
  return <script nonce={nonce}>{LOOK}</script>;
}
