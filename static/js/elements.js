/* What scripts draw and say alike. */
export const clock = (date) =>
  date.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

export const day = (date) => date.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });

export function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

export function button(text, press) {
  const made = element("button", "button button--small", text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
