/* A long form that one saves by its button: what was typed is kept on this device until the site has
   taken it, and offered back. data-keep names the person: nobody else is offered it. */
import { Copies } from "./copies.js";
import { offer } from "./elements.js";

const PAUSE = 500; // milliseconds
const PLUMBING = /^(csrfmiddlewaretoken|version|key|seen|tout|v\d+)$/;

const form = document.querySelector("form[data-keep]");

/* What has just been taken is not to be offered back, on whatever page one is told so. */
const taken = document.querySelector("[data-taken]");
const dossier = /^\/candidatures\/\d+\//.exec(location.pathname);
if (taken && dossier) Copies.forgetSent(dossier[0]);

function values() {
  return [...new FormData(form)].filter(
    ([name, value]) => !PLUMBING.test(name) && typeof value === "string",
  );
}

function write(kept) {
  for (const one of form.elements) {
    if (!one.name || PLUMBING.test(one.name) || one.type === "file") continue;
    const given = kept.filter(([name]) => name === one.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(one.type)) one.checked = given.includes(one.value);
    else one.value = given[0] ?? "";
    if (one.checked) one.closest("details")?.setAttribute("open", "");
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offerBack(copies, copy) {
  const words = copy.values
    .map(([, value]) => value.trim())
    .filter((value) => value.includes(" "))
    .join("\n")
    .slice(0, 600);
  const focus = () => form.querySelector("input:not([type=hidden]), textarea")?.focus();
  const take = () => {
    write(copy.values);
    focus();
  };
  const drop = () => {
    copies.forget("form");
    focus();
  };
  form.prepend(offer(copy, words, { take, drop }));
}

if (form) {
  const copies = new Copies(`${form.dataset.keep}:${location.pathname}`);
  const refused = form.querySelector(".error-summary");
  const first = refused ? "" : JSON.stringify(values());
  const copy = copies.read("form");
  Copies.forgetOld();
  if (copy && JSON.stringify(copy.values) === first) copies.forget("form");
  else if (copy && !refused) offerBack(copies, copy);
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (JSON.stringify(values()) === first) copies.forget("form");
    else copies.write("form", values());
  };
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    });
  }
  form.addEventListener("submit", () => {
    keep();
    copies.sent("form");
  });
  addEventListener("pagehide", () => timer && keep());
}
