/* Says every so often that the page is open, shows who else has the dossier open, and lets the rest
   of the page know when a colleague wrote. A page that is hidden says nothing. */
const EVERY = 20_000; // milliseconds

const here = document.querySelector("[data-presence]");

async function beat() {
  if (document.hidden) return;
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const { presence, since, section = "", action = "" } = here.dataset;
  try {
    const answer = await fetch(presence, {
      method: "POST",
      headers: { Accept: "application/json", ...token },
      body: new URLSearchParams({ since, section, action }),
    });
    if (!answer.ok) return;
    const said = await answer.json();
    here.dataset.since = said.since;
    if (here.innerHTML.trim() !== said.here.trim()) here.innerHTML = said.here;
    if (said.changed) document.dispatchEvent(new Event("dossier:changed"));
  } catch {
    // No network: whoever is here will be known at the next one.
  }
}

if (here) {
  beat();
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", beat);
}
