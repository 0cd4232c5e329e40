/* Counts what is typed in a text against the limit written under it; the server remains the judge. */
const NARROW = "\u202F";
const figure = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, NARROW);
const counted = (number, unit) => `${figure(number)} ${unit}${number > 1 ? "s" : ""}`;

/* As the server counts: without the spaces around, a line end being two characters. */
const COUNT = {
  mot: (text) => text.split(/\s+/u).filter(Boolean).length,
  caractère: (text) => [...text.trim().replace(/\n/g, "\r\n")].length,
};

function equip(counter) {
  const field = document.getElementById(counter.id.replace(/_count$/, ""));
  if (!field || counter.dataset.ready) return;
  counter.dataset.ready = "true";
  const { unit, most } = counter.dataset;
  // A text pasted too long is shown whole and said too long, never cut in silence.
  field.removeAttribute("maxlength");

  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  counter.after(spoken);

  const said = () => {
    const number = COUNT[unit](field.value);
    const over = number - most;
    counter.classList.toggle("field__count--over", over > 0);
    return over > 0
      ? `${counted(number, unit)}\u00A0: ${figure(over)} de trop`
      : `${counted(number, unit)} sur ${figure(most)}`;
  };

  let pause;
  field.addEventListener("input", () => {
    counter.textContent = said();
    // Said aloud when one pauses, not at each letter.
    clearTimeout(pause);
    pause = setTimeout(() => (spoken.textContent = counter.textContent), 1200);
  });
  if (field.value) counter.textContent = said();
}

function equipAll(root) {
  for (const counter of root.querySelectorAll(".field__count[data-most]")) equip(counter);
}

equipAll(document);
document.addEventListener("htmx:load", (event) => equipAll(event.target));
document.addEventListener("question:added", (event) => equipAll(event.target));
