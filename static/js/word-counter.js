/* Counts the words of the fields that carry data-max-words; the server remains the judge. */
const count = (text) => text.trim().split(/\s+/u).filter(Boolean).length;

function update(field) {
  const limit = Number(field.dataset.maxWords);
  const counter = document.getElementById(`${field.id}_count`);
  const words = count(field.value);
  const over = words > limit;
  counter.textContent = over
    ? `${words} mots : ${words - limit} de trop.`
    : `${words} mot${words > 1 ? "s" : ""} sur ${limit}.`;
  counter.classList.toggle("field__count--over", over);
}

function equip(root) {
  for (const field of root.querySelectorAll("[data-max-words]")) {
    if (document.getElementById(`${field.id}_count`)) continue;
    const counter = document.createElement("p");
    counter.id = `${field.id}_count`;
    counter.className = "field__count";
    counter.setAttribute("role", "status");
    field.after(counter);
    update(field);
    // Said when one pauses, not at each letter.
    let pause;
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(update, 400, field);
    });
  }
}

equip(document);
document.addEventListener("htmx:load", (event) => equip(event.target));
