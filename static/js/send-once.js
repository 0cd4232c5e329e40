/* A form leaves once: pressing again while it is on its way does nothing. The server refuses a
   second one anyway; this only spares its author the refusal. */
const PATIENCE = 15_000; // milliseconds, after which one may try again

const sending = new Map();

function leaves(form, button) {
  const method = button?.getAttribute("formmethod") ?? form.getAttribute("method");
  return method?.toLowerCase() === "post";
}

function settle(form) {
  const { button, timer } = sending.get(form);
  clearTimeout(timer);
  button?.removeAttribute("aria-busy");
  sending.delete(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !leaves(form, event.submitter)) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  event.submitter?.setAttribute("aria-busy", "true");
  sending.set(form, {
    button: event.submitter,
    timer: setTimeout(settle, PATIENCE, form),
  });
});

/* Back by the history: the page is as it was left, and its forms may leave anew. */
addEventListener("pageshow", () => [...sending.keys()].forEach(settle));
